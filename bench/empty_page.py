"""A page of one picker and one line."""

import streamlit as st

from kpi.period import Month, months
from pages.widgets import session

month = Month.parse(str(st.selectbox("期间", [str(month) for month in reversed(session.periods())], key="period", bind="query-params", width=140)))
st.subheader(f"{month.chinese}：{len(months(session.periods()[0], month))}")
