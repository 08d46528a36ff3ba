"""
A figure as an office states it: a number with its precision, or one of the six ways of having none.

None of the faces is ever turned into another, least of all into 0: a reported zero says that something was
counted, the others say why nothing can be said.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import overload


class State(StrEnum):
    """The seven faces of a figure (product rule 2); the values are what pages, sheets and JSON show."""

    NUMBER = "数值"
    ZERO = "零"
    UNREPORTED = "未报"
    WITHHELD = "未公开"
    PENDING = "在检/在办"
    NOT_STARTED = "未开展"
    NOT_APPLICABLE = "不适用"

    @property
    def weight(self) -> int:
        """How much it stands in the way of a sum: of several the heaviest is why there is none; nought of a number."""
        return _WEIGHTS[self]

    @property
    def idle(self) -> bool:
        """Whether it says that there was nothing to count, so that nothing lacks."""
        return self in (State.NOT_STARTED, State.NOT_APPLICABLE)


_WEIGHTS = {
    State.NUMBER: 0,
    State.ZERO: 0,
    State.NOT_APPLICABLE: 1,
    State.NOT_STARTED: 2,
    State.PENDING: 3,
    State.WITHHELD: 4,
    State.UNREPORTED: 5,
}
REASONS = {state.weight: state for state in State if state.weight}
"""Why there is no sum, by its weight."""


class Qualifier(StrEnum):
    """How a stated number is meant: 3000余 is at least 3000, 不超过1 at most 1."""

    EXACT = "="
    ABOUT = "约"
    AT_LEAST = "≥"
    AT_MOST = "≤"
    MIXED = "≈"  # of a sum whose terms are meant in several ways: about so much, and nobody knows within what

    @property
    def inverse(self) -> "Qualifier":
        """How a number so meant counts where it is taken off, or divided by: at least 100 taken off leaves at most the rest."""
        return {Qualifier.AT_LEAST: Qualifier.AT_MOST, Qualifier.AT_MOST: Qualifier.AT_LEAST}.get(self, self)


@dataclass(frozen=True, slots=True)
class Value:
    """
    One stated figure.

    ``number`` is given exactly when the state is 数值 or 零; ``decimals`` is the precision it was written with
    (97.80 has two), which is how far a check may ask for agreement.  Nought has no sign: a -0 that was written is 0.
    """

    state: State
    number: Decimal | None = None
    decimals: int = 0
    qualifier: Qualifier = Qualifier.EXACT

    def __post_init__(self) -> None:
        if (self.number is not None) != (self.state in (State.NUMBER, State.ZERO)):
            raise ValueError(f"{self.state} with number {self.number}")
        if self.number is not None and not self.number:
            object.__setattr__(self, "number", self.number.copy_abs())

    @classmethod
    def of(cls, number: Decimal | int | str, qualifier: Qualifier = Qualifier.EXACT) -> "Value":
        """The figure of a plain number, its precision as written."""
        exact = Decimal(number)
        exponent = exact.as_tuple().exponent
        if not isinstance(exponent, int):
            raise ValueError(f"not a finite number: {number}")
        return cls(State.NUMBER if exact else State.ZERO, exact, max(0, -exponent), qualifier)


UNREPORTED = Value(State.UNREPORTED)


def plain(number: Decimal) -> str:
    """A decimal without exponent, idle zeros and the sign of nought: 86, 97.78786159954622802041973908."""
    written = f"{number:zf}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@overload
def as_decimal(value: Fraction) -> Decimal: ...
@overload
def as_decimal(value: None) -> None: ...
@overload
def as_decimal(value: Fraction | None) -> Decimal | None: ...
def as_decimal(value: Fraction | None) -> Decimal | None:
    """An exact figure as the decimal that is shown and written out: of 28 digits, where it does not end before."""
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)
