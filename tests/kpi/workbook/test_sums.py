"""合计 beside months or quarters is what was done until the last of them, and the sum of them."""

import pytest

from kpi.catalog import load
from kpi.errors import WorkbookError
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.reading import read_reports
from kpi.workbook.report import Column
from tests.kpi.workbook.layouts.drawing import Spec, cells, workbook

CATALOG = load.load(load.DEFAULT)


def read(parser, text: str, month: int):
    """The reports of a drawn table of the consumer office for a month of 2023."""
    spec = Spec("", {"Sheet1": [cells(line) for line in text.strip().splitlines()]})
    return read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, office="consumer", period=Month(2023, month))


def figures(report) -> dict[Column, int]:
    return {one.column: int(one.value.number) for one in report.readings if one.value.number is not None and one.measure == "complaints_12315"}


def beside(columns: int, filled: int, total: str, word: str = "合计") -> str:
    """Months over the columns, ten in each that is filled."""
    heads = "|".join(f"{month}月" for month in range(1, columns + 1))
    values = "|".join("10" if month <= filled else "" for month in range(1, columns + 1))
    return f"数据项|{heads}|{word}\n12315平台投诉|{values}|{total}"


def below(rows: int, total: str, word: str = "累计") -> str:
    """Months down the rows."""
    months = "\n".join(f"{month}月|10|9" for month in range(1, rows + 1))
    return f"月份|12315平台投诉|12345平台投诉\n{months}\n{word}|{total}|{9 * rows}"


@pytest.mark.parametrize(
    "text", [beside(11, 11, "110"), beside(11, 11, "110", "累计"), beside(11, 11, "110", "本年累计"), beside(12, 11, "110"), below(11, "110")]
)
def test_the_sum_of_eleven_months_is_not_that_of_december(parser, text):
    """It was stored as the cumulative of December, which the sheet does not have."""
    with pytest.raises(WorkbookError, match="没有 2023 年 12 月 的数据"):
        read(parser, text, 12)

    [report] = read(parser, text, 11)
    assert figures(report)[Column.MONTH] == 10
    assert figures(report)[Column.YTD] == 110


def test_the_sum_of_twelve_months_is_not_that_of_november(parser):
    """A sheet of the whole year sent for November: ten of November, and no cumulative."""
    [report] = read(parser, beside(12, 12, "120"), 11)

    assert figures(report) == {Column.MONTH: 10}


QUARTERS = "数据项|一季度|二季度|三季度|累计\n12315平台投诉|20|20|20|60"


@pytest.mark.parametrize("month", [10, 12])
def test_the_sum_of_three_quarters_is_asked_about_in_a_later_month(parser, month):
    """60 until September."""
    [report] = read(parser, QUARTERS, month)

    assert figures(report) == {}
    assert any(one.code == "unsure-column" and one.place.cell == "E1" and one.severity is Severity.BLOCK for one in report.findings)


@pytest.mark.parametrize("month", [7, 8, 9])
def test_within_the_last_quarter_it_is_the_cumulative(parser, month):
    """The third quarter so far."""
    [report] = read(parser, QUARTERS, month)

    assert figures(report) == {Column.YTD: 60}


def test_the_last_two_months_are_no_parts_of_the_cumulative(parser):
    """10月 and 11月 beside 累计 are for comparison."""
    [report] = read(parser, "数据项|10月|11月|累计\n12315平台投诉|1|2|30", 11)

    assert figures(report) == {Column.MONTH: 2, Column.YTD: 30}
    assert not [one for one in report.findings if one.code == "sum-differs"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (beside(12, 12, "999"), "N2"),
        (below(12, "999"), "B14"),
        (below(12, "999", "合计"), "B14"),
        ("数据项|一季度|二季度|三季度|四季度|累计\n12315平台投诉|20|20|20|20|999", "F2"),
    ],
)
def test_a_sum_that_is_none_is_asked_about(parser, text, cell):
    """Twelve times ten, or four times twenty, are not 999."""
    [report] = read(parser, text, 12)

    assert [(one.severity, one.place.cell) for one in report.findings if one.code == "sum-differs"] == [(Severity.CHECK, cell)]


@pytest.mark.parametrize(
    "text", [beside(12, 12, "120"), below(12, "120"), below(12, "120", "合计"), beside(12, 12, "120").replace("10|10|120", "未开展|20|120")]
)
def test_one_that_is_the_sum_is_not(parser, text):
    """120; a month in which nothing was done adds nothing."""
    [report] = read(parser, text, 12)

    assert not [one for one in report.findings if one.code == "sum-differs"]
