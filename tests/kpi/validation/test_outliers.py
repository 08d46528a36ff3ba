"""Months unlike all others: what is asked about, what never is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.validation.dispersion import counting_floor, modified_z, power_of_ten
from kpi.value import State
from kpi.workbook.report import KeptCases
from tests.kpi.validation.sheets import Month, found, past, said, sheet

COUNTS = [310, 290, 305, 350, 280, 330, 300, 320]


def unusual(figures: dict[str, object], **series: list[object]) -> list[str]:
    return [place for code, _, place in found(sheet(**figures), past(**series)) if code == "unusual-value"]


def test_an_unusual_month_is_a_question() -> None:
    """Ten times the usual month: at its cell, with the range so far."""
    report, background = sheet(visits_month=3100), past(visits=COUNTS)

    assert found(report, background) == [("unusual-value", "hint", "抽检!E13")]
    assert said(report, background) == [
        ("走访户次本月数 3100，此前 8 个月在 280 至 350 之间", "是否填错了行，或多写、少写了一位？情况属实的不必改动，可在备注中说明")
    ]


def test_a_ledger_is_not_told_to_write_remarks() -> None:
    """A ledger has no column of remarks and no cell for a figure: its remedies name its rows, whatever is unusual about its figures."""
    none = KeptCases("market_ledger", [], [], [], [], {}, "A")
    cases = [
        ({"visits_month": 3100}, {"visits": COUNTS}),
        ({"visits": State.UNREPORTED}, {"visits": COUNTS}),
        ({"visits": 0, "leaflets": 0}, {"visits": COUNTS, "leaflets": COUNTS}),
    ]
    for figures, series in cases:
        remedies = [remedy for _, remedy in said(replace(sheet(**figures), cases=none), past(**series))]
        assert remedies
        assert not [remedy for remedy in remedies if "备注" in remedy or "填 0" in remedy or "留空" in remedy]


@pytest.mark.parametrize(
    ("figures", "series", "seen"),
    [
        ({"visits_month": 30}, {"visits": COUNTS}, "走访户次本月数 30，此前 8 个月在 280 至 350 之间"),
        ({"visits_month": 0}, {"visits": COUNTS}, "走访户次本月数 0，此前 8 个月在 280 至 350 之间"),
        ({"visits": 5485}, {"visits": COUNTS}, "走访户次本年累计 5485，减去上月累计，本月数是 3000，此前 8 个月在 280 至 350 之间"),
        ({"shops": 60}, {"shops": [10, 11, 11, 12, 12, 13, 13, 14, 14, 15]}, "在册药店 60，比上月多 45，此前 9 个月的变化在 0 至 1 之间"),
        ({"recovered_month": 60}, {"recovered": ["3.5"] * 9}, "挽回损失本月数 60，此前 9 个月都是 3.5"),
        ({"pass_rate": 61}, {"pass_rate": [97, 98, 97, 96, 97, 98, 97, 97]}, "合格率 61，此前 8 个月在 96 至 98 之间"),
        (
            {"visits_month": 900},
            {"visits": [280, 310, 300, 290, 305, 350, 280, 330, 300, 320, 310, 300]},
            "走访户次本月数 900，此前 12 个月在 280 至 350 之间，上年同月 280",
        ),
    ],
)
def test_each_kind_of_measure_is_held_against_its_own_past(figures: dict[str, object], series: dict[str, list[object]], seen: str) -> None:
    """A flow's month, the change of a stock, a rate itself; a month without work is a month."""
    assert [one for one, _ in said(sheet(**figures), past(**series))] == [seen]


@pytest.mark.parametrize(
    ("figures", "series"),
    [
        ({"visits_month": 3100}, {"visits": COUNTS[:7]}),  # seven months are too few
        ({"visits_month": 5}, {"visits": [1, 2, 1, 2, 1, 0, 2, 1]}),  # five cases instead of one or two
        ({"visits_month": 355}, {"visits": COUNTS}),  # a record by a hair
        ({"visits_month": 900}, {"visits": [880, *COUNTS, 300, 310, 290]}),  # the season
        ({"pass_rate": 91}, {"pass_rate": [97.0] * 8}),  # six points in a small sample
        ({"shops": 1016}, {"shops": [1000] * 9}),  # sixteen of a thousand
    ],
)
def test_what_is_not_worth_a_question(figures: dict[str, object], series: dict[str, list[object]]) -> None:
    """Small counts, short pasts, seasons and hairs."""
    assert unusual(figures, **series) == []


def test_a_stock_may_be_set_anew_with_the_year() -> None:
    """January's tasks and bases are not December's."""
    january = Month(2023, 1)
    assert found(sheet(january, shops=60), past(january, shops=[12] * 12), date(2023, 2, 1)) == []


def test_no_more_than_a_handful_the_worst_first() -> None:
    """Four rows of nonsense make three questions."""
    series = dict.fromkeys(("taken", "visits", "leaflets", "net"), COUNTS)
    figures = {"taken_month": 900, "visits_month": 3000, "leaflets_month": 1500, "net_month": 600}

    assert unusual(figures, **series) == ["抽检!E13", "抽检!E14", "抽检!E7"]


def test_the_modified_z_score() -> None:
    """Median 2, median deviation 1: ten lies 0.6745 × 8 away; a floor of two halves that; inside the range it is nothing."""
    past_values = [1, 2, 3, 1, 2, 3, 2]

    assert modified_z(10, past_values, 1) == pytest.approx(0.6745 * 8)
    assert modified_z(10, past_values, 2) == pytest.approx(0.6745 * 4)
    assert modified_z(3, past_values, 0.001) == 0
    assert (counting_floor(0), counting_floor(400)) == (1, 20)


def test_powers_of_ten_must_hold_against_everything_usual() -> None:
    """A hundred times last month but as last year is no slip; nothing is a power of nothing."""
    assert power_of_ten(30000, [300], (4, 2), 2.5) == 2
    assert power_of_ten(30000, [300, 29000], (4, 2), 2.5) is None
    assert power_of_ten(0, [300], (2,), 2.5) is None
    assert power_of_ten(300, [0], (2,), 2.5) is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=8, max_size=23), st.data())
def test_a_figure_within_its_own_range_is_never_asked_about(series: list[int], data: st.DataObject) -> None:
    """Law: what has been may be again, of a month or of the change of a stock."""
    value = data.draw(st.integers(min(series), max(series)))
    levels = [10**7 + sum(series[:i]) for i in range(len(series) + 1)]

    assert unusual({"visits_month": value}, visits=list(series)) == []
    within_year = [b - a for a, b in zip(levels[-10:], levels[-9:], strict=False)]  # changes since January
    if min(within_year) <= value <= max(within_year):
        assert unusual({"shops": levels[-1] + value}, shops=list(levels)) == []


@settings(deadline=None)
@given(st.lists(st.integers(20, 40), min_size=8, max_size=11), st.integers(11, 30))
def test_a_month_many_times_all_others_is_always_asked_about(series: list[int], times: int) -> None:
    """Law: more than ten times the greatest of at least eight steady months."""
    asked = {code for code, *_ in found(sheet(visits_month=max(series) * times), past(visits=list(series)))}

    assert asked & {"unusual-value", "unit-slip", "far-above-known"}


def test_a_fall_is_said_once_and_not_as_an_unusual_month_too() -> None:
    """600 after 763: 本年累计 fell, and there is no month of -163."""
    series = [20, 30, 25, 28, 31, 29, 300, 300]

    assert [code for code, _, _ in found(sheet(visits=600), past(visits=series))] == ["cumulative-falls"]
