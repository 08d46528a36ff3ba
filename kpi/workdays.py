"""
Working days (工作日): weekdays but for holidays, and the weekends worked for them (调休).

Holidays are those the State Council published; for a year it has not yet published, only weekends are known.
"""

from datetime import date, timedelta

from chinese_calendar import is_workday

_FRIDAY = 4


def is_working(day: date) -> bool:
    """Whether people work on a day."""
    try:
        return bool(is_workday(day))
    except NotImplementedError:  # a year beyond the published ones
        return day.weekday() <= _FRIDAY


def workdays_until(first: date, last: date) -> list[int]:
    """
    How many working days have passed at the end of each day from first to last, counted from the first.

    A term that begins on a day runs from the next one: its length is the difference of two of these.
    """
    passed, counts = 0, []
    for ordinal in range((last - first).days + 1):
        passed += is_working(first + timedelta(days=ordinal))
        counts.append(passed)
    return counts
