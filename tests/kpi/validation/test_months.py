"""A month against those before it."""

from datetime import date

import pytest

from kpi.store.earlier_figures import Background
from kpi.value import State
from tests.kpi.validation.sheets import Month, found, known, past, said, sheet

OCTOBER_END = date(2023, 10, 31)


@pytest.mark.parametrize(
    ("figures", "before", "codes"),
    [
        ({"tested": 30, "tested_month": 10}, {"tested": 20}, []),
        ({"tested": 31, "tested_month": 10}, {"tested": 20}, ["cumulative-differs"]),
        ({"tested": 18, "tested_month": 10}, {"tested": 20}, ["cumulative-falls"]),
        ({"net": 5, "net_month": -15}, {"net": 20}, []),
        ({"net": 6, "net_month": -15}, {"net": 20}, ["cumulative-differs"]),
        ({"tested": 30, "tested_month": 10}, {}, []),
        ({"tested": "≥31", "tested_month": 10}, {"tested": 20}, []),
        ({"tested": 31, "tested_month": 10}, {"tested": "约20"}, []),
        ({"tested": 31, "tested_month": "约10"}, {"tested": 20}, []),
        ({"tested": 9, "tested_month": 10}, {}, ["month-exceeds-cumulative"]),
        ({"net": -9, "net_month": 10}, {}, []),
    ],
)
def test_cumulative_is_last_month_plus_this(figures: dict[str, object], before: dict[str, object], codes: list[str]) -> None:
    """本年累计 = 上月累计 + 本月数, for exact figures; a fall is its own finding; without last month only a month above its year is wrong."""
    assert [(code, severity) for code, severity, _ in found(sheet(**figures), Background({}, known(**before), {}))] == [(code, "check") for code in codes]


def test_a_broken_triangle_names_both_cells() -> None:
    """All three figures and where they stand."""
    [(seen, remedy)] = said(sheet(tested=31, tested_month=10), Background({}, known(tested=20), {}))

    assert seen == "检验批次本年累计 31，应为上月累计 20 + 本月数 10 = 30"
    assert remedy == "请核对 E8 与 F8；以前月份有更正的，请写明原因，差额记作调整数"


def test_january_starts_from_nothing() -> None:
    """December's cumulative is not January's base."""
    background, january, today = Background({}, known(tested=900), {}), Month(2023, 1), date(2023, 2, 1)

    assert found(sheet(january, tested=10, tested_month=10), background, today) == []
    assert found(sheet(january, tested=12, tested_month=10), background, today) == [("cumulative-differs", "check", "抽检!F8")]


@pytest.mark.parametrize(
    ("figures", "a_year_ago", "asked"),
    [
        ({"tested": 110}, {}, True),
        ({"tested": 110}, {"tested": 10}, True),
        ({"tested": 110}, {"tested": 79}, True),
        ({"tested": 110}, {"tested": 80}, False),
        ({"tested": 110, "tested_month": 10}, {"tested": 80}, True),
        ({"tested": 110, "tested_month": 110}, {}, False),
        ({"tested": 99}, {}, False),
    ],
)
def test_a_year_that_goes_on_from_the_last_is_asked_about(figures: dict[str, object], a_year_ago: dict[str, object], asked: bool) -> None:
    """110 in January after 100 to December, unless four fifths of last year's came in its January too; the month beside it tells first."""
    december = known(date(2022, 12, 31), tested=100)
    findings = found(sheet(Month(2023, 1), **figures), Background({}, december, known(date(2022, 1, 31), **a_year_ago)), date(2023, 2, 1))

    assert ("cumulative-not-reset" in [code for code, _, _ in findings]) is asked


def test_a_day_that_goes_back_is_asked_about_and_not_the_fall_it_explains() -> None:
    """Figures to 20 September after figures to 31 October."""
    background = Background({}, known(OCTOBER_END, tested=20, passed=15), {})

    assert found(sheet(tested=18, passed=14, as_of=date(2023, 9, 20)), background) == [("as-of-goes-back", "check", "抽检!F8")]
    assert (
        said(sheet(tested=18, passed=14, as_of=date(2023, 9, 20)), background)[0][0]
        == "检验批次等 2 个数据项的数据截止日是 2023-09-20，上月报的已到 2023-10-31"
    )


def test_a_new_year_may_start_on_an_earlier_day() -> None:
    """January is not held against December's day."""
    background = Background({}, known(date(2022, 12, 31), tested=900), {})

    assert found(sheet(Month(2023, 1), tested=1, as_of=date(2023, 1, 20)), background, date(2023, 2, 1)) == []


def test_a_figure_that_grew_while_its_day_stood_still_is_hinted_at() -> None:
    """Last month's day was left in the sheet; what did not grow may keep its day."""
    background = Background({}, known(OCTOBER_END, tested=20, passed=15, failed=5), {})

    assert found(sheet(tested=22, passed=17, failed=5, as_of=OCTOBER_END), background) == [("as-of-stands-still", "hint", "抽检!F8")]
    assert found(sheet(tested=20, passed=15, failed=5, as_of=OCTOBER_END), background) == []


def test_a_measure_that_falls_silent_is_hinted_at_once_for_the_sheet() -> None:
    """Six months with a number, now blank in every column; a zero or a word is no silence."""
    background = past(tested=[5, 6, 5, 6, 5, 6], visits=[1, 2, 1, 2, 1, 2], leaflets=[9, 9, 9, 9, 9, 9])
    silent = {"tested": State.UNREPORTED, "tested_month": State.UNREPORTED, "visits": State.UNREPORTED, "leaflets": State.NOT_STARTED}

    assert found(sheet(**silent), background) == [("went-silent", "hint", "抽检!F8")]
    assert said(sheet(**silent), background)[0] == (
        "检验批次等 2 个数据项此前 6 个月都有数，本月未报",
        "是否漏填？确实为零的请填 0，不再统计的请在备注中说明",
    )


def test_a_measure_reported_now_and_then_is_not_silent() -> None:
    """One month without a number among the last six: no habit. Nor is a month that is given in the other column."""
    background = past(tested=[5, 6, None, 6, 5, 6], visits=[1, 2, 1, 2, 1, 2])

    assert found(sheet(tested=State.UNREPORTED, visits=State.UNREPORTED, visits_month=2), background) == []
