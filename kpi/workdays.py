"""
Working days (工作日): weekdays but for holidays, and the weekends worked for them (调休).

Holidays are those the State Council published.  For a year it has not yet published only weekends are known, so a day
counted there is provisional (暂定), and how many working days a span into it has lies between two bounds.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from chinese_calendar import is_workday

_FRIDAY = 4


@cache
def is_published(year: int) -> bool:
    """Whether the holidays of a year are known."""
    try:
        is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working(day: date) -> bool:
    """Whether people work on a day; by its weekday alone in a year whose holidays are not known."""
    return bool(is_workday(day)) if is_published(day.year) else day.weekday() <= _FRIDAY


@dataclass(frozen=True, slots=True)
class Passed:
    """How many working days have passed at the end of a day: at least and at most; the same while all years are published."""

    least: int
    most: int


def workdays_until(first: date, last: date) -> list[Passed]:
    """
    How many working days have passed at the end of each day from first to last, counted from the first.

    A term that begins on a day runs from the next one: its length is the difference of two of these.  Any day of a year
    that is not published may turn out a working day or a holiday.
    """
    least, most, counts = 0, 0, []
    for ordinal in range((last - first).days + 1):
        day = first + timedelta(days=ordinal)
        published = is_published(day.year)
        least += published and is_working(day)
        most += not published or is_working(day)
        counts.append(Passed(least, most))
    return counts
