"""Rows with one key, and dates that cannot be: which row counts never hangs on the order of the export."""

from datetime import date

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column, Report
from tests.kpi.workbook.ledgers.books import workbook
from tests.kpi.workbook.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
HEADINGS = ["登记编号", "受理日期", "诉求类型", "来源", "办结日期", "办理结果"]
OPEN, CLOSED = ["T1", "2023-10-09", "投诉", "12315", "", ""], ["T1", "2023-10-09", "投诉", "12315", "2023-10-16", "调解成功"]


def read(parser: Parser, *rows: list[object], headings: list[str] = HEADINGS) -> Report:
    upload = workbook("投诉.xlsx", 台账=[["2023年10月投诉举报台账"], headings, *rows])
    book = parser.read(upload.data, upload.name, None, layouts(CATALOG))
    [report] = read_ledgers(book.ledgers, book.unread, CATALOG, today=date(2023, 12, 3))
    return report


def month(report: Report, measure: str) -> int:
    [number] = [r.value.number for r in report.readings if (r.measure, r.column) == (measure, Column.MONTH)]
    return int(number or 0)


def doubled(report: Report) -> list[tuple[str, str, str]]:
    return [(str(f.place), f.seen, f.remedy) for f in report.findings if f.code == "duplicate-case"]


@pytest.mark.parametrize(("rows", "row"), [((OPEN, CLOSED), 4), ((CLOSED, OPEN), 3)])
def test_of_two_rows_of_a_case_the_later_change_counts(parser, rows, row):
    """One row without 办结日期 and one with: the case is closed, whichever comes first; 5 working days from Monday to Monday."""
    report = read(parser, *rows)

    assert (month(report, "complaints_12315"), month(report, "complaint_cases_closed"), month(report, "complaint_handling_workdays")) == (1, 1, 5)
    assert doubled(report) == [
        ("台账!A4", "与 台账!A3 是同一件，只计了一次", f"两行写的不同，计的是第 {row} 行，它的办结日期较晚；请删去不要的一行，确是两件的，请改正编号")
    ]


def test_a_date_of_updating_decides(parser):
    """Closed on the 16th, and by a row updated later on the 20th: that one counts."""
    headings = [*HEADINGS, "更新时间"]
    rows = ([*CLOSED, "2023-10-17"], [*CLOSED[:5], "调解不成", "2023-10-20 09:30"])
    for ordered in (rows, rows[::-1]):
        report = read(parser, *ordered, headings=headings)
        assert report.cases is not None
        assert report.cases.columns["办理结果"] == ["调解不成"]
        assert "它的更新时间较晚" in doubled(report)[0][2]


def test_where_no_date_decides_the_fuller_row_counts_and_both_are_named(parser):
    """Closed on the same day, 调解成功 in one row and nothing in the other."""
    rows = (CLOSED, [*CLOSED[:5], ""])
    for at, ordered in ((3, rows), (4, rows[::-1])):
        report = read(parser, *ordered)
        assert report.cases is not None
        assert report.cases.columns["办理结果"] == ["调解成功"]
        assert [remedy.partition("；")[0] for _, _, remedy in doubled(report)] == [f"两行写的不同，计的是第 {at} 行，看不出哪一行较晚，它写得较全"]


def test_where_nothing_decides_the_same_row_counts_in_any_order(parser):
    rows = ([*CLOSED[:5], "调解不成"], CLOSED, [*CLOSED[:5], "撤诉"])
    counted = []
    for ordered in (rows, rows[::-1], (rows[1], rows[0], rows[2])):
        report = read(parser, *ordered)
        assert report.cases is not None
        counted.append(report.cases.columns["办理结果"])
        assert len(doubled(report)) == 2

    assert counted[0] == counted[1] == counted[2]


def test_rows_that_are_the_same_count_once(parser):
    report = read(parser, CLOSED, CLOSED)

    assert month(report, "complaint_cases_closed") == 1
    assert doubled(report) == [("台账!A4", "与 台账!A3 是同一件，只计了一次", "请核对是否重复登记；确是两件的，请改正编号")]


def test_closed_before_it_came_is_not_closed_in_no_time(parser):
    """
    T1 took 5 working days; T2 was closed two days before it came: how long it took nobody knows, so it counts as not closed.

    The mean is 5 over 1, not 5 over 2.
    """
    report = read(parser, CLOSED, ["T2", "2023-10-18", "投诉", "12315", "2023-10-16", "调解成功"])

    assert (month(report, "complaints_12315"), month(report, "complaint_cases_closed"), month(report, "complaint_handling_workdays")) == (2, 1, 5)
    assert month(report, "x_complaints_reports_closed") == 1
    assert [(str(f.place), f.severity.value, f.seen) for f in report.findings if f.code == "dates-reversed"] == [
        ("台账!E4", "check", "「办结日期」早于「受理日期」，按没有「办结日期」计，不算用了 0 天")
    ]


def test_closed_on_the_day_it_came_took_no_working_day(parser):
    report = read(parser, ["T2", "2023-10-18", "投诉", "12315", "2023-10-18", "调解成功"])

    assert (month(report, "complaint_cases_closed"), month(report, "complaint_handling_workdays")) == (1, 0)


def test_a_stray_row_of_a_case_counts_no_second_time(parser):
    """The same key in October and, mistyped, in January."""
    upload = workbook(
        "投诉.xlsx", 台账=[["投诉举报台账"], HEADINGS, *[[f"T{n}", f"2023-10-{n:02d}", *CLOSED[2:]] for n in range(9, 15)], ["T9", "2023-01-09", *CLOSED[2:]]]
    )
    book = parser.read(upload.data, upload.name, None, layouts(CATALOG))
    [report] = read_ledgers(book.ledgers, book.unread, CATALOG, today=date(2023, 12, 3))

    assert month(report, "complaints_12315") == 6
    assert [f.seen for f in report.findings if f.code == "lone-date"] == ["第 9 行的受理日期 2023-01-09 离其余很远；同一件另有一行，只计那一行"]


def test_every_row_that_does_not_count_is_named(parser):
    """One number in four rows: the last is the fuller one and counts, three do not."""
    rows = [["T1", f"2023-10-{day:02d}", "投诉", "12315", *[""] * (len(HEADINGS) - 4)] for day in range(1, 5)]
    found = read(parser, *rows)
    assert len(found.cases.keys) == 1
    assert [finding.code for finding in found.findings].count("duplicate-case") == 3
    assert len({finding.seen + str(finding.place) for finding in found.findings if finding.code == "duplicate-case"}) == 3


@pytest.mark.parametrize("number", [620102202310110001, 202310110000000001, 1234567890123456, "2.02311E+17"])
def test_numbers_of_which_the_last_digits_are_lost_keep_their_cases_apart(parser, number):
    """A cell that holds a number keeps 15 digits: eight numbers of 18 would be one."""
    keys = [number + more if isinstance(number, int) else number for more in range(8)]
    found = read(parser, *([key, "2023-10-05", "投诉", "12315", *[""] * (len(HEADINGS) - 4)] for key in keys))
    assert len(found.cases.keys) == 8
    codes = [finding.code for finding in found.findings]
    assert "rounded-code" in codes
    assert not {"duplicate-case", "missing-key", "personal-data"}.intersection(codes)
