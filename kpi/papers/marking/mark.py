"""A comment to be written into a paper: where, and what it says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

AUTHOR, INITIALS = "材料核数", "核"


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment: the index of its passage, from where to where in the text of it, and its words."""

    passage: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class MarkOrder:
    """The comments to write, and the moment they carry: the local time of the bureau, as Word writes it."""

    moment: str
    marks: tuple[Mark, ...]


def to_bytes(order: MarkOrder) -> bytes:
    """An order as it travels to the process that opens papers."""
    listed = [[mark.passage, mark.start, mark.end, mark.words] for mark in order.marks]
    return json.dumps({"moment": order.moment, "marks": listed}, ensure_ascii=False).encode()


def from_bytes(data: bytes) -> MarkOrder:
    """The order that travelled."""
    plain = json.loads(data)
    return MarkOrder(plain["moment"], tuple(Mark(*each) for each in plain["marks"]))


def marks_in_order(marks: Sequence[Mark]) -> list[Mark]:
    """Marks in the order of reading."""
    return sorted(marks, key=lambda mark: (mark.passage, mark.start, mark.end))
