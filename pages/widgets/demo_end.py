"""What pages say of the demonstration as long as it is there, and the button on 报表导入 that ends it."""

import streamlit as st

from kpi.access.roles import Right
from kpi.demo import fill
from pages.widgets import faults, running, session
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_CONSEQUENCE = (
    "演示的 {} 份报送，连同对它们的撤回、锁定、对应关系和会议版，各页都不再有，也不再列出，不能恢复；以后可以重新装入演示数据。拖入还没有入库的文件不受影响。"
)
_ELSEWHERE = "要只看正式的数，请停下看板，用环境变量 KPI_DATA 另写一个空的文件夹再启动，把正式报表报送到那里。"

_ENDED = "demo-ended"  # in the state of the visit: how many sheets are gone, until it is said


def say_what_was_ended() -> None:
    """How many sheets of the demonstration are gone, once."""
    if sheets := st.session_state.pop(_ENDED, 0):
        st.success(plain(f"{sheets} 份演示报送已清空，可以导入正式报表了。"), icon=":material/check:")


def before_import(*, in_hand: bool) -> None:
    """On the page that takes files: that they would stand beside fictional figures; with files ``in_hand`` the end is offered beside them."""
    demo = session.demonstration()
    if demo.mixed:
        st.warning(
            plain(f"库里有 {demo.sheets} 份演示报送（虚构）和 {demo.others} 份正式报送，各页的数两样都有，演示数据已经不能清空。{_ELSEWHERE}"),
            icon=":material/warning:",
        )
    elif demo.shown:
        st.warning(
            "看板里现在是演示数据（虚构）。正式报表请先清空演示数据再入库；混在一起入库的，各页的数有真有假，演示数据也不能再清空。", icon=":material/warning:"
        )
        if running.caller().may(Right.ACCEPT) and not in_hand:
            _offer("清空演示数据，开始用")


def before_setup() -> None:
    """On the page on which a bureau sets itself up: the end of the demonstration, for who may end it."""
    if session.demonstration().unmixed:
        if running.caller().may(Right.ACCEPT):
            _offer("清空演示数据，开始建局")
        else:
            st.caption("请审核员在「报表导入」清空演示数据。")


def with_files_in_hand() -> None:
    """Beside files of the bureau's own that could be stored: the same once more, with the end of the demonstration, after which they are still there."""
    if not session.demonstration().unmixed:
        return
    ends = running.caller().may(Right.ACCEPT)
    first = "先清空演示数据" if ends else "先让审核员在这一页清空演示数据"
    st.caption(plain(f"看板里是演示数据（虚构），入库以后就和它混在一起；要分开，请{first}，这里的文件会留着。"))
    if ends:
        _offer("清空演示数据，开始正式使用")


def before_accepting() -> None:
    """Beside the button that accepts what was referred: the same for who decides."""
    if session.demonstration().unmixed:
        st.caption("看板里是演示数据（虚构），入库以后就和它混在一起，演示数据也不能再清空；要分开，请先在「报表导入」清空演示数据，再审核。")


def before_correcting() -> None:
    """Beside the button that corrects a figure of the demonstration: what is handed in is none of it."""
    if session.demonstration().unmixed:
        st.caption("这一份是演示数据（虚构）；更正是正式的报送，更正以后两样混在一起，演示数据也不能再清空。")


def _offer(label: str) -> None:
    with st.popover(plain(label), icon=":material/restart_alt:"), st.form("end-demo", border=False):
        st.write(plain(_CONSEQUENCE.format(session.demonstration().sheets)))
        by = signed("姓名", "end-demo-by", help="谁在什么时候清空的，留在日志里")
        if not st.form_submit_button("确认清空", type="primary"):
            return
        with faults.shown():
            st.session_state[_ENDED] = fill.end(session.bureau(), by)
            st.rerun()
