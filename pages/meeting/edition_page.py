"""会议版：把一个月的看板定稿，会上看到的数从此不变；会后变了什么、为什么，逐项说清。"""

import streamlit as st

from kpi.access.roles import Right
from kpi.meeting import editions
from kpi.meeting.editions import Issue
from kpi.period import Month, Span
from kpi.present import edition_words, numbers
from pages.bodies import edition_opening
from pages.meeting import meeting_notes_form
from pages.widgets import confirmations, edition_lists, faults, frame, running, session
from pages.widgets.plain import plain
from pages.widgets.signer import signed

SPANS = {span.chinese: span for span in Span}


def freezing(month: Month, org: str) -> None:
    """Ask for a name and a meeting, and freeze the board as it stands."""
    with st.popover("定稿…", icon=":material/lock_clock:"), st.form("freeze-form", border=False):
        board = numbers.spaced(session.whose(org) + month.chinese)
        st.write(plain(f"把{board}现在的看板存为会议版，给出可以印在材料上的编号；以后报送、更正、撤回都不再改变它。"))
        by = signed("姓名", "freeze-by")
        title = st.text_input("会议", key="freeze-title", placeholder="如：12 月局务会")
        span = SPANS[str(st.selectbox("口径", list(SPANS), key="freeze-span"))]
        if not st.form_submit_button("确认定稿", type="primary"):
            return
        if not by.strip():
            st.warning("请写明姓名。")
            return
    with faults.shown():  # what is typed below stays, whatever is refused
        issue = editions.freeze(session.bureau(), month, by, title, span, org)
        st.query_params["edition"] = issue.edition.code
        confirmations.done(edition_words.frozen(issue.edition, issue.number, issue.whose, issue.before, issue.untaken))


def mending(issue: Issue) -> None:
    """Let the lost file of an edition be made again."""
    if st.button("按日志重算并写回", icon=":material/build:", type="primary"):
        if editions.mend(session.bureau(), issue.edition):
            confirmations.done(f"会议版 {issue.edition.code} 的定稿文件已按日志写回，与编号相符。")
        st.warning("重算的数与编号不相符（指标目录或程序在定稿以后改过），没有写回；请从备份恢复 editions 文件夹。")


view = frame.view()
frame.fragment(frame.opened(view))
confirmations.say_what_was_done()
issue = edition_opening.chosen(view)
whole = issue is not None and edition_lists.is_whole(issue)
meets = running.caller().may(Right.MEET)
if issue and not whole and meets:
    mending(issue)
if meets:
    freezing(view.period, view.org)
meeting_notes_form.draw(view, writes=meets)
if issue and whole:
    frame.fragment(edition_opening.sheets(view, issue))
elif issue:
    frame.table(edition_opening.edition_table(view, edition_opening.listed(view)))
