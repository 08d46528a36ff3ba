"""What people decide on a page (撤回、锁定): a name and a reason are asked for, and what was done is said once."""

from collections.abc import Sequence

import streamlit as st

from kpi.finding import Finding
from pages.bodies import filing_cells
from pages.widgets import frame
from pages.widgets.plain import plain


def confirmed(label: str, icon: str, consequence: str, key: str) -> tuple[str, str] | None:
    """
    Ask for a name and a reason behind a button that says what will happen.

    Returns:
        Name and reason once they were given and confirmed.

    """
    with st.popover(plain(label), icon=icon), st.form(f"{key}-form", border=False):
        st.write(plain(consequence))
        by = st.text_input("姓名", value=st.session_state.get("by", ""), key=f"{key}-by")
        reason = st.text_input("理由", key=f"{key}-reason", help="理由一直留在记录里")
        if not st.form_submit_button("确认", type="primary"):
            return None
        if by.strip() and reason.strip():
            return by, reason
        st.warning("请写明姓名和理由。")
    return None


def done(sentence: str, left: Sequence[Finding] = ()) -> None:
    """Run the page again, and say on it what was done, and what is left to look at."""
    st.session_state["done"] = sentence, tuple(left)
    st.rerun()


def say_what_was_done() -> None:
    """The sentence and the findings that `done` left for this run."""
    sentence, left = st.session_state.pop("done", ("", ()))
    if sentence:
        st.success(plain(sentence), icon=":material/check:")
    if left:
        frame.fragment(filing_cells.findings(left))
