"""One choice of several that lives in the address; an address that asks for something else is answered, never passed over."""

from collections.abc import Callable, Sequence
from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from kpi.errors import RequestError
from kpi.period import Month
from pages.widgets.plain import plain

_ANSWERS = "not shown"
_LONGEST = 40  # signs of what an address asks for that a sentence repeats


def choice(label: str, choices: Sequence[str], key: str, width: int, index: int = 0, near: Callable[[str, Sequence[str]], str | None] | None = None) -> str:
    """
    Let one of several be chosen.

    Args:
        label: What is chosen.
        choices: All there are; at least one.
        key: Its name in the address.
        width: In pixels.
        index: Of the one that is shown until somebody chooses.
        near: What to show instead of one that the address asks for and that is not there; None for the usual one.  Where it
            is given, the usual one will be another one some day, so the address names what is shown from the start.

    """
    index = _answered(label, choices, key, index, near)
    if near is not None:
        return _named(label, choices, key, width, choices[index])
    return str(st.selectbox(plain(label), choices, index=index, key=key, bind="query-params", width=width))


def _named(label: str, choices: Sequence[str], key: str, width: int, shown: str) -> str:
    """A choice without a usual one, which alone Streamlit leaves out of the address."""
    kept = st.session_state.get(key)
    if st.query_params.get(key) not in choices:  # a first visit, or a link of the navigation, which empties the address
        shown = str(kept) if kept in choices else shown
        with suppress(StreamlitAPIException):  # of a widget drawn before, which writes the address itself
            st.query_params[key] = shown  # what the program chooses for a widget does not reach the address by itself
        st.session_state[key] = shown
    elif key in st.session_state and kept not in choices:
        st.session_state[key] = shown
    return st.selectbox(plain(label), choices, index=None, required=True, key=key, bind="query-params", width=width) or shown


def switch(label: str, choices: Sequence[str], key: str) -> str:
    """Let one of a few be chosen, all of them in sight; the first until somebody chooses."""
    default = choices[_answered(label, choices, key)]
    if key not in st.session_state and st.query_params.get(key, default) not in choices:
        st.session_state[key] = default  # the widget takes an empty word of the address for its own empty choice
    chosen = st.segmented_control(plain(label), choices, default=None if key in st.session_state else default, required=True, key=key, bind="query-params")
    return str(chosen) if chosen in choices else default


def refuse(label: str, asked: str, instead: str) -> None:
    """Say that the address asks for something that is not there, and what is shown instead."""
    wanted = f"地址里要看的{label}是「{_brief(asked)}」，这里没有" if asked.strip() else f"地址里没有写明要看的{label}"
    st.session_state.setdefault(_ANSWERS, []).append(f"{wanted}；下面是{instead}。")


def _answered(label: str, choices: Sequence[str], key: str, index: int = 0, near: Callable[[str, Sequence[str]], str | None] | None = None) -> int:
    """The place of what is shown; what else the address asks for is said."""
    asked = st.query_params.get(key)
    if asked is None or asked in choices or key in st.session_state:
        return index
    instead = (near(asked, choices) if near else None) or choices[index]
    refuse(label, asked, f"「{instead}」")
    return list(choices).index(instead)


def _brief(asked: str) -> str:
    return asked if len(asked) <= _LONGEST else f"{asked[:_LONGEST]}…"


def nearest_month(asked: str, choices: Sequence[str]) -> str | None:
    """The month nearest to the one asked for, the later of two; None where nobody can read which it is."""
    try:
        day = Month.parse(asked).first_day
    except RequestError:
        return None
    months = [Month.parse(text) for text in choices if text[:1].isdigit()]  # one of them may be 全部期间
    return str(min(months, key=lambda month: (abs(month.first_day - day), day > month.first_day))) if months else None


def say_what_is_not_there() -> None:
    """What the address asked for and was not shown, once."""
    for answer in st.session_state.pop(_ANSWERS, []):
        st.info(plain(answer), icon=":material/info:")
