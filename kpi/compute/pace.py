"""
序时进度: the share of a year's target that is due by a day, as an exact fraction.

Every way of counting is a stretch of days over which the share grows evenly: ``(base + each · day) / whole``, where
``day`` is the day's number in the year.  By days the year is one such stretch; by months and by milestones the share
stands still in each; a plan by month climbs within each month, last year's own course between the days to which its figures run.  So a verdict can multiply
the fraction out and never divides.
"""

from calendar import isleap, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

from kpi.catalog.target import Pace, Target
from kpi.period import day_of_year, days_of_year

DatedFigures = tuple[tuple[date, Decimal], ...]  # the days that cumulative figures run to, and the figures


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a year over which the due share is ``(base + each · day of the year) / whole``."""

    first: date
    last: date
    base: int
    each: int
    whole: int

    def due(self, day: date) -> Fraction:
        """The share due by the end of a day of the stretch."""
        return Fraction(self.base + self.each * day_of_year(day), self.whole)


def stretches(target: Target, profile: DatedFigures = ()) -> tuple[Stretch, ...]:
    """
    How a target falls due over its year.

    Args:
        target: A target that is due by the year's end.
        profile: Last year's cumulative figures with the days they run to, ascending to 31 December; empty when they are not all
            there, and then the pace is that of the days.

    """
    year = target.year
    if target.monthly:
        return tuple(_by_amounts(year, target.monthly))
    match target.pace:
        case Pace.MONTHS:
            return tuple(_month(year, month, month, 0, 12) for month in range(1, 13))
        case Pace.MILESTONES:
            return tuple(_by_milestones(target))
        case Pace.PROFILE if profile:
            return tuple(_by_course(year, profile))
    return (Stretch(date(year, 1, 1), date(year, 12, 31), 0, 1, days_of_year(year)),)


def usable(course: Sequence[tuple[date, Decimal] | None]) -> DatedFigures:
    """Last year's cumulative figures when all twelve are known to days of their own up to 31 December and none falls; else nothing, as for nothing done."""
    known = [taken for taken in course if taken is not None]
    if len(known) < 12 or any(then >= now or reached > figure for (then, reached), (now, figure) in pairwise(known)):
        return ()
    (first, _), (last, total) = known[0], known[-1]
    return tuple(known) if first.year == last.year and (last.month, last.day) == (12, 31) and known[0][1] >= 0 and total > 0 else ()


def _by_course(year: int, course: DatedFigures) -> list[Stretch]:
    """Between two days to which figures of last year run, what was added is due evenly over the days between them."""
    unit = lcm(*(Fraction(figure).denominator for _, figure in course))
    total = int(Fraction(course[-1][1]) * unit)
    runs, before, reached = [], 0, 0
    for taken, figure in course:
        day, amount = day_of_year(taken), int(Fraction(figure) * unit)
        span, added = day - before, amount - reached
        base = reached * span - added * before
        for first, last, later in _alike(year, course[0][0].year):
            begins, ends = max(first, before + 1 - later), min(last, day - later)
            if begins <= ends:
                runs.append(Stretch(_day(year, begins), _day(year, ends), base + added * later, added, total * span))
        before, reached = day, amount
    return sorted(runs, key=lambda stretch: stretch.first)


def _alike(year: int, other: int) -> list[tuple[int, int, int]]:
    """
    The same days of another year, as runs of days of the year with how much later in numbers they are there.

    29 February is 28 February where there is none; the 29th of the other year falls to no day.
    """
    leap, other_leap = isleap(year), isleap(other)
    if leap == other_leap:
        return [(1, 366 if leap else 365, 0)]
    return [(1, 59, 0), (60, 60, -1), (61, 366, -1)] if leap else [(1, 59, 0), (60, 365, 1)]


def _day(year: int, number: int) -> date:
    return date(year, 1, 1) + timedelta(number - 1)


def _by_amounts(year: int, amounts: Sequence[Decimal]) -> list[Stretch]:
    """Each month adds its amount evenly over its days."""
    parts = [Fraction(amount) for amount in amounts]
    unit = lcm(*(part.denominator for part in parts))
    counts = [int(part * unit) for part in parts]
    shared = gcd(*counts)
    counts = [count // shared for count in counts]
    runs = []
    for month, count in enumerate(counts, 1):
        days = monthrange(year, month)[1]
        before = day_of_year(date(year, month, 1)) - 1
        runs.append(_month(year, month, sum(counts[: month - 1]) * days - count * before, count, sum(counts) * days))
    return runs


def _by_milestones(target: Target) -> list[Stretch]:
    """Nothing is due before the first date, and from each date on its share."""
    days = [date(target.year, 1, 1), *(milestone.on for milestone in target.milestones), date(target.year + 1, 1, 1)]
    shares = [Fraction(0), *(Fraction(milestone.share) / 100 for milestone in target.milestones)]
    bounds = zip(days, days[1:], shares, strict=False)
    return [Stretch(first, after - timedelta(1), share.numerator, 0, share.denominator) for first, after, share in bounds if first < after]


def _month(year: int, month: int, base: int, each: int, whole: int) -> Stretch:
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]), base, each, whole)
