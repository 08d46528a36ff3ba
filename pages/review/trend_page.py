"""趋势：页面本身是一个片段；要「可操作的图」时才加上图表库画的图。"""

import streamlit as st

from kpi.present import charts
from pages.bodies import trends
from pages.widgets import frame, session

view = frame.view()
if not view.get("explore"):
    frame.fragment(frame.drawn(view))
else:
    frame.fragment(frame.head(view, worked=False) + session.kept(trends.upper, view))
    series = trends.shown(view)
    first, last = series.points[0].period, series.points[-1].period
    figure = session.trend_figure(series.code, first, last, view.span, view.org)
    st.plotly_chart(figure, config=charts.CONFIG, alt=f"{series.name}从 {first} 到 {last} 的走势")
    frame.fragment(session.kept(trends.lower, view))
