"""The desk of this visit (待入库的文件), found again by its address after a reload."""

import streamlit as st

from kpi.desk import Desk
from pages.widgets import session

_ADDRESS = "draft"


def desk() -> Desk:
    """What this visitor has dropped and not yet accepted."""
    asked = st.query_params.get(_ADDRESS)
    known: Desk | None = st.session_state.get("desk")
    if known is None or (asked and asked != known.draft):
        found = Desk(session.bureau(), asked)
        if asked:
            st.session_state["found"] = len(found.files)
        known = st.session_state["desk"] = found if found.files or known is None else known
    _address(known)
    return known


def say_what_was_found() -> None:
    """Whether the address led to files, once."""
    match st.session_state.pop("found", None):
        case None:
            return
        case 0:
            st.info("这个地址暂存的文件已经入库、放弃，或者超过 7 天，请重新拖入。", icon=":material/info:")
        case count:
            st.info(f"找回了 {count} 份还没有入库的文件。", icon=":material/history:")


def _address(known: Desk) -> None:
    """Let the address lead back to the desk, so that a reload finds it."""
    if known.draft and known.files:
        st.query_params[_ADDRESS] = known.draft
    else:
        st.query_params.pop(_ADDRESS, None)
