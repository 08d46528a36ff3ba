"""What a figure can still be, case by case, with arithmetic a reader can follow: 40 of 50 is 80 %."""

from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest

from kpi.compute.range_left_open import OPEN, Range, figure, pending, possible
from kpi.value import Qualifier
from tests.kpi.compute.ingredients import parts, subject

COUNT, SHARE = subject(), subject(divided=True)
RATIO = subject(divided=True, unit="件/户", scale=1, share=False)
YEARLY = subject(divided=True, unit="次/年", scale=1, share=False, annualised=True)
TESTED = subject(divided=True, flows={"numerator": True, "denominator": True, "total": True})  # a pass rate: results may be pending
GROWTH = subject(divided=True, share=False, subtracts=True, changes=True, growth=True, rises=True)
BALANCE = subject(subtracts=True, changes=True)
DENSITY = subject(divided=True, unit="件/户", scale=1, share=False, stands_below=True, flows={"numerator": True, "denominator": False})


def reached(asked: Any, **known: Any) -> Range | None:
    """The range of a figure of 2023."""
    summed = parts(**known)
    return possible(summed, asked, 365, figure(summed, asked, 365))


def of_50(**known: Any) -> dict[str, Any]:
    """40 of 50, and what else is known."""
    return {"numerator": D(40), "denominator": D(50), **known}


def test_what_is_known_can_be_nothing_else():
    assert reached(SHARE, **of_50()) == Range(F(80), F(80))
    assert reached(COUNT, numerator=D(40)) == Range(F(40), F(40))
    assert (Range(F(80), F(80)).exact, Range(F(80), F(80), below=True).exact, Range(F(80), F(81)).exact) == (80, None, None)


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        (COUNT, {"known": D(40)}, Range(F(40), None)),
        (COUNT, {}, None),
        (BALANCE, {"known": D(40)}, None),
        (SHARE, {"known": D(40), "whole_denominator": D(50)}, Range(F(80), F(100))),
        (SHARE, {"known": D(40)}, Range(F(0), F(100))),
        (SHARE, {"known": D(40), "whole_denominator": D(0)}, Range(F(0), F(100))),
        (SHARE, {"known": D(40), "whole_denominator": D(50), "denominator_qualifier": Qualifier.ABOUT}, Range(F(0), F(100))),
        (RATIO, {"known": D(40), "whole_denominator": D(50)}, Range(F(4, 5), None)),
        (RATIO, {"known": D(40)}, Range(F(0), None)),
        (TESTED, {"known": D(40), "whole_denominator": D(50), "total": D(80)}, Range(F(50), F(100))),
        (TESTED, {"known": D(40), "whole_denominator": D(50), "total": D(80), "results_open": True}, Range(F(0), F(100))),
        (SHARE, {"known": D(40), "whole_denominator": D(50), "results_open": True}, Range(F(80), F(100))),
        (YEARLY, {"known": D(3), "denominator": D(10), "whole_exposure": D(3650), "whole_denominator": D(10)}, Range(F(3, 10), None)),
        (YEARLY, {"known": D(3), "denominator": D(10), "whole_denominator": D(10)}, Range(F(0), None)),
        (SHARE, {"known": D(40), "whole_denominator": D(50), "days_apart": 1}, Range(F(0), F(100))),
        (SHARE, {"known": D(40), "whole_denominator": D(50), "days_apart": 2}, Range(F(80), F(100))),
    ],
)
def test_a_figure_that_is_not_told_can_only_grow_from_what_is_known(asked, known, expected):
    assert reached(asked, **known) == expected


@pytest.mark.parametrize("lacks", [{"missing": 1}, {"base_missing": 1}, {"gapped": 1}], ids=["a month", "a month of the base", "a gap"])
def test_of_a_share_whose_whole_is_known_what_lacks_goes_one_way_or_the_other(lacks):
    """100 in all, 50 of them known: 40 to 90 of 100."""
    assert reached(SHARE, **of_50(whole_denominator=D(100), **lacks)) == Range(F(40), F(90))


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        (SHARE, of_50(whole_denominator=D(50)), Range(F(80), F(80))),
        (SHARE, of_50(whole_denominator=D(49)), Range(F(0), F(100))),
        (SHARE, of_50(), Range(F(0), F(100))),
        (SHARE, of_50(whole_denominator=D(100), numerator_qualifier=Qualifier.ABOUT), Range(F(0), F(100))),
        (SHARE, of_50(whole_denominator=D(100), denominator_qualifier=Qualifier.ABOUT), Range(F(0), F(100))),
        (SHARE, of_50(whole_denominator=D(100), counted=0), Range(F(0), F(100))),
        (RATIO, of_50(whole_denominator=D(100)), Range(F(2, 5), None)),
        (TESTED, of_50(whole_denominator=D(100), total=D(60)), Range(F(200, 3), F(100))),
        (TESTED, of_50(whole_denominator=D(100), total=D(60), results_open=True), Range(F(0), F(100))),
        (YEARLY, of_50(exposure=D(365), whole_denominator=D(100)), Range(F(0), None)),
        (DENSITY, of_50(), Range(F(4, 5), None)),
        (DENSITY, of_50(numerator_qualifier=Qualifier.ABOUT), Range(F(19, 25), None)),
        (DENSITY, of_50(numerator_qualifier=Qualifier.AT_MOST), Range(F(0), None)),
        (DENSITY, of_50(counted=0, whole_denominator=D(100)), Range(F(0), None)),
        (COUNT, {"numerator": D(30)}, Range(F(30), None)),
        (COUNT, {"numerator": D(30), "known": D(40)}, Range(F(40), None)),
        (COUNT, {"numerator": D(30), "known": D(20)}, Range(F(30), None)),
        (COUNT, {"numerator": D(30), "known": D(20), "numerator_qualifier": Qualifier.AT_MOST}, Range(F(20), None)),
        (BALANCE, {"numerator": D(30)}, OPEN),
    ],
)
def test_where_a_month_lacks(asked, known, expected):
    assert reached(asked, missing=1, **known) == expected


def test_an_organisation_that_is_not_counted_lacks_as_well():
    assert reached(COUNT, numerator=D(30), counted=0) == Range(F(30), None)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, Range(F(100, 11), None)),
        ({"whole_denominator": D(0)}, OPEN),
        ({"whole_denominator": D(-1)}, OPEN),
        ({"whole_denominator": None}, OPEN),
        ({"base_unlike": True}, OPEN),
        ({"base_missing": 1}, OPEN),
        ({"counted": 0}, OPEN),
        ({"numerator_qualifier": Qualifier.ABOUT}, OPEN),
        ({"denominator_qualifier": Qualifier.AT_LEAST}, OPEN),
    ],
)
def test_a_growth_of_counts_can_only_rise_where_a_month_of_this_year_lacks(known, expected):
    """120 against 100 of the months both have, 110 in all of last year: at least 10 of 110 more."""
    usual = {"numerator": D(20), "denominator": D(100), "whole_denominator": D(110), "missing": 1}

    assert reached(GROWTH, **{**usual, **known}) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, Range(F(200, 3), F(275, 3))),
        ({"failed": D(19)}, Range(F(200, 3), F(205, 3))),
        ({"failed": D(20)}, None),
        ({"failed": None}, None),
        ({"total": D(0)}, None),
        ({"denominator": None}, None),
        ({"numerator": None}, None),
        ({"missing": 1}, None),
        ({"base_missing": 1}, None),
    ],
)
def test_results_that_are_pending_go_all_one_way_or_all_the_other(known, expected):
    """40 passed, 5 failed, 60 taken: 40 to 55 of 60."""
    usual = {"numerator": D(40), "denominator": D(45), "failed": D(5), "total": D(60)}

    assert pending(parts(**{**usual, **known}), TESTED) == expected


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        (TESTED, {"failed": D(5), "total": D(60)}, Range(F(200, 3), F(275, 3))),
        (TESTED, {"failed": D(5), "total": D(60), "numerator_qualifier": Qualifier.ABOUT}, Range(F(0), F(100))),
        (TESTED, {"results_open": True}, Range(F(0), F(100))),
        (RATIO, {"results_open": True}, OPEN),
        (GROWTH, {"base_unlike": True}, OPEN),
        (SHARE, {"base_unlike": True}, Range(F(80), F(80))),
        (SHARE, {"days_apart": 1}, Range(F(0), F(80))),
        (SHARE, {"days_apart": 2}, Range(F(80), F(100))),
        (RATIO, {"days_apart": 3}, Range(F(0), None)),
        (GROWTH, {"days_apart": 1}, OPEN),
        (SHARE, {"days_apart": 1, "numerator_qualifier": Qualifier.AT_MOST}, Range(F(0), F(80), below=True)),
        (SHARE, {"days_apart": 2, "numerator_qualifier": Qualifier.AT_MOST}, Range(F(0), F(100))),
    ],
)
def test_results_bases_and_days_that_are_open(asked, known, expected):
    assert reached(asked, **of_50(**known)) == expected


@pytest.mark.parametrize(
    ("asked", "above", "below", "expected"),
    [
        (SHARE, Qualifier.AT_LEAST, Qualifier.EXACT, Range(F(80), None)),
        (SHARE, Qualifier.AT_MOST, Qualifier.EXACT, Range(F(0), F(80), below=True)),
        (SHARE, Qualifier.ABOUT, Qualifier.EXACT, Range(F(76), F(84))),
        (SHARE, Qualifier.MIXED, Qualifier.EXACT, OPEN),
        (SHARE, Qualifier.EXACT, Qualifier.MIXED, OPEN),
        (SHARE, Qualifier.EXACT, Qualifier.AT_LEAST, Range(F(0), F(80))),
        (SHARE, Qualifier.EXACT, Qualifier.AT_MOST, Range(F(80), None)),
        (SHARE, Qualifier.EXACT, Qualifier.ABOUT, Range(F(80) / F(21, 20), F(80) / F(19, 20))),
        (SHARE, Qualifier.AT_MOST, Qualifier.AT_LEAST, Range(F(0), F(80), below=True)),
        (GROWTH, Qualifier.AT_MOST, Qualifier.EXACT, Range(None, F(80))),
        (GROWTH, Qualifier.ABOUT, Qualifier.EXACT, OPEN),
        (GROWTH, Qualifier.EXACT, Qualifier.ABOUT, OPEN),
        (subject(divided=True, changes=True), Qualifier.AT_MOST, Qualifier.EXACT, Range(None, F(80), below=True)),
    ],
)
def test_how_a_number_is_meant_opens_a_range(asked, above, below, expected):
    """40余 of 50, 不超过 40 of 50, 约 40 of 50; and the same of the 50."""
    assert reached(asked, **of_50(numerator_qualifier=above, denominator_qualifier=below)) == expected


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (Qualifier.ABOUT, Qualifier.EXACT, Range(F(-84), F(-76))),
        (Qualifier.EXACT, Qualifier.AT_LEAST, Range(F(-80), F(0), below=True)),
        (Qualifier.EXACT, Qualifier.AT_MOST, Range(None, F(-80), below=True)),
        (Qualifier.EXACT, Qualifier.ABOUT, Range(F(-80) / F(19, 20), F(-80) / F(21, 20))),
    ],
)
def test_a_quotient_below_nought_moves_the_other_way(above, below, expected):
    falls = subject(divided=True, share=False, changes=True)

    assert reached(falls, numerator=D(-40), denominator=D(50), numerator_qualifier=above, denominator_qualifier=below) == expected


def test_nought_over_something_is_nought():
    assert reached(SHARE, numerator=D(0), denominator=D(50), denominator_qualifier=Qualifier.AT_MOST) == Range(F(0), F(0))


def test_a_rate_per_year_is_over_the_days_that_were_counted():
    """3 on 10 devices in 100 days: 3 × 365 / 1,000."""
    assert reached(YEARLY, numerator=D(3), denominator=D(10), exposure=D(1000)) == Range(F(219, 200), F(219, 200))
