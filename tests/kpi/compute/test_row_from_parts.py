"""A row of a board from its summed parts: what stands in it, what is left out where there is no figure, and how it is meant."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest

from kpi.catalog.target import TargetKind
from kpi.compute.marks import Idle, Marks, Restated
from kpi.compute.pace import Stretch
from kpi.compute.row import BoardRow, Status
from kpi.compute.row_from_parts import row_from_parts
from kpi.compute.target_in_force import TargetInForce
from kpi.period import CALENDAR_YEAR, Month
from kpi.value import Qualifier, State
from tests.kpi.compute.ingredients import NOVEMBER, ingredients, parts, subject
from tests.kpi.compute.targets import target

COUNT, SHARE = subject(), subject(divided=True)
YEARLY = subject(divided=True, unit="次/年", scale=1, share=False, annualised=True)
GROWTH = subject(divided=True, share=False, subtracts=True, changes=True, growth=True, rises=True)
RESTATED = Restated("a", "数", NOVEMBER, D(80), D(75), "", "张三", datetime(2023, 12, 1, tzinfo=UTC), 1)
IDLE = Idle("a", "数", "未开展", (Month(2023, 1),))
MARKS = Marks(idle=(IDLE,), restated=(RESTATED,))
WHOLE = Stretch(date(2023, 1, 1), date(2023, 12, 31), 1, 0, 1, CALENDAR_YEAR)


def row_of(asked: Any, targets: tuple[TargetInForce, ...] = (), marks: Marks = MARKS, **known: Any) -> BoardRow:
    return row_from_parts(ingredients(asked, parts(**known), targets=targets, marks=marks))


def floor(limit: int, **fields: Any) -> TargetInForce:
    entry = target(limit, kind=TargetKind.FLOOR, **fields)
    return TargetInForce(NOVEMBER, entry, entry.value, paced=False, stretch=WHOLE, basis="")


@pytest.mark.parametrize(
    ("asked", "known", "state"),
    [
        (COUNT, {"numerator": D(5)}, State.NUMBER),
        (COUNT, {"numerator": D(0)}, State.ZERO),
        (COUNT, {"reason": State.UNREPORTED.weight}, State.UNREPORTED),
        (COUNT, {"reason": State.WITHHELD.weight}, State.WITHHELD),
        (SHARE, {"numerator": D(0), "denominator": D(0)}, State.NOT_STARTED),
        (SHARE, {"numerator": D(0), "denominator": D(0), "failed": D(0), "total": D(7)}, State.PENDING),
        (GROWTH, {"numerator": D(3), "denominator": D(0)}, State.NOT_APPLICABLE),
        (SHARE, {"numerator": D(3), "reason": State.PENDING.weight}, State.PENDING),
    ],
)
def test_the_face_of_a_figure(asked, known, state):
    assert row_of(asked, **known).figure.state is state


@pytest.mark.parametrize(
    ("above", "base", "words"),
    [
        (D(3), D(0), "不能算增长率：上年同期为 0"),
        (D(0), D(0), "不能算增长率：持平"),
        (None, D(0), ""),
        (D(3), None, ""),
        (D(3), D(-2), "不能算增长率：由负转正"),
    ],
)
def test_why_there_is_no_growth_although_both_years_are_known(above, base, words):
    """3 more than nothing; 1 after −2."""
    assert row_of(GROWTH, numerator=above, denominator=base).figure.state_words == words


def test_only_a_growth_says_why_there_is_none():
    assert row_of(SHARE, numerator=D(0), denominator=D(0)).figure.state_words == ""
    assert row_of(GROWTH, numerator=D(1), denominator=D(2)).figure.state_words == ""


@pytest.mark.parametrize(
    ("asked", "above", "below", "meant"),
    [
        (COUNT, Qualifier.AT_LEAST, Qualifier.EXACT, Qualifier.AT_LEAST),
        (SHARE, Qualifier.AT_LEAST, Qualifier.EXACT, Qualifier.AT_LEAST),
        (SHARE, Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.AT_MOST),
        (SHARE, Qualifier.AT_MOST, Qualifier.AT_LEAST, Qualifier.AT_MOST),
        (SHARE, Qualifier.AT_LEAST, Qualifier.AT_LEAST, Qualifier.ABOUT),
        (SHARE, Qualifier.ABOUT, Qualifier.AT_MOST, Qualifier.ABOUT),
    ],
)
def test_how_a_figure_is_meant(asked, above, below, meant):
    assert row_of(asked, numerator=D(40), denominator=D(50), numerator_qualifier=above, denominator_qualifier=below).figure.qualifier == meant


def test_what_is_not_there_is_meant_in_no_way():
    assert row_of(SHARE, numerator=D(0), denominator=D(0), numerator_qualifier=Qualifier.ABOUT).figure.qualifier == Qualifier.EXACT


@pytest.mark.parametrize(
    ("known", "days"),
    [
        ({"exposure": D(3340)}, 334),
        ({"exposure": D(3341)}, None),
        ({"exposure": None}, None),
        ({"exposure": D(3340), "leaves": 2, "counted": 2}, 334),
        ({"exposure": D(3340), "leaves": 2, "counted": 2, "gapped": 1}, None),
        ({"exposure": D(3340), "leaves": 2, "counted": 2, "as_of_latest": date(2023, 11, 29)}, None),
        ({"exposure": D(3340), "as_of_latest": date(2023, 11, 29)}, 334),
    ],
    ids=["all of them", "unlike days", "none", "two alike", "one with a gap", "two to unlike days", "one alone"],
)
def test_the_days_of_a_rate_per_year(known, days):
    """10 devices on 334 days each."""
    usual = {"as_of": date(2023, 11, 30), "as_of_latest": date(2023, 11, 30)}

    assert row_of(YEARLY, numerator=D(3), denominator=D(10), **{**usual, **known}).figure.annualised_days == days


def test_another_rate_has_no_days_and_no_figure_has_none():
    assert row_of(SHARE, numerator=D(3), denominator=D(10), exposure=D(3340)).figure.annualised_days is None
    assert row_of(YEARLY, denominator=D(10), exposure=D(3340)).figure.annualised_days is None


def test_what_is_said_of_a_figure_is_left_out_where_there_is_none():
    known = {"missing": 1, "days_apart": 1, "results_open": True, "gapped": 1}
    there, absent = row_of(COUNT, numerator=D(5), **known), row_of(COUNT, **known)

    assert (there.caveats.missing, there.caveats.idle) == ((Month(2023, 1),), (IDLE,))
    assert (there.caveats.days_apart, there.caveats.results_open, there.below.gapped) == (True, True, 1)
    assert (absent.caveats.missing, absent.caveats.idle) == ((), ())
    assert (absent.caveats.days_apart, absent.caveats.results_open, absent.below.gapped) == (False, False, 0)


def test_what_is_said_of_the_base_is_left_out_where_there_is_none():
    """A bit for each month: 1 January, 2 February; the base of a growth, and last year's figure beside it."""
    known = {"base_missing": 1, "prior_missing": 2, "prior_gapped": 1}
    both = row_of(COUNT, numerator=D(5), prior_numerator=D(4), **known)
    alone = row_of(COUNT, numerator=D(5), **known)
    neither = row_of(COUNT, **known)

    assert [row.caveats.prior_missing for row in (both, alone, neither)] == [(Month(2022, 1), Month(2022, 2)), (Month(2022, 1),), ()]
    assert [row.caveats.restated for row in (both, alone)] == [(RESTATED,), ()]
    assert [row.below.prior_gapped for row in (both, alone, neither)] == [1, 1, 0]
    assert row_of(COUNT, numerator=D(5), prior_missing=2, prior_gapped=1).below.prior_gapped == 0


def test_months_that_lack_are_named_of_an_organisation_alone():
    several = row_of(COUNT, numerator=D(5), prior_numerator=D(4), missing=1, prior_missing=1, leaves=2, counted=2)

    assert (several.caveats.missing, several.caveats.prior_missing) == ((), ())


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({"numerator": D(85), "denominator": D(100)}, Status.MET),
        ({"numerator": D(80), "denominator": D(100)}, Status.BEHIND),
        ({"numerator": D(79), "denominator": D(100)}, Status.MISSED),
        ({"numerator": D(0), "denominator": D(0)}, Status.UNDECIDED),
        ({"reason": State.UNREPORTED.weight}, Status.UNREPORTED),
        ({"reason": State.WITHHELD.weight}, Status.UNDECIDED),
        ({"numerator": D(85), "denominator": D(100), "numerator_qualifier": Qualifier.AT_MOST}, Status.MISSED),
    ],
)
def test_the_status_of_a_figure_with_a_floor(known, status):
    """At least 85 %, 5 points of tolerance: 80 % is behind, 79 % missed; 不超过 85 never reaches 85."""
    assert row_of(SHARE, targets=(floor(85),), **known).status is status


def test_a_figure_that_stays_below_the_number_it_is_told_with_misses_it():
    """不超过 85 is below 85: however near, it is not met, by a hair within the tolerance."""
    below = row_of(replace(COUNT, target_kind=TargetKind.FLOOR), targets=(floor(85, tolerance=D(90)),), numerator=D(85), numerator_qualifier=Qualifier.AT_MOST)

    assert below.status is Status.BEHIND


def test_without_a_target_there_is_no_status_but_that():
    row = row_of(SHARE, numerator=D(85), denominator=D(100))

    assert (row.status, row.target.value, row.target.gap, row.target.shortfall) == (Status.NO_TARGET, None, None, None)


def test_how_far_a_miss_is_from_its_target():
    """79 of 85: 6 points, 6/85 of the target; what is met has no shortfall."""
    missed, met = (row_of(SHARE, targets=(floor(85),), numerator=D(cases), denominator=D(100)) for cases in (79, 86))

    assert (missed.target.gap, missed.target.shortfall) == (6, float(F(6, 85)))
    assert (met.target.gap, met.target.shortfall) == (-1, None)


def test_results_that_are_pending_bound_the_figure():
    row = row_of(SHARE, numerator=D(40), denominator=D(45), failed=D(5), total=D(60))

    assert (row.figure.low, row.figure.high, row.figure.certain) == (D(200) / 3, D(275) / 3, False)
    assert row_of(SHARE, numerator=D(40), denominator=D(45)).figure.certain
