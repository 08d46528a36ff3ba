"""What a reader knows of figures, as facts that are linear in them, and the elimination that tells what follows from several of them together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from math import lcm

FigureValues = Mapping[str, Fraction]


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


def solved(rows: Sequence[FigureValues], unknown: Collection[str]) -> tuple[dict[str, dict[str, Fraction]], list[dict[str, Fraction]]]:
    """
    Sums that are 0, after elimination (Gauss–Jordan) of unknown figures.

    Args:
        rows: The coefficients of each sum.
        unknown: The codes of the figures that are eliminated.

    Returns:
        By the code of an unknown figure the sum that is solved for it: its coefficient is 1 there, and it stands in no other sum; then the sums in
        which no unknown figure is left.

    """
    by_code: dict[str, dict[str, Fraction]] = {}
    left: list[dict[str, Fraction]] = []
    for coefficients in rows:
        row = dict(coefficients)
        for code in coefficients:
            if code in by_code:
                _take_off(row, by_code[code], row[code])
        pivot = next((code for code in row if code in unknown), None)
        if pivot is None:
            left += [row] if row else []
            continue
        row = {code: part / row[pivot] for code, part in row.items()}
        for other in by_code.values():
            if pivot in other:
                _take_off(other, row, other[pivot])
        by_code[pivot] = row
    return by_code, left


def _take_off(row: dict[str, Fraction], other: FigureValues, times: Fraction) -> None:
    """Take a sum, so many times, off another one."""
    for code, part in other.items():
        if difference := row.get(code, Fraction(0)) - times * part:
            row[code] = difference
        else:
            row.pop(code, None)


def directions(rows: Sequence[FigureValues], movable: Sequence[str]) -> list[dict[str, int]]:
    """The directions in which figures can move without a change of any sum, as whole numbers: a basis."""
    by_code, _ = solved(rows, set(movable))
    basis = {code: {code: Fraction(1)} for code in movable if code not in by_code}
    for pivot, row in by_code.items():
        for code, part in row.items():
            if code != pivot and code in basis:
                basis[code][pivot] = -part
    scales = {code: lcm(*(part.denominator for part in vector.values())) for code, vector in basis.items()}
    return [{each: int(part * scales[code]) for each, part in vector.items()} for code, vector in basis.items()]
