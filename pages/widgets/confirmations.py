"""What people decide on a page (撤回、锁定): a name and a reason are asked for, and what was done is said once."""

from collections.abc import Sequence

import streamlit as st

from kpi.finding import Finding
from pages.bodies import filing_cells
from pages.widgets import frame
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_ACTS = "acts"  # in the state of a visit: how often each form was handed in with success


def form_key(form: str) -> str:
    """
    The key of a form and its fields: empty and closed after each act of this visit, untouched by what others do meanwhile.

    Numbers of entries would not do: with an entry of somebody else the form becomes another one under the hands of who types.
    """
    return f"{form}-{st.session_state.get(_ACTS, {}).get(form, 0)}"


def confirmed(label: str, icon: str, consequence: str, key: str) -> tuple[str, str] | None:
    """
    Ask for a name and a reason behind a button that says what will happen.

    Returns:
        Name and reason once they were given and confirmed.

    """
    with st.popover(plain(label), icon=icon), st.form(f"{key}-form", border=False):
        st.write(plain(consequence))
        by = signed("姓名", f"{key}-by")
        reason = st.text_input("理由", key=f"{key}-reason", help="理由一直留在记录里")
        if not st.form_submit_button("确认", type="primary"):
            return None
        if by.strip() and reason.strip():
            return by, reason
        st.warning("请写明姓名和理由。")
    return None


def done(sentence: str, left: Sequence[Finding] = (), form: str = "") -> None:
    """Run the page again, and say on it what was done, and what is left to look at; the form with which it was done is empty again."""
    st.session_state["done"] = sentence, tuple(left)
    begin_anew(form)


def outdated(sentence: str, form: str) -> None:
    """Run the page again, and say on it why nothing was done; the form shows what is there now."""
    st.session_state["outdated"] = sentence
    begin_anew(form)


def begin_anew(form: str) -> None:
    """Run the page again with a form that is empty again."""
    acts: dict[str, int] = st.session_state.get(_ACTS, {})
    st.session_state[_ACTS] = acts | {form: acts.get(form, 0) + 1}
    st.rerun()


def say_what_was_done() -> None:
    """
    The sentence and the findings that `done` left for this run, or the sentence of `outdated`.

    They stand in a container that is always there: what comes and goes above a form would else close it.
    """
    why, (sentence, left) = st.session_state.pop("outdated", ""), st.session_state.pop("done", ("", ()))
    with st.container():
        if why:
            st.warning(plain(why))
        if sentence:
            st.success(plain(sentence), icon=":material/check:")
        if left:
            frame.fragment(filing_cells.findings(left))
