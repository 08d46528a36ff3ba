"""报送情况: in time, late, missing, by the day one asks."""

from datetime import date, datetime

import pytest

from kpi.bureau import Bureau
from kpi.filing.completeness import Arrival, Owed, completeness, provisional_words, reminder
from kpi.filing.intake import accept, prepare
from kpi.filing.submissions import withdraw
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.submission import Accepted
from kpi.workbook.report import Report
from tests.kpi.workbook.ledgers.books import food, food_rows

NOVEMBER = Month(2023, 11)  # due on Tuesday, 5 December


def receive(bureau: Bureau, office: str, at: str, *severities: Severity) -> None:
    """A sheet without figures, taken in at a moment."""
    findings = tuple(Finding("doubt", severity, Place("表"), "", "") for severity in severities)
    report = Report(office, NOVEMBER, (), {}, ())
    bureau.store.commit([Accepted(report, f"{office}{at}".encode(), f"{office}.xlsx", "王统计", "", findings)], at=datetime.fromisoformat(at))


def row(bureau: Bureau, office: str, today: date = date(2023, 12, 8)) -> Owed:
    return next(row for row in completeness(bureau, NOVEMBER, today) if row.office == office)


@pytest.mark.parametrize(
    ("at", "state", "days", "words"),
    [
        ("2023-11-30T17:00", Arrival.ON_TIME, 0, "按时报送"),
        ("2023-12-05T23:59", Arrival.ON_TIME, 0, "按时报送"),
        ("2023-12-06T00:01", Arrival.LATE, 1, "迟报 1 天"),
        ("2023-12-08T09:00", Arrival.LATE, 3, "迟报 3 天"),
    ],
)
def test_a_sheet_is_in_time_until_the_end_of_its_day(empty, at, state, days, words):
    """Days are counted from the deadline, calendar days."""
    receive(empty, "ip", at)
    found = row(empty, "ip")
    assert (found.state, found.days, found.words) == (state, days, words)
    assert (found.due, found.received, found.current.by) == (date(2023, 12, 5), datetime.fromisoformat(at), "王统计")


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        (date(2023, 11, 20), Arrival.PENDING, "12 月 5 日到期"),
        (date(2023, 12, 5), Arrival.PENDING, "12 月 5 日到期"),
        (date(2023, 12, 8), Arrival.OVERDUE, "逾期 3 天未报"),
    ],
)
def test_a_missing_sheet_is_pending_or_overdue(empty, today, state, words):
    """On the day itself it is not overdue."""
    found = row(empty, "ip", today)
    assert (found.state, found.words, found.received, found.current) == (state, words, None, None)


def test_a_correction_is_not_late_and_a_withdrawn_sheet_was_never_in_time(empty):
    """The first that was not withdrawn decides; the findings are those of the one in force."""
    receive(empty, "ip", "2023-12-01T09:00", Severity.CHECK)
    receive(empty, "ip", "2023-12-07T09:00", Severity.CHECK, Severity.CHECK, Severity.HINT)
    found = row(empty, "ip")
    assert (found.state, found.current.seq, found.findings_open) == (Arrival.ON_TIME, 2, 2)

    withdraw(empty, 2, "李主任", "错")
    assert (row(empty, "ip").current.seq, row(empty, "ip").findings_open) == (1, 1)
    withdraw(empty, 1, "李主任", "错")
    assert (row(empty, "ip").state, row(empty, "ip").findings_open) == (Arrival.OVERDUE, 0)
    receive(empty, "ip", "2023-12-07T10:00")
    assert (row(empty, "ip").state, row(empty, "ip").days) == (Arrival.LATE, 2)


def test_every_office_owes_its_sheet(demo):
    """19 rows, in the order of the catalogue; the demo's November has doubts that stand."""
    rows = completeness(demo, NOVEMBER)
    assert [row.office for row in rows] == list(demo.catalog.offices)
    assert all(row.received for row in rows)
    assert {row.office: row.findings_open for row in rows}["product_quality"] >= 1


def test_the_reminder_names_who_is_missing_the_overdue_first(empty):
    """A text to copy; nothing when nothing is missing."""
    for office in empty.catalog.offices:
        if office not in ("ip", "hr", "office"):
            receive(empty, office, "2023-12-01T09:00")
    rows = completeness(empty, NOVEMBER, date(2023, 12, 8))
    missing = [row for row in rows if row.received is None]

    text = reminder(rows).splitlines()

    assert text[0] == f"以下 {len(missing)} 份报表尚未收到，请尽快报送："
    assert text[1] == f"1. {missing[0].name}：《{missing[0].template}》（2023 年 11 月），期限 2023-12-05，逾期 3 天未报"
    assert len(text) == len(missing) + 2
    assert reminder(row for row in rows if row.received) == ""


def test_a_deadline_without_published_holidays_is_called_provisional(empty):
    """
    The sheet of January 2027 is due on Friday 5 February 2027, if that is no holiday: the Spring Festival is on the 6th, and
    the year is not published.  The day, the state and the 催报 list all say that it may move; 2026 says nothing of the kind.
    """
    january = next(row for row in completeness(empty, Month(2027, 1), date(2027, 2, 8)) if row.office == "ip")
    assert (january.due, january.provisional, january.due_words) == (date(2027, 2, 5), True, "2027-02-05（暂定）")
    assert january.words == "按暂定期限逾期 3 天未报"
    assert "期限 2027-02-05（暂定），按暂定期限逾期 3 天未报" in reminder([january])
    assert "2027 年节假日安排尚未收入本系统" in provisional_words([january])

    november = next(row for row in completeness(empty, Month(2026, 11), date(2026, 12, 8)) if row.office == "ip")
    assert (november.provisional, november.due_words, provisional_words([november])) == (False, "2026-12-07", "")


def test_a_state_judged_by_a_day_that_may_move_says_so(empty):
    """November 2026 is due on 5 December, a Saturday: the 7th, and that is settled; December is due in a year whose holidays nobody has published."""
    states = {month: {row.state_words for row in completeness(empty, Month(*month), date(2027, 3, 1))} for month in ((2026, 11), (2026, 12))}
    assert states == {(2026, 11): {"逾期未报"}, (2026, 12): {"逾期未报（暂定）"}}
    before = completeness(empty, Month(2003, 5), date(2027, 3, 1))
    assert {row.state_words for row in before} == {"逾期未报（暂定）"}
    assert "2003 年节假日安排尚未收入本系统" in provisional_words(before)


def test_a_ledger_that_came_is_named_beside_the_sheet_that_did_not(empty):
    """An office sent its ledger of November only: its sheet is overdue, and the reminder says that the ledger is here."""
    prepared = prepare(empty, [food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10))], today=date(2023, 12, 20))
    accept(empty, prepared, "王统计", "已核对")

    owed = row(empty, prepared[0].office or "", date(2023, 12, 20))

    assert owed.state is Arrival.OVERDUE
    assert "（食品抽检台账已报，还差这张报表）" in reminder([owed])
