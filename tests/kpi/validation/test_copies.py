"""Figures that are too much alike."""

from datetime import date

from kpi.catalog.formula import parse_expression
from kpi.catalog.model import RelationKind
from kpi.store.background import Background
from tests.kpi.validation.sheets import found, known, said, sheet, with_relation

OCTOBER_END = date(2023, 10, 31)
FIGURES = {"taken": 90, "tested": 80, "passed": 70, "failed": 10, "visits": 300, "leaflets": 5000}


def test_a_sheet_that_repeats_last_month_must_be_explained() -> None:
    """Every flow as it was; a stock and a zero say nothing either way."""
    background = Background({}, known(OCTOBER_END, **FIGURES, shops=12, recovered=0), {})

    assert found(sheet(**FIGURES, shops=12, recovered=0), background) == [("stale-copy", "check", "抽检!F7")]
    assert said(sheet(**FIGURES, shops=12), background) == [("全表 6 个数与上月报表完全相同", "请核对是否误用了旧表；确实没有变化的，请写明原因")]


def test_one_figure_that_differs_is_enough() -> None:
    """Even a stock; even a typed 本月数 of 0, which says that nothing happened."""
    background = Background({}, known(OCTOBER_END, **FIGURES, shops=12), {})

    assert found(sheet(**FIGURES, shops=13), background) == []
    assert found(sheet(**FIGURES, visits_month=0), background) == []
    assert found(sheet(**FIGURES | {"visits": 301}), background) == []


def test_a_few_equal_figures_prove_nothing() -> None:
    """Four flows may well stand still."""
    few = dict(list(FIGURES.items())[:4])

    assert found(sheet(**few), Background({}, known(OCTOBER_END, **few), {})) == []


def test_a_sheet_whose_day_stands_still_too_is_only_hinted_at() -> None:
    """The office says itself that nothing came after 31 October."""
    background = Background({}, known(OCTOBER_END, **FIGURES), {})

    assert found(sheet(**FIGURES, as_of=OCTOBER_END), background) == [("stale-copy", "hint", "抽检!F7")]
    assert said(sheet(**FIGURES, as_of=OCTOBER_END), background) == [
        ("全表 6 个数与上月报表完全相同，数据截止日也相同", "是否误用了旧表？这段时间没有新数据的不必改动")
    ]


def test_a_sheet_that_repeats_last_year_must_be_explained() -> None:
    """Last November's file, sent again."""
    background = Background({}, {}, known(date(2022, 11, 30), **FIGURES))

    assert said(sheet(**FIGURES), background)[0][0] == "全表 6 个数与 2022 年 11 月报表完全相同"


def test_two_rows_with_one_large_number_are_hinted_at() -> None:
    """328 and 328, which were 300 and 280: at the second of them."""
    background = Background({}, known(visits=300, leaflets=280), {})

    assert found(sheet(visits=328, leaflets=328), background) == [("same-number-twice", "hint", "抽检!F14")]
    assert said(sheet(visits=328, leaflets=328), background) == [("走访户次与宣传资料都是 328，上月两数不同", "是否抄错了行？两数确实相同的不必改动")]


def test_small_numbers_old_twins_and_relatives_may_be_the_same() -> None:
    """20 stands seven times in the summary; what was equal last month stays so; all samples may be tested, all tested passed."""
    assert found(sheet(visits=20, leaflets=20), Background({}, known(visits=10, leaflets=11), {})) == []
    assert found(sheet(visits=328, leaflets=328), Background({}, known(visits=300, leaflets=300), {})) == []
    assert found(sheet(visits=328, leaflets=328)) == []
    assert found(sheet(taken=328, tested=328, passed=328, failed=0), Background({}, known(taken=300, tested=250, passed=249), {})) == []
    bound = with_relation({"kind": RelationKind.BOUND, "left": parse_expression("visits"), "op": "<=", "right": parse_expression("leaflets")})
    assert found(sheet(visits=328, leaflets=328), Background({}, known(visits=300, leaflets=310), {}), catalog=bound) == []
