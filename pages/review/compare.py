"""同比：今年与上年同期相比，升了多少，降了多少。"""

import streamlit as st

from kpi.compute.growth import MOVES
from kpi.compute.row import BoardRow
from kpi.period import Month
from kpi.present import charts, day_words, growths, organisation_words
from pages.widgets import board_lists, organisations, page_head, pickers, session
from pages.widgets.plain import bold, bullets, joined, plain

TITLES = {"%": "数量类：同比增减（%）", "个百分点": "比率类：同比变动（个百分点）", "个千分点": "比率类：同比变动（个千分点）"}


def picture(period: Month, office: str | None, unit: str, org: str) -> None:
    count = len(session.moved(period, office, unit, org))
    if not count:
        return
    st.subheader(plain(TITLES[unit]), anchor=False)
    if count > session.MOST_CHANGES:
        st.caption(plain(f"只画变化最大的 {session.MOST_CHANGES} 项，全部 {count} 项见下表。"))
    st.plotly_chart(session.comparison_figure(period, office, unit, org), config=charts.CONFIG, alt=TITLES[unit])


def line(row: BoardRow) -> dict[str, str]:
    spoken = session.spoken(row).beside_change
    return {
        "指标": spoken.about,
        "科室": session.office_name(row.office),
        "今年": spoken.value,
        "上年同期": spoken.last_year,
        "同比": spoken.yoy,
        "较上年末": growths.since_year_end(row),
        "截至": day_words.as_of(row),
    }


with page_head.head("同比"):
    org = pickers.org()
    office = pickers.office()
    month = pickers.period()
rows = session.rows(month, office, org)
moved = [row for row in rows if row.last_year.yoy is not None]
st.subheader(plain(f"{session.whose(org)}{month.chinese}与上年同期相比：{growths.moves(rows).words}。"), anchor=False)
st.caption(plain(day_words.of_board(rows) + "上升、下降只说方向，好坏看指标口径。"))
organisations.state(org, month, rows)
if uneven := [row.name for row in moved if session.spoken(row).different_days]:
    named = f"{'、'.join(uneven[:6])}{'等' if len(uneven) > 6 else ''}"
    st.warning(plain(f"{len(uneven)} 项两年的截止日不同，差距里含有天数的差别：{named}。"), icon=":material/event_busy:")

for unit in MOVES:
    picture(month, office, unit, org)
st.subheader("全部指标", anchor=False)
board_lists.records(board_lists.without_empty([line(row) for row in rows]), "全部指标的同比")
once = {sentence for row in rows for sentence in organisation_words.moved(row)}  # said above, for all of them
every = [(spoken.about, [note for note in spoken.notes if note not in once]) for spoken in (session.spoken(row).beside_change for row in rows)]
if noted := [(name, notes) for name, notes in every if notes]:
    st.subheader(plain(f"注意（{len(noted)} 项）"), anchor=False)
    st.markdown(bullets(joined([bold(name), f"：{'；'.join(notes)}。"]) for name, notes in noted))
