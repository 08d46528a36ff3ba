"""What is still needed and where the year will end, with arithmetic a reader can follow."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.compute.months_of_indicator import MonthOfIndicator
from kpi.compute.outlook import NoBase, Projection, Reach, months_left, needed, project
from kpi.period import CALENDAR_YEAR, Month
from tests.kpi.compute.targets import year

EVEN = [100] * 12


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2023, 11, 30), F(1)), (date(2023, 11, 23), F(37, 30)), (date(2023, 12, 31), F(0)), (date(2023, 1, 31), F(11)), (date(2024, 2, 28), 10 + F(1, 29))],
)
def test_the_months_that_are_left(day, months):
    """After 23 November December and 7 of 30 days."""
    assert months_left(day, CALENDAR_YEAR) == months


@pytest.mark.parametrize(
    ("left", "best", "best_before", "reach"),
    [
        (2400, 800, 950, Reach.BEYOND),
        (1800, 800, 950, Reach.IN_LAST_YEAR),
        (1500, 800, 950, Reach.IN_BEST),
        (1000, 800, 950, Reach.ON_AVERAGE),
        (0, 800, 950, Reach.DONE),
        (-5, 800, 950, Reach.DONE),
    ],
)
def test_what_each_month_needs_against_the_best_so_far(left, best, best_before, reach):
    """
    Ten months brought 5,000, 500 on average; two are left.

    2,400 more are 1,200 a month: no month of either year brought that. 900 last year did, 750 this year's best did, 500 is the average.
    """
    this, last = [*[(5000 - best) // 9] * 9, best], [best_before, *[100] * 11]
    this[0] += 5000 - sum(this)
    found = needed(F(left), date(2023, 10, 31), F(5000), [*year(2022, last), *year(2023, this)], CALENDAR_YEAR)

    assert (found.months, found.each, found.reach) == (2, F(left, 2), reach)
    assert (found.best.amount, found.best.period, found.best_before.period) == (best, Month(2023, 10), Month(2022, 1))


def test_no_time_is_left_on_the_last_day():
    found = needed(F(10), date(2023, 12, 31), F(90), year(2023, [10] * 12), CALENDAR_YEAR)

    assert (found.each, found.reach) == (None, Reach.OVER)


def test_without_months_nobody_knows():
    assert needed(F(10), date(2023, 6, 30), F(0), [], CALENDAR_YEAR).reach is Reach.UNKNOWN


def known(number: int, months: dict[int, tuple[int | None, int | None]]) -> list[MonthOfIndicator]:
    """Months of a year by their number: what each brought, and what stood by its end."""
    plain = year(number, [0] * max(months))
    return [
        replace(plain[month - 1], numerator=None if brought is None else D(brought), ytd=None if stood is None else D(stood))
        for month, (brought, stood) in months.items()
    ]


@pytest.mark.parametrize(
    ("march", "april", "reach"),
    [
        ((None, None), (100, 400), Reach.OPEN),
        ((None, None), (100, 399), Reach.BEYOND),
        ((None, None), (None, None), Reach.OPEN),
        ((100, 300), (100, 500), Reach.BEYOND),
    ],
    ids=["the hole may hold it", "the hole holds less", "nobody knows how much", "an adjustment is no month"],
)
def test_a_month_that_is_not_known_may_have_brought_as_much(march, april, reach):
    """200 a month are needed; 200 stood by February, and no known month brought more than 100."""
    past = known(2023, {1: (100, 100), 2: (100, 200), 3: march, 4: april})

    assert needed(F(1600), date(2023, 4, 30), F(400), past, CALENDAR_YEAR).reach is reach


def test_where_months_may_be_negative_a_hole_may_hold_anything():
    past = known(2023, {1: (100, 100), 2: (100, 200), 3: (None, None), 4: (100, 399)})

    assert needed(F(1600), date(2023, 4, 30), F(399), past, falls=True, year=CALENDAR_YEAR).reach is Reach.OPEN


def test_a_year_of_which_nothing_is_known_is_not_asked():
    past = [*known(2022, dict.fromkeys(range(1, 13), (None, None))), *known(2023, {1: (100, 100)})]

    assert needed(F(2200), date(2023, 1, 31), F(100), past, CALENDAR_YEAR).reach is Reach.BEYOND


def test_what_last_year_brought_is_enough_unless_a_hole_of_this_year_may_hold_more():
    """200 a month: a month of last year brought it; where one of this year may have as well, that is not told."""
    last = known(2022, {1: (250, 250)})

    whole, holed = known(2023, {1: (100, 100), 2: (100, 200), 3: (100, 300)}), known(2023, {1: (100, 100), 2: (None, None), 3: (100, 300)})
    assert needed(F(1800), date(2023, 3, 31), F(300), [*last, *whole], CALENDAR_YEAR).reach is Reach.IN_LAST_YEAR
    assert needed(F(1800), date(2023, 3, 31), F(300), [*last, *holed], CALENDAR_YEAR).reach is Reach.OPEN


def test_the_year_ends_as_last_years_course_lets_expect():
    """
    Last year 1,200, of which 600 by June; this year 660 by June: 660 / (600/1200) = 1,320.

    Six months are left and six known: runs of three months, at their leanest 310/300, at their best 350/300.
    So 660 + 600 × 310/300 = 1,280 to 660 + 600 × 350/300 = 1,360.
    """
    found = project([*year(2022, EVEN), *year(2023, [100, 100, 110, 115, 120, 115])], date(2023, 6, 30), CALENDAR_YEAR)

    assert isinstance(found, Projection)
    assert (found.share, found.estimate, found.low, found.high) == (F(1, 2), 1320, 1280, 1360)


def test_a_day_within_a_month_stands_where_last_years_month_was_by_then():
    """Half of June: 500 and half of 100 of 1,200; this year 605 by 15 June: 605 / (550/1200) = 1,320."""
    found = project([*year(2022, EVEN), *year(2023, [110] * 5 + [55], date(2023, 6, 15))], date(2023, 6, 15), CALENDAR_YEAR)

    assert (found.share, found.estimate) == (F(550, 1200), 1320)


def test_the_same_estimate_is_tried_on_the_years_before():
    """
    By November 2021 1,100 of 1,200 stood, by November 2022 1,150: that estimates 1,254.5 for 2022, and 1,300 came, 3.5 % too little.
    """
    past = [*year(2021, EVEN), *year(2022, [100] * 10 + [150, 150]), *year(2023, [100] * 11)]
    found = project(past, date(2023, 11, 30), CALENDAR_YEAR)

    assert found.errors == {2022: F(1150 * 1200, 1100) / 1300 - 1}
    assert round(float(found.errors[2022]) * 100, 1) == -3.5


def test_one_year_cannot_be_tried_on_another():
    assert project([*year(2022, EVEN), *year(2023, [100] * 11)], date(2023, 11, 30), CALENDAR_YEAR).errors == {}


def test_two_comparisons_are_no_interval():
    """After two months there are two runs of one month."""
    found = project([*year(2022, EVEN), *year(2023, [100, 120])], date(2023, 2, 28), CALENDAR_YEAR)

    assert (found.estimate, found.low, found.high) == (1320, None, None)


@pytest.mark.parametrize(
    ("past", "day", "why"),
    [
        (year(2023, EVEN), date(2023, 12, 31), NoBase.YEAR_OVER),
        (year(2023, [100] * 6), date(2023, 6, 30), NoBase.NO_LAST_YEAR),
        ([*year(2022, [100, None, *[100] * 10]), *year(2023, [100] * 6)], date(2023, 6, 30), NoBase.INCOMPLETE),
        ([*year(2022, EVEN, date(2022, 12, 20)), *year(2023, [100] * 6)], date(2023, 6, 30), NoBase.INCOMPLETE),
        ([*year(2022, [0] * 6 + [100] * 6), *year(2023, [100] * 6)], date(2023, 6, 30), NoBase.NOTHING_YET),
    ],
    ids=["the year is over", "no last year", "a month is missing", "December is not whole", "nothing stood by then"],
)
def test_why_nothing_is_projected(past, day, why):
    assert project(past, day, CALENDAR_YEAR) is why


@given(st.lists(st.integers(1, 1000), min_size=12, max_size=12), st.integers(3, 11), st.integers(1, 9))
def test_a_year_that_is_a_multiple_of_the_last_ends_as_its_multiple(months, known, times):
    """Same course, other level: estimate, lowest and highest are all the multiple of last year's total."""
    found = project([*year(2022, months), *year(2023, [times * n for n in months[:known]])], Month(2023, known).last_day, CALENDAR_YEAR)

    assert found.estimate == times * sum(months)
    assert {found.low, found.high} <= {found.estimate, None}
