"""A figure that a text states, with what the text says of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpi.value import Qualifier, State


class CutOffBasis(StrEnum):
    """Whence the day to which a figure runs is known."""

    STATED = "本句写明"
    INHERITED = "承前"
    DEFAULT = "全文"


@dataclass(frozen=True, slots=True)
class TextFigure:
    """
    One figure of a text.

    Attributes:
        passage: The index of its passage.
        start: Where in the text of the passage its number begins.
        end: Where it ends.
        token: The number as written: 1,234 or 三十六 or *.
        value: The number, in the unit that is written with it; None where it is masked.
        state: 数值, 零 or, where it is masked, 未公开.
        qualifier: Whether it is exact, about, at least or at most.
        decimals: How many digits stand behind its point.
        unit: The unit as written, with words of size: 批次, 万元, %; nothing where none is written.
        before: The words of its clause that stand before it.
        after: The words of its clause that stand behind it and its unit.
        subject: The words of the clauses before it that it leaves out.
        falls: Whether the text says that it fell by so much.
        as_of: The day to which it runs; None where the text names none and none was given.
        basis: Whence that day is known.

    """

    passage: int
    start: int
    end: int
    token: str
    value: Decimal | None
    state: State
    qualifier: Qualifier
    decimals: int
    unit: str
    before: str
    after: str
    subject: str
    falls: bool
    as_of: date | None
    basis: CutOffBasis
