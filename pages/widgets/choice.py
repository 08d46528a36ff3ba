"""One choice of several that lives in the address; an address that asks for something else is answered, never passed over."""

from collections.abc import Callable, Sequence

import streamlit as st

from kpi.errors import RequestError
from kpi.period import Month
from pages.widgets.plain import plain

_ANSWERS = "not shown"


def choice(label: str, choices: Sequence[str], key: str, width: int, index: int = 0, near: Callable[[str, Sequence[str]], str | None] | None = None) -> str:
    """
    Let one of several be chosen.

    Args:
        label: What is chosen.
        choices: All there are; at least one.
        key: Its name in the address.
        width: In pixels.
        index: Of the one that is shown until somebody chooses.
        near: What to show instead of one that the address asks for and that is not there; None for the usual one.

    """
    asked = st.query_params.get(key)
    if asked is not None and asked not in choices and key not in st.session_state:
        instead = (near(asked, choices) if near else None) or choices[index]
        st.session_state.setdefault(_ANSWERS, []).append(f"地址里要看的{label}是「{asked}」，这里没有；下面是「{instead}」。")
        index = list(choices).index(instead)
    return str(st.selectbox(plain(label), choices, index=index, key=key, bind="query-params", width=width))


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
