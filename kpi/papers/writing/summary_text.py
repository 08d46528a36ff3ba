"""
A work summary (工作总结) before it is a file: headings and paragraphs, in which every figure is still known as what it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi.papers.writing.public_version import PublicRows
from kpi.period import Month, Span

_QUOTED = re.compile("「([^「」]*)」")
_INNER = str.maketrans("“”", "‘’")


def official_quotes(text: str) -> str:
    """A text with the quotation marks of an official paper in place of the page's: “…”, and ‘…’ within them (GB/T 15834)."""
    return _QUOTED.sub(lambda match: f"“{match[1].translate(_INNER)}”", text)


class Aspect(StrEnum):
    """What of a row of the board a figure of the summary prints."""

    VALUE = "value"
    GROWTH = "growth"
    TARGET = "target"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class SummaryFigure:
    """
    One figure of the summary.

    Attributes:
        text: The number as it stands there, without its unit: 1763, 97.8; of a gap the word in brackets: 【未报】.
        code: The indicator or measure that it is of.
        aspect: What of that it prints.
        gap: Whether there is no number to print.

    """

    text: str
    code: str
    aspect: Aspect = Aspect.VALUE
    gap: bool = False


Piece = str | SummaryFigure


@dataclass(frozen=True, slots=True)
class SummaryParagraph:
    """
    A paragraph.

    Attributes:
        pieces: Its words and figures in order.
        level: 0 of text, else the level of the heading that it is: 1 of 一、, 2 of （一）.
        number: What stands before a heading: 一、 or （一）.

    """

    pieces: tuple[Piece, ...]
    level: int = 0
    number: str = ""

    @property
    def text(self) -> str:
        """All of it as it is read."""
        return self.number + "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def places(self) -> Iterator[tuple[int, SummaryFigure]]:
        """Where in `text` each figure begins."""
        start = len(self.number)
        for piece in self.pieces:
            if isinstance(piece, SummaryFigure):
                yield start, piece
                start += len(piece.text)
            else:
                start += len(piece)


@dataclass(frozen=True, slots=True)
class Summary:
    """
    A summary.

    Attributes:
        title: Its title.
        month: The last month that it is of.
        span: How many months.
        org: The organisation whose figures it states.
        as_of: The day to which its figures run where they name no other; None where there is no figure.
        paragraphs: Its headings and paragraphs.
        version: What of it may be published, where it is a public version.

    """

    title: str
    month: Month
    span: Span
    org: str
    as_of: date | None
    paragraphs: tuple[SummaryParagraph, ...]
    version: PublicRows | None = None

    @property
    def public(self) -> bool:
        """Whether it may be published."""
        return self.version is not None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its figures, each once, in the order of reading."""
        return tuple(dict.fromkeys(figure.code for paragraph in self.paragraphs for _, figure in paragraph.places()))

    @property
    def figures(self) -> int:
        """How many figures it has, gaps among them."""
        return sum(1 for paragraph in self.paragraphs for _ in paragraph.places())

    @property
    def gaps(self) -> int:
        """How many figures are missing."""
        return sum(figure.gap for paragraph in self.paragraphs for _, figure in paragraph.places())
