"""How a fault is shown: one Chinese sentence, never a traceback; what we did not expect stands in the log under the number of the request."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from kpi.errors import KpiError, trace
from kpi.web import numbered_request
from pages.widgets.plain import plain

_log = logging.getLogger("kpi.pages")


@contextmanager
def shown() -> Iterator[None]:
    """Run a page; a fault in it becomes a sentence in its place."""
    try:
        yield
    except Exception as fault:
        show(fault)


def show(fault: Exception) -> bool:
    """
    Say what went wrong.

    Returns:
        True: the fault is on the page and nobody else need show it.

    """
    if isinstance(fault, KpiError):
        st.warning(plain(sentence(fault)), icon=":material/info:")
    else:
        st.error(plain(sentence(fault)), icon=":material/error:")
    return True


def sentence(fault: Exception) -> str:
    """The sentence about a fault; one that we did not expect goes to the log, and the number of the request into the sentence."""
    request, kind = numbered_request.current(), type(fault).__name__
    request.fault = kind
    if isinstance(fault, KpiError):
        return str(fault)
    _log.error("出错：编号 %s，%s", request.number, kind, extra={"fault": kind, "trace": trace(fault)})
    return numbered(request.number)


def numbered(number: str) -> str:
    """The sentence about a fault that we did not expect, by which who looks after the system finds it in the log."""
    return f"这个页面暂时打不开，数据没有受影响。请刷新重试；仍然不行时，把编号 {number} 告诉管理员。"
