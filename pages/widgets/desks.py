"""The desk of this visit (待入库的文件), found again by its address after a reload."""

import streamlit as st

from kpi.filing.desk import Desk
from pages.widgets import session

_ADDRESS = "draft"


def desk() -> Desk:
    """What this visitor has dropped and not yet accepted."""
    asked = st.query_params.get(_ADDRESS)
    known: Desk | None = st.session_state.get("desk")
    if known is None or (asked and asked != known.draft):
        desk = Desk(session.bureau(), asked)
        st.session_state["lost"] = known is None and bool(asked) and not desk.files  # else it was emptied in this visit
        known = st.session_state["desk"] = desk if desk.files or known is None else known
    address(known)
    return known


def say_what_was_lost() -> None:
    """That the address led to no files, once; nothing of it beside what was just done with them."""
    if st.session_state.pop("lost", False) and "done" not in st.session_state:
        st.info("这个地址暂存的文件已经入库、放弃，或者超过 7 天，请重新拖入。", icon=":material/info:")


def address(known: Desk) -> None:
    """Let the address lead back to the desk as long as a reload would find any of its files; a ledger is kept by no draft unless uploads are sealed."""
    kept = any(not file.personal or session.bureau().store.seals for file in known.files)
    if known.draft and kept:
        st.query_params[_ADDRESS] = known.draft
    else:
        st.query_params.pop(_ADDRESS, None)
