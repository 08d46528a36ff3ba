"""What this process has opened (the bureau, its accounts), and whom the present request or run of a page is of."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kpi.access.admission import Admission
from kpi.access.caller import WITHOUT_LOGIN, Caller, DeniedError
from kpi.bureau import LiveBureau, open_bureau
from kpi.data_place import data_folder
from kpi.web.visitor import SESSION_HEADER, visitor
from kpi.workbook.process.reading_queue import readers_beside_pages

_OF_DIGEST = 12  # characters of the digest of a catalogue: enough to tell two apart
_opened: list[LiveBureau] = []
_followers: list[Callable[[LiveBureau], None]] = []


def opened() -> LiveBureau:
    """The one bureau of this process as it is now, with its audit."""
    _open()
    return _opened[0]


@st.cache_resource(show_spinner=False)
def _open() -> None:
    _succeed(open_bureau(files=1, readers=readers_beside_pages()))
    for follow in _followers:
        follow(_opened[0])


def _succeed(bureau: LiveBureau) -> None:
    """Let a bureau be the one of this process: the first, or one whose catalogue has changed."""
    _opened[:] = [replace(bureau, audit=admission().audit, caller=WITHOUT_LOGIN, replaced_by=_succeed)]


def version() -> str:
    """The version of all that figures are made of: the data, and the catalogue."""
    bureau = opened()
    return f"{bureau.store.version}-{bureau.catalog.digest[:_OF_DIGEST]}"


def when_opened(follow: Callable[[LiveBureau], None]) -> None:
    """Let something begin with the bureau, as soon as it could be opened."""
    _followers.append(follow)


def opened_bureau() -> LiveBureau | None:
    """The bureau, for who must not open it; None where it could not be opened, and every page shows why."""
    return _opened[0] if _opened else None


@cache
def admission() -> Admission:
    """The accounts and logins of this process."""
    return Admission(data_folder())


def caller() -> Caller:
    """
    Whom the present request or run of a page is of; without login everybody.

    Raises:
        DeniedError: The login of a page that is still open has ended.

    """
    if get_script_run_ctx(suppress_warning=True) is None or not admission().needed:
        return visitor()
    admitted = admission().admitted_by(st.context.headers.get(SESSION_HEADER) or "")
    if admitted is None:
        raise DeniedError("登录已经结束；请重新打开这一页登录。")
    return admitted.caller
