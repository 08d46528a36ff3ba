"""The sheets of a setup that nobody has taken in yet, offered above the desk of who may submit for all offices."""

import streamlit as st

from kpi.filing.desk import Desk
from kpi.setup.setting_up import setting_up
from kpi.setup.setup_intake import waiting_sheets
from pages.widgets import session
from pages.widgets.plain import plain

_NAMED = 5  # files that the sentence names


def offer(desk: Desk) -> None:
    """Say which sheets the bureau was set up from and wait, and put them on the desk when asked."""
    bureau = session.bureau()
    lying = {file.digest for file in desk.files}
    waiting = [file for file in waiting_sheets(bureau, setting_up(bureau)) if file.digest not in lying]
    if not waiting:
        return
    named = "、".join(f"「{file.name}」" for file in waiting[:_NAMED])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(plain(f"建局用的报表有 {len(waiting)} 份还没有入库：{named}{'等' if waiting[_NAMED:] else ''}。"), icon=":material/domain_add:")
        if not st.button("放到下面核对", icon=":material/move_to_inbox:", key="setup-offer"):
            return
    st.session_state["not_kept"] = desk.put([(file.name, file.data) for file in waiting])
    st.rerun()
