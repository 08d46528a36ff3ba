"""序时进度: each way of counting by hand, and what all of them have in common."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.target import Milestone, Pace
from kpi.compute.pace import DatedFigures, stretches, usable
from kpi.period import CALENDAR_YEAR, Month
from tests.kpi.compute.targets import target

STEPS = (Milestone(on=date(2023, 4, 30), share=D(30)), Milestone(on=date(2023, 9, 30), share=D(75)), Milestone(on=date(2023, 12, 31), share=D(100)))
FIGURES = tuple(D(n) for n in (10, 20, 30, 50, 60, 70, 80, 90, 100, 110, 120, 200))


def month_ends(figures: Sequence[D | None]) -> Any:
    """Figures of 2022 that run to the ends of their months."""
    return tuple(None if figure is None else (Month(2022, number).last_day, figure) for number, figure in enumerate(figures, 1))


def due(day: date, profile: DatedFigures = (), **said: object) -> F:
    """The share due on a day, from the one stretch that holds it."""
    [stretch] = [one for one in stretches(target(year=day.year, **said), profile, CALENDAR_YEAR) if one.first <= day <= one.last]
    return stretch.due(day)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2023, 1, 1), F(1, 365)),
        (date(2023, 11, 23), F(327, 365)),
        (date(2023, 12, 31), F(1)),
        (date(2024, 2, 29), F(60, 366)),
        (date(2024, 12, 31), F(1)),
    ],
)
def test_by_days(day, share):
    """2023-11-23 is day 327 of 365: 89.59 %."""
    assert due(day) == share


def test_the_golden_share_prints_as_published():
    assert round(float(due(date(2023, 11, 23)) * 100), 2) == 89.59


@pytest.mark.parametrize(("day", "share"), [(date(2023, 1, 1), F(1, 12)), (date(2023, 11, 1), F(11, 12)), (date(2023, 11, 23), F(11, 12))])
def test_by_months_the_day_does_not_matter(day, share):
    assert due(day, pace=Pace.MONTHS) == share


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2023, 1, 1), F(0)),
        (date(2023, 4, 29), F(0)),
        (date(2023, 4, 30), F(3, 10)),
        (date(2023, 9, 29), F(3, 10)),
        (date(2023, 9, 30), F(3, 4)),
        (date(2023, 12, 31), F(1)),
    ],
)
def test_by_milestones_the_share_is_due_on_its_day(day, share):
    assert due(day, pace=Pace.MILESTONES, milestones=STEPS) == share


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2023, 4, 30), F(50, 200)),
        (date(2023, 11, 30), F(120, 200)),
        (date(2023, 11, 15), F(115, 200)),  # half of November's 10 upon October's 110
        (date(2023, 12, 31), F(1)),
    ],
)
def test_by_last_years_own_course(day, share):
    """At a month's end the share that stood there last year; within a month evenly by its days."""
    assert due(day, month_ends(FIGURES), pace=Pace.PROFILE) == share


def test_last_years_course_goes_by_its_own_days():
    """June's 70 ran to 15 June: they are due on that day, and July's 10 more over the 46 days up to 31 July."""
    course = tuple((date(2022, 6, 15) if day.month == 6 else day, figure) for day, figure in month_ends(FIGURES))

    assert due(date(2023, 6, 15), course, pace=Pace.PROFILE) == F(70, 200)
    assert due(date(2023, 6, 30), course, pace=Pace.PROFILE) == (70 + F(10 * 15, 46)) / 200


def test_without_last_years_course_the_days_count():
    assert due(date(2023, 11, 23), (), pace=Pace.PROFILE) == F(327, 365)


@pytest.mark.parametrize(
    "course",
    [(*FIGURES[:11], None), FIGURES[:11], (D(10), D(5), *FIGURES[2:]), (D(0),) * 12, (D(-1), *FIGURES[1:])],
    ids=["month unknown", "year unfinished", "falling", "nothing done", "negative"],
)
def test_a_course_with_a_hole_is_none(course):
    assert usable(month_ends(course), CALENDAR_YEAR) == ()


def test_a_course_of_which_two_months_run_to_one_day_is_none():
    """What was reported of July by the end of June says nothing of July."""
    course = tuple((date(2022, 6, 30) if day.month == 7 else day, figure) for day, figure in month_ends(FIGURES))

    assert usable(course, CALENDAR_YEAR) == ()


def test_a_plan_by_month_is_due_within_each_month_by_its_days():
    """Of 5, 15 and ten times 8: on 14 February half of 15 upon 5."""
    plan = (D(5), D(15), *[D(8)] * 10)

    assert due(date(2023, 2, 14), monthly=plan) == F(125, 1000)
    assert due(date(2023, 1, 31), monthly=plan) == F(5, 100)


amounts = st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=12, max_size=12).filter(any)
ways = st.one_of(
    st.sampled_from([{}, {"pace": Pace.MONTHS}, {"pace": Pace.MILESTONES, "milestones": STEPS}]).map(lambda said: (said, ())),
    amounts.map(lambda months: ({"monthly": tuple(months)}, ())),
    amounts.map(lambda months: ({"pace": Pace.PROFILE}, month_ends([sum(months[: n + 1], D(0)) for n in range(12)]))),
)


@given(ways)
def test_every_pace_covers_each_day_once_never_falls_and_ends_whole(way):
    said, course = way
    found = stretches(target(**said), course, CALENDAR_YEAR)

    assert [one.first for one in found] == [date(2023, 1, 1), *(one.last + timedelta(1) for one in found[:-1])]
    assert found[-1].last == date(2023, 12, 31)
    shares = [one.due(day) for one in found for day in (one.first, one.last)]
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] == 1


def test_last_years_course_goes_by_the_same_day_of_a_leap_year():
    """On 29 February 2024 what stood on 28 February is due, as on the 28th, and on 1 March a 31st part of March's 10 more."""
    course = tuple((Month(2023, number).last_day, figure) for number, figure in enumerate(FIGURES, 1))

    assert [due(date(2024, *day), course, pace=Pace.PROFILE) for day in ((2, 28), (2, 29), (3, 1))] == [F(20, 200), F(20, 200), (20 + F(10, 31)) / 200]
