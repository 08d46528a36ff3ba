"""Laws of counting, over drawn ledgers: an independent recount agrees, order does not matter, parts make the whole."""

from datetime import date, timedelta
from decimal import Decimal

from chinese_calendar import is_workday
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.catalog.load import DEFAULT, load
from kpi.period import Month
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column, Report
from tests.kpi.workbook.ledgers.books import text
from tests.kpi.workbook.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
TODAY = date(2023, 12, 31)
DAYS = st.dates(date(2023, 1, 1), date(2023, 4, 30))
ROWS = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from(("投诉", "举报", "咨询")),
        st.sampled_from(("12315", "12345", "信访平台")),
        st.integers(0, 90) | st.none(),
        st.integers(0, 500_000),
    ),
    min_size=1,
    max_size=25,
)
Row = tuple[date, str, str, int | None, int]
EACH = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def drawn(rows: list[tuple[int, Row]], title: str) -> str:
    lines = [f"{title}12315投诉举报台账", "登记编号 | 受理日期 | 诉求类型 | 来源 | 办结日期 | 挽回经济损失（元）"]
    for number, (day, kind, channel, took, cents) in rows:
        closed = "" if took is None else day + timedelta(days=took)
        lines.append(f"T{number} | {day} | {kind} | {channel} | {closed} | {Decimal(cents) / 100}")
    return "\n".join(lines)


def read(parser: Parser, rows: list[tuple[int, Row]], title: str) -> list[Report]:
    book = parser.read(text("台账.csv", drawn(rows, title)).data, "台账.csv", None, layouts(CATALOG))
    return read_ledgers(book.ledgers, book.unread, CATALOG, today=TODAY)


def figures(reports: list[Report], column: Column) -> dict[tuple[Month | None, str], Decimal | None]:
    return {(report.period, r.measure): r.value.number for report in reports for r in report.readings if r.column is column}


def recount(rows: list[Row], month: int) -> dict[str, Decimal]:
    """The figures of a month, row by row and day by day."""
    counts = dict.fromkeys((figure.measure for figure in CATALOG.ledgers["complaints_ledger"].figures), Decimal(0))
    for day, kind, channel, took, cents in rows:
        if day.month != month:
            continue
        counts["consumer_requests_total"] += channel != "12345" or kind == "投诉"
        counts["consumer_losses_recovered"] += Decimal(cents) / 1_000_000
        name = {("投诉", "12315"): "complaints_12315", ("举报", "12315"): "reports_12315", ("咨询", "12315"): "consultations_12315"}.get((kind, channel))
        name = "complaints_12345" if (kind, channel) == ("投诉", "12345") else "petitions_gansu" if channel == "信访平台" else name
        if name:
            counts[name] += 1
        if kind == "咨询" or took is None:
            continue
        worked = sum(is_workday(day + timedelta(days=passed)) for passed in range(1, took + 1))
        counts["complaint_cases_closed"] += 1
        counts["complaint_handling_workdays"] += worked
        counts["x_complaints_reports_closed"] += worked <= 45 and (kind, channel) in (("投诉", "12315"), ("举报", "12315"), ("投诉", "12345"))
    return counts


@EACH
@given(rows=ROWS)
def test_every_figure_is_what_a_recount_gives(parser, rows):
    found = figures(read(parser, list(enumerate(rows)), "2023年1—4月"), Column.MONTH)

    for month in (1, 2, 3, 4):
        assert {measure: number for (period, measure), number in found.items() if period == Month(2023, month)} == recount(rows, month)


@EACH
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(parser, rows, order):
    numbered = list(enumerate(rows))
    shuffled = list(numbered)
    order.shuffle(shuffled)

    for column in (Column.MONTH, Column.YTD):
        assert figures(read(parser, shuffled, "2023年1—4月"), column) == figures(read(parser, numbered, "2023年1—4月"), column)


@EACH
@given(rows=ROWS)
def test_a_ledger_split_into_months_gives_the_same_months_and_they_add_up(parser, rows):
    numbered = list(enumerate(rows))
    whole = read(parser, numbered, "2023年1—4月")
    parts = [report for month in (1, 2, 3, 4) for report in read(parser, [one for one in numbered if one[1][0].month == month], f"2023年{month}月")]

    by_month = figures(whole, Column.MONTH)
    assert figures(parts, Column.MONTH) == by_month
    for (period, measure), total in figures(whole, Column.YTD).items():
        assert period is not None
        assert total == sum(number for (month, code), number in by_month.items() if code == measure and month <= period)
