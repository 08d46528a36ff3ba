"""Units of money that stand around a form: understood they are applied, else they are asked about, and nothing is read as another size in silence."""

from decimal import Decimal

import pytest

from kpi.workbook.money import stated_money
from kpi.workbook.report import Column
from tests.kpi.workbook.forms.test_reading import read

TITLE = "食品安全协调科2023年11月报表"
HEAD = "数据项 | 本月数 | 本年累计"


def form(draw, catalog, title=TITLE, line="", foot=""):
    return read(draw, catalog, "\n".join(filter(None, [title, line, HEAD, "罚没款 | 20 | 200", foot])), office="food")


def fines(report):
    [number] = [r.value.number for r in report.readings if (r.measure, r.column) == ("fines", Column.MONTH)]
    return number


AROUND = [
    {"line": "单位=千元"},
    {"line": "本表金额均为千元"},
    {"foot": "注：金额单位为千元"},
    {"foot": "说明：罚没款按千元填写"},
    {"foot": "注：单位：含税千元"},
    {"title": f"{TITLE}（含税千元）"},
]
STRANGE = [{"line": "单位：1000元"}, {"foot": "注：单位：1000元"}, *({"title": f"{TITLE}（{unit}）"} for unit in ("千", "K", "1000元", "千园"))]


@pytest.mark.parametrize("around", AROUND)
def test_a_unit_that_is_understood_is_applied(draw, catalog, around):
    """20 千元 are 2 万元."""
    assert fines(form(draw, catalog, **around)) == Decimal(2)


@pytest.mark.parametrize("around", STRANGE)
def test_a_unit_that_nobody_can_tell_is_asked_about(draw, catalog, around):
    report = form(draw, catalog, **around)

    assert fines(report) == Decimal(20)
    assert "unit-differs" in [finding.code for finding in report.findings if finding.severity.value == "check"]


def test_two_that_differ_are_asked_about(draw, catalog):
    report = form(draw, catalog, line="单位：千元", foot="注：金额单位为元")

    assert "unit-contradicts" in [finding.code for finding in report.findings if finding.severity.value == "check"]


@pytest.mark.parametrize(
    "text",
    [
        "填报单位：元坝区市场监管局",
        "报表（二）",
        "（一）",
        "按季度统计",
        "注：每件按100元计算",
        "1000元以上的案件",
        "单位：批次",
        "以人为本",
        "元旦期间",
        "计划数",
        "以件计",
    ],
)
def test_what_names_no_unit_of_money_is_none(text):
    assert stated_money(text) == ()


def test_a_number_in_brackets_is_no_unit_of_money():
    """（十）is the tenth, 千美元 is a unit."""
    assert (stated_money("情况表（十）"), stated_money("情况表（千美元）"), stated_money("创卫投入（美元）")) == ((), ("千美元",), ("美元",))
