"""趋势：一个指标或数据项逐月怎样变化，每个数来自哪里。"""

import streamlit as st

from kpi.period import Span, months
from kpi.present import charts, numbers, words
from pages.widgets import frame, pickers, session, tables

RANGES = {"近 13 个月": 13, "近 24 个月": 24, "近 36 个月": 36}
SPANS = {"本年累计": Span.YTD, "本月数": Span.MONTH}

with frame.head("趋势"):
    code = pickers.code()
    month = pickers.period()
with st.container(horizontal=True):
    span = SPANS[st.segmented_control("口径", list(SPANS), default="本年累计", required=True, key="span", bind="query-params") or "本年累计"]
    length = RANGES[st.segmented_control("范围", list(RANGES), default="近 13 个月", required=True, key="range", bind="query-params") or "近 13 个月"]

first = max(month.plus(1 - length), session.periods()[0])
found = session.series(code, first, month, span)
last = found.points[-1]
now = numbers.shown(last.value, last.state, found.unit, found.decimals)
then = "" if last.prior_value is None else f"，上年同期 {numbers.amount(last.prior_value, found.unit, found.decimals)}"
wanted = "" if last.target is None else f"，目标 {numbers.amount(last.target, found.unit, max(found.decimals, numbers.precision(last.target)))}"
when = f"截至 {month.chinese}" if span is Span.YTD else f"{month.chinese}当月"
st.subheader(f"{found.name}{when} {now}{then}{wanted}。", anchor=False)
if last.as_of:
    st.caption(f"数据截止日 {last.as_of.isoformat()}；{found.better.chinese}。没有数据的月份断开，不按零画。")

st.plotly_chart(session.trend_figure(code, first, month, span), config=charts.CONFIG, alt=f"{found.name}从 {first} 到 {month} 的走势")

typed = any(point.reported_value is not None for point in found.points)
lines = [
    {
        "期间": str(point.period),
        "本年": numbers.shown(point.value, point.state, found.unit, found.decimals),
        "上年同期": numbers.NOTHING if point.prior_value is None else numbers.amount(point.prior_value, found.unit, found.decimals),
        "目标": numbers.NOTHING if point.target is None else numbers.amount(point.target, found.unit, max(found.decimals, numbers.precision(point.target))),
        "序时目标": numbers.NOTHING if point.pace_target is None else numbers.amount(point.pace_target, found.unit, found.decimals),
        **({"填报值": numbers.NOTHING if point.reported_value is None else numbers.amount(point.reported_value, found.unit, numbers.precision(point.reported_value))} if typed else {}),
        "截至": words.day(point.as_of, point.period.year) if point.as_of else numbers.NOTHING,
    }
    for point in reversed(found.points)
]
listed = list(reversed(months(first, month)))
st.caption("点行首的方框，看那个月的来源；不点则是所选期间。")
place = tables.chosen(lines, f"{found.name}逐月数值", key=f"months-{code}-{span}")
shown = month if place is None else listed[place]
st.subheader(f"{shown.chinese}的数据来源", anchor=False)
tables.sources(session.sources(code, shown))
