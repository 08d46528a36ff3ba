"""趋势：页面本身是一个片段；要「可操作的图」时才加上图表库画的图。"""

import streamlit as st

from kpi.period import Span
from kpi.present import charts
from pages.bodies import trend_plots, trends
from pages.widgets import frame, session

view = frame.view()
if not view.get("explore"):
    frame.fragment(frame.drawn(view))
else:
    frame.fragment(frame.head(view, worked=False) + session.kept(trends.upper, view))
    series = trends.shown(view)
    months = [point.period for point in series.points]
    first, last = months[0], months[-1]
    restarts = tuple(months[place] for place in sorted(trend_plots.starts(months, view.span, series.code)))
    figure = charts.trend([point.drawable for point in series.points], series.unit, series.decimals, view.span is Span.MONTH, restarts)
    st.plotly_chart(figure, config=charts.CONFIG, alt=f"{series.name}从 {first} 到 {last} 的走势")
    frame.fragment(session.kept(trends.lower, view))
