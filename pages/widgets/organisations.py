"""What every page says of organisations: that there is none in the month, or that the two sides of a comparison are of others."""

from collections.abc import Iterable

import streamlit as st

from kpi.compute.row import BoardRow
from kpi.period import Month
from kpi.present import organisation_words
from pages.widgets import session
from pages.widgets.plain import plain


def state(org: str, month: Month, rows: Iterable[BoardRow] = ()) -> None:
    """Say both where there is anything to say."""
    if words := organisation_words.not_there(session.bureau().catalog, org, month):
        st.warning(plain(words), icon=":material/domain_disabled:")
    if words := organisation_words.of_board(rows):
        st.info(plain(words), icon=":material/account_tree:")
