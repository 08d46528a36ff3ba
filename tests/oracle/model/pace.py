"""
How much of a year's number is due by a day (序时进度).

By days, by months, or as last year's own total grew: from each of last year's cut-off days to the next evenly.  That course
is usable only where every cumulative is exact and lacks no month, none falls, all that are added run to the same days and the
last of them to the end of the year; else days count.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kpi.period import CALENDAR_YEAR, days, year_earlier
from kpi.value import Qualifier
from tests.oracle.model.common import Course
from tests.oracle.model.definitions import Target

Profile = tuple[tuple[date, Fraction], ...]  # last year's cut-off days with the cumulative at each, the year's beginning first


def due(target: Target, day: date, profile: Profile | None) -> Fraction:
    """What should be done by a day; of what has no pace all of it, always."""
    if not target.paced:
        return target.value
    if target.pace == "months":
        return target.value * Fraction(day.month, 12)
    if target.pace == "profile" and profile is not None:
        return target.value * _reached(profile, year_earlier(day))
    return target.value * Fraction(days(date(day.year, 1, 1), day), CALENDAR_YEAR.days(day.year))


def profile_of(courses: Sequence[Course], year: int) -> Profile | None:
    """The course of a year, all that is counted added."""
    points = [(date(year - 1, 12, 31), Fraction(0))]
    for number in range(1, 13):
        ends = [course[number] for course in courses]
        running = {end.day for end in ends}
        exact = all(end.counted.kind is Qualifier.EXACT and not end.counted.mixed for end in ends)
        if not exact or not all(end.whole for end in ends) or len(running) != 1 or None in running:
            return None
        [day] = running
        assert day is not None
        points.append((day, sum((end.counted.number for end in ends), Fraction(0))))
    falls = any(later[0] <= earlier[0] or later[1] < earlier[1] for earlier, later in pairwise(points))
    return None if falls or points[-1][0] != date(year, 12, 31) or points[-1][1] <= 0 else tuple(points)


def _reached(profile: Profile, day: date) -> Fraction:
    """The share of the whole year that was reached on a day of it."""
    whole = profile[-1][1]
    for (first, low), (last, high) in pairwise(profile):
        if day <= last:
            return (low + (high - low) * Fraction((day - first).days, (last - first).days)) / whole
    return Fraction(1)
