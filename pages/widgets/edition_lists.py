"""Editions (会议版) as a page shows them; what became of one is kept by the version of the data."""

from kpi.meeting import differences, editions
from kpi.meeting.differences import Drift
from kpi.meeting.editions import Issue
from kpi.meeting.frozen_rows import FrozenRow
from kpi.store.edition import Edition
from pages.widgets import session


def is_whole(issue: Issue) -> bool:
    """Whether the file of an edition is there and what its code stands for; it is read each time, for nobody says when it goes."""
    return not editions.lost(session.bureau(), issue.edition)


def drifted(issue: Issue) -> tuple[Drift, ...]:
    """What differs now from an edition."""
    return session.kept(_drifted, issue.edition)


def shown(issue: Issue) -> tuple[FrozenRow, ...]:
    """The figures of an edition."""
    return session.kept(_shown, issue.edition)


def _drifted(edition: Edition) -> tuple[Drift, ...]:
    return tuple(differences.drift(session.bureau(), edition))


def _shown(edition: Edition) -> tuple[FrozenRow, ...]:
    return tuple(editions.shown(session.bureau(), edition))
