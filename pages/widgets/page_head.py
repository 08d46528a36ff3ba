"""The head of every page: its title, and beside it what the page is about."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.widgets.choice import say_what_is_not_there
from pages.widgets.plain import plain


@contextmanager
def head(title: str) -> Iterator[None]:
    """Draw the title; pickers drawn inside stand beside it, below it on a phone."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.title(plain(title), width="content", anchor=False)
        with st.container(horizontal=True, width="content", vertical_alignment="bottom"):
            yield
    say_what_is_not_there()
