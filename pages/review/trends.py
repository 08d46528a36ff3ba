"""趋势：一个指标或数据项逐月怎样变化，每个数来自哪里。"""

from decimal import Decimal

import streamlit as st

from kpi.catalog.organisation_moves import moves as moves_of
from kpi.compute.growth import moves_in
from kpi.period import Span
from kpi.present import charts, day_words, figure_notes, numbers, organisation_words
from kpi.review.series import Point, Series
from kpi.value import Qualifier, State
from pages.widgets import board_lists, organisations, page_head, pickers, session
from pages.widgets.choice import say_what_is_not_there, switch
from pages.widgets.plain import plain

RANGES = {"近 13 个月": 13, "近 24 个月": 24, "近 36 个月": 36}
SPANS = {"本年累计": Span.YTD, "本月数": Span.MONTH}


def printed(value: Decimal | None, series: Series, qualifier: str = Qualifier.EXACT) -> str:
    return "" if value is None else numbers.qualified(numbers.amount(value, series.unit, series.decimals), qualifier)


def to_the_target(point: Point, series: Series) -> str:
    """The figure with as many digits as tell it from its target."""
    if point.value is None or point.target is None:
        return printed(point.value, series, point.qualifier)
    return numbers.qualified(numbers.amount(point.value, series.unit, numbers.apart(point.value, point.target, series.decimals)), point.qualifier)


def sentence(series: Series, when: str) -> str:
    last = series.points[-1]
    typed = printed(last.reported_value, series)
    now = to_the_target(last, series) or (f"{typed}（填报值）" if typed else lacking(last, series))
    now += "（本月未报，沿用上次的累计）" if last.carried else ""
    now += f"（已报 {last.counted}/{last.leaves} 家）" if 0 < last.counted < last.leaves else ""
    rest = [("上年同期", printed(last.prior_value, series, last.prior_qualifier)), ("目标", printed(last.target, series))]
    return f"{series.name}：{when} {now}" + "".join(f"，{word} {figure}" for word, figure in rest if figure) + "。"


def month_change(point: Point, series: Series) -> str:
    """环比: the number, or words where that is no exact one."""
    if point.mom is None:
        return ""
    return point.mom_words if point.mom_qualifier != Qualifier.EXACT else numbers.change(point.mom, moves_in(series.unit))


def lacking(point: Point, series: Series) -> str:
    """Why there is no figure: an office that did report is not said to have not."""
    return session.why_absent(series.code, point.period, org) if point.state is State.UNREPORTED else point.state.value


def line(point: Point, series: Series) -> dict[str, str]:
    return {
        "期间": str(point.period),
        "本年": (printed(point.value, series, point.qualifier) or lacking(point, series)) + ("（本月未报，沿用）" if point.carried else ""),
        "已报": f"{point.counted}/{point.leaves} 家" if point.leaves > 1 else "",
        "填报值": printed(point.reported_value, series),
        "上年同期": printed(point.prior_value, series, point.prior_qualifier),
        "单月环比": month_change(point, series),
        "目标": printed(point.target, series),
        "序时目标": printed(point.pace_target, series),
        "当月波动": point.signal or "",
        "调整数": "；".join(figure_notes.adjusted(adjustment) for adjustment in point.adjustment),
        "缺报月份": day_words.months_of(point.missing) or (f"有 {point.gapped} 家缺" if point.gapped and point.leaves > 1 else ""),
        "截至": day_words.days(point.as_of, point.as_of_latest, point.period.year) if point.as_of and not point.carried else "",
    }


with page_head.head("趋势"):
    org = pickers.org()
    code = pickers.code()
    month = pickers.period()
with st.container(horizontal=True):
    span = SPANS[switch("口径", list(SPANS), "span")]
    length = RANGES[switch("范围", list(RANGES), "range")]
say_what_is_not_there()

first = max(month.plus(1 - length), session.periods()[0])
series = session.series(code, first, month, span, org)
st.subheader(plain(session.whose(org) + sentence(series, f"截至 {month.chinese}" if span is Span.YTD else f"{month.chinese}当月")), anchor=False)
last = series.points[-1]
first_day, last_day = (None, None) if last.carried else (last.as_of, last.as_of_latest)  # 未报 has no day of its own
until = f" 到 {last_day.isoformat()}" if last_day and last_day != first_day else ""
st.caption(
    plain(
        (f"数据截止日 {first_day.isoformat()}{until}；" if first_day else "")
        + f"{series.better.chinese}。没有数据的月份断开，不按零画。"
        + ("有单位没报的月份也断开。" if last.leaves > 1 else "")
    )
)
organisations.state(org, month)
if changes := organisation_words.of_series(moves_of(session.bureau().catalog.tree, org), first, month):
    st.info(plain(changes), icon=":material/account_tree:")
row = next((row for row in session.rows(month, org=org) if row.indicator == code), None)
if row is not None:
    board_lists.standing(row)
    board_lists.outlook(row)
st.plotly_chart(session.trend_figure(code, first, month, span, org), config=charts.CONFIG, alt=f"{series.name}从 {first} 到 {month} 的走势")

points = series.points[::-1]
if halves := [half for point in points if (half := figure_notes.half_month(point.period, point.mom, point.as_of, point.as_of_latest))]:
    st.caption(plain("；".join(halves[:2]) + ("等，见各月的截止日。" if halves[2:] else "。")))
st.caption("选一行，看那个月的来源；不选则是所选期间。")
place = board_lists.chosen(board_lists.without_empty([line(point, series) for point in points]), f"{series.name}逐月数值", key=f"months-{code}-{span}-{org}")
shown = points[place or 0].period
st.subheader(plain(f"{shown.chinese}的数据来源"), anchor=False)
board_lists.sources(session.sources(code, shown, org))
