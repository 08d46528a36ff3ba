"""
What opening a data folder has to say: what it mended, and what is lacking as long as nobody acts.

Both are one Chinese sentence each; a `Repair` wants nothing of anybody, every other one is a gap.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

_log = logging.getLogger(__name__)


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
        _log.warning("已修复：%s", notice)
    else:
        _log.error("请处理：%s", notice)


@contextmanager
def gaps_unannounced() -> Iterator[list[str]]:
    """Announce repairs alone meanwhile; the gaps stand in the list, for who verifies to name."""
    unannounced: list[str] = []

    def repaired(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            unannounced.extend(map(str, record.args or ()))
        return record.levelno < logging.ERROR

    _log.addFilter(repaired)
    try:
        yield unannounced
    finally:
        _log.removeFilter(repaired)
