"""A screen of 大屏, and how what does not fit one is parted over several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class WallScreen:
    """One question: its name in the list of screens, its heading, and what answers it."""

    name: str
    title: str
    html: str


def parted(rows: Sequence[Shown], each: int) -> Iterator[tuple[str, Sequence[Shown]]]:
    """Rows in as many screens as they need, about as many on each, with its number among them: ``（1/3）``; empty of a single one."""
    count = -(-len(rows) // each)
    ends = [-(-len(rows) * number // count) for number in range(count + 1)] if count else []
    for number, (start, end) in enumerate(pairwise(ends), 1):
        yield f"（{number}/{count}）" if count > 1 else "", rows[start:end]
