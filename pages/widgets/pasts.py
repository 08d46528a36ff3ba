"""Boards as known on a day, as a page shows them; kept by the version of the data."""

from datetime import date

from kpi.meeting import as_known
from kpi.meeting.as_known import KnownBoard
from kpi.period import Month
from pages.widgets import session


def board(day: date, month: Month, org: str) -> KnownBoard:
    """The board of a month as known on a day."""
    return session.kept(_board, day, month, org)


def next_report(day: date, month: Month, org: str) -> date | None:
    """The first day after another on which a report of the month came in."""
    return as_known.next_report(session.bureau(), day, month, org)


def default_day(month: Month) -> date:
    """The day to begin with."""
    return session.kept(_default_day, month)


def _board(day: date, period: Month, org: str) -> KnownBoard:
    return as_known.known(session.bureau(), day, period, org)


def _default_day(period: Month) -> date:
    return as_known.default_day(session.bureau(), period)
