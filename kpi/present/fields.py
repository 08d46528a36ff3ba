"""The fields of a row of the board in words: what a sentence about a change calls them, and how it prints them."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kpi.compute.row import BoardRow
from kpi.present import numbers
from kpi.value import plain

IDENTITY = {  # what a figure is called and held to: a change of it is told whatever else changed
    "name": "名称",
    "unit": "单位",
    "office": "科室",
    "data_year": "数据年度",
    "may_assess": "能否考核",
    "tolerance": "容差",
    "target_document": "目标依据",
    "target_since": "目标起算日",
    "pace_basis": "序时进度的算法",
}
DERIVED = {  # what follows from the figure: told where the figure itself is what it was
    "reported_decimals": "填报值的小数位",
    "as_of": "数据截止日",
    "as_of_latest": "最晚的数据截止日",
    "month_value": "本月数",
    "month_qualifier": "本月数的性质",
    "prior_as_of": "上年同期的截止日",
    "prior_own": "上年报送的数",
    "prior_qualifier": "上年同期的性质",
    "yoy": "同比",
    "yoy_unit": "同比的单位",
    "yoy_words": "同比",
    "mom": "环比",
    "mom_words": "环比",
    "pace": "序时进度",
    "progress": "进度",
    "gap": "差距",
    "shortfall": "差距占目标的比例",
    "signal": "当月波动",
    "year_end_value": "上年末",
    "year_end_qualifier": "上年末的性质",
    "since_year_end": "较上年末",
    "base_as_of": "基数的截止日",
    "annualised_days": "折合全年的天数",
    "adjustment": "调整数",
    "missing": "缺报月份",
    "prior_missing": "上年缺报月份",
    "restated": "改报的基数",
    "restated_part": "改报的部分",
    "leaves": "下面报数的单位数",
    "counted": "计入的单位数",
    "compared": "进入同比的单位数",
    "gapped": "缺月份的单位数",
    "prior_gapped": "上年缺月份的单位数",
    "lacking": "缺数的单位",
    "like_value": "同比的今年数",
    "idle": "无数可报的月份",
    "certain": "是否已成定数",
    "days_apart": "截止日是否不一",
    "results_open": "是否还有结果未出",
    "marks_below": "带旁注的单位数",
    "moves": "划入、划出的单位",
    "state_words": "没有同比的原因",
    "state": "状态",
    "value": "数值",
    "qualifier": "数的性质",
    "numerator": "分子",
    "denominator": "分母",
    "low": "下限",
    "high": "上限",
    "reported_value": "填报值",
    "prior_value": "上年同期",
    "target": "目标",
    "target_upper": "目标上限",
    "target_kind": "目标类型",
    "status": "达标状态",
}
_DIGITS = 6  # of a number in words
_WORDS = {"may_assess": {"True": "可以考核", "False": "只监测不考核"}}


def changed(name: str, was: BoardRow, now: BoardRow) -> str:
    """What became of a field: ``单位由「%」改为「‰」``."""
    what = (IDENTITY | DERIVED)[name]
    before, after = (_printed(name, getattr(row, name)) for row in (was, now))
    if before == after:
        return f"{what}的细目改了"  # of several marks the numbers of submissions, the notes
    return f"{what}由「{before}」改为「{after}」"


def facts_changed(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What became of the facts of the catalogue that both rows know."""
    return [f"{name}由「{said}」改为「{now.get(name, '没有')}」" for name, said in was.items() if now.get(name) != said]


def _printed(name: str, value: Any) -> str:
    """A value in words."""
    if value is None or value == "" or value == ():
        return "没有"
    if isinstance(value, bool):
        return _WORDS.get(name, {"True": "是", "False": "否"})[str(value)]
    if isinstance(value, Decimal):
        return plain(value) if numbers.precision(value) <= _DIGITS else plain(round(value, _DIGITS))
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(_printed(name, one) for one in value)
    if is_dataclass(value) and hasattr(value, "name"):
        return str(value.name)
    return str(value)
