"""会议版：把一个月的看板定稿，会上看到的数从此不变；会后变了什么、为什么，逐项说清。"""

from collections import Counter

import streamlit as st

from kpi import edition
from kpi.drift import Drift
from kpi.edition import Issue
from kpi.period import Month, Span
from kpi.present import numbers, words
from kpi.present.words import Spoken
from kpi.reasons import Cause, Moved
from pages.widgets import filings, frame, meetings, pickers, session, tables
from pages.widgets.plain import plain

SPANS = {span.chinese: span for span in Span}


def freezing(month: Month, org: str) -> None:
    with st.popover("定稿…", icon=":material/lock_clock:"), st.form("freeze-form", border=False):
        st.write(f"把{numbers.spaced(session.whose(org) + month.chinese)}现在的看板存为会议版，给出可以印在材料上的编号；以后报送、更正、撤回都不再改变它。")
        by = st.text_input("姓名", value=st.session_state.get("by", ""), key="freeze-by")
        title = st.text_input("会议", key="freeze-title", placeholder="如：12 月局务会")
        span = SPANS[str(st.selectbox("口径", list(SPANS), key="freeze-span"))]
        if not st.form_submit_button("确认定稿", type="primary"):
            return
        if not by.strip():
            st.warning("请写明姓名。")
            return
    issue = edition.freeze(session.bureau(), month, by, title, span, org)
    filings.done(words.frozen(issue.edition, issue.number, issue.whose))


def issue_line(issue: Issue) -> dict[str, object]:
    one = issue.edition
    return {
        "编号": one.code,
        "版次": f"第 {issue.number} 版",
        "口径": one.span.chinese,
        "会议": one.title,
        "定稿人": one.by,
        "定稿时间": f"{one.at:%Y-%m-%d %H:%M}",
    }


def status(spoken: Spoken | None) -> list[str]:
    return [words.badge(spoken.row.status)] if spoken else []


def changed_line(one: Drift) -> dict[str, object]:
    return {
        "状态": status(one.now),
        "指标": one.name,
        "科室": session.office_name(one.office),
        "会上": one.was.short if one.was else "没有这一项",
        "现在": one.now.short if one.now else "没有这一项",
        "变动": one.difference_words,
        "会上状态": one.was.row.status.value if one.was else "",
        "原因": "；".join(reason.words for reason in one.reasons),
    }


def cell_line(cell: Moved) -> dict[str, object]:
    places = [f"{one.file} {one.sheet}!{one.cell}" if one else "" for one in (cell.before, cell.after)]
    whose = {"单位": cell.whose} if cell.whose else {}
    return whose | {
        "数据项": cell.name,
        "期间": str(cell.period),
        "列": cell.column.chinese,
        "会上": numbers.stated(cell.was, cell.unit),
        "现在": numbers.stated(cell.now, cell.unit),
        "会上的出处": places[0],
        "现在的出处": places[1],
    }


def frozen_line(spoken: Spoken) -> dict[str, object]:
    return {
        "状态": [words.badge(spoken.row.status)],
        "指标": spoken.row.name,
        "科室": session.office_name(spoken.row.office),
        "数值": spoken.value,
        "目标": spoken.target,
        "上年同期": spoken.last_year,
        "同比": spoken.yoy,
        "截至": words.as_of(spoken.row),
    }


def one_change(one: Drift, month: Month, org: str) -> None:
    st.markdown(f"**{plain(one.words)}**")
    if cells := [cell_line(cell) for reason in one.reasons for cell in reason.cells]:
        tables.records(cells, "变动的单元格")
    if one.now:
        query = pickers.address(one.indicator, month, org)
        st.page_link("review/trends.py", label=f"{one.name}的趋势和来源", icon=":material/show_chart:", query_params=query)


def changes(issue: Issue) -> None:
    found = meetings.drifted(issue)
    st.subheader(f"较会议版变动（{len(found)} 项）", anchor=False)
    if not found:
        st.success("没有变动：现在的数与会上看到的相同。", icon=":material/check:")
        return
    counts = Counter(cause for one in found for cause in dict.fromkeys(reason.cause for reason in one.reasons))
    st.caption(f"原因：{'，'.join(f'{cause} {counts[cause]} 项' for cause in Cause if counts[cause])}。点行首的方框，看是哪几格变了。")
    place = tables.chosen([changed_line(one) for one in found], "较会议版变动", key=f"changes-{issue.edition.seq}")
    if place is not None or len(found) == 1:
        one_change(found[place or 0], issue.edition.period, issue.edition.org)


with frame.head("会议版"):
    org = pickers.org()
    month = pickers.period()
    listed = edition.editions(session.bureau(), month, org)
    issues = {issue.edition.code: issue for issue in reversed(listed)}
    codes = list(issues)[::-1]
    code = st.selectbox("编号", codes, key="edition", bind="query-params", width=200) if codes else None
filings.say_what_was_done()
if code is None:
    st.subheader(f"{session.whose(org)}{month.chinese}还没有会议版。", anchor=False)
    st.caption("开会以前定稿，会上看到的数从此不变；会后有更正、补报、撤回或目标调整，这里逐项说明变了多少、为什么。")
    freezing(month, org)
else:
    issue = issues[code]
    st.subheader(words.drifted(issue.edition, issue.number, len(meetings.drifted(issue)), issue.whose), anchor=False)
    freezing(month, org)
    tables.records([issue_line(one) for one in listed], f"{month.chinese}的会议版")
    changes(issue)
    st.subheader(f"定稿的数（{code}）", anchor=False)
    tables.records([frozen_line(Spoken(one.row, one.decimals)) for one in meetings.shown(issue)], "定稿的数")
