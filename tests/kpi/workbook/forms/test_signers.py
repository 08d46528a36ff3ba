"""Rows that say who signs a form, whatever their cells: they are no headings, and every figure is read."""

from decimal import Decimal

import pytest

from kpi.workbook.layout.labelled_lines import is_form_line
from kpi.workbook.report import Column
from tests.kpi.workbook.forms.test_reading import read

SIGNING = [
    "填报人 张三 | | 审核人 李四 | | 负责人 王五",
    "填报人张三 | 电话13900139000",
    "填报人张三 | | 电话：13900139000",
    "填报人　张 三 | | 审核人　李 四",
    "负责人（签字）李四 | | 制表人（签字）张三",
    "签发人 | 王五 | 校对人 | 赵六 | 打印人",
    "负责人 | 王五 | 填报人 | 张三 | 13900139000",
    "投诉人 | 张三 | 电话 | 13900139000",
    "填报人 | 张三 | 手机 | 13900139000 | 审核",
    "统计员 | 张三 | 统计时间 | 2023年12月",
    "填报人 | 张三 | 审核人 | 李四 | 负责人",
]


@pytest.mark.parametrize("row", SIGNING)
@pytest.mark.parametrize("place", ["above", "below"])
def test_who_signs_is_no_heading_and_no_row(draw, catalog, row, place):
    """The same figures are read with it right above the headings, or right below the last row, as without."""
    lines = [
        "食品安全协调科2023年11月报表",
        "数据项 | 单位 | 本月数 | 本年累计 | 上年同期累计",
        "检验批次 | 批次 | 163 | 1763 | 1692",
        "合格批次 | 批次 | 160 | 1724 | 1650",
    ]
    lines.insert(1 if place == "above" else 4, row)
    report = read(draw, catalog, "\n".join(lines), office="food")

    assert {(r.measure, r.column): r.value.number for r in report.readings if r.value.number is not None} == {
        ("tested", Column.MONTH): Decimal(163), ("tested", Column.YTD): Decimal(1763), ("tested", Column.PRIOR): Decimal(1692),
        ("passed", Column.MONTH): Decimal(160), ("passed", Column.YTD): Decimal(1724), ("passed", Column.PRIOR): Decimal(1650),
    }  # fmt: skip
    assert not [finding for finding in report.findings if finding.code not in ("missing-row", "unknown-office")]


@pytest.mark.parametrize("row", [["审核金额", "复核金额"], ["负责人", "食品", "药品"], ["本月", "填报人"], ["检查人员", "执法人员"], ["来源", "手机", "微信"]])
def test_headings_with_such_words_stay_headings(row):
    """金额 and 食品 are nobody's name."""
    assert not is_form_line(row)
