"""同比：今年与上年同期相比，升了多少，降了多少。"""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from kpi.compute.row import BoardRow
from kpi.present import charts, words
from pages.widgets import frame, pickers, session, tables

MOST = 15  # bars that can be read on a projector


def picture(rows: Sequence[BoardRow], title: str, office: str | None) -> None:
    if not rows:
        return
    largest = sorted(rows, key=lambda row: abs(row.yoy or Decimal(0)), reverse=True)[:MOST]
    st.subheader(title, anchor=False)
    if len(largest) < len(rows):
        st.caption(f"只画变化最大的 {MOST} 项，全部 {len(rows)} 项见下表。")
    figure = session.comparison_figure(tuple(row.indicator for row in largest), rows[0].period, office)
    st.plotly_chart(figure, config=charts.CONFIG, alt=title)


def line(row: BoardRow) -> dict[str, str]:
    spoken = session.spoken(row)
    return {
        "指标": row.name,
        "科室": session.office_name(row.office),
        "今年": spoken.value,
        "上年同期": spoken.last_year,
        "同比": spoken.yoy,
        "截至": words.as_of(row),
        "注意": spoken.different_days,
    }


with frame.head("同比"):
    office = pickers.office()
    month = pickers.period()
rows = session.rows(month, office)
moved = [row for row in rows if row.yoy is not None]
up, down = sum(row.yoy > 0 for row in moved if row.yoy), sum(row.yoy < 0 for row in moved if row.yoy)
same, absent = len(moved) - up - down, len(rows) - len(moved)
said = [f"{up} 项上升", f"{down} 项下降", f"{same} 项持平" if same else "", f"{absent} 项无法相比" if absent else ""]
st.subheader(f"{month.chinese}与上年同期相比：{'，'.join(part for part in said if part)}。", anchor=False)
st.caption(tables.data_date(rows) + "上升、下降只说方向，好坏看指标口径。")
if uneven := [row.name for row in moved if session.spoken(row).different_days]:
    st.warning(
        f"{len(uneven)} 项两年的截止日不同，差距里含有天数的差别：{'、'.join(uneven[:6])}{'等' if len(uneven) > 6 else ''}。", icon=":material/event_busy:"
    )

picture([row for row in moved if row.yoy_unit == "%"], "数量类：同比增减（%）", office)
picture([row for row in moved if row.yoy_unit != "%"], "比率类：同比变动（个百分点）", office)
st.subheader("全部指标", anchor=False)
tables.records(tables.without_empty([line(row) for row in rows]), "全部指标的同比")
