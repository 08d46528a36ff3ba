"""
Complementary suppression (次级隐去): which figures have to go with those that are hidden, so that none of these can be reckoned back.

A reader knows every printed figure, the laws that figures obey, and that counts are whole and not negative.  A hidden figure is safe where another
table of figures exists that prints all the same and has another number in its place.  Such a table is sought along the directions in which the laws
let hidden figures move; what is not proved safe counts as open, and something more is hidden.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import Protocol

from kpi.validation.relation_figures import round_half_up

FigureValues = Mapping[str, Fraction]
_FARTHEST = 40  # steps along a direction
_MOST_PAIRS = 400  # of directions that are tried together


class KnownFact(Protocol):
    """Something that a reader knows of the figures."""

    @property
    def codes(self) -> frozenset[str]:
        """The figures that it speaks of."""

    def holds(self, figures: FigureValues) -> bool:
        """Whether it is true of some figures."""


@dataclass(frozen=True)
class SumStatement:
    """A sum of figures, each times its coefficient, is a number: 0 of a law between figures, the printed one of a printed sum."""

    coefficients: Mapping[str, Fraction]
    total: Fraction = Fraction(0)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.coefficients)

    def holds(self, figures: FigureValues) -> bool:
        return sum((factor * figures[code] for code, factor in self.coefficients.items()), Fraction(0)) == self.total


@dataclass(frozen=True)
class OrderStatement:
    """A sum of figures is not negative: a part is no larger than its whole."""

    coefficients: Mapping[str, Fraction]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.coefficients)

    def holds(self, figures: FigureValues) -> bool:
        return sum(factor * figures[code] for code, factor in self.coefficients.items()) >= 0


@dataclass(frozen=True)
class RateStatement:
    """
    A rate of two sums of figures prints as it does: rounded to so many digits, and without idle zeros where it is exact.

    ``code`` is under what it is printed, ``shown`` the unrounded rate.
    """

    code: str
    numerator: Mapping[str, Fraction]
    denominator: Mapping[str, Fraction]
    scale: int
    decimals: int
    shown: Fraction

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.numerator) | frozenset(self.denominator)

    def holds(self, figures: FigureValues) -> bool:
        below = sum((factor * figures[code] for code, factor in self.denominator.items()), Fraction(0))
        above = sum((factor * figures[code] for code, factor in self.numerator.items()), Fraction(0))
        return below > 0 and self._print(above * self.scale / below) == self._print(self.shown)

    def _print(self, rate: Fraction) -> tuple[Fraction, bool]:
        """The number that is printed, and whether its digits show that it is exact."""
        printed = round_half_up(rate, self.decimals)
        return printed, printed == rate


@dataclass(frozen=True, slots=True)
class Suppression:
    """
    What is hidden.

    Attributes:
        hidden: The figures, those that were to be hidden among them.
        rates: The rates that are not printed.
        still_open: The hidden figures that the laws alone tell, whatever is printed.

    """

    hidden: frozenset[str]
    rates: frozenset[str]
    still_open: frozenset[str] = frozenset()


def suppress(figures: FigureValues, wanted: Collection[str], statements: Sequence[KnownFact], steps: FigureValues | None = None) -> Suppression:
    """
    What has to be hidden so that no hidden figure can be reckoned back.

    Args:
        figures: Every figure, those to be hidden among them.
        wanted: The codes of those that are to be hidden.
        statements: What a reader knows; each is true of the figures.
        steps: By how much a figure can differ at least, 1 unless told.

    """
    hidden, left, always = set(wanted), list(statements), set[str]()
    while still_open := unsafe(figures, hidden, left, steps) - always:
        code = min(still_open)
        about = _linked(left, hidden, code)
        rate = next((statement for statement in about if isinstance(statement, RateStatement)), None)
        if rate is not None:
            left.remove(rate)
            continue
        partners = {code for statement in about for code in statement.codes} - hidden
        if not partners:  # nothing that is printed tells it, the laws alone do
            always.add(code)
            continue
        hidden.add(min(partners, key=lambda code: (figures[code] == 0, figures[code], code)))
    gone = {statement.code for statement in statements if isinstance(statement, RateStatement) and statement not in left}
    return Suppression(frozenset(hidden), frozenset(gone), frozenset(always))


def unsafe(figures: FigureValues, hidden: Collection[str], statements: Sequence[KnownFact], steps: FigureValues | None = None) -> frozenset[str]:
    """The hidden figures for which no second table of figures was found that prints all the same."""
    return frozenset(set(hidden) - set(alternatives(figures, hidden, statements, steps)))


def alternatives(
    figures: FigureValues, hidden: Collection[str], statements: Sequence[KnownFact], steps: FigureValues | None = None
) -> dict[str, dict[str, Fraction]]:
    """For each hidden figure that is safe another table of the hidden figures, in which it is another number and all that is known holds."""
    order = sorted(hidden)
    known = [statement for statement in statements if statement.codes & set(order)]
    step = {code: (steps or {}).get(code, Fraction(1)) for code in order}
    rows = [[statement.coefficients.get(code, Fraction(0)) * step[code] for code in order] for statement in known if isinstance(statement, SumStatement)]
    safe: dict[str, dict[str, Fraction]] = {}
    for direction in _directions(_null_space(rows, len(order))):
        moved = [code for code, part in zip(order, direction, strict=True) if part and code not in safe]
        for times in (sign * far for far in range(1, _FARTHEST + 1) for sign in (1, -1)) if moved else ():
            other = {code: figures[code] + times * part * step[code] for code, part in zip(order, direction, strict=True)}
            if min(other.values()) >= 0 and all(statement.holds({**figures, **other}) for statement in known):
                safe |= dict.fromkeys(moved, other)
                break
    return safe


def _linked(statements: Sequence[KnownFact], hidden: Collection[str], code: str) -> list[KnownFact]:
    """The statements that a hidden figure hangs together with, through other hidden ones."""
    linked, about = {code}, list[KnownFact]()
    while more := [statement for statement in statements if statement not in about and statement.codes & linked]:
        about += more
        linked |= {other for statement in more for other in statement.codes if other in hidden}
    return about


def _null_space(rows: Sequence[Sequence[Fraction]], width: int) -> list[list[int]]:
    """The directions in which none of some sums changes, as whole numbers: a basis, by elimination over fractions."""
    matrix, pivots = [list(row) for row in rows], list[int]()
    for column in range(width):
        place = next((number for number in range(len(pivots), len(matrix)) if matrix[number][column]), None)
        if place is None:
            continue
        matrix[len(pivots)], matrix[place] = matrix[place], matrix[len(pivots)]
        row = [part / matrix[len(pivots)][column] for part in matrix[len(pivots)]]
        matrix = [row if number == len(pivots) else [a - other[column] * b for a, b in zip(other, row, strict=True)] for number, other in enumerate(matrix)]
        pivots.append(column)
    basis = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for number, pivot in enumerate(pivots):
            vector[pivot] = -matrix[number][free]
        whole = lcm(*(part.denominator for part in vector))
        basis.append([int(part * whole) for part in vector])
    return basis


def _directions(basis: Sequence[list[int]]) -> Iterator[list[int]]:
    """The directions of a basis, then their sums and differences."""
    yield from basis
    for number, (first, second) in enumerate(combinations(basis, 2)):
        if number >= _MOST_PAIRS:
            return
        yield [a + b for a, b in zip(first, second, strict=True)]
        yield [a - b for a, b in zip(first, second, strict=True)]
