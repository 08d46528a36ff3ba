"""Slips of the unit: what is asked, in which words, and the law that a scaled copy is always asked about."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kpi.validation.sheets import Month, found, past, said, sheet

COUNTS = [310, 290, 305, 350, 280, 330, 300, 320]


def slips(figures: dict[str, object], **series: list[object]) -> list[tuple[str, str]]:
    """Place and question of each suspected slip."""
    report, background = sheet(**figures), past(**series)
    pairs = zip(found(report, background), said(report, background), strict=True)
    return [(place, remedy) for (code, _, place), (_, remedy) in pairs if code == "unit-slip"]


@pytest.mark.parametrize(
    ("figures", "series", "place", "question"),
    [
        ({"recovered_month": 37700}, {"recovered": ["3.5", "4.1", "3.9", "3.2"]}, "E15", "是否按元填写了？本项的单位是万元"),
        ({"recovered_month": "0.0004"}, {"recovered": ["3.5", "4.1", "3.9", "3.2"]}, "E15", "是否少写了 4 位，或点错了小数点？本项的单位是万元"),
        ({"leaflets_month": 3}, {"leaflets": [31000, 29000, 30500]}, "E14", "是否按万份填写了？本项的单位是份"),
        ({"visits_month": 31000}, {"visits": COUNTS}, "E13", "是否多写了 2 位，或点错了小数点？本项的单位是户次"),
        ({"leaflets_month": 31000}, {"leaflets": [31, 29, 30]}, "E14", "是否多写了 3 位，或点错了小数点？本项的单位是份"),
        ({"pass_rate": "0.978"}, {"pass_rate": ["97.1", "97.4"]}, "F11", "是否把百分数写成了小数？97.8% 应填 97.8"),
    ],
)
def test_a_slip_is_asked_about_in_the_words_of_its_unit(figures: dict[str, object], series: dict[str, list[object]], place: str, question: str) -> None:
    """元 for 万元, 万份 for 份, a lost decimal point, a share for a percentage."""
    assert slips(figures, **series) == [(f"抽检!{place}", question)]


def test_a_slip_shows_the_usual_level() -> None:
    """The figure, what it usually is, and how many times that it is now; it is not asked about twice, and must be explained so far above all that was."""
    report, background = sheet(visits_month=31000), past(visits=COUNTS)

    assert found(report, background) == [("unit-slip", "check", "抽检!E13")]
    assert said(report, background)[0][0] == "走访户次本月数 31000 户次，约为此前各月的中位数（307.5 户次）的 100 倍"


def test_a_whole_row_in_another_unit_is_asked_about_once() -> None:
    """Month and cumulative alike; the broken triangle is a finding of its own."""
    background = past(recovered=["3.5", "4.1", "3.9", "3.2"])

    assert [code for code, *_ in found(sheet(recovered_month=37700, recovered=184700), background)] == ["cumulative-differs", "unit-slip"]


def test_a_cumulative_alone_is_held_against_last_months() -> None:
    """An office that fills in 本年累计 only; ten months of 3 万元, then 330 000."""
    assert slips({"recovered": 330000}, recovered=["3"] * 10) == [("抽检!F15", "是否按元填写了？本项的单位是万元")]
    assert slips({"recovered": 33}, recovered=["3"] * 10) == []


def test_the_season_excuses_a_leap() -> None:
    """A campaign every November: a hundred times the usual month, and what it was last year."""
    ordinary = [10, 12, 11, 9, 10, 13, 11, 10, 12, 11, 10]

    assert slips({"leaflets_month": 1100}, leaflets=[1050, *ordinary]) == []
    assert slips({"leaflets_month": 1100}, leaflets=[11, *ordinary]) == [("抽检!E14", "是否多写了 2 位，或点错了小数点？本项的单位是份")]


@pytest.mark.parametrize(
    ("figures", "series"),
    [
        ({"visits_month": 300}, {"visits": [3, 2, 3, 4]}),  # small counts leap
        ({"visits_month": 300}, {"visits": [3, 300]}),  # two months are no level
        ({"visits_month": 0}, {"visits": COUNTS}),
        ({"visits_month": 3100}, {"visits": COUNTS}),  # tenfold is unusual, but no slip of a unit
        ({"net_month": 31000}, {"net": COUNTS}),
        ({"pass_rate": "0.9"}, {"pass_rate": ["0.8", "1.1"]}),
        ({"growth": "0.2"}, {"growth": ["20", "21"]}),
        ({"visits_month": 31000}, {"visits": [0, 0, 0, 0]}),
    ],
)
def test_what_is_no_slip(figures: dict[str, object], series: dict[str, list[object]]) -> None:
    """Small numbers, too little past, signed figures, rates that are small."""
    assert slips(figures, **series) == []


levels = st.integers(20, 5000).flatmap(lambda low: st.lists(st.integers(low, 2 * low), min_size=4, max_size=14))


@settings(deadline=None)
@given(levels, st.sampled_from([100, 1000, 10000]))
def test_a_scaled_copy_of_a_plausible_series_is_always_asked_about(series: list[int], factor: int) -> None:
    """Law: months within a factor of two of each other, and the last of them in another unit, upwards or downwards."""
    *before, last = series

    assert slips({"visits_month": last * factor}, visits=before)
    assert slips({"recovered_month": Decimal(last) / factor}, recovered=before)


@settings(deadline=None)
@given(levels, levels)
def test_a_series_within_its_own_range_is_never_asked_about(series: list[int], other: list[int]) -> None:
    """Law: whatever has been is no slip, neither of a month nor of a level."""
    *before, last = sorted([*series, *other], key=lambda number: number % 7)
    within = min(max(last, min(before)), max(before))

    assert slips({"visits_month": within, "shops": within}, visits=before, shops=before) == []


def test_january_is_held_against_last_january() -> None:
    """A cumulative starts anew; December's is no level for it."""
    january = Month(2023, 1)
    background = past(january, visits=[300, *COUNTS, 310, 320, 330])

    assert [code for code, *_ in found(sheet(january, visits=310), background)] == []
    assert [code for code, *_ in found(sheet(january, visits=3100000), background)] == ["unit-slip"]


@pytest.mark.parametrize(("month", "asked"), [(90, []), (100, []), (101, ["hint"]), (400, ["hint"]), (401, ["check"])])
def test_a_month_more_than_five_times_the_largest_of_a_short_past_is_hinted_at(month: int, asked: list[str]) -> None:
    """20 户次 in the largest of three months: up to 100 may be, above it is a digit too many, above 400 it must be answered."""
    report, background = sheet(visits_month=month), past(visits=[18, 20, 19])

    assert [severity for code, severity, _ in found(report, background) if code == "far-above-known"] == asked
