"""
序时进度: the share of a year's target that is due by a day, as an exact fraction.

Every way of counting is a stretch of days over which the share grows evenly: ``(base + each · day) / whole``, where
``day`` is the day's number in the year.  By days the year is one such stretch; by months and by milestones the share
stands still in each; a plan by month and last year's own profile climb within each month.  So a verdict can multiply
the fraction out and never divides.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from kpi.catalog.target import Pace, Target


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
        return _share(self.base, self.each, self.whole, day)


@lru_cache(maxsize=4096)
def _share(base: int, each: int, whole: int, day: date) -> Fraction:
    return Fraction(base + each * day.timetuple().tm_yday, whole)


@lru_cache(maxsize=4096)
def stretches(target: Target, profile: tuple[Decimal, ...] = ()) -> tuple[Stretch, ...]:
    """
    How a target falls due over its year.

    Args:
        target: A target that is due by the year's end.
        profile: Last year's cumulative figures, January to December; empty when they are not all there, and then the
            pace is that of the days.

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
            added = [now - before for now, before in zip(profile, [Decimal(0), *profile], strict=False)]
            return tuple(_by_amounts(year, added))
    return (Stretch(date(year, 1, 1), date(year, 12, 31), 0, 1, date(year, 12, 31).timetuple().tm_yday),)


def usable(profile: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
    """Last year's cumulative figures when all twelve are known, none falls and the year came to something; else nothing."""
    known = [figure for figure in profile if figure is not None]
    climbs = all(before <= now for before, now in zip([Decimal(0), *known], known, strict=False))
    return tuple(known) if len(known) == 12 and climbs and known[-1] > 0 else ()


def _by_amounts(year: int, amounts: Sequence[Decimal]) -> list[Stretch]:
    """Each month adds its amount evenly over its days."""
    parts = [Fraction(amount) for amount in amounts]
    unit = lcm(*(part.denominator for part in parts))
    counts = [int(part * unit) for part in parts]
    shared = gcd(*counts)
    counts = [count // shared for count in counts]
    found = []
    for month, count in enumerate(counts, 1):
        days = monthrange(year, month)[1]
        before = date(year, month, 1).timetuple().tm_yday - 1
        found.append(_month(year, month, sum(counts[: month - 1]) * days - count * before, count, sum(counts) * days))
    return found


def _by_milestones(target: Target) -> list[Stretch]:
    """Nothing is due before the first date, and from each date on its share."""
    days = [date(target.year, 1, 1), *(milestone.on for milestone in target.milestones), date(target.year + 1, 1, 1)]
    shares = [Fraction(0), *(Fraction(milestone.share) / 100 for milestone in target.milestones)]
    bounds = zip(days, days[1:], shares, strict=False)
    return [Stretch(first, after - timedelta(1), share.numerator, 0, share.denominator) for first, after, share in bounds if first < after]


def _month(year: int, month: int, base: int, each: int, whole: int) -> Stretch:
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]), base, each, whole)
