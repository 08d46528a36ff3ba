"""Boards as known on a day, as a page shows them; kept by the version of the data."""

from datetime import date

import streamlit as st

from kpi.meeting import as_known
from kpi.meeting.as_known import KnownBoard
from kpi.period import Month
from pages.widgets import session


def board(day: date, month: Month, org: str) -> KnownBoard:
    """The board of a month as known on a day."""
    return _board(session.bureau().store.version, day, str(month), org)


def default_day(month: Month) -> date:
    """The day to begin with."""
    return _default_day(session.bureau().store.version, str(month))


@st.cache_resource(max_entries=20, show_spinner="正在还原当天的看板")
def _board(version: int, day: date, period: str, org: str) -> KnownBoard:
    return as_known.known(session.bureau(), day, Month.parse(period), org)


@st.cache_resource(max_entries=60, show_spinner=False)
def _default_day(version: int, period: str) -> date:
    return as_known.default_day(session.bureau(), Month.parse(period))
