"""A field of a row that has changed is told as the board prints it: rounded by the rule of the row, with its unit, never as it is stored."""

from datetime import date, datetime
from decimal import Decimal as D
from typing import Any

import pytest

from kpi.catalog.earlier_definition import ReplacedDefinition
from kpi.catalog.organisation_moves import Move, MoveKind
from kpi.catalog.target import TargetKind
from kpi.compute.marks import Adjustment, Blank, Idle, MarkCounts, Restated
from kpi.compute.row import Lacking, Status
from kpi.period import Month
from kpi.present.numbers import Rounding
from kpi.present.row_fields import DERIVED, IDENTITY, changed
from kpi.present.row_words import Spoken
from kpi.value import State
from tests.kpi.present.rows import row, with_fields

MAY, JULY = Month(2023, 5), Month(2023, 7)
AT = datetime.fromisoformat("2023-12-05T09:00")
CASES: dict[str, tuple[Any, Any, str]] = {  # by field: then, now, what is told
    "name": ("甲", "乙", "名称由「甲」改为「乙」"),
    "unit": ("%", "‰", "单位由「%」改为「‰」"),
    "office": ("food", "drug", "科室由「食品科」改为「药品科」"),
    "data_year": (2022, 2023, "数据年度由 2022 年改为 2023 年"),
    "may_assess": (True, False, "能否考核由「可以考核」改为「只监测不考核」"),
    "tolerance": (D("0.50"), D("0.01"), "容差由 0.5 个百分点改为 0.01 个百分点"),
    "target_document": ("", "分解表", "目标依据由「没有」改为「分解表」"),
    "target_since": (None, date(2023, 7, 1), "目标起算日由没有改为 7 月 1 日"),
    "pace_basis": ("按天数", "按月数", "序时进度的算法由「按天数」改为「按月数」"),
    "reported_decimals": (1, 2, "填报值的小数位由 1 位变为 2 位"),
    "as_of": (date(2023, 11, 23), date(2023, 11, 30), "数据截止日由 11 月 23 日变为 11 月 30 日"),
    "as_of_latest": (date(2023, 11, 23), date(2023, 11, 30), "最晚的数据截止日由 11 月 23 日变为 11 月 30 日"),
    "month_value": (D(100), D(200) / 3, "本月数由 100.0% 变为 66.7%"),
    "month_qualifier": ("=", "约", "本月数的性质由确数变为近似数"),
    "prior_as_of": (date(2022, 11, 23), date(2022, 11, 30), "上年同期的截止日由 2022 年 11 月 23 日变为 2022 年 11 月 30 日"),
    "prior_own": (D("97.81"), D("97.84"), "上年报送的数由 97.81% 变为 97.84%"),
    "prior_qualifier": ("=", "≥", "上年同期的性质由确数变为下限"),
    "yoy": (D("0.223547"), D("24.739195"), "同比由 +0.22 个百分点变为 +24.74 个百分点"),
    "yoy_unit": ("%", "个百分点", "同比的单位由 % 变为个百分点"),
    "yoy_words": ("", "是上年同期的 2 倍", "同比由 +1.00 个百分点变为 +1.00 个百分点，是上年同期的 2 倍"),
    "mom": (D("-0.5"), D("1.25"), "环比由 -0.50 个百分点变为 +1.25 个百分点"),
    "mom_words": ("", "上月为 0", "环比由没有变为上月为 0"),
    "pace": (D("89.589"), D("91.78"), "序时进度由 89.6% 变为 91.8%"),
    "progress": (D("89.589"), D("89.641"), "进度由 89.59% 变为 89.64%"),
    "gap": (D("0.3"), D("-1.25"), "与目标或序时的差由差 0.3 个百分点变为多 1.3 个百分点"),
    "shortfall": (0.0125, 0.5, "差距占目标的比例由 1.3% 变为 50.0%"),
    "signal": ("属正常波动", "是信号", "当月波动由属正常波动变为是信号"),
    "year_end_value": (D("97.8"), D("97.9"), "上年末由 97.8% 变为 97.9%"),
    "year_end_qualifier": ("=", "≤", "上年末的性质由确数变为上限"),
    "since_year_end": (None, D("1.5"), "较上年末由没有变为 +1.50 个百分点"),
    "base_as_of": (None, date(2022, 11, 30), "基数的截止日由没有变为 2022 年 11 月 30 日"),
    "annualised_days": (327, 334, "折合全年的天数由 327 天变为 334 天"),
    "adjustment": ((), (Adjustment("m", "件数", MAY, D(-3), "漏报", "王", AT, 5),), "调整数由没有变为「件数」2023 年 5 月有调整数 -3，说明：漏报"),
    "missing": ((), (MAY, JULY), "缺报月份由没有变为 5 月、7 月"),
    "prior_missing": ((), (Month(2022, 5),), "上年缺报月份由没有变为 2022 年 5 月"),
    "restated": (
        (),
        (Restated("m", "件数", MAY, D(1200), D(1100), "口径调整", "王", AT, 5),),
        "改报的基数由没有变为「件数」上年同期用同口径数 1,200，上年报送为 1,100（王 2023-12-05 报，说明：口径调整）",
    ),
    "restated_part": (None, "分子", "改报的部分由没有变为分子"),
    "leaves": (5, 6, "下面报数的单位数由 5 家变为 6 家"),
    "counted": (5, 6, "计入的单位数由 5 家变为 6 家"),
    "compared": (5, 6, "进入同比的单位数由 5 家变为 6 家"),
    "gapped": (0, 1, "缺月份的单位数由 0 家变为 1 家"),
    "prior_gapped": (0, 1, "上年缺月份的单位数由 0 家变为 1 家"),
    "lacking": ((), (Lacking("east", "东湖区局", 1, 1),), "缺数的单位由没有变为缺 1 家：东湖区局"),
    "like_value": (D("98.320611"), None, "同比的今年数由 98.3% 变为没有"),
    "idle": ((), (Idle("m", "件数", "未开展", (MAY,)),), "无数可报的月份由没有变为「件数」5 月未开展，没有计入"),
    "blank": ((), (Blank("m", "件数", (MAY,)),), "没有填按 0 计的月份由没有变为「件数」5 月没有填，按 0 计"),
    "certain": (True, False, "是否已成定数由是变为否"),
    "days_apart": (False, True, "截止日是否不一由否变为是"),
    "results_open": (False, True, "是否还有结果未出由否变为是"),
    "marks_below": (MarkCounts(), MarkCounts(adjusted=2), "带旁注的单位数由没有变为有 2 家的数有调整数"),
    "moves": ((), (Move(MAY, MoveKind.JOINED, "east", "东湖区局", ""),), "机构变动由没有变为东湖区局 5 月起划入"),
    "year_begins": (1, 9, "年度起始月由 1 月变为 9 月"),
    "replaced_definition": (
        None,
        ReplacedDefinition(MAY, JULY),
        "所用的口径由没有变为按到 2023 年 5 月为止的口径计算；现行口径自 2023 年 7 月起",
    ),
    "state_words": ("", "无法相比", "没有同比的原因由没有变为无法相比"),
    "state": (State.NUMBER, State.UNREPORTED, "状态由数值变为未报"),
    "value": (D("97.84"), D("97.91"), "数值由 97.8% 变为 97.9%"),
    "qualifier": ("=", "≥", "数的性质由确数变为下限"),
    "numerator": (D(1724), D(1725), "分子由 1,724 变为 1,725"),
    "denominator": (D(1763), None, "分母由 1,763 变为没有"),
    "low": (D("56.41"), D("57.7"), "下限由 56.4% 变为 57.7%"),
    "high": (D("91.03"), D(92), "上限由 91.0% 变为 92.0%"),
    "reported_value": (None, D("97.8"), "填报值由没有变为 97.8%"),
    "prior_value": (D("97.25"), D(98), "上年同期由 97.3% 变为 98.0%"),
    "target": (D("97.80"), D(97), "目标由 97.8% 变为 97%"),
    "target_upper": (None, D(99), "目标上限由没有变为 99%"),
    "target_kind": (TargetKind.FLOOR, TargetKind.CEILING, "目标类型由不低于变为不高于"),
    "status": (Status.BEHIND, Status.MET, "达标状态由滞后变为达标"),
}
BASE: dict[str, Any] = {"value": "98", "prior_value": "97", "yoy": "1", "unit": "%", "yoy_unit": "个百分点"}


def spoken(name: str, value: object, rounding: Rounding | None = None) -> Spoken:
    return Spoken(with_fields(row(**BASE), **{name: value}), 1, rounding=rounding)


def test_every_field_is_gone_through() -> None:
    """So that none prints as it is stored."""
    assert set(CASES) == {*IDENTITY, *DERIVED}


@pytest.mark.parametrize("name", CASES)
def test_a_changed_field_is_told_as_it_is_printed(name: str) -> None:
    """An amount in its unit, a change with its sign, a date with its month, of what is coded the word for it."""
    was, now, told = CASES[name]
    assert changed(name, spoken(name, was), spoken(name, now), {"food": "食品科", "drug": "药品科"}) == told


def test_a_changed_field_is_rounded_by_the_rule_of_its_row() -> None:
    """97.25 is 97.3 by the one rule and 97.2 by the other."""
    was, now = spoken("prior_own", D("97.25"), Rounding.HALF_EVEN), spoken("prior_own", D(98), Rounding.HALF_UP)
    assert changed("prior_own", was, now, {}) == "上年报送的数由 97.2% 变为 98.0%"


def test_an_amount_has_its_own_unit() -> None:
    """Thousands are set apart, and 同比 of an amount is per cent."""
    was, now = (
        Spoken(row(value=value, prior_value="5488", yoy=yoy, unit="户", yoy_unit="%", like_value=like), 0)
        for value, yoy, like in (("8370", "0.223547", D(6725)), ("8370", "24.739195", None))
    )
    assert changed("yoy", was, now, {}) == "同比由 +0.22% 变为 +24.74%"
    assert changed("like_value", was, now, {}) == "同比的今年数由 6,725 户变为没有"


def test_a_gap_to_a_ceiling_is_above_or_below_it() -> None:
    """What is to spare under a ceiling is no surplus."""
    was, now = (Spoken(with_fields(row(), target_kind=TargetKind.CEILING, gap=D(gap)), 1) for gap in ("0.3", "-1.2"))
    assert changed("gap", was, now, {}) == "与目标或序时的差由超出 0.3 个百分点变为低 1.2 个百分点"
