"""Why a verdict is open: every cause in its own words, with who can settle it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.compute.marks import Idle
from kpi.compute.row import Lacking, Status
from kpi.period import Month
from kpi.present import undecided
from kpi.value import State
from tests.kpi.present.rows import row

FEBRUARY = Month(2023, 2)
OPEN = {"status": Status.UNDECIDED, "value": "97", "target": "97.8", "org": "bureau"}


@pytest.fixture
def catalog() -> Catalog:
    """The shipped catalogue."""
    return load.load(load.DEFAULT)


@pytest.mark.parametrize(
    ("said", "why", "until"),
    [
        ({"missing": (FEBRUARY, Month(2023, 5))}, "本年累计缺 2 月、5 月", "等食品安全协调科补报 2 月、5 月"),
        ({"missing": (FEBRUARY,), "denominator": "100"}, "2 月缺分子或分母，没有计入", "等食品安全协调科补报 2 月"),
        (
            {"leaves": 5, "counted": 4, "lacking": (Lacking("beishan", "北山区市场监管局", 1, 1),)},
            "缺 1 家：北山区市场监管局",
            "等缺的单位补报",
        ),
        ({"leaves": 5, "counted": 5, "gapped": 2}, "有 2 家的本年累计缺月份", "等这几家补报缺的月份"),
        (
            {"base_as_of": date(2022, 11, 23), "prior_missing": (Month(2022, 3),)},
            "上年 3 月没有数",
            "等食品安全协调科补上 2022 年 3 月的数",
        ),
        ({"low": "56.4", "high": "91.0"}, "还有结果未出，最后在 56.4～91.0% 之间", "等食品安全协调科报出全部结果"),
        ({"results_open": True}, "抽检、结果的数不全，看不出还有没有结果未出", "等食品安全协调科报全抽检数和结果数"),
        ({"qualifier": "≥"}, "只报了下限，实际可能更高", "等食品安全协调科报出确数"),
        ({"qualifier": "≤"}, "只报了上限，实际可能更低", "等食品安全协调科报出确数"),
        ({"qualifier": "约"}, "只报了约数", "等食品安全协调科报出确数"),
        (
            {"days_apart": True, "as_of": date(2023, 11, 20), "as_of_latest": date(2023, 11, 30)},
            "各数的数据截止日不一（11 月 20 日至 11 月 30 日），同一天的数算不出",
            "等食品安全协调科把各数报到同一天",
        ),
        (
            {"target_kind": TargetKind.ANNUAL, "as_of": date(2023, 11, 20), "as_of_latest": date(2023, 11, 30)},
            "数据截止日不一（11 月 20 日至 11 月 30 日），序时进度没有共同的一天",
            "等食品安全协调科把各数报到同一天",
        ),
        (
            {"base_as_of": date(2022, 11, 20)},
            "增长率的今年截至 11 月 23 日，上年截至 11 月 20 日",
            "等食品安全协调科把各数报到同一天",
        ),
        (
            {"base_as_of": date(2022, 11, 23), "prior_missing": (Month(2022, 3),), "idle": (Idle("tested", "检验批次", "未开展", (Month(2022, 3),)),)},
            "上年 3 月没有数",
            "",
        ),
        ({"value": None, "state": State.PENDING}, "还在检、在办，没有结果", "等食品安全协调科报出结果"),
        ({"value": None, "state": State.PENDING, "low": "0", "high": "100"}, "还在检、在办，没有结果", "等食品安全协调科报出结果"),
        ({"value": None, "state": State.WITHHELD}, "数未公开", "等食品安全协调科在公开以后补报"),
        ({"value": None, "state": State.NOT_STARTED}, "未开展，没有数可以和目标比", "等食品安全协调科在开展以后报数"),
        (
            {"value": None, "state": State.NOT_APPLICABLE, "state_words": "不能算增长率：上年同期为 0"},
            "不能算增长率：上年同期为 0",
            "",
        ),
        ({"missing": (FEBRUARY,), "qualifier": "约"}, "本年累计缺 2 月；只报了约数", "等食品安全协调科补报 2 月；等食品安全协调科报出确数"),
        ({}, "现有的数定不了结论", "请食品安全协调科核对这项数"),
    ],
)
def test_each_cause_is_said_with_who_can_settle_it(catalog, said, why, until):
    """What lacks never decides, and what it is that lacks is never left to guess."""
    open_row = row(**{**OPEN, **said})
    assert undecided.why(open_row, 1, catalog) == why
    assert undecided.until(open_row, 1, catalog) == until


def test_what_is_not_due_yet_says_the_day(catalog):
    """A milestone that is not reached before its day is open until then."""
    code = "food_sampling_pass_rate"
    target = catalog.target(code, date(2023, 11, 23))
    assert target is not None
    milestone = target.model_copy(update={"kind": TargetKind.MILESTONE, "due": date(2023, 12, 20)})
    dated = replace(catalog, targets={**catalog.targets, (code, 2023): (milestone,)})
    open_row = row(**{**OPEN, "org": catalog.root, "target_kind": TargetKind.MILESTONE})
    assert undecided.why(open_row, 1, dated) == "限期 12 月 20 日还没有到"
    assert undecided.until(open_row, 1, dated) == "到 12 月 20 日"


@pytest.mark.parametrize(("qualifier", "said"), [("=", ""), ("≈", "由约数和上下限合成，只是约数")])
def test_a_sign_before_a_figure_is_said_in_words(qualifier, said):
    assert undecided.inexact(row(value=D(1), qualifier=qualifier)) == said
