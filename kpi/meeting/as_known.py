"""
As known on a day (当时所知): the board of a month as it stood when a day ended, and what of it is something else now.

Organisations, definitions and targets are those of today's catalogue on both sides, so every difference comes from what
was submitted or withdrawn since; whoever shows it says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.compute.row import Status
from kpi.filing.deadline import due_date
from kpi.meeting.differences import Drift, compared
from kpi.meeting.editions import printed
from kpi.meeting.frozen_rows import FrozenRow
from kpi.meeting.reasons import Then
from kpi.period import Month, Span
from kpi.present.statuses import assessed
from kpi.review.board import board
from kpi.value import State

_URGENCY = tuple(Status)


@dataclass(frozen=True, slots=True)
class KnownBoard:
    """The board of a month as known on a day, and what of it is something else now, worst first."""

    rows: tuple[FrozenRow, ...]
    differing: tuple[Drift, ...]

    @property
    def nothing(self) -> bool:
        """Whether there was no figure at all; then nothing is compared either."""
        return _nothing(self.rows)


def known(bureau: Bureau, day: date, period: Month, org: str | None = None) -> KnownBoard:
    """
    The board of a month, year to date, as known at the end of a day.

    Args:
        bureau: The bureau as it is now.
        day: The day.
        period: The month.
        org: Whose board, the root's unless told.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.

    """
    bureau.require(Right.READ, org)
    past, node = bureau.as_known(day), org or bureau.catalog.root
    rows = tuple(printed(bureau, board(past, period, org=node)))
    if _nothing(rows):
        return KnownBoard(rows, ())
    then = Then(past, bureau.catalog.digest, period, Span.YTD, node, "当时", "后来")
    return KnownBoard(rows, tuple(sorted(compared(bureau, then, rows), key=_worst)))


def default_day(bureau: Bureau, period: Month) -> date:
    """The day on which the last sheet of a month is owed, within the days on which the log grew; that day as it is while nothing was entered."""
    due = max(due_date(period, office.due_day) for office in bureau.catalog.offices.values())
    span = bureau.store.entered()
    return min(max(due, span[0].date()), span[1].date()) if span else due


def next_report(bureau: Bureau, day: date, period: Month, org: str | None = None) -> date | None:
    """The first day after another on which a report of the month came in, of an organisation or those below it; None when none did."""
    return min(_later(bureau, day, period, org or bureau.catalog.root), default=None)


def _later(bureau: Bureau, day: date, period: Month, org: str) -> Iterator[date]:
    leaves = set(bureau.catalog.leaves(org))
    return (submission.at.date() for submission in bureau.store.submissions(period) if submission.org in leaves and submission.at.date() > day)


def _nothing(rows: tuple[FrozenRow, ...]) -> bool:
    return all(frozen.row.figure.state is State.UNREPORTED for frozen in rows)


def _worst(drift: Drift) -> tuple[int, float]:
    """By status now, or then where there is none now, and by how much of the target is lacking."""
    spoken = drift.now or drift.was
    assert spoken is not None  # noqa: S101 - it differs, so it is or was there
    return _URGENCY.index(assessed(spoken.row)), -(spoken.row.target.shortfall or 0.0)
