"""总览：这个月局里必须知道的事。"""

import math

import streamlit as st

from kpi.catalog.model import Better
from kpi.compute.row import BoardRow
from kpi.period import Month
from kpi.present import words
from pages.widgets import pickers, session, tables

WORST = 8  # lines of the first screen; the rest is one click away
DELTA = {Better.HIGHER: "normal", Better.LOWER: "inverse", Better.NEUTRAL: "off"}


def card(row: BoardRow, spark: list[float | None]) -> None:
    indicator = session.bureau().catalog.indicators[row.indicator]
    spoken = session.spoken(row)
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(
            row.name,
            spoken.value,
            delta=spoken.yoy if row.yoy else 0 if row.yoy is not None else spoken.yoy,
            delta_color=DELTA[indicator.better] if row.yoy else "off",
            delta_arrow="auto" if row.yoy is not None else "off",
            delta_description="同比",
            chart_data=[math.nan if value is None else value for value in spark] if any(value is not None for value in spark) else None,
            help=f"{indicator.why_it_matters}\n\n分母：{indicator.denominator_words}",
        )
        st.caption(f"{words.badge(words.assessed(row))} · 目标 {spoken.target} · 截至 {words.as_of(row)}")


def late_lines(rows: tuple[BoardRow, ...]) -> list[dict[str, object]]:
    return [
        {
            "状态": [words.badge(row.status)],
            "指标": row.name,
            "科室": session.office_name(row.office),
            "完成": session.spoken(row).value,
            "目标": session.spoken(row).target,
            "差距": session.spoken(row).gap,
        }
        for row in rows
    ]


def page(month: Month) -> None:
    rows = session.rows(month)
    st.subheader(f"{month.chinese}：{words.headline(rows)}")
    tables.counts(words.tally(rows))
    st.caption(tables.data_date(rows))

    if late := session.missed(month):
        tables.records(late_lines(late[:WORST]), "未达标和滞后的指标，差距大的在前", pinned="指标")
        st.page_link("review/targets.py", label=f"全部 {len(late)} 项，以及怎样补上", icon=":material/arrow_forward:", query_params={"period": str(month)})
    if broken := session.violated(month):
        st.page_link("reference/indicators.py", label=f"勾稽核对：{len(broken)} 条关系不成立——{broken[0].relation.name}等", icon=":material/rule:")

    st.subheader("重点指标")
    chosen = [row for row in rows if session.bureau().catalog.indicators[row.indicator].headline]
    sparks = session.sparks(month, tuple(row.indicator for row in chosen))
    with st.grid(4, min_column_width=240):
        for row in chosen:
            card(row, sparks[row.indicator])
    st.caption("卡片下方的细线是最近 13 个月；没有数据的月份留空。")


page(pickers.period())
