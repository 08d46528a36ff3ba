"""
序时进度: the share of a year's target that is due by a day, as an exact fraction.

Every way of counting is a stretch of days over which the share grows evenly: ``(base + each · day) / whole``, where
``day`` is the day's number in the year.  By days the year is one such stretch; by months and by milestones the share
stands still in each; a plan by month climbs within each month, last year's own course between the days to which its figures run.  So a verdict can multiply
the fraction out and never divides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

from kpi.catalog.target import Pace, Target
from kpi.period import Month, ReportingYear, days

DatedFigures = tuple[tuple[date, Decimal], ...]  # the days that cumulative figures run to, and the figures


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a year over which the due share is ``(base + each · day of the year) / whole``."""

    first: date
    last: date
    base: int
    each: int
    whole: int
    year: ReportingYear

    def due(self, day: date) -> Fraction:
        """The share due by the end of a day of the stretch."""
        return Fraction(self.base + self.each * self.year.day_number(day), self.whole)


def stretches(target: Target, profile: DatedFigures, year: ReportingYear) -> tuple[Stretch, ...]:
    """
    How a target falls due over its year.

    Args:
        target: A target that is due by the year's end.
        profile: Last year's cumulative figures with the days they run to, ascending to the last day of the year; empty when they are not all
            there, and then the pace is that of the days.
        year: The year over which figures add up.

    """
    first, last = year.first_day(target.year), year.last_day(target.year)
    if target.monthly:
        return tuple(_by_amounts(year, target))
    match target.pace:
        case Pace.MONTHS:
            return tuple(_month(year, year.month(target.year, number), number, 0, 12) for number in range(1, 13))
        case Pace.MILESTONES:
            return tuple(_by_milestones(target, year))
        case Pace.PROFILE if profile:
            return tuple(_by_course(year, target.year, profile))
    return (Stretch(first, last, 0, 1, days(first, last), year),)


def usable(course: Sequence[tuple[date, Decimal] | None], year: ReportingYear) -> DatedFigures:
    """Last year's cumulative figures when all twelve are known to days of their own up to its last one and none falls; else nothing, as for nothing done."""
    known = [taken for taken in course if taken is not None]
    if len(known) < 12 or any(then >= now or reached > figure for (then, reached), (now, figure) in pairwise(known)):
        return ()
    (first, _), (last, total) = known[0], known[-1]
    whole = year.of_day(first) == year.of_day(last) and last == year.last_day(year.of_day(last))
    return tuple(known) if whole and known[0][1] >= 0 and total > 0 else ()


def _by_course(year: ReportingYear, named: int, course: DatedFigures) -> list[Stretch]:
    """Between two days to which figures of last year run, what was added is due evenly over the days between them."""
    unit = lcm(*(Fraction(figure).denominator for _, figure in course))
    total = int(Fraction(course[-1][1]) * unit)
    runs, before, reached = [], 0, 0
    for taken, figure in course:
        day, amount = year.day_number(taken), int(Fraction(figure) * unit)
        span, added = day - before, amount - reached
        base = reached * span - added * before
        for first, last, later in _alike(year, named, year.of_day(course[0][0])):
            begins, ends = max(first, before + 1 - later), min(last, day - later)
            if begins <= ends:
                runs.append(Stretch(_day(year, named, begins), _day(year, named, ends), base + added * later, added, total * span, year))
        before, reached = day, amount
    return sorted(runs, key=lambda stretch: stretch.first)


def _alike(year: ReportingYear, named: int, other: int) -> list[tuple[int, int, int]]:
    """
    The same days of another year, as runs of days of the year with how much later in numbers they are there.

    29 February is 28 February where there is none; the 29th of the other year falls to no day.
    """
    whole, there = year.days(named), year.days(other)
    if whole == there:
        return [(1, whole, 0)]
    before = days(year.first_day(named), _february(year, named).first_day + timedelta(27))  # up to the 28th
    return [(1, before, 0), (before + 1, before + 1, -1), (before + 2, whole, -1)] if whole > there else [(1, before, 0), (before + 1, whole, 1)]


def _february(year: ReportingYear, named: int) -> Month:
    return next(month for month in year.so_far(year.last(named)) if month.month == 2)


def _day(year: ReportingYear, named: int, number: int) -> date:
    return year.first_day(named) + timedelta(number - 1)


def _by_amounts(year: ReportingYear, target: Target) -> list[Stretch]:
    """Each month adds its amount evenly over its days."""
    parts = [Fraction(amount) for amount in target.monthly]
    unit = lcm(*(part.denominator for part in parts))
    counts = [int(part * unit) for part in parts]
    shared = gcd(*counts)
    counts = [count // shared for count in counts]
    runs = []
    for number, count in enumerate(counts, 1):
        month = year.month(target.year, number)
        length, before = days(month.first_day, month.last_day), year.day_number(month.first_day) - 1
        runs.append(_month(year, month, sum(counts[: number - 1]) * length - count * before, count, sum(counts) * length))
    return runs


def _by_milestones(target: Target, year: ReportingYear) -> list[Stretch]:
    """Nothing is due before the first date, and from each date on its share."""
    begins = [year.first_day(target.year), *(milestone.on for milestone in target.milestones), year.first_day(target.year + 1)]
    shares = [Fraction(0), *(Fraction(milestone.share) / 100 for milestone in target.milestones)]
    bounds = zip(begins, begins[1:], shares, strict=False)
    return [Stretch(first, after - timedelta(1), share.numerator, 0, share.denominator, year) for first, after, share in bounds if first < after]


def _month(year: ReportingYear, month: Month, base: int, each: int, whole: int) -> Stretch:
    return Stretch(month.first_day, month.last_day, base, each, whole, year)
