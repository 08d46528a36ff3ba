"""A word that speaks of another time, plan, place, unit or kind of figure: wherever it stands about a figure, it is asked about."""

from collections.abc import Callable

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from tests.kpi.workbook.layouts.drawing import Spec, workbook

CATALOG = load.load(load.DEFAULT)
TIMES = ["2022年", "上年", "去年同期", "11月", "11、12月", "上月数", "2024年", "下旬"]
PLANS = ["测算", "预计数", "计划数", "草稿", "作废"]
OTHERS = ["市局", "城关所", "占比", "增加", "单位：千件", "千件"]
Rows = list[list[str]]


def rows() -> Rows:
    return [["消费维权情况", "<", "<", "<"], ["数据项", "单位", "本年累计", "备注"], ["12315平台投诉", "件", "120", ""], ["12345平台投诉", "件", "39", ""]]


def put(row: int, column: int, form: str = "{}") -> Callable[[Rows, str], None]:
    """Writes a word into a cell."""

    def write(drawn: Rows, word: str) -> None:
        for line in drawn:
            line += [""] * (column + 1 - len(line))
        drawn[row][column] = form.format(word)

    return write


def insert(row: int, column: int, form: str = "{}") -> Callable[[Rows, str], None]:
    """Writes a word into a row of its own."""

    def write(drawn: Rows, word: str) -> None:
        drawn.insert(row, ["", "", "", ""])
        drawn[row][column] = form.format(word)

    return write


PLACES = {
    "title": put(0, 0),
    "title in brackets": put(0, 0, "消费维权情况（{}）"),
    "line under the title": insert(1, 0),
    "corner": insert(1, 3),
    "group": insert(2, 0),
    "numbered group": insert(3, 0, "（二）{}"),
    "over the figures": insert(2, 2),
    "remark": put(2, 3),
    "behind the remarks": put(2, 4),
    "heading": put(1, 2),
    "heading in brackets": put(1, 2, "本年累计（{}）"),
    "label in brackets": put(2, 0, "12315平台投诉（{}）"),
    "label": put(2, 0, "{}12315平台投诉"),
    "unit": put(2, 1, "件（{}）"),
}
SILENT = {("numbered group", "千件")}  # （二） and a unit: no group is called so


@pytest.mark.parametrize("word", [*TIMES, *PLANS, *OTHERS])
@pytest.mark.parametrize("place", PLACES)
def test_such_a_word_is_never_passed_over(parser, place, word):
    """The figure stands there as before, and would be stored as that of December."""
    if (place, word) in SILENT:
        pytest.skip("no such sheet")
    drawn = rows()
    PLACES[place](drawn, word)
    reports = read_reports(parser.parse(workbook(Spec("", {"Sheet1": drawn})), "表.xlsx"), CATALOG, office="consumer", period=Month(2023, 12))

    assert any(one.severity is not Severity.HINT and one.code != "missing-row" for report in reports for one in report.findings)


@pytest.mark.parametrize("word", [*TIMES, *PLANS])
@pytest.mark.parametrize("place", ["注：{}", "注：本表为{}", "（注：{}）"])
def test_nor_is_it_in_a_note_under_the_table(parser, place, word):
    """A note that says nothing but this says it of the whole table."""
    drawn = [*rows(), [place.format(word), "", "", ""]]
    reports = read_reports(parser.parse(workbook(Spec("", {"Sheet1": drawn})), "表.xlsx"), CATALOG, office="consumer", period=Month(2023, 12))

    assert {one.code for report in reports for one in report.findings} & {"period-mismatch", "other-subject"}


@pytest.mark.parametrize("word", ["2023年", "12月", "1—12月", "本年", "全区", "本局", "消保科", "件", "单位：件", "完成情况", "照常", "已审核"])
@pytest.mark.parametrize("place", ["title", "title in brackets", "line under the title", "corner", "group", "remark", "behind the remarks"])
def test_a_word_that_says_what_is_so_anyway_is(parser, place, word):
    """The month itself, our own body, the unit of the rows."""
    drawn = rows()
    PLACES[place](drawn, word)
    reports = read_reports(parser.parse(workbook(Spec("", {"Sheet1": drawn})), "表.xlsx"), CATALOG, office="consumer", period=Month(2023, 12))

    found = [one for report in reports for one in report.findings if one.severity is not Severity.HINT and one.code not in ("missing-row", "unknown-row")]
    assert found == []
