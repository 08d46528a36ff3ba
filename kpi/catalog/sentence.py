"""The sentences of a bureau's work summary (总结句式): patterns in which codes stand for their figures."""

import re
from enum import StrEnum

from kpi.catalog.frozen_model import FrozenModel

_PLACE = re.compile(r"\{([^{}]*)\}")


class SentenceAspect(StrEnum):
    """What of a figure stands at a place of a pattern: the figure itself, or how it moved against last year; the values are what is written."""

    VALUE = ""
    GROWTH = "同比"


class SummarySentence(FrozenModel):
    """
    A sentence of the summary, which stands for a topic of its office's sheet.

    In ``text`` a code in braces stands for its figure with its unit, ``{code:同比}`` for 同比增长 or 下降 by so much: where there is none, it
    goes with the comma before it.
    """

    id: str
    office: str  # filled in by the loader
    topic: str  # of whose figures it speaks in place of a sentence that is made from their names
    text: str
    order: int = 0
    note: str = ""

    @property
    def pieces(self) -> tuple[str | tuple[str, str], ...]:
        """The text in order: words, and for each place its code and what of it, as they are written."""
        pieces: list[str | tuple[str, str]] = []
        for number, piece in enumerate(_PLACE.split(self.text)):
            if number % 2:
                code, _, aspect = piece.partition(":")
                pieces.append((code.strip(), aspect.strip()))
            elif piece:
                pieces.append(piece)
        return tuple(pieces)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that it names, each once."""
        return tuple(dict.fromkeys(piece[0] for piece in self.pieces if isinstance(piece, tuple)))
