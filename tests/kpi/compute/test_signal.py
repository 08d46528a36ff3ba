"""Signal or noise: the published vector, each rule at its edge, and both verdicts."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.measure import Better
from kpi.compute.signal import SHIFT, TREND, Assurance, Limits, Rule, Variation, limits, rule_at, signal

GOLDEN = [F(n) for n in (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)]
DRAWN = Limits(F(10), F(1))  # limits 7.34 and 12.66, outer thirds below 8.2267 and above 11.7733


def at_end(*values: float) -> tuple[Rule, bool] | None:
    points = [F(str(value)) for value in values]
    return rule_at(points, len(points) - 1, DRAWN)


def test_one_odd_month_does_not_widen_the_limits():
    """
    Mean 35/18 = 1.94.  Moving ranges add up to 32 over 17; 3.267 × 1.88 = 6.15 screens the 8 and the 9 of the odd month.

    The other fifteen are 1 each: 1.94 ± 2.66.  With them 1.94 ± 2.66 × 32/17.
    """
    screened, whole = limits(GOLDEN), limits(GOLDEN, screened=False)

    assert (screened.mean, screened.spread, whole.spread) == (F(35, 18), F(1), F(32, 17))
    assert [round(float(limit), 2) for limit in (screened.mean, screened.high, screened.low)] == [1.94, 4.60, -0.72]
    assert [round(float(limit), 2) for limit in (whole.high, whole.low)] == [6.95, -3.06]


def test_the_odd_month_itself_is_a_signal():
    assert rule_at(GOLDEN, 4, limits(GOLDEN)) == (Rule.OUTSIDE, True)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((12.66,), None),  # on the limit is not outside
        ((12.67,), (Rule.OUTSIDE, True)),
        ((7.33,), (Rule.OUTSIDE, False)),
        ((11,) * (SHIFT - 1), None),
        ((11,) * SHIFT, (Rule.SHIFT, True)),
        ((9,) * SHIFT, (Rule.SHIFT, False)),
        ((11, 11, 11, 10, 11, 11, 11, 11), None),  # a month on the mean breaks the run
        ((9, 9.2, 9.4, 9.6, 10.5), None),
        ((9, 9.2, 9.4, 9.6, 9.8, 10.5), (Rule.TREND, True)),
        ((11, 10.8, 10.6, 10.4, 10.2, 9), (Rule.TREND, False)),
        ((9, 9.2, 9.2, 9.6, 9.8, 10.5), None),  # standing still is not rising
        ((11.8, 10.5, 11.8), (Rule.NEAR, True)),
        ((11.8, 11.8, 10.5), None),  # the month itself is not near the limit
        ((11.8, 9.5, 11.8), None),  # on both sides of the mean
        ((8.2, 9.5, 8.2), (Rule.NEAR, False)),
    ],
)
def test_each_rule_at_its_edge(values, found):
    assert at_end(*values) == found


def test_six_rising_months_are_a_trend_and_eight_on_a_side_a_shift():
    """By chance 2 in 720 and 2 in 256; seven on a side would be 2 in 128, one false alarm a month on a board of 80."""
    assert (TREND, SHIFT) == (6, 8)


@pytest.mark.parametrize(
    ("last", "better", "variation"),
    [
        (20, Better.HIGHER, Variation.IMPROVING),
        (20, Better.LOWER, Variation.CONCERNING),
        (20, Better.NEUTRAL, Variation.NEITHER),
        (1, Better.HIGHER, Variation.CONCERNING),
        (1, Better.LOWER, Variation.IMPROVING),
        (10, Better.HIGHER, Variation.COMMON),
    ],
)
def test_the_direction_of_improvement_decides_what_a_signal_means(last, better, variation):
    assert signal([F(n) for n in [10, 11] * 6 + [last]], better).variation is variation


@pytest.mark.parametrize(
    ("target", "better", "assurance"),
    [
        (6, Better.HIGHER, Assurance.MEETS),
        (10, Better.HIGHER, Assurance.HIT_AND_MISS),
        (14, Better.HIGHER, Assurance.MISSES),
        (14, Better.LOWER, Assurance.MEETS),
        (10, Better.LOWER, Assurance.HIT_AND_MISS),
        (6, Better.LOWER, Assurance.MISSES),
        (10, Better.NEUTRAL, None),
        (None, Better.HIGHER, None),
    ],
)
def test_assurance_compares_the_limits_with_the_target(target, better, assurance):
    """10 and 11 in turn: mean 10.5, each moving range 1, limits 7.84 and 13.16."""
    found = signal([F(10), F(11)] * 6, better, F(target) if target else None)

    assert (found.low, found.high) == (F("7.84"), F("13.16"))
    assert found.assurance is assurance


def test_eleven_months_say_nothing_yet():
    assert signal([F(1)] * 11, Better.HIGHER) is None
    assert signal([F(1)] * 12, Better.HIGHER).variation is Variation.COMMON


def test_limits_do_not_leave_what_a_figure_can_be():
    """98 and 100 % in turn: 99 ± 5.32, but no share is above 100 %; and no count below 0."""
    share = signal([F(98), F(100)] * 6, Better.HIGHER, most=F(100))
    tally = signal([F(0), F(2)] * 6, Better.HIGHER)

    assert (share.low, share.high) == (F("93.68"), F(100))
    assert (tally.low, tally.high) == (F(0), F("6.32"))


@given(st.lists(st.integers(-1000, 1000).map(F), min_size=2, max_size=40))
def test_the_other_way_up_is_the_same_chart(values):
    """Turned upside down, limits and rules turn with the figures."""
    drawn, turned = limits(values), limits([-value for value in values])

    assert (turned.low, turned.high) == (-drawn.high, -drawn.low)
    for last in range(len(values)):
        found, other = rule_at(values, last, drawn), rule_at([-value for value in values], last, turned)
        assert other == (found and (found[0], not found[1]))


@given(st.lists(st.integers(-1000, 1000).map(F), min_size=2, max_size=40), st.integers(1, 9).map(F), st.integers(-99, 99).map(F))
def test_another_unit_is_the_same_chart(values, scale, shift):
    drawn, moved = limits(values), limits([value * scale + shift for value in values])

    assert (moved.low, moved.high) == (drawn.low * scale + shift, drawn.high * scale + shift)


def test_no_moving_range_reaches_over_a_month_that_is_not_known():
    """10, 10, nothing, 30, 30: the mean of 20 with ranges of 0 and 0, not of 20 in between."""
    assert limits([F(10), F(10), None, F(30), F(30)]) == Limits(F(20), F(0))


def test_a_month_alone_between_two_that_are_not_known_does_not_count_as_one_of_twelve():
    """Every second month of two years has no moving range at all; with one more month beside the last there are two that have one."""
    every_second = [F(10), None] * 12

    assert signal([*every_second, F(10)], Better.HIGHER) is None
    assert signal([*every_second, F(10), F(10)], Better.HIGHER) is None
    assert signal([*[F(10), F(10), None] * 6, F(10)], Better.HIGHER).variation is Variation.COMMON
    assert signal([F(10)] * 12 + [None], Better.HIGHER) is None  # the last one itself is not known
