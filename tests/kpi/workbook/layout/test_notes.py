"""Notes that say which time a table is of, and notes that only mention one."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from tests.kpi.workbook.layouts.drawing import Spec, workbook

CATALOG = load.load(load.DEFAULT)


def findings(parser, note: str, *, above: bool = False) -> list[tuple[str, Severity, str | None]]:
    """What is found of the period in a table of December 2023 with a note."""
    rows = [["数据项", "单位", "本月数"], ["食品快检批次", "批次", "1000"]]
    spec = Spec("", {"Sheet1": [[note], *rows] if above else [*rows, [note]]})
    reports = read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, office="food_coordination", period=Month(2023, 12))
    return [
        (finding.code, finding.severity, finding.place.cell)
        for report in reports
        for finding in report.findings
        if finding.code in ("period-mismatch", "other-subject")
    ]


@pytest.mark.parametrize(
    "note",
    [
        "注：本表为2022年12月数据",
        "注：数据截至2022年11月30日",
        "注:1.本表单位为批次；2.数据截至2023年11月30日。",
        "备注：以上数据均为2022年数据",
        "说明：统计期间为2022年1—12月",
        "（数据截止2022年12月31日）",
        "注：2022年12月数据",
        "注：截至2023年11月底",
        "注：本表数据统计至2023年11月30日",
        "注：本表为11月数据。",
        "注：本表为上年同期数据",
        "注：数据截至2022年11月30日24时",
        "2、表中数据为二〇二二年十二月数据",
        "注：11、12月合计数",
        "注：为2022年数据",
    ],
)
@pytest.mark.parametrize("above", [False, True])
def test_a_note_that_says_the_table_is_of_another_time_is_asked_about(parser, note: str, above: bool):
    """The table would be stored for December 2023 without a word."""
    assert [one[:2] for one in findings(parser, note, above=above)] == [("period-mismatch", Severity.CHECK)]
    assert {one[2] for one in findings(parser, note, above=above)} == {"A1" if above else "A3"}


@pytest.mark.parametrize(
    "note",
    [
        "注：本月数较2022年增长12%",
        "注：本表2022年起执行",
        "注：自2022年12月起执行新口径",
        "注：依据2021年文件填报",
        "注：本表依据市局2021年12月印发的文件制定",
        "注：上年同期数为2022年12月数据",
        "注：统计口径为2022年版指标解释",
        "注：2022年12月数据已作调整",
        "注：截至2022年底，全区共有经营主体5万户",
        "注：本表为2023年12月数据",
        "注：数据截至2023年12月31日",
        "注：本表为2023年1—12月累计数据",
        "注：本表按月报送。",
        "注：数据来源于2022年统计年鉴",
    ],
)
@pytest.mark.parametrize("above", [False, True])
def test_a_note_that_mentions_another_year_in_passing_is_not(parser, note: str, above: bool):
    """It says nothing of the time of the figures."""
    assert findings(parser, note, above=above) == []


def _of_two(parser, label: str, figure: str, *words: str, first: str = "") -> list[tuple[str, Severity, str | None, tuple[str, ...]]]:
    """What is found in a table of two measures, the second named and filled so, with words under it, and a title."""
    rows = [[first or "月报表"], ["数据项", "单位", "本月数"], ["食品快检批次", "批次", "1000"], [label, "批次", figure], *([text] for text in words)]
    reports = read_reports(parser.parse(workbook(Spec("", {"Sheet1": rows})), "表.xlsx"), CATALOG, office="food_coordination", period=Month(2023, 12))
    codes = ("period-mismatch", "other-subject", "day-within-month")
    return [(one.code, one.severity, one.place.cell, one.measures) for report in reports for one in report.findings if one.code in codes]


@pytest.mark.parametrize(
    ("label", "figure", "note"),
    [
        ("食品快检合格批次", "990", "注：食品快检合格批次为2022年数"),
        ("食品快检合格批次", "990", "注：1.食品快检批次为本月数；2.食品快检合格批次2022年数。"),
        ("食品快检合格批次*", "990", "*为2022年数"),
        ("食品快检合格批次", "990①", "①为2022年数"),
        ("食品快检合格批次", "990①", "① 上年数据"),
    ],
)
def test_a_note_to_one_row_or_mark_is_asked_about_with_its_measure(parser, label: str, figure: str, note: str):
    """The other row is not meant."""
    found = _of_two(parser, label, figure, note)

    assert found == [("period-mismatch", Severity.CHECK, "A5", ("x_food_rapid_tests_passed",))]


@pytest.mark.parametrize("note", ["注：不含12月", "注：以上数据为约数", "注：本表口径为全市", "注：食品快检批次为市局数", "注：食品快检批次不含12月"])
def test_a_note_that_the_figures_are_less_or_others_is_asked_about(parser, note: str):
    """Without December, roughly, of the city."""
    assert [one[:3] for one in _of_two(parser, "食品快检合格批次", "990", note)] == [("other-subject", Severity.CHECK, "A5")]


@pytest.mark.parametrize("note", ["注：食品快检合格批次上年同期为2022年数", "注：不含2022年", "*为2023年12月数", "注：食品快检批次含预约数"])
def test_a_note_to_one_row_that_says_nothing_else_is_none(parser, note: str):
    """It speaks of the month itself, or of the base beside it."""
    assert _of_two(parser, "食品快检合格批次", "990", note) == []


def test_a_day_of_filling_in_needs_no_colon(parser):
    """制表日期 2023-11-30 lies before the month it is sent for."""
    assert [one[:3] for one in _of_two(parser, "食品快检合格批次", "990", "制表日期 2023-11-30")] == [("period-mismatch", Severity.CHECK, "A5")]


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("12月15日", Severity.CHECK),
        ("2023年12月15日", Severity.CHECK),
        ("12月1日-15日", Severity.CHECK),
        ("填报日期：2023-12-15", Severity.CHECK),
        ("填报日期：2023-12-28", Severity.HINT),
        ("截至12月15日", None),
        ("12月31日", None),
        ("填报日期：2024-01-04", None),
    ],
)
def test_figures_do_not_run_past_the_day_of_their_sheet(parser, title: str, severity: Severity | None):
    """A day within the month, not said to be the 数据截止日, is proposed as such; many fill in a month in its last days."""
    found = _of_two(parser, "食品快检合格批次", "990", first=title)

    assert [(one[0], one[1]) for one in found] == ([("day-within-month", severity)] if severity else [])
