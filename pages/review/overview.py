"""总览：这个月局里必须知道的事。"""

import math
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Better, MeasureKind
from kpi.catalog.target import TargetKind
from kpi.compute.row import BoardRow, Status
from kpi.present import day_words, figure_notes, growths, headlines, numbers, statuses, undecided
from kpi.validation.relation_figures import Result
from kpi.value import State
from pages.widgets import board_lists, organisations, page_head, pickers, session
from pages.widgets.plain import coloured, joined, plain

WORST = 8  # lines of the first screen; the rest is one click away
_ARROWS: dict[str, Literal["up", "down"]] = {"up": "up", "down": "down"}
_COLOURS: dict[tuple[str, Better], Literal["green", "red"]] = {
    ("up", Better.HIGHER): "green",
    ("down", Better.LOWER): "green",
    ("up", Better.LOWER): "red",
    ("down", Better.HIGHER): "red",
}


def cumulative(indicator: Indicator) -> bool:
    """Whether the figure of a card is one of the year so far, not one of a day."""
    measures = session.bureau().catalog.measures
    formulas = (indicator.numerator, indicator.denominator)
    return any(measures[code].kind is MeasureKind.FLOW for formula in formulas if formula for code in formula.codes)


def drawn(indicator: Indicator) -> str:
    """What the small line of a card draws."""
    if indicator.target_kind is TargetKind.ANNUAL:
        return "本月数"
    return "本年累计" if cumulative(indicator) else "月末数"


def until(row: BoardRow, indicator: Indicator) -> str:
    """What the figure is, and to which day it runs: ``本年累计，截至 11 月 23 日``."""
    if row.figure.as_of is None or row.status is Status.UNREPORTED:
        return ""
    return f"{'本年累计，' if cumulative(indicator) else ''}截至 {day_words.as_of(row)}"


def doubts(row: BoardRow, decimals: int) -> list[str]:
    """Why there is no figure or no verdict, or what must be known of the one there is."""
    if row.status is Status.UNREPORTED:
        reason = session.why_absent(row.indicator, row.period, row.org)
        typed = "大字是科室的填报值" if row.figure.reported_value is not None else ""
        return [typed, f"{session.office_name(row.office)}没有报" if reason == State.UNREPORTED else reason]
    if statuses.assessed(row) is Status.UNDECIDED:
        return [undecided.why(row, decimals, session.bureau().catalog)]
    return [undecided.inexact(row), figure_notes.gapped(row), figure_notes.pending(row, decimals), figure_notes.several_days(row)]


def card(row: BoardRow, spark: Sequence[float | None]) -> None:
    indicator = session.bureau().catalog.indicators[row.indicator]
    spoken, way = session.spoken(row), growths.way(row)
    brief = spoken.yoy.partition("（")[0]  # a chip has no room for which sheet lacks
    has_line = any(value is not None for value in spark)
    counted = [
        board_lists.in_colour(statuses.assessed(row)),
        f"目标 {spoken.target}" if row.target.value is not None else "",
        spoken.unrounded or (spoken.typed if row.status is not Status.UNREPORTED else ""),
        spoken.partial,
        until(row, indicator),
        *doubts(row, spoken.decimals),
        spoken.yoy if brief != spoken.yoy else "",
    ]
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(
            plain(row.name),
            plain(spoken.printed),
            delta=plain(brief if row.last_year.yoy is not None else f"同比：{brief}") if spoken.yoy != numbers.NOTHING else None,
            delta_color=_COLOURS.get((way, indicator.better), "gray"),
            delta_arrow=_ARROWS.get(way, "off"),
            delta_description="同比" if row.last_year.yoy is not None else None,
            chart_data=[math.nan if value is None else value for value in spark] if has_line else None,
            help=plain(f"{indicator.why_it_matters}\n\n分母：{indicator.denominator_words}"),
        )
        if has_line:
            st.caption(plain(f"细线：近 13 个月的{drawn(indicator)}"))
        st.markdown(coloured(joined(filter(None, counted), " · "), "small"))


def late_line(row: BoardRow) -> dict[str, object]:
    spoken = session.spoken(row)
    return {
        "状态": [statuses.badge(row.status)],
        "指标": row.name,
        "科室": session.office_name(row.office),
        "完成 / 目标": f"{spoken.short} / {spoken.target}",
        "差距": spoken.gap,
    }


with page_head.head("总览"):
    org = pickers.org()
    month = pickers.period()
rows = session.rows(month, org=org)
st.subheader(plain(f"{session.whose(org)}{month.chinese}：{headlines.headline(rows)}"), anchor=False)
board_lists.counts(statuses.tally(rows))
st.caption(plain(day_words.of_board(rows)))
organisations.state(org, month, rows)

if late := session.missed(month, org):
    board_lists.wrapped([late_line(row) for row in late[:WORST]], "未达标和滞后的指标，差距大的在前")
    st.page_link("review/targets.py", label=plain(f"全部 {len(late)} 项，以及怎样补上"), icon=":material/arrow_forward:", query_params=pickers.view(month, org))
reports = session.bureau().catalog.orgs[org].reports
broken = [result for result in session.relations_of(month, org) if result.result is Result.VIOLATED] if reports else []
if broken:
    st.page_link(
        "filing/relation_checks.py",
        label=plain(f"{len(broken)} 条勾稽关系不成立"),
        icon=":material/rule:",
        query_params={"period": str(month)},
    )

indicators = session.bureau().catalog.indicators
if leading := [row for row in rows if indicators[row.indicator].headline]:
    st.subheader("重点指标", anchor=False)
    sparks = session.sparks(month, org)
    with st.grid(4, min_column_width=240):
        for row in leading:
            card(row, sparks[row.indicator])
    st.caption("大字是本年累计，或者截止日那天的数。细线在没有数据的月份断开；画本年累计的到 1 月从头算起，会突然变低。同比与上年同期的同一截止日相比。")
listed = {row.indicator for row in rows}
if unlisted := [indicator.name for code, indicator in indicators.items() if code not in listed]:
    st.caption(plain(f"指标目录里还有 {len(unlisted)} 项没有列出：{'、'.join(unlisted)}，由台账得出，还没有收到台账。"))
