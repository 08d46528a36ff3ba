"""
When a sheet is owed: the one rule, in one place.

An office's due day stands in the catalogue and means the month after the reported one.  Where it falls on a day off,
the deadline moves to the next working day, as a statutory period does.  Holidays and the Saturdays worked for them
(调休) are those that `workdays` knows; in a year that is not published a deadline is provisional (暂定).
"""

from datetime import date, timedelta

from kpi.period import Month
from kpi.workdays import is_published, is_working


def due_date(period: Month, due_day: int) -> date:
    """
    The last day on which the sheet of a month is in time.

    The sheet of September 2023, due on the 5th, is due on 7 October: the 1st to the 6th were holidays, and that Saturday
    was worked.
    """
    day = period.plus(1).first_day.replace(day=due_day)
    while not is_working(day):
        day += timedelta(days=1)
    return day


def is_provisional(due: date) -> bool:
    """Whether a deadline may still move: the holidays of its year are not published."""
    return not is_published(due.year)
