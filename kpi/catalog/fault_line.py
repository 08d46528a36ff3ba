"""
How a fault of the catalogue is said: one Chinese line with its file, its entry, what is wrong and the nearest right name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Where:
    """An entry of the catalogue as a person finds it: the file and 指标 coal_sampling_pass_rate, or 第 3 个指标 when it has no code."""

    file: str
    entry: str = ""

    def __str__(self) -> str:
        return f"{self.file} 的{self.entry}" if self.entry else self.file

    def says(self, words: str) -> str:
        """The whole line of a fault."""
        return f"{self}：{words}。"


@dataclass(frozen=True, slots=True)
class PlaceWithin(Where):
    """A part of an entry: its faults are those of the entry, with the part named before them."""

    whole: Where | None = None
    part: str = ""

    def says(self, words: str) -> str:
        """The whole line of a fault."""
        return (self.whole or Where(self.file, self.entry)).says(f"{self.part}{' ' if words[:1].isascii() else ''}{words}")


def nearest(name: str, names: Iterable[str]) -> str:
    """The hint at the end of a line, ``，最接近的是「…」``; empty when nothing is near."""
    alike = get_close_matches(name, list(names), 1)
    return f"，最接近的是「{alike[0]}」" if alike else ""
