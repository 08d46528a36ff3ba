"""未达标：哪些指标没有达标，差多少，怎样补上。"""

from collections.abc import Callable, Sequence

import streamlit as st

from kpi.compute.row import BoardRow, Status
from kpi.present import day_words, headlines, row_words, statuses, verdicts
from kpi.value import State
from pages.widgets import board_lists, organisations, page_head, pickers, session
from pages.widgets.plain import bold, plain

HOW = "进度与数据截止日当天的序时进度相比，比率直接与目标相比；差得不超过容差是滞后，超过是未达标，每项的容差写在它的「目标依据」里。"


def line(row: BoardRow) -> dict[str, object]:
    spoken = session.spoken(row)
    return {
        "状态": [statuses.badge(row.status)],
        "指标": row.name,
        "科室": session.office_name(row.office),
        "完成": spoken.short,
        "目标": spoken.target,
        "差距": spoken.gap,
        "进度": spoken.progress,
        "怎样补上": verdicts.need_briefly(spoken, session.outlook_of(row)),
        "截至": day_words.as_of(row),
    }


def unreported_line(row: BoardRow) -> dict[str, object]:
    spoken, why = session.spoken(row), session.why_absent(row.indicator, row.period, row.org)
    return {
        "状态": [statuses.badge(row.status)],
        "指标": row.name,
        "科室": session.office_name(row.office),
        "目标": spoken.target,
        "填报值": spoken.printed if row.figure.reported_value is not None else "",
        "原因": "科室没有报" if why == State.UNREPORTED else why,
    }


def monitored_line(row: BoardRow) -> dict[str, object]:
    spoken = session.spoken(row)
    return {
        "指标": f"{row.name}（{session.office_name(row.office)}）",
        "完成": f"{spoken.value}，同比 {spoken.yoy}" if row.last_year.yoy is not None else spoken.value,
        "依据": session.bureau().catalog.indicators[row.indicator].may_assess_note,
    }


def section(title: str, note: str, lines: Sequence[dict[str, object]], draw: Callable[..., None] = board_lists.records) -> None:
    if lines:
        st.subheader(plain(f"{title}（{len(lines)} 项）"), anchor=False)
        st.caption(plain(note))
        draw(lines, title)


with page_head.head("未达标"):
    org = pickers.org()
    office = pickers.office()
    month = pickers.period()
board = session.rows(month, office, org)
late = [row for row in session.missed(month, org) if office in (None, row.office)]
st.subheader(plain(f"{session.whose(org)}{month.chinese}：{headlines.headline(board)}"), anchor=False)
st.caption(plain(day_words.of_board(board) + HOW))

organisations.state(org, month, board)
if late:
    place = board_lists.chosen([line(row) for row in late], "未达标和滞后的指标", key="late")
    if place is None:
        st.caption("选一行，可以看到目标依据、容差，和这个数来自哪张表的哪个单元格。")
    else:
        st.markdown(bold(row_words.row_sentence(late[place], session.spoken(late[place]).decimals)))
        board_lists.outlook(late[place])
        board_lists.sources(session.sources(late[place].indicator, month, org))
        query = pickers.address(late[place].indicator, month, org)
        st.page_link("review/trends.py", label=plain(f"{late[place].name}的趋势"), icon=":material/show_chart:", query_params=query)
else:
    st.success("没有未达标或滞后的指标。", icon=":material/check:")

still_open = [board_lists.undecided_line(row) for row in board if statuses.assessed(row) is Status.UNDECIDED]
section("未定", "现有的数还不能断定达标还是不达标；每项写明为什么，和要等谁报什么、等到哪天；等不来的空着。", board_lists.without_empty(still_open))
section("未报", "没有数，不能判断。", board_lists.without_empty([unreported_line(row) for row in board if row.status is Status.UNREPORTED]))
monitored = [row for row in board if not row.may_assess and row.status is not Status.UNREPORTED]
section("只监测不考核", "依法不得用于考核，不计入未达标。", [monitored_line(row) for row in monitored], board_lists.wrapped)
