"""A month under a row 2022年 is a month of 2022, and a word in a figure cell makes no heading of its row."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.report import Column
from tests.kpi.workbook.layouts.drawing import Spec, cells, workbook

CATALOG = load.load(load.DEFAULT)
HEAD = "消费维权情况||\n月份|12315平台投诉|12345平台投诉"
TURNED = "消费维权情况|\n数据项|本年累计"


def read(parser, text: str):
    """The reports of a drawn table of the consumer office."""
    spec = Spec("", {"Sheet1": [cells(line) for line in text.strip().splitlines()]})
    return read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, office="consumer", period=Month(2023, 12))


def figures(report) -> dict[tuple[str, Column], int]:
    return {(one.measure, one.column): int(one.value.number) for one in report.readings if one.value.number is not None}


@pytest.mark.parametrize("year", ["2022年", "2022", "2022年度", "22年", "上年", "去年", "2022年情况"])
def test_a_month_under_another_year_is_none_of_this_year(parser, year):
    """12 and 10 are those of December 2022; November 2023 is not what is sent."""
    [report] = read(parser, f"{HEAD}\n2023年||\n11月|10|9\n{year}||\n12月|12|10")

    assert figures(report) == {}
    assert {one.measure for one in report.typed} == {"complaints_12315", "complaints_12345"}
    assert ("period-mismatch", Severity.CHECK, "A4") in [(one.code, one.severity, one.place.cell) for one in report.findings]


@pytest.mark.parametrize("earlier", ["2022年", "上年"])
def test_two_years_one_below_the_other_are_told_apart(parser, earlier):
    """Twelve months of each: those of 2023 are this year's."""
    months = [(month, month + 10, month + 20) for month in range(1, 13)]
    above = "\n".join(f"{month}月|{later}|1" for month, _, later in months)
    below = "\n".join(f"{month}月|{now}|2" for month, now, _ in months)
    [report] = read(parser, f"{HEAD}\n{earlier}||\n{above}\n2023年||\n{below}")

    assert figures(report) == {("complaints_12315", Column.MONTH): 22, ("complaints_12345", Column.MONTH): 2}


def test_a_year_with_figures_of_its_own_holds_for_the_months_below_it(parser):
    """2022年 120 is the sum of the months that follow; the last of them is no December 2023."""
    [report] = read(parser, f"{HEAD}\n2023年|30|28\n11月|20|19\n2022年|120|100\n12月|12|10")

    assert Column.MONTH not in {one.column for one in report.readings if one.value.number is not None}


@pytest.mark.parametrize("group", ["计划数", "目标", "预计情况"])
def test_a_plan_over_months_is_asked_about(parser, group):
    """The figures of December below it need not be what was done."""
    [report] = read(parser, f"{HEAD}\n2023年||\n11月|10|9\n{group}||\n12月|12|10")

    assert [one.severity for one in report.findings if one.code == "other-subject"] == [Severity.CHECK]


@pytest.mark.parametrize(
    "text", ["月份|数据项|本年累计\n2022年||\n12月|12315平台投诉|120\n12月|12345平台投诉|39", "数据项|月份|本年累计\n2022年||\n12315平台投诉|12月|120"]
)
def test_the_same_where_the_measures_stand_down_the_rows(parser, text):
    """All of them are last year's."""
    [report] = read(parser, text)

    assert {one.column for one in report.readings if one.value.number is not None} == {Column.PRIOR}


WORDS = ["5月", "12月", "2023年", "2022年12月", "一季度", "本月", "合计", "上年同期", "本年累计", "目标", "单位"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_word_in_a_figure_cell_makes_no_heading_of_its_row(parser, word, row):
    """It is the finding of its cell; the other rows keep their column."""
    names = ["12315平台投诉", "12345平台投诉", "12315平台举报"]
    rows = [f"{name}|{word if at == row else at + 5}" for at, name in enumerate(names)]
    [report] = read(parser, "\n".join((TURNED, *rows)))

    assert sorted(figures(report).values()) == [at + 5 for at in range(3) if at != row]
    assert {one.column for one in report.readings if one.value.number is not None} == {Column.YTD}
    assert [(one.code, one.place.cell) for one in report.findings if one.severity is not Severity.HINT and one.code != "missing-row"] == [
        ("not-a-number", f"B{row + 3}")
    ]


def test_words_in_all_figure_cells_of_a_row_make_none_either(parser):
    """本月 and 累计 behind a measure's name, in the middle of the rows."""
    [report] = read(parser, "数据项|本月数|本年累计\n12315平台投诉|5|50\n12345平台投诉|本月|累计\n12315平台举报|7|70")

    assert sorted(figures(report).values()) == [5, 7, 50, 70]
    assert [one.place.cell for one in report.findings if one.code == "not-a-number"] == ["B3", "C3"]
