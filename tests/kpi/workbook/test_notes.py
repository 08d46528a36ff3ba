"""Notes that say which time a table is of, and notes that only mention one."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.reading import read_reports
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
