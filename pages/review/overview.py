"""总览：这个月局里必须知道的事。"""

import math
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from kpi.catalog.model import Better
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


def card(row: BoardRow, spark: Sequence[float | None]) -> None:
    indicator = session.bureau().catalog.indicators[row.indicator]
    spoken, way = session.spoken(row), growths.way(row)
    notes = [
        tables.coloured(statuses.assessed(row)),
        f"目标 {spoken.target}" if row.target is not None else "",
        spoken.unrounded or spoken.typed,
        spoken.partial,
        f"截至 {dates.as_of(row)}" if row.as_of and row.status is not Status.UNREPORTED else "",
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


def late_line(row: BoardRow) -> dict[str, str]:
    spoken = session.spoken(row)
    return {
        "指标": f"{tables.coloured(row.status)} {row.name}",
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
st.caption(tables.data_date(rows))

if late := session.missed(month, org):
    tables.wrapped([late_line(row) for row in late[:WORST]], "未达标和滞后的指标，差距大的在前")
    st.page_link("review/targets.py", label=f"全部 {len(late)} 项，以及怎样补上", icon=":material/arrow_forward:", query_params=pickers.view(month, org))
reports = session.bureau().catalog.orgs[org].reports
broken = [found for found in session.relations_of(month, org) if found.result is Result.VIOLATED] if reports else []
if broken:
    st.page_link(
        "entry/quality.py",
        label=f"勾稽核对：{len(broken)} 条关系不成立，如「{broken[0].relation.name}」",
        icon=":material/rule:",
        query_params={"period": str(month)},
    )

if leading := [row for row in rows if session.bureau().catalog.indicators[row.indicator].headline]:
    st.subheader("重点指标", anchor=False)
    sparks = session.sparks(month, org)
    with st.grid(4, min_column_width=240):
        for row in leading:
            card(row, sparks[row.indicator])
    st.caption("细线是最近 13 个月，没有数据的月份断开；同比与上年同期的同一截止日相比。")
