"""
What opening a data folder has to say: what it mended, and what is lacking as long as nobody acts.

Both are one Chinese sentence each; a `Repair` wants nothing of anybody, every other one is a gap.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_log = logging.getLogger(__name__)
_unannounced: ContextVar[list[str] | None] = ContextVar("unannounced", default=None)  # the gaps that who verifies is going to name

_mended: ContextVar[str] = ContextVar("mended", default="已修复")  # the word before a repair


class Repair(str):
    """A sentence about what was written back or made again; nothing is lacking by it."""

    __slots__ = ()


def repairs(notices: Iterable[str]) -> tuple[str, ...]:
    """Of sentences, those about what was mended."""
    return tuple(notice for notice in notices if isinstance(notice, Repair))


def gaps(notices: Iterable[str]) -> tuple[str, ...]:
    """Of sentences, those that somebody has to act upon."""
    return tuple(notice for notice in notices if not isinstance(notice, Repair))


def announce(notice: str) -> None:
    """Put a notice into the log of the server, or where a command prints its errors: what is mended and what is to be done begin otherwise."""
    if isinstance(notice, Repair):
        if _mended.get():
            _log.warning("%s：%s", _mended.get(), notice)
    else:
        remind([notice], lambda sentence: _log.error("%s", sentence))


def remind(notices: Iterable[str], tell: Callable[[str], None]) -> None:
    """Tell again of the gaps among some notices, or let who verifies name them."""
    listed = _unannounced.get()
    for gap in gaps(notices):
        if listed is None:
            tell(f"请处理：{gap}")
        else:
            listed.append(gap)


@contextmanager
def gaps_unannounced() -> Iterator[list[str]]:
    """Announce repairs alone meanwhile; the gaps stand in the list, for who verifies to name."""
    unannounced: list[str] = []
    token = _unannounced.set(unannounced)
    try:
        yield unannounced
    finally:
        _unannounced.reset(token)


@contextmanager
def repairs_unannounced() -> Iterator[None]:
    """Announce no repair meanwhile: what is opened is a copy that is thrown away."""
    token = _mended.set("")
    try:
        yield
    finally:
        _mended.reset(token)


@contextmanager
def repairs_restored() -> Iterator[None]:
    """Announce repairs as restored meanwhile: what no backup holds is made anew, and nothing was broken."""
    token = _mended.set(_mended.get() and "已恢复")
    try:
        yield
    finally:
        _mended.reset(token)
