"""
Amounts: an exact number and how it is meant (=, 约, ≥, ≤), and the range of what it can be.

A range is closed; an end that is not reached itself is moved inwards by less than any two figures can differ, and no end
at all is a number larger than any figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kpi.value import Qualifier, Value

TINY = Fraction(1, 10**30)
HUGE = Fraction(10**30)
_FLIPPED = {Qualifier.AT_LEAST: Qualifier.AT_MOST, Qualifier.AT_MOST: Qualifier.AT_LEAST}


@dataclass(frozen=True)
class Range:
    """Everything from ``low`` to ``high``."""

    low: Fraction
    high: Fraction

    @property
    def point(self) -> bool:
        return self.low == self.high


EVERYTHING = Range(-HUGE, HUGE)


@dataclass(frozen=True)
class Amount:
    """A number with its qualifier; ``mixed`` when it is a sum of several kinds, of which nothing is sure."""

    number: Fraction
    kind: Qualifier = Qualifier.EXACT
    mixed: bool = False

    def range(self, signed: bool, closed: bool = False) -> Range:
        """
        What it can be.

        不超过 100 is taken as below 100, since against a floor of 100 it does not meet it, unless ``closed``: what is left
        where 100余 is taken off may be just that.  3000余 is 3000 or more; 约 within a twentieth.
        """
        if self.mixed:
            return EVERYTHING
        if self.kind is Qualifier.AT_LEAST:
            return Range(self.number, HUGE)
        if self.kind is Qualifier.AT_MOST:
            low = -HUGE if signed else Fraction(0)
            return Range(min(low, self.number), self.number - TINY if self.number > low and not closed else self.number)
        if self.kind is Qualifier.ABOUT:
            ends = sorted((self.number * 95 / 100, self.number * 105 / 100))
            return Range(ends[0], ends[1])
        return Range(self.number, self.number)


def amount(value: Value) -> Amount | None:
    """The amount of a cell; None for a word or nothing."""
    return None if value.number is None else Amount(Fraction(value.number), value.qualifier)


def total(parts: Iterable[tuple[Fraction, Amount]]) -> Amount:
    """
    A sum of amounts, each with its coefficient.

    All exact is exact; one kind beside exact is that kind, turned round under a negative coefficient; else 约, and how
    far off is not known.  Nor is it where 约 is taken off something: a twentieth of each is more than one of the rest.
    """
    number, kinds, mixed = Fraction(0), set(), False
    for times, part in parts:
        mixed |= part.mixed or (times < 0 and part.kind is Qualifier.ABOUT)
        number += times * part.number
        kinds.add(_FLIPPED.get(part.kind, part.kind) if times < 0 else part.kind)
    kinds.discard(Qualifier.EXACT)
    mixed |= len(kinds) > 1
    return Amount(number, Qualifier.EXACT if not kinds else kinds.pop() if len(kinds) == 1 else Qualifier.ABOUT, mixed)


def plus(*parts: Amount) -> Amount:
    return total((Fraction(1), part) for part in parts)


def minus(one: Amount, other: Amount) -> Amount:
    return total([(Fraction(1), one), (Fraction(-1), other)])


def quotient(above: Range, below: Range) -> Range:
    """Everything a fraction can be whose denominator is positive."""
    low_divisor, high_divisor = max(below.low, TINY), max(below.high, TINY)
    low = above.low / (high_divisor if above.low >= 0 else low_divisor)
    high = above.high / (low_divisor if above.high >= 0 else high_divisor)
    return Range(max(low, -HUGE), min(high, HUGE))
