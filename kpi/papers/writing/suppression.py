"""
Complementary suppression (次级隐去): which figures have to go with those that are hidden, so that none of these can be reckoned back.

A reader knows every printed figure, the laws that figures obey, and that counts are whole and not negative.  Everything known is linear, a rounded
rate too: its numerator lies between two multiples of its denominator.  So the tables of figures that print all the same are those along which hidden
figures move without breaking one of the facts; such directions are found by elimination over fractions, and how far each goes by division.  A hidden
figure is safe where these tables leave it a wide enough range; what is not proved safe counts as open, and something more is hidden.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, lcm

FigureValues = Mapping[str, Fraction]
_FARTHEST = 10**9  # steps along a direction that nothing bounds
_MOST_PAIRS = 400  # of directions that are tried together


class FactSign(Enum):
    """What a reader knows of a sum."""

    ZERO = auto()
    NOT_ZERO = auto()
    NOT_NEGATIVE = auto()
    POSITIVE = auto()


@dataclass(frozen=True, slots=True)
class LinearFact:
    """
    Something that a reader knows of the figures: the sign of a sum of them.

    Attributes:
        coefficients: How many times each figure stands in the sum, by code.
        sign: The sign of the sum.
        constant: What is added to it.
        printed: The code under which this is printed, which may be left out; empty where the reader knows it anyhow.
        rate: Whether that is a rate, which is left out before another figure is hidden.

    """

    coefficients: Mapping[str, Fraction]
    sign: FactSign = FactSign.ZERO
    constant: Fraction = Fraction(0)
    printed: str = ""
    rate: bool = False

    def value(self, figures: FigureValues) -> Fraction:
        """The sum."""
        return sum((factor * figures[code] for code, factor in self.coefficients.items()), self.constant)


@dataclass(frozen=True, slots=True)
class Suppression:
    """
    What is hidden.

    Attributes:
        hidden: The figures, those that were to be hidden among them.
        unprinted: The codes of facts that are not printed.
        still_open: The hidden figures that are told all the same, whatever is left out.

    """

    hidden: frozenset[str]
    unprinted: frozenset[str]
    still_open: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FigureTable:
    """
    The figures of a paper with what a reader knows of them.

    Attributes:
        figures: Every figure by code, those to be hidden among them.
        facts: What a reader knows; each is true of the figures.
        steps: By how much a figure can differ at least, 1 where none is given.
        widths: How wide the range of a hidden figure must be left, one step where none is given.
        fixed: The codes of figures that are public already and cannot be hidden.
        auxiliary: The codes of figures that no paper prints: a reader has to compute them, and may unless they are to be hidden.

    """

    figures: FigureValues
    facts: Sequence[LinearFact]
    steps: FigureValues
    widths: FigureValues
    fixed: frozenset[str] = frozenset()
    auxiliary: frozenset[str] = frozenset()

    def step(self, code: str) -> Fraction:
        """By how much a figure can differ at least."""
        return self.steps.get(code, Fraction(1))


def printed_rate(
    code: str, numerator: Mapping[str, Fraction], denominator: Mapping[str, Fraction], scale: int, decimals: int, printed: Fraction, *, exact: bool
) -> list[LinearFact]:
    """
    What a printed rate tells of its parts.

    Args:
        code: Under what it is printed.
        numerator: The coefficients of its numerator.
        denominator: The coefficients of its denominator, which is positive.
        scale: 100 of per cent.
        decimals: How many digits behind the point it is printed with.
        printed: The rounded rate.
        exact: Whether its digits show that it was not rounded: 75 and not 75.0.

    """

    def beside(bound: Fraction, way: int) -> dict[str, Fraction]:
        codes = {**numerator, **denominator}
        return {each: way * (scale * numerator.get(each, Fraction(0)) - bound * denominator.get(each, Fraction(0))) for each in codes}

    if exact:
        return [LinearFact(beside(printed, 1), printed=code, rate=True)]
    half = Fraction(1, 2 * 10**decimals)  # the borders belong to it by one rule of rounding or by none: the reader is granted that they do not
    return [
        LinearFact(beside(printed - half, 1), FactSign.POSITIVE, printed=code, rate=True),
        LinearFact(beside(printed + half, -1), FactSign.POSITIVE, printed=code, rate=True),
        LinearFact(beside(printed, 1), FactSign.NOT_ZERO, printed=code, rate=True),
    ]


def suppress(table: FigureTable, wanted: Collection[str]) -> Suppression:
    """What has to be hidden so that no hidden figure can be reckoned back; ``wanted`` are the codes of those that are to be hidden."""
    hidden, facts, always = set(wanted), list(table.facts), set[str]()
    while still_open := unsafe(table, facts, hidden) - always:
        code = min(still_open)
        [(_, linked)] = _components(facts, hidden | table.auxiliary, [code])
        rate = next((fact.printed for fact in linked if fact.rate), "")
        partners = {each for fact in linked for each in fact.coefficients} - hidden - table.fixed - table.auxiliary
        unprinted = rate or ("" if partners else next((fact.printed for fact in linked if fact.printed), ""))
        if unprinted:
            facts = [fact for fact in facts if fact.printed != unprinted]
        elif partners:
            hidden.add(min(partners, key=lambda each: (table.figures[each] == 0, table.figures[each], each)))
        else:  # nothing that is printed tells it, what the reader knows anyhow does
            always.add(code)
    left = {fact.printed for fact in facts}
    return Suppression(frozenset(hidden), frozenset(fact.printed for fact in table.facts) - left, frozenset(always))


def unsafe(table: FigureTable, facts: Sequence[LinearFact], hidden: Collection[str]) -> frozenset[str]:
    """The hidden figures for which no wide enough range of numbers was found that print all the same."""
    components = _components(facts, {*hidden, *table.auxiliary}, sorted(hidden))
    return frozenset(code for order, known in components for code in _too_narrow(table, known, order, set(hidden)))


def _components(facts: Sequence[LinearFact], unknown: Collection[str], starts: Sequence[str]) -> Iterator[tuple[list[str], list[LinearFact]]]:
    """The unknown figures that hang together with each of some, through facts; and these facts, the nearest first."""
    about: dict[str, list[int]] = {code: [] for code in unknown}
    for number, fact in enumerate(facts):
        for code in fact.coefficients:
            if code in about:
                about[code].append(number)
    done = set[str]()
    for start in starts:
        if start in done:
            continue
        codes, linked = [start], dict[int, None]()
        for code in codes:  # it grows meanwhile
            for number in about[code]:
                if number not in linked:
                    linked[number] = None
                    codes += [other for other in facts[number].coefficients if other in about and other not in codes]
        done.update(codes)
        yield sorted(codes), [facts[number] for number in linked]


def _too_narrow(table: FigureTable, known: Sequence[LinearFact], order: Sequence[str], hidden: Collection[str]) -> Collection[str]:
    """Which hidden figures of a component have no range that is wide enough."""
    known = [*known, *(LinearFact({code: Fraction(1)}, FactSign.NOT_NEGATIVE) for code in order if table.figures[code] >= 0)]
    equations = [[fact.coefficients.get(code, Fraction(0)) * table.step(code) for code in order] for fact in known if fact.sign is FactSign.ZERO]
    bounds = [(fact, fact.value(table.figures)) for fact in known if fact.sign is not FactSign.ZERO]
    needed = {code: max(table.step(code), table.widths.get(code, Fraction(0))) for code in order if code in hidden}
    lowest, highest = ({code: table.figures[code] for code in order} for _ in range(2))
    for direction in _directions(_null_space(equations, len(order))):
        move = {code: part * table.step(code) for code, part in zip(order, direction, strict=True) if part}
        if needed.keys().isdisjoint(move):
            continue
        for times in _ends(bounds, move):
            for code, part in move.items():
                other = table.figures[code] + times * part
                lowest[code], highest[code] = min(lowest[code], other), max(highest[code], other)
        needed = {code: width for code, width in needed.items() if highest[code] - lowest[code] < width}
        if not needed:
            break
    return needed


def _ends(bounds: Sequence[tuple[LinearFact, Fraction]], move: Mapping[str, Fraction]) -> tuple[int, ...]:
    """How many times figures can move back and forth until a fact would break; ``bounds`` are the facts with their sums as they are."""
    first, last, not_zero = -_FARTHEST, _FARTHEST, set[Fraction]()
    for fact, value in bounds:
        slope = sum((factor * move[code] for code, factor in fact.coefficients.items() if code in move), Fraction(0))
        if not slope:
            continue
        border = -value / slope
        if fact.sign is FactSign.NOT_ZERO:
            not_zero.add(border)
            continue
        strict = fact.sign is FactSign.POSITIVE
        if slope > 0:
            first = max(first, floor(border) + 1 if strict else ceil(border))
        else:
            last = min(last, ceil(border) - 1 if strict else floor(border))
    while first <= last and first in not_zero:
        first += 1
    while last >= first and last in not_zero:
        last -= 1
    return (first, last) if first <= last else ()


def reduced(rows: Sequence[Sequence[Fraction]], width: int) -> tuple[list[list[Fraction]], list[int]]:
    """Rows of coefficients after elimination (Gauss–Jordan) over the first ``width`` columns, and the column that each of the first rows is solved for."""
    matrix, pivots = [list(row) for row in rows], list[int]()
    for column in range(width):
        place = next((number for number in range(len(pivots), len(matrix)) if matrix[number][column]), None)
        if place is None:
            continue
        matrix[len(pivots)], matrix[place] = matrix[place], matrix[len(pivots)]
        pivot = [part / matrix[len(pivots)][column] for part in matrix[len(pivots)]]
        for number, row in enumerate(matrix):
            if number == len(pivots):
                matrix[number] = pivot
            elif factor := row[column]:
                matrix[number] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        pivots.append(column)
    return matrix, pivots


def _null_space(rows: Sequence[Sequence[Fraction]], width: int) -> list[list[int]]:
    """The directions in which none of some sums changes, as whole numbers: a basis."""
    matrix, pivots = reduced(rows, width)
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
