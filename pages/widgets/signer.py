"""Who signs what is entered on a page (署名): the account that is logged in, else the name that is typed."""

from typing import Any

import streamlit as st

from pages.widgets import running
from pages.widgets.plain import plain

_TYPED = "by"  # in the state of a visit: the name that was typed on the import page


def signed(label: str, key: str, **field: Any) -> str:
    """
    The name of who signs.

    Args:
        label: What stands above the field: 姓名, 报送人.
        key: The key of the field.
        **field: More of the field, as the page library takes it; not used where somebody is logged in.

    """
    name = running.caller().signature("")
    if name:
        st.text_input(plain(label), value=name, key=f"{key}-account", disabled=True, width=field.get("width", "stretch"))
        return name
    typed = {} if key == _TYPED else {"value": st.session_state.get(_TYPED, "")}
    return str(st.text_input(plain(label), key=key, **typed, **field))
