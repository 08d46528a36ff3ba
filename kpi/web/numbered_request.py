"""
The number of a request (请求编号): by it a sentence on a page and a line of the server's log are found to be about the same thing.

A request over HTTP has one, and so has each run of a page; whatever is logged meanwhile stands under it.
"""

import secrets
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class NumberedRequest:
    """A request or a run that is being answered; ``fault`` is the kind of the last fault that was shown instead of an answer."""

    number: str
    fault: str = ""


_current: ContextVar[NumberedRequest | None] = ContextVar("request", default=None)


def begin() -> NumberedRequest:
    """Give what this thread or task does from here on a number that nothing else has."""
    request = NumberedRequest(secrets.token_hex(4).upper())
    _current.set(request)
    return request


def current() -> NumberedRequest:
    """The request that is being answered; what nobody has begun begins here."""
    return _current.get() or begin()


def current_number() -> str:
    """Its number; empty where nothing has begun."""
    request = _current.get()
    return request.number if request else ""
