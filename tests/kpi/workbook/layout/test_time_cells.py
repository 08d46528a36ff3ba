"""
The month of a form that stands in cells of its own, or behind a label as a bare number, and the last day of a span.

Taken for nothing, 11 of a form for December would be stored as December's without a word.
"""

import pytest

from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.last_day import day_in
from kpi.workbook.layout.time_cells import joined, with_words
from tests.kpi.workbook.typed import read, sheet

DECEMBER = Month(2023, 12)
BODY = (("数据项", "计量单位", "本年累计"), ("食品快检批次", "批次", 300))


@pytest.mark.parametrize(
    "line",
    [
        (2022, "年", 12, "月"),
        (2023, "年", 11, "月"),
        ("单位：批次", None, 2022, "年", 12, "月"),
        ("年度", 2022, "月份", 12),
        ("账期", 202212),
        ("月份：11",),
        ("填报月份", "十一"),
        ("填报月份：", "1-11"),
        ("月份：12", "年份：2022"),
        ("年度：2022",),
        ("季度", 3),
        ("月份：11、12",),
    ],
)
def test_a_month_in_cells_of_its_own_is_compared_with_the_one_that_is_sent(line):
    """Every line names another time than December 2023, which is said at one of its cells."""
    report = read([("食品科",), line, *BODY], period=DECEMBER)

    [finding] = [finding for finding in report.findings if finding.code == "period-mismatch"]
    assert finding.severity in (Severity.BLOCK, Severity.CHECK)
    assert finding.place.cell.endswith("2")


@pytest.mark.parametrize("line", [(2023, "年", 12, "月"), ("年度", 2023, "月份", 12), ("账期", 202312), ("年份：2023", "月份：", 12)])
def test_a_month_in_cells_of_its_own_is_the_month_of_the_form(line):
    """Nobody has to be asked for what the form says."""
    report = read([("食品科",), line, *BODY])

    assert report.period == DECEMBER
    assert not [finding for finding in report.findings if finding.code in ("unknown-period", "period-mismatch")]


@pytest.mark.parametrize(
    ("label", "text", "time"),
    [
        ("月份", "11", "11月"),
        ("月份", "1-11", "1-11月"),
        ("月份", "十一", "十一月"),
        ("年度", "2022", "2022年"),
        ("季度", "3", "第3季度"),
        ("报告期", "2023年11月", "2023年11月"),
        ("月份", "13", "13"),
        ("月份", "", ""),
    ],
)
def test_a_bare_number_behind_a_label_gets_its_word(label, text, time):
    """A number that can be no month stays as it is."""
    assert with_words(label, text) == time


def test_cells_side_by_side_are_one_time_only_where_a_word_makes_them_one():
    """2022 | 年 is a year; 11 | 12 are two numbers, and so are a year and what stands a cell further."""
    row = {0: Cell(CellKind.NUMBER, "2022"), 1: Cell(CellKind.TEXT, "年"), 4: Cell(CellKind.NUMBER, "11"), 5: Cell(CellKind.NUMBER, "12")}

    assert joined(row) == {0: (1, "2022年")}


@pytest.mark.parametrize(
    "text",
    [
        "统计区间：2023年11月26日至2023年12月25日",
        "统计周期：2023年11月26日—12月25日",
        "（2023年11月26日-2023年12月25日）",
        "11.26-12.25",
        "统计时间：12月1日至25日",
        "统计时间：2023年12月25日",
        "统计区间：20231126-20231225",
        "起止日期：2023-11-26至2023-12-25",
        "自2023年12月1日起至2023年12月25日止",
    ],
)
def test_a_span_that_ends_within_the_month_is_asked_about(text):
    """No figure of a span up to 25 December runs to the 31st."""
    report = read([("食品科",), (text,), *BODY], period=DECEMBER)

    [finding] = [finding for finding in report.findings if finding.code == "day-within-month"]
    assert (finding.severity, finding.place.cell) == (Severity.CHECK, "A2")
    assert "2023-12-25" in finding.seen


@pytest.mark.parametrize("text", ["统计时间：2023年12月1日至12月31日", "12.1—12.31", "2023/12/1~2023/12/31"])
def test_a_span_to_the_end_of_the_month_says_nothing_new(text):
    """The whole month is what everybody expects."""
    report = read([("食品科",), (text,), *BODY], period=DECEMBER)

    assert not [finding for finding in report.findings if finding.code in ("day-within-month", "period-mismatch")]


@pytest.mark.parametrize("text", ["2.30-2.31", "食品科", "12月", "1.5"])
def test_what_is_no_day_is_none(text):
    """30 February is no day, and neither is the number of an item."""
    assert day_in(text, 2023) is None


def form(figure: int) -> list[tuple[str | int, ...]]:
    return [("数据项", "计量单位", "本年累计"), ("食品快检批次", "批次", figure)]


@pytest.mark.parametrize("names", [("11", "12"), ("十一", "十二"), ("1-11", "1-12"), tuple(map(str, range(1, 13)))])
def test_a_sheet_called_by_its_month_is_of_that_month(names):
    """Of sheets 11 and 12 that of December is read, and no figure stands there twice."""
    report = read(*(sheet(form(number), name) for number, name in enumerate(names, 101)), period=DECEMBER)

    [reading] = [reading for reading in report.readings if reading.raw]
    assert (reading.value.number, reading.place.sheet) == (100 + len(names), names[-1])
    assert not [finding for finding in report.findings if finding.severity is Severity.BLOCK]


@pytest.mark.parametrize(("name", "known"), [("11", True), ("1", False), ("表11", False), ("12", False)])
def test_a_sheet_called_by_another_month_is_asked_about(name, known):
    """11 is November; 1 may be the first sheet, and 表11 the eleventh form."""
    report = read(sheet(form(5), name), period=DECEMBER)

    assert bool([finding for finding in report.findings if finding.code == "period-mismatch"]) is known


@pytest.mark.parametrize(
    ("name", "severities"),
    [
        ("食品科-11.xlsx", [Severity.CHECK]),
        ("食品科11.xlsx", [Severity.CHECK]),
        ("11.xlsx", [Severity.CHECK]),
        ("食品科_09.xls", [Severity.CHECK]),
        ("食品科-12.xlsx", []),
        ("附件11.xlsx", []),
        ("食品科-2.xlsx", []),
        ("食品科(11).xlsx", []),
    ],
)
def test_the_month_at_the_end_of_a_files_name(name, severities):
    """Two digits at the end are a month; one may count the copies, and that of 附件11 counts the papers."""
    report = read(form(5), period=DECEMBER, hints=(name,))

    assert [finding.severity for finding in report.findings if finding.code == "period-mismatch"] == severities
