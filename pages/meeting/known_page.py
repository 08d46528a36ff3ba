"""当时所知：一个月的看板在某一天是什么样，与现在相比哪些数不同了、为什么。"""

from datetime import date

import streamlit as st

from kpi.meeting import as_known
from kpi.meeting.differences import Drift
from kpi.period import Month
from pages.widgets import change_lists, page_head, pasts, pickers, session
from pages.widgets.plain import plain


def line(drift: Drift) -> dict[str, object]:
    then = {f"{drift.then}状态": change_lists.status(drift.was)}
    return then | change_lists.line(drift) | {"现在状态": change_lists.status(drift.now), "原因": change_lists.reasons(drift)}


def nothing(day: date, month: Month, org: str) -> None:
    st.subheader(plain(f"{session.whose(org)}{month.chinese}看板：按 {day.isoformat()} 所知，还没有任何数。"), anchor=False)
    if later := as_known.next_report(session.bureau(), day, month, org):
        st.write(plain(f"{month.chinese}的报表从 {later.isoformat()} 起才有入库的，请选这一天或以后的日子。"))
        st.button(plain(f"看 {later.isoformat()} 所知"), icon=":material/event:", type="primary", on_click=pickers.choose_day, args=(later,))
    else:
        st.write(plain(f"这一天以后也没有收到 {month.chinese}的报表，请换一个期间，或者先导入报表。"))
        st.page_link("filing/imports.py", label="去导入报表", icon=":material/upload_file:")


with page_head.head("当时所知"):
    org = pickers.org()
    month = pickers.period()
    day = pickers.day(month)
known = pasts.board(day, month, org)
if known.nothing:
    nothing(day, month, org)
else:
    count = f"{len(known.differing)} 项不同" if known.differing else "没有不同"
    st.subheader(plain(f"{session.whose(org)}{month.chinese}看板：按 {day.isoformat()} 所知与现在相比，{count}。"), anchor=False)
    st.caption(
        "这一天结束以前入库的报送和撤回算数，之后的当作还没有发生。只有数回到当时：机构树、指标口径、目标和容差都用现在的指标目录，当时的不一定如此；要当时印出的样子，请看会议版。"
    )
    if known.differing:
        change_lists.listed(known.differing, [line(drift) for drift in known.differing], "当时与现在不同的指标", f"differing-{month}-{day}-{org}", month, org)
    st.subheader(plain(f"当时的看板（{day.isoformat()}）"), anchor=False)
    change_lists.board(known.rows, "当时的看板")
