"""The one bureau of this process: opened by whoever asks first, known to those who must not open it."""

import streamlit as st

from kpi.bureau import LiveBureau, open_bureau
from kpi.workbook.process.reading_queue import readers_beside_pages

_opened: list[LiveBureau] = []


@st.cache_resource(show_spinner=False)
def bureau() -> LiveBureau:
    """The one bureau of this process."""
    _opened[:] = [open_bureau(files=1, readers=readers_beside_pages())]
    return _opened[0]


def opened_bureau() -> LiveBureau | None:
    """The bureau; None where it could not be opened, and every page shows why."""
    return _opened[0] if _opened else None
