"""
What opening a data folder has to say: what it mended, and what is lacking as long as nobody acts.

Both are one Chinese sentence each; a `Repair` wants nothing of anybody, every other one is a gap.
"""

from collections.abc import Iterable


class Repair(str):
    """A sentence about what was written back or made again; nothing is lacking by it."""

    __slots__ = ()


def repairs(notices: Iterable[str]) -> tuple[str, ...]:
    """Of sentences, those about what was mended."""
    return tuple(notice for notice in notices if isinstance(notice, Repair))


def gaps(notices: Iterable[str]) -> tuple[str, ...]:
    """Of sentences, those that somebody has to act upon."""
    return tuple(notice for notice in notices if not isinstance(notice, Repair))
