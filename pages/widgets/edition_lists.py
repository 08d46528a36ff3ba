"""Editions (会议版) as a page shows them; what became of one is kept by the version of the data."""

import streamlit as st

from kpi.meeting import differences, editions
from kpi.meeting.differences import Drift
from kpi.meeting.editions import Issue
from kpi.meeting.frozen_rows import FrozenRow
from pages.widgets import session


def is_whole(issue: Issue) -> bool:
    """Whether the file of an edition is there and what its code stands for; it is read each time, for nobody says when it goes."""
    return not editions.lost(session.bureau(), issue.edition)


def drifted(issue: Issue) -> tuple[Drift, ...]:
    """What differs now from an edition."""
    return _drifted(session.bureau().store.version, issue.edition.seq, issue)


def shown(issue: Issue) -> tuple[FrozenRow, ...]:
    """The figures of an edition."""
    return _shown(issue.edition.figures, issue)


@st.cache_resource(max_entries=20, show_spinner="正在与会议版逐项比较")
def _drifted(version: int, seq: int, _issue: Issue) -> tuple[Drift, ...]:
    return tuple(differences.drift(session.bureau(), _issue.edition))


@st.cache_resource(max_entries=20, show_spinner=False)
def _shown(figures: str, _issue: Issue) -> tuple[FrozenRow, ...]:
    return tuple(editions.shown(session.bureau(), _issue.edition))
