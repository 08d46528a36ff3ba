"""会议版：把一个月的看板定稿，会上看到的数从此不变；会后变了什么、为什么，逐项说清。"""

from collections.abc import Sequence

import streamlit as st

from kpi.meeting import editions
from kpi.meeting.differences import Drift
from kpi.meeting.editions import Issue
from kpi.period import Month, Span
from kpi.present import edition_words, numbers
from pages.widgets import board_lists, edition_lists, filing_lists, page_head, pickers, session
from pages.widgets import change_lists as show
from pages.widgets.choice import choice, refuse
from pages.widgets.plain import plain

SPANS = {span.chinese: span for span in Span}


def freezing(month: Month, org: str) -> None:
    with st.popover("定稿…", icon=":material/lock_clock:"), st.form("freeze-form", border=False):
        board = numbers.spaced(session.whose(org) + month.chinese)
        st.write(plain(f"把{board}现在的看板存为会议版，给出可以印在材料上的编号；以后报送、更正、撤回都不再改变它。"))
        by = st.text_input("姓名", value=st.session_state.get("by", ""), key="freeze-by")
        title = st.text_input("会议", key="freeze-title", placeholder="如：12 月局务会")
        span = SPANS[str(st.selectbox("口径", list(SPANS), key="freeze-span"))]
        if not st.form_submit_button("确认定稿", type="primary"):
            return
        if not by.strip():
            st.warning("请写明姓名。")
            return
    issue = editions.freeze(session.bureau(), month, by, title, span, org)
    filing_lists.done(edition_words.frozen(issue.edition, issue.number, issue.whose, issue.before, issue.untaken))


def issue_line(issue: Issue) -> dict[str, object]:
    edition = issue.edition
    return {
        "编号": edition.code,
        "版次": f"第 {issue.number} 版",
        "口径": edition.span.chinese,
        "会议": edition.title,
        "定稿人": edition.by,
        "定稿时间": f"{edition.at:%Y-%m-%d %H:%M}",
    }


def changed_line(drift: Drift) -> dict[str, object]:
    was = {f"{drift.then}状态": drift.was.row.status.value if drift.was else ""}
    return {"状态": show.status(drift.now)} | show.line(drift) | was | {"原因": show.reasons(drift)}


def changes(issue: Issue, drifted: Sequence[Drift]) -> None:
    st.subheader(plain(f"较会议版变动（{len(drifted)} 项）"), anchor=False)
    if not drifted:
        st.success("没有变动：现在的数与会上看到的相同。", icon=":material/check:")
        return
    lines = [changed_line(drift) for drift in drifted]
    show.listed(drifted, lines, "较会议版变动", f"changes-{issue.edition.seq}", issue.edition.period, issue.edition.org)


def whole(issue: Issue) -> None:
    drifted = edition_lists.drifted(issue)
    st.subheader(plain(edition_words.drifted(issue.edition, issue.number, len(drifted), issue.whose)), anchor=False)
    if again := issue.once_more:
        st.caption(plain(again))
    freezing(month, org)
    board_lists.records([issue_line(issue) for issue in listed], f"{month.chinese}的会议版")
    changes(issue, drifted)
    st.subheader(plain(f"定稿的数（{issue.edition.code}）"), anchor=False)
    show.board(edition_lists.shown(issue), "定稿的数")


def lost(issue: Issue) -> None:
    """Say that the file of an edition is gone, and let it be made again."""
    name = edition_words.named(issue.edition, issue.number, issue.whose)
    st.subheader(plain(f"{name}（{issue.edition.code}）的定稿文件丢失或损坏，看不到会上的数。"), anchor=False)
    st.write("可以按日志重算：算出的数与编号相符，文件就写回原样；不相符的，什么都不改，请从备份恢复 editions 文件夹。")
    if st.button("按日志重算并写回", icon=":material/build:", type="primary"):
        if editions.mend(session.bureau(), issue.edition):
            filing_lists.done(f"会议版 {issue.edition.code} 的定稿文件已按日志写回，与编号相符。")
        st.warning("重算的数与编号不相符（指标目录或程序在定稿以后改过），没有写回；请从备份恢复 editions 文件夹。")
    freezing(month, org)
    board_lists.records([issue_line(issue) for issue in listed], f"{month.chinese}的会议版")


with page_head.head("会议版"):
    org = pickers.org()
    month = pickers.period()
    listed = editions.editions(session.bureau(), month, org)
    by_code = {issue.edition.code: issue for issue in listed}  # of the same figures the first edition, which names the others
    codes = list(by_code)
    code = choice("编号", codes, "edition", 200) if codes else None
    if not codes and (asked := st.query_params.get("edition")) is not None:
        refuse("编号", asked, "现在的看板，还没有定稿")
filing_lists.say_what_was_done()
if code is None:
    st.subheader(plain(f"{session.whose(org)}{month.chinese}还没有会议版。"), anchor=False)
    st.caption("开会以前定稿，会上看到的数从此不变；会后有更正、补报、撤回或目标调整，这里逐项说明变了多少、为什么。")
    freezing(month, org)
else:
    issue = by_code[code]
    if edition_lists.is_whole(issue):
        whole(issue)
    else:
        lost(issue)
