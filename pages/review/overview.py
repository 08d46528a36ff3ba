"""总览：这个月局里必须知道的事。"""

import math
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from kpi.catalog.model import Better, Indicator, MeasureKind, TargetKind
from kpi.compute.row import BoardRow, Status
from kpi.present import dates, growths, headlines, statuses
from kpi.validation.relations import Result
from pages.widgets import frame, pickers, session, tables

WORST = 8  # lines of the first screen; the rest is one click away
_ARROWS: dict[str, Literal["up", "down"]] = {"up": "up", "down": "down"}
_COLOURS: dict[tuple[str, Better], Literal["green", "red"]] = {
    ("up", Better.HIGHER): "green",
    ("down", Better.LOWER): "green",
    ("up", Better.LOWER): "red",
    ("down", Better.HIGHER): "red",
}


def drawn(indicator: Indicator) -> str:
    """What the small line of a card draws."""
    if indicator.target_kind is TargetKind.ANNUAL:
        return "单月数"
    measures = session.bureau().catalog.measures
    flows = [measures[code].kind is MeasureKind.FLOW for formula in (indicator.numerator, indicator.denominator) if formula for code in formula.codes]
    return "累计数" if any(flows) else "月末数"


def card(row: BoardRow, spark: Sequence[float | None]) -> None:
    indicator = session.bureau().catalog.indicators[row.indicator]
    spoken, way = session.spoken(row), growths.way(row)
    notes = [
        tables.coloured(statuses.assessed(row)),
        f"目标 {spoken.target}" if row.target is not None else "",
        spoken.unrounded or spoken.typed,
        spoken.partial,
        f"截至 {dates.as_of(row)}" if row.as_of and row.status is not Status.UNREPORTED else "",
        f"细线：{drawn(indicator)}" if any(value is not None for value in spark) else "",
    ]
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(
            row.name,
            spoken.printed,
            delta=spoken.yoy,
            delta_color=_COLOURS.get((way, indicator.better), "gray"),
            delta_arrow=_ARROWS.get(way, "off"),
            delta_description="同比",
            chart_data=[math.nan if value is None else value for value in spark] if any(value is not None for value in spark) else None,
            help=f"{indicator.why_it_matters}\n\n分母：{indicator.denominator_words}",
        )
        st.markdown(f":small[{' · '.join(note for note in notes if note)}]")


def late_line(row: BoardRow) -> dict[str, object]:
    spoken = session.spoken(row)
    return {
        "状态": [statuses.badge(row.status)],
        "指标": row.name,
        "科室": session.office_name(row.office),
        "完成 / 目标": f"{spoken.short} / {spoken.target}",
        "差距": spoken.gap,
    }


with frame.head("总览"):
    org = pickers.org()
    month = pickers.period()
rows = session.rows(month, org=org)
st.subheader(f"{session.whose(org)}{month.chinese}：{headlines.headline(rows)}", anchor=False)
tables.counts(statuses.tally(rows))
st.caption(dates.of_board(rows))

if late := session.missed(month, org):
    tables.wrapped([late_line(row) for row in late[:WORST]], "未达标和滞后的指标，差距大的在前")
    st.page_link("review/targets.py", label=f"全部 {len(late)} 项，以及怎样补上", icon=":material/arrow_forward:", query_params=pickers.view(month, org))
reports = session.bureau().catalog.orgs[org].reports
broken = [found for found in session.relations_of(month, org) if found.result is Result.VIOLATED] if reports else []
if broken:
    st.page_link(
        "entry/quality.py",
        label=f"{len(broken)} 条勾稽关系不成立",
        icon=":material/rule:",
        query_params={"period": str(month)},
    )

if leading := [row for row in rows if session.bureau().catalog.indicators[row.indicator].headline]:
    st.subheader("重点指标", anchor=False)
    sparks = session.sparks(month, org)
    with st.grid(4, min_column_width=240):
        for row in leading:
            card(row, sparks[row.indicator])
    st.caption(
        "细线是最近 13 个月，没有数据的月份断开：单月数是各月自己的数；累计数到 1 月从头算起，会突然变低；其余是各月末的数。同比与上年同期的同一截止日相比。"
    )
if unlisted := [indicator.name for code, indicator in session.bureau().catalog.indicators.items() if code not in {row.indicator for row in rows}]:
    st.caption(f"指标目录里还有 {len(unlisted)} 项没有列出：{'、'.join(unlisted)}，由台账得出，还没有收到台账。")
