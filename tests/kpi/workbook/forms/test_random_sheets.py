"""Sheets put together by chance from the words of real ones: whatever stands where, one is read or refused in words."""

import random

import pytest

from kpi.catalog import load
from kpi.errors import RequestError, WorkbookError
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import Cell, CellKind, Sheet

CATALOG = load.load(load.DEFAULT)
NAMES = [name for measure in CATALOG.measures.values() for name in (measure.name, measure.code, *measure.aliases)]
WORDS = [
    "数据项", "项目", "计量单位", "本月数", "本年累计", "上年同期", "备注", "代码", "2022年", "2023年", "11、12月", "1、2月", "一二月", "测算",
    "预计", "市局", "城关所", "全区", "上年数据", "单位：千件", "元", "件", "万元", "%", "本月新增", "增加数", "期末数", "时期", "类别", "12月",
    "1—12月", "1—11月", "三、四季度", "22年", "上旬", "注：本表为2022年数据", "合计", "其中", "一、", "（一）2022年情况", "填报单位：消保科",
    "期间：2023年12月", "数据截止日", "年份", "月份", "一季度", "完成率", "目标", "同比", "①", "甲", "乙", "（上年）",
]  # fmt: skip
FIGURES = ["0", "1", "12", "120", "0.000000001", "97.8%", "-5", "约100", "≥3", "12²", "3①", "未报", "*", "在检", "1,234", "12万", "2023", "11"]
SHEETS = 60


def cell(by: random.Random) -> Cell | None:
    kind = by.random()
    if kind < 0.2:
        return None
    if kind < 0.5:
        return Cell(CellKind.TEXT, by.choice(WORDS))
    if kind < 0.7:
        return Cell(CellKind.TEXT, by.choice(NAMES) + by.choice(["", "", "", "（上年）", "数", "（元）"]))
    if kind < 0.74:
        return Cell(CellKind.DATE, by.choice(["2023-12-01", "2022-12-31"]))
    figure = by.choice(FIGURES)
    return Cell(CellKind.NUMBER if figure.removeprefix("-").removesuffix("%").replace(".", "").isdecimal() else CellKind.TEXT, figure)


def sheet(by: random.Random) -> Sheet:
    width = by.randint(1, 7)
    rows = {row: {column: found for column in range(width) if (found := cell(by))} for row in range(by.randint(1, 12))}
    corners = ((by.randint(0, 8), by.randint(0, 4)) for _ in range(by.randint(0, 2)))
    merges = tuple((row, column, row + by.randint(0, 2), column + by.randint(0, 2)) for row, column in corners)
    return Sheet(by.choice(["Sheet1", "上年同期", "11、12月", "全市"]), {row: cells for row, cells in rows.items() if cells}, merges=merges)


@pytest.mark.parametrize("seed", range(25))
def test_any_sheet_is_read_or_refused_in_words(seed):
    """No exception of one file may ever reach another file of the batch."""
    by = random.Random(seed)
    for _ in range(SHEETS):
        drawn = sheet(by)
        try:
            reports = read_reports([drawn], CATALOG, office=by.choice([None, "consumer", "registration"]), period=by.choice([None, Month(2023, 12)]))
        except (WorkbookError, RequestError):
            continue
        for report in reports:
            places = [reading.place for reading in report.readings]
            assert len(places) == len(set(places))
            assert all(finding.seen and finding.remedy for finding in report.findings)
