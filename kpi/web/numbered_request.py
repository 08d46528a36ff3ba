"""
The number of a request (请求编号): by it a sentence on a page and a line of the server's log are found to be about the same thing.

A request over HTTP has one, and so has each run of a page; whatever is logged meanwhile stands under it.
"""

import secrets
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class NumberedRequest:
    """A request or a run that is being answered."""

    number: str
    where: str = ""  # the title of the page, or the path
    fault: str = ""  # the kind of the last fault that was shown instead of an answer


_current: ContextVar[NumberedRequest | None] = ContextVar("request", default=None)


def begin(where: str = "") -> NumberedRequest:
    """Give what this thread or task does from here on a number that nothing else has."""
    request = NumberedRequest(secrets.token_hex(4).upper(), where)
    _current.set(request)
    return request


def current() -> NumberedRequest:
    """The request that is being answered; what nobody has begun begins here."""
    return _current.get() or begin()


def current_number() -> str:
    """Its number; empty where nothing has begun."""
    request = _current.get()
    return request.number if request else ""


def current_place() -> str:
    """The page or path of the request; empty where nothing has begun."""
    request = _current.get()
    return request.where if request else ""
