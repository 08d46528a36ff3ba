"""The sheets of one ledger: each has its own columns, and none is passed over without a word."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column, Report
from tests.kpi.workbook.ledgers.books import FOOD, food_rows, workbook
from tests.kpi.workbook.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
APRIL, MAY = "2023年4月食品抽检台账", "2023年5月食品抽检台账"
LIFTS = ("检查编号", "设备代码", "检查日期", "检查结论")


def read(parser: Parser, hide: str = "", /, **sheets: object) -> list[Report]:
    """The reports of a workbook, of which all sheets but the first are hidden in some way, or rows 5 to 8 of the first."""
    upload = workbook("台账.xlsx", **sheets)  # type: ignore[arg-type]
    book = parser.read(hidden(upload.data, hide) if hide else upload.data, upload.name, upload.password, layouts(CATALOG))
    return read_ledgers(book.ledgers, book.unread, CATALOG, today=date(2023, 12, 3))


def hidden(data: bytes, what: str) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    if what == "rows":
        for row in range(5, 9):
            book.worksheets[0].row_dimensions[row].hidden = True
    else:
        for sheet in book.worksheets[1:]:
            sheet.sheet_state = what
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def figures(report: Report) -> dict[str, int]:
    """本月数 by measure."""
    return {r.measure: int(r.value.number or 0) for r in report.readings if r.column is Column.MONTH}


def seen(reports: list[Report], code: str) -> list[tuple[str, str, str]]:
    return [(str(report.period), f.severity.value, f.seen) for report in reports for f in report.findings if f.code == code]


def without_result(rows: list[list[object]]) -> list[list[object]]:
    return [row[:2] for row in rows]


def test_a_sheet_without_a_column_takes_nothing_from_the_other_sheets(parser):
    """April has no 检验结论 and says so; May's twelve passed batches are counted."""
    april, may = [[APRIL], FOOD[:2], *without_result(food_rows("N", 2023, 4, 10))], [[MAY], FOOD, *food_rows("N", 2023, 5, 12)]

    reports = read(parser, 四月=april, 五月=may)

    assert [figures(report) for report in reports] == [
        {"food_samples_taken": 10},
        {"food_samples_taken": 12, "food_samples_tested": 12, "food_samples_passed": 12, "food_samples_failed": 0},
    ]
    named = "「食品抽检检验批次」「食品抽检合格批次」「食品抽检不合格批次」"
    assert seen(reports, "missing-column") == [("2023-04", "hint", f"「四月」没有「检验结论」一列，没有计算{named}")]
    assert [set(report.cases.columns) for report in reports if report.cases] == [set(FOOD[:2]), set(FOOD)]


def test_a_month_of_both_sheets_names_what_is_lost(parser):
    """Of April ten batches of one station say their result and four of another do not: the results of April are not known, which is asked about."""
    with_results, without = [[APRIL], FOOD, *food_rows("N", 2023, 4, 10)], [[APRIL], FOOD[:2], *without_result(food_rows("M", 2023, 4, 4))]

    reports = read(parser, 一所=with_results, 二所=without)

    assert [figures(report) for report in reports] == [{"food_samples_taken": 14}]
    named = "「食品抽检检验批次」「食品抽检合格批次」「食品抽检不合格批次」"
    words = f"2023 年 4 月有 4 件（「二所」）没有「检验结论」一列，另外 10 件有；这个月的{named}算不出，记为未报"
    assert seen(reports, "column-missing-in-part") == [("2023-04", "check", words)]


def test_a_month_without_a_row_knows_its_figures_where_its_own_sheet_has_the_columns(parser):
    """May's sheet is empty and has 检验结论: none passed.  April's has rows and not the column."""
    reports = read(parser, 四月=[[APRIL], FOOD[:2], *without_result(food_rows("N", 2023, 4, 3))], 五月=[[MAY], FOOD])

    assert figures(reports[1]) == {"food_samples_taken": 0, "food_samples_tested": 0, "food_samples_passed": 0, "food_samples_failed": 0}


def test_a_sheet_without_a_column_of_the_key_keeps_the_cases_of_the_others_apart(parser):
    """One 检查编号 for two lifts is two inspections; on the sheet without 设备代码 a third row with that number is asked about."""
    apart = [["2023年4月特种设备检查台账"], LIFTS, ["JC1", "D1", "2023-04-01", "合格"], ["JC1", "D2", "2023-04-01", "合格"]]
    bare = [["2023年4月特种设备检查台账"], (LIFTS[0], *LIFTS[2:]), ["JC1", "2023-04-02", "合格"], ["JC2", "2023-04-02", "合格"]]

    reports = read(parser, 一所=apart, 二所=bare)

    assert figures(reports[0])["special_equipment_inspected"] == 4
    words = "「二所」没有「设备代码」一列，有 1 件的编号与别的工作表的相同，分不清是不是同一件，两边都计了：JC1"
    assert seen(reports, "key-column-missing") == [("2023-04", "check", words)]
    assert seen(reports, "duplicate-case") == []


def test_a_hidden_sheet_that_is_a_ledger_is_asked_about(parser):
    """Ten batches stand on the visible sheet and four more on a hidden one, which does not count and is no HINT; very hidden is hidden too."""
    for state in ("hidden", "veryHidden"):
        rows = food_rows("N", 2023, 4, 14)
        reports = read(parser, state, 四月=[[APRIL], FOOD, *rows[:10]], 二所=[[APRIL], FOOD, *rows[10:]], 选项=[["合格"], ["不合格"]])

        assert figures(reports[0])["food_samples_taken"] == 10
        assert seen(reports, "hidden-ledger") == [("2023-04", "check", "隐藏的工作表「二所」像台账，有 4 件，没有计入")]
        assert seen(reports, "sheet-not-read") == [("2023-04", "hint", "隐藏的工作表「选项」没有读取")]


def test_hidden_rows_count_and_are_told(parser):
    """A filter hides four of ten batches: the export holds ten."""
    reports = read(parser, "rows", 四月=[[APRIL], FOOD, *food_rows("N", 2023, 4, 10)])

    assert figures(reports[0])["food_samples_taken"] == 10
    assert seen(reports, "hidden-rows") == [("2023-04", "hint", "有 4 行是隐藏的（筛选、折叠或隐藏），也计入了")]


def test_a_second_table_to_the_right_is_asked_about(parser):
    """The batches of another station stand beside, under the same headings."""
    left, right = food_rows("N", 2023, 4, 3), food_rows("M", 2023, 4, 2)
    rows = [[*one, "", *other] for one, other in zip(left, [*right, ["", "", ""]], strict=True)]

    reports = read(parser, 四月=[[APRIL], [*FOOD, "", *FOOD], *rows])

    assert figures(reports[0])["food_samples_taken"] == 3
    assert seen(reports, "table-beside") == [("2023-04", "check", "右边还有一张同样表头的表，有 2 行，没有读取")]


@pytest.mark.parametrize(
    "line", [f"{APRIL}（续）", APRIL, f"{APRIL} 续表1", f"{APRIL}（二）", f"{APRIL}第2页 共3页", "（续上页）", "第 2 页", f"{APRIL}（二所）"]
)
def test_the_title_once_more_on_the_next_page_is_no_row(parser, line):
    """Six batches, three on each printed page: nothing is asked about."""
    rows = food_rows("N", 2023, 4, 6)

    reports = read(parser, 四月=[[APRIL], FOOD, *rows[:3], [line], FOOD, *rows[3:]])

    assert figures(reports[0])["food_samples_taken"] == 6
    assert seen(reports, "missing-date") == []


def test_a_case_of_which_only_the_number_is_written_stays_asked_about(parser):
    """Another title, or the number of a case, is no line of a page."""
    rows = food_rows("N", 2023, 4, 6)

    reports = read(parser, 四月=[[APRIL], FOOD, *rows[:3], ["N9"], ["（1）"], ["-7-"], ["续3"], ["2023年4月流通抽检"], *rows[3:]])

    assert figures(reports[0])["food_samples_taken"] == 6
    assert len(seen(reports, "missing-date")) == 5


def test_about_so_much_is_summed_and_asked_about(parser):
    """约500, 300余 and exactly 200 元 recovered are 0.1 万元 as written, and both inexact cells are named."""
    headings = ("登记编号", "受理日期", "诉求类型", "来源", "挽回经济损失（元）")
    money = ("约500", "300余", 200)
    rows = [[f"TS{number}", "2023-04-01", "投诉", "12315", amount] for number, amount in enumerate(money)]

    [report] = read(parser, 四月=[["2023年4月投诉举报台账"], headings, *rows])

    [amount] = [r.value.number for r in report.readings if r.measure == "consumer_losses_recovered" and r.column is Column.MONTH]
    assert amount == Decimal("0.1")
    assert [(f.severity.value, str(f.place)) for f in report.findings if f.code == "inexact-number"] == [("check", "四月!E3"), ("check", "四月!E4")]


def test_a_void_result_names_the_way_out(parser):
    """作废 is no result: the row is counted as taken, and the way out is to delete it."""
    [report] = read(parser, 四月=[[APRIL], FOOD, *food_rows("N", 2023, 4, 3), ["N9", "2023-04-09", "作废"]])

    [finding] = [f for f in report.findings if f.code == "unknown-value"]
    assert finding.remedy == "请改为其中一种：合格、不合格、问题样品、在检；作废的请删去该行"


def test_a_second_table_below_in_other_columns_is_asked_about(parser):
    """Two batches of another station stand below, their columns in another order: they are no rows of the first table."""
    below = [list(reversed(row)) for row in food_rows("M", 2023, 4, 2)]

    reports = read(parser, 四月=[[APRIL], FOOD, *food_rows("N", 2023, 4, 3), [], [f"{APRIL}（二所）"], FOOD[::-1], *below])

    assert figures(reports[0])["food_samples_taken"] == 3
    assert seen(reports, "table-below") == [("2023-04", "check", "第 8 行起另有一张表，列的位置与上面的不同，有 2 行，没有读取")]
    assert [f.code for f in reports[0].findings] == ["table-below"]


def test_a_sheet_without_a_title_beside_a_ledger_is_asked_about(parser):
    """Three columns and no title are too little to be a ledger alone; beside one with the same columns its four batches are not passed over in silence."""
    rows = food_rows("N", 2023, 4, 14)

    reports = read(parser, 四月=[[APRIL], FOOD, *rows[:10]], 二所=[FOOD, *rows[10:]], 说明=[["填表说明"], ["一行一批"]])

    assert figures(reports[0])["food_samples_taken"] == 10
    assert seen(reports, "untitled-ledger") == [("2023-04", "check", "工作表「二所」像台账，但没有写台账的标题，有 4 件，没有计入")]
    assert seen(reports, "sheet-not-read") == [("2023-04", "hint", "工作表「说明」不是台账，没有读取")]


def test_a_list_of_what_the_ledger_holds_already_is_not_asked_about(parser):
    """The failed batches once more on a sheet of their own; a row that the ledger does not have is asked about, and it alone is counted."""
    rows = [*food_rows("N", 2023, 4, 8), *food_rows("U", 2023, 4, 2, "不合格")]

    reports = read(parser, 四月=[[APRIL], FOOD, *rows], 不合格=[["不合格样品清单"], FOOD, *rows[8:]])
    assert [f.severity.value for f in reports[0].findings] == ["hint"]
    assert seen(reports, "untitled-ledger") == []

    reports = read(parser, 四月=[[APRIL], FOOD, *rows], 不合格=[["不合格样品清单"], FOOD, *rows[8:], ["X", "2023-04-09", "不合格"]])
    assert seen(reports, "untitled-ledger") == [("2023-04", "check", "工作表「不合格」像台账，但没有写台账的标题，有 1 件，没有计入")]


def test_headings_of_the_next_page_in_other_words_of_the_same_columns_head_no_other_table(parser):
    """检验结果 stands under 检验结论: the rows below go on, and none is left out."""
    again = [FOOD[0], FOOD[1], "检验结果"]
    reports = read(parser, 四月=[[APRIL], FOOD, *food_rows("N", 2023, 4, 3), again, *food_rows("M", 2023, 4, 2)])

    assert figures(reports[0])["food_samples_taken"] == 5
    assert [f.code for f in reports[0].findings] == []
