"""What of the inbox waits for a decision, offered above the desk of who may submit it."""

import streamlit as st

from kpi.data_place import data_folder
from kpi.errors import KpiError
from kpi.filing import two_steps
from kpi.filing.desk import Desk
from kpi.filing.inbox_desk import fetch, open_entries
from kpi.filing.inbox_folder import inbox_folder, owner_of
from pages.widgets import faults, running, session
from pages.widgets.plain import plain

_NAMED = 5  # files that the sentence names


def offer(desk: Desk) -> None:
    """Say what waits in the inbox, and put it on the desk when asked."""
    inbox = inbox_folder()
    if inbox is None:
        return
    lying = {file.digest for file in desk.files}
    waiting = [entry for entry in open_entries(session.bureau(), data_folder()) if entry.digest not in lying]
    if not waiting:
        return
    named = "、".join(f"{entry.folder}的「{entry.name}」（{entry.outcome.value}）" for entry in waiting[:_NAMED])
    more = f"等 {len(waiting)} 份" if waiting[_NAMED:] else ""
    words = two_steps.to_the_sender(running.caller(), "放到下面这一页，写明说明或回答后入库")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(plain(f"收件箱里有 {len(waiting)} 份等着办：{named}{more}。"), icon=":material/inbox:")
        if not st.button("放到下面", icon=":material/move_to_inbox:", help=plain(words)):
            return
    fetched, refused, owners = [], [], {}
    for entry in waiting:
        try:
            fetched.append(fetch(session.bureau(), inbox, entry))
            owners[entry.digest] = owner_of(session.bureau().catalog, entry.folder)
        except KpiError as fault:
            refused.append(faults.sentence(fault))
    st.session_state["not_kept"] = [*refused, *desk.put(fetched)]
    for file in desk.files:
        if owner := owners.get(file.digest):  # the folder says what the sheet may not
            desk.tell(file, owner.office, org=owner.org)
    st.rerun()
