"""Figures that are too much alike."""

from datetime import date

from kpi.catalog.formula import parse_expression
from kpi.catalog.relation import RelationKind
from kpi.store.earlier_figures import Background
from tests.kpi.validation.sheets import Month, found, known, past, said, sheet, with_relation

OCTOBER_END = date(2023, 10, 31)
FIGURES = {"taken": 90, "tested": 80, "passed": 70, "failed": 10, "visits": 300, "leaflets": 5000}


def test_a_sheet_that_repeats_last_month_must_be_explained() -> None:
    """Every flow as it was; a stock and a zero say nothing either way."""
    background = Background({}, known(OCTOBER_END, **FIGURES, shops=12, recovered=0), {})

    assert found(sheet(**FIGURES, shops=12, recovered=0), background) == [("stale-copy", "check", "抽检!F7")]
    assert said(sheet(**FIGURES, shops=12), background) == [("全表 7 个数与上月报表完全相同", "请核对是否误用了旧表；确实没有变化的，请写明原因")]


def test_one_figure_that_differs_is_enough() -> None:
    """Even a stock; even a typed 本月数 of 0, which says that nothing happened."""
    background = Background({}, known(OCTOBER_END, **FIGURES, shops=12), {})

    assert found(sheet(**FIGURES, shops=13), background) == []
    assert found(sheet(**FIGURES, visits_month=0), background) == []
    assert found(sheet(**FIGURES | {"visits": 301}), background) == []


def test_a_small_sheet_that_repeats_last_month_is_asked_about_too() -> None:
    """Two flows of 17 and 16 that stand still although every month before brought some, and a flow beside a stock."""
    quarter = past(tested=[6, 5, 6], passed=[6, 5, 5])
    with_stock = past(tested=[6, 5, 6], shops=[301, 301, 301])

    assert said(sheet(tested=17, passed=16), quarter) == [("全表 2 个数与上月报表完全相同", "请核对是否误用了旧表；确实没有变化的，请写明原因")]
    assert found(sheet(tested=17, shops=301), with_stock) == [("stale-copy", "check", "抽检!F8")]
    assert found(sheet(tested_month=17, passed_month=16), past(tested=[9, 17], passed=[9, 16])) == [("stale-copy", "check", "抽检!E8")]


def test_a_small_office_with_nothing_new_is_asked_once_and_not_every_month() -> None:
    """A stock and noughts may stay; so may flows that had a month of nothing before; 1 and 2 in a month meet by chance."""
    assert found(sheet(shops=12, tested=0), past(shops=[12, 12], tested=[0, 0])) == []
    assert found(sheet(tested=5, passed=4), past(tested=[5, 0, 0], passed=[4, 0, 0])) == []
    assert found(sheet(tested=50, passed=40), past(tested=[50, 0, 0], passed=[40, 0, 0])) == []
    assert found(sheet(tested_month=2, passed_month=1), past(tested=[2, 2], passed=[1, 1])) == []
    assert found(sheet(tested=17), past(tested=[6, 5, 6])) == []


def test_the_sheet_of_any_month_before_is_known_again() -> None:
    """September's months sent for November; last March's cumulatives sent for February; two small figures prove nothing."""
    months = past(tested=[31, 25, 17], passed=[30, 24, 16])
    assert said(sheet(tested_month=25, passed_month=24), months)[0][0] == "全表 2 个数与 2023 年 9 月报表完全相同"

    february, last_year = Month(2023, 2), {"tested": [10, 12, 9, *[10] * 10], "passed": [9, 11, 9, *[9] * 10]}
    assert "全表 2 个数与 2022 年 3 月报表完全相同" in [seen for seen, _ in said(sheet(february, tested=31, passed=29), past(february, **last_year))]
    assert found(sheet(tested_month=2, passed_month=1), past(tested=[5, 2, 7], passed=[4, 1, 6])) == []


def test_ten_is_the_least_figure_of_some_size() -> None:
    """Two months of September again in November: of 10 each they are a copy, of 9 each they may meet by chance."""
    copied, by_chance = (past(tested=[31, number, 17], passed=[30, number, 16]) for number in (10, 9))

    assert found(sheet(tested_month=10, passed_month=10), copied) == [("stale-copy", "check", "抽检!E8")]
    assert found(sheet(tested_month=9, passed_month=9), by_chance) == []


def test_last_years_figures_in_both_columns_are_asked_about() -> None:
    """本年累计 copied from 上年同期 beside it."""
    [(seen, remedy)] = said(sheet(tested=120, tested_prior=120, passed=96, passed_prior=96))

    assert (seen, remedy) == ("全表 2 个数与上年同期一栏完全相同", "请核对是否把上年的数填在了本年；确实相同的，请写明原因")
    beside_months = sheet(tested=120, tested_month=20, tested_prior=120, passed=96, passed_month=15, passed_prior=96)
    assert [seen for seen, _ in said(beside_months)] == ["全表 4 个数与上年同期一栏完全相同"]


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
    assert said(sheet(visits=328, leaflets=328), background) == [("宣传资料与走访户次都是 328，上月是 280 和 300", "是否抄错了行？两数确实相同的不必改动")]


def test_a_task_that_is_met_exactly_is_no_slip() -> None:
    """A stock of 1850, 1800 last month, and as many visits so far: what there is and what was done are not one row typed twice."""
    assert found(sheet(visits=1850, shops=1850), Background({}, known(visits=1763, shops=1800), {})) == []


def test_small_numbers_old_twins_and_relatives_may_be_the_same() -> None:
    """20 stands seven times in the summary; what was equal last month stays so; all samples may be tested, all tested passed."""
    assert found(sheet(visits=20, leaflets=20), Background({}, known(visits=10, leaflets=11), {})) == []
    assert found(sheet(visits=328, leaflets=328), Background({}, known(visits=300, leaflets=300), {})) == []
    assert found(sheet(visits=328, leaflets=328)) == []
    assert found(sheet(taken=328, tested=328, passed=328, failed=0), Background({}, known(taken=300, tested=250, passed=249), {})) == []
    bound = with_relation({"kind": RelationKind.BOUND, "left": parse_expression("visits"), "op": "<=", "right": parse_expression("leaflets")})
    assert found(sheet(visits=328, leaflets=328), Background({}, known(visits=300, leaflets=310), {}), catalog=bound) == []
