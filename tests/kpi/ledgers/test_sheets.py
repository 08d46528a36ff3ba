"""The sheets of one ledger: each has its own columns, and none is passed over without a word."""

from collections.abc import Iterator
from datetime import date

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.workbook.ledger import layouts
from kpi.workbook.report import Column, Report
from kpi.workbook.sandbox import Parser
from tests.kpi.ledgers.books import FOOD, food_rows, workbook
from tests.kpi.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
APRIL, MAY = "2023年4月食品抽检台账", "2023年5月食品抽检台账"
LIFTS = ("检查编号", "设备代码", "检查日期", "检查结论")


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as parser:
        yield parser


def read(parser: Parser, **sheets: object) -> list[Report]:
    upload = workbook("台账.xlsx", **sheets)  # type: ignore[arg-type]
    book = parser.read(upload.data, upload.name, upload.password, layouts(CATALOG))
    return read_ledgers(book.ledgers, book.unread, CATALOG, today=date(2023, 12, 3))


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
