"""Rows that are totals, and cases that only begin like one."""

from datetime import date

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.filing.intake import Upload
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column, Report
from tests.kpi.workbook.ledgers.books import workbook
from tests.kpi.workbook.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
HEADINGS = ["被投诉单位", "登记编号", "受理日期", "诉求类型", "来源"]
CASES = [["甲商店", "T1", "2023-11-01", "投诉", "12315"], ["乙商店", "T2", "2023-11-02", "投诉", "12315"]]


def read(parser: Parser, row: list[object]) -> Report:
    upload: Upload = workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], HEADINGS, *CASES, row])
    book = parser.read(upload.data, upload.name, None, layouts(CATALOG))
    [report] = read_ledgers(book.ledgers, book.unread, CATALOG, today=date(2023, 12, 3))
    return report


def complaints(report: Report) -> int | None:
    [number] = [r.value.number for r in report.readings if (r.measure, r.column) == ("complaints_12315", Column.MONTH)]
    return None if number is None else int(number)


@pytest.mark.parametrize(
    "name", ["合计量子科技有限公司", "累计能源服务部", "共计超市", "总计烟酒店", "小计便利店", "合计12号店", "累计", "合计", "共计：诚信商行"]
)
def test_a_case_whose_company_begins_like_a_total_counts(parser, name):
    """It has a number, a date and a kind, as no total has."""
    report = read(parser, [name, "T3", "2023-11-03", "投诉", "12315"])

    assert complaints(report) == 3
    assert "total-row" not in [f.code for f in report.findings]


@pytest.mark.parametrize("name", ["合计量子科技有限公司", "共计超市"])
def test_a_case_that_begins_like_a_total_and_has_no_date_is_named(parser, name):
    report = read(parser, [name, "T3", "", "投诉", "12315"])

    assert complaints(report) == 2
    assert [(f.code, str(f.place)) for f in report.findings if f.code == "missing-date"] == [("missing-date", "台账!C5")]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "2", "", "", ""],
        ["合计", 2, "", "", ""],
        ["合 计", "", "", "", ""],
        ["合计：2 件", "", "", "", ""],
        ["本月合计", "2", "", "", ""],
        ["累计", "2", "2023-11-30", "", ""],
        ["合计", "2", "2023-11-30", "投诉", ""],
        ["总计（件）", "2", "", "", ""],
        ["", "合计", "", "2", ""],
        ["小计：2", "", "", "2", "2"],
        ["合计：2 件，其中投诉 2 件", "", "", "", ""],
        ["本年累计2件", "", "", "", ""],
    ],
)
def test_a_total_is_no_case(parser, row):
    report = read(parser, row)

    assert complaints(report) == 2
    assert {f.code for f in report.findings} == {"columns-not-kept", "missing-column", "total-row"}
