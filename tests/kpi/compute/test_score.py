"""考核计分: each rule by hand, at its edges."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.target import Score, ScoreRule, TargetKind
from kpi.compute.score import Asked, earn

PROPORTIONAL = Score(points=D(5), floor=D(60))
DEDUCT = Score(points=D(8), rule=ScoreRule.DEDUCT, step=D("0.5"), deduct=D(1))
BONUS = Score(points=D(5), bonus_step=D(100), bonus=D("0.5"), cap=D(6))


def total(due: int, limit: int) -> Asked:
    return Asked(TargetKind.ANNUAL, F(due), F(limit))


FLOOR = Asked(TargetKind.FLOOR, F(98), F(98))
CEILING = Asked(TargetKind.CEILING, F(10), F(10))


@pytest.mark.parametrize(("value", "points"), [(80, 5), (100, 5), (64, 4), (48, 3), (47, 0), (0, 0)])
def test_points_in_proportion_above_a_floor(value, points):
    """80 are due: 64 are 80 % of it and earn 4 of 5; 48 are 60 %, just enough; 47 earn nothing."""
    assert earn(F(value), total(80, 100), PROPORTIONAL).points == points


@pytest.mark.parametrize(("value", "points"), [("98", 8), ("97.99", 7), ("97.5", 7), ("97.4", 6), ("94", 0), ("50", 0)])
def test_each_begun_step_short_costs_its_points(value, points):
    """Steps of half a 个百分点 below 98 %; eight of them and more leave nothing."""
    assert earn(F(value), FLOOR, DEDUCT).points == points


@pytest.mark.parametrize(("value", "points"), [(1000, 5), (1099, 5), (1100, F(11, 2)), (1250, 6), (5000, 6)])
def test_full_steps_beyond_the_years_number_earn_more_up_to_the_cap(value, points):
    assert earn(F(value), total(900, 1000), BONUS).points == points


def test_what_is_due_earns_no_bonus_before_the_years_number():
    assert earn(F(950), total(900, 1000), BONUS).points == 5


@pytest.mark.parametrize(("value", "completion"), [(8, 1), (10, 1), (20, F(1, 2)), (0, 1)])
def test_below_a_ceiling_everything_is_done_above_it_a_part(value, completion):
    assert earn(F(value), CEILING, Score(points=D(4))).completion == completion
    assert earn(F(value), CEILING, Score(points=D(4))).points == 4 * completion


@pytest.mark.parametrize(("value", "completion", "points"), [(-6, 1, 4), (-5, 1, 4), (-2, None, 0), (0, None, 0), (3, None, 0)])
def test_a_fall_that_is_asked_for_has_no_completion_short_of_it(value, completion, points):
    """At most -5 %: -2 % is no 250 % of that, 0 % no part of it at all."""
    asked = Asked(TargetKind.CEILING, F(-5), F(-5))

    assert (earn(F(value), asked, Score(points=D(4))).completion, earn(F(value), asked, Score(points=D(4))).points) == (completion, points)


def test_a_range_has_no_completion_but_steps_on_both_sides():
    asked, rule = Asked(TargetKind.RANGE, F(40), F(40), F(60)), Score(points=D(4), rule=ScoreRule.DEDUCT, step=D(5), deduct=D(1))

    assert [earn(F(value), asked, rule).points for value in (30, 39, 40, 60, 61, 70)] == [2, 3, 4, 4, 3, 2]
    assert earn(F(50), asked, rule).completion is None


def test_nothing_due_yet_is_done():
    assert earn(F(0), total(0, 100), PROPORTIONAL).points == 5


rules = st.sampled_from([PROPORTIONAL, DEDUCT, BONUS, Score(points=D(3))])


@given(st.integers(0, 2000), st.integers(0, 2000), rules)
def test_more_never_earns_less_and_never_more_than_the_cap(less, more, rule):
    low, high = (earn(F(value), total(800, 1000), rule).points for value in sorted((less, more)))

    assert 0 <= low <= high <= (rule.cap or rule.points)
