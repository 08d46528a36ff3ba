"""A page of one picker and one line."""

import streamlit as st

from kpi.period import months
from pages.widgets import pickers, session

month = pickers.period()
st.subheader(f"{month.chinese}：{len(months(session.periods()[0], month))}")
