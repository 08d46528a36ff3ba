"""
Relations (勾稽关系) evaluated exactly, with fractions, over the figures of one period.

A relation over a figure that is withheld is masked, over one that nobody reported is missing: neither holds nor is
violated, and neither is ever read as 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kpi.catalog.formula import Expression
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.relation import Raises, Relation, RelationKind
from kpi.value import State, Value, as_decimal

FigureKey = tuple[str, int]  # measure, years back
Figures = Mapping[FigureKey, Value]


class Result(StrEnum):
    """What came of a relation."""

    HOLDS = "holds"
    VIOLATED = "violated"
    MASKED = "masked"
    MISSING = "missing"
    DERIVED = "derived"

    @property
    def chinese(self) -> str:
        """The word on the page."""
        return {"holds": "成立", "violated": "不成立", "masked": "未公开", "missing": "缺数", "derived": "参考"}[self.value]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A relation at one period; ``difference`` is left − right, unrounded."""

    relation: Relation
    result: Result
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    breaking: tuple[str, ...] = ()  # for laws over every measure: the measures that break it


def evaluate(relation: Relation, catalog: Catalog, figures: Figures) -> Evaluated:
    """
    Evaluate one relation.

    Args:
        relation: The law.
        catalog: For the laws over every measure of a kind.
        figures: The cumulative figure of every measure, this year (0) and last year (1); an absent key is 未报.

    Returns:
        The result with both sides as far as they can be computed.
    """
    if relation.kind in (RelationKind.EVERY_RATE, RelationKind.EVERY_COUNT):
        return _every(relation, catalog.measures.values(), figures)
    left, missing_left = _side(relation.left, figures)
    right, missing_right = _side(relation.right, figures)
    if missing_left or missing_right:
        withheld = State.WITHHELD in missing_left | missing_right
        return Evaluated(relation, Result.MASKED if withheld else Result.MISSING, as_decimal(left), as_decimal(right), None)
    if relation.raises is Raises.NOTHING or right is None or left is None:
        return Evaluated(relation, Result.DERIVED, as_decimal(left), as_decimal(right), None)
    if relation.kind is RelationKind.REACHABLE:
        return _reachable(relation, left, right)
    holds = _holds(relation, left, right)
    return Evaluated(relation, Result.HOLDS if holds else Result.VIOLATED, as_decimal(left), as_decimal(right), as_decimal(left - right))


def reachable(rate: Fraction, denominator: Fraction, decimals: int) -> tuple[int, ...]:
    """
    The whole numerators that make a rate, in per cent, print as stated over a denominator; a half by either rule of rounding.

    99.38 % of 17017 can only be 16911 or 16912; 3.79 % of 1692 is impossible.
    """
    half = Fraction(1, 2 * 10**decimals)
    low, high = (rate - half) * denominator / 100, (rate + half) * denominator / 100
    first = -(-low.numerator // low.denominator)
    last = high.numerator // high.denominator
    return tuple(n for n in range(first, last + 1) if 0 <= n <= denominator)


def round_half_up(number: Fraction, decimals: int) -> Fraction:
    """Round as Excel prints: half away from zero."""
    scaled = abs(number) * 10**decimals + Fraction(1, 2)
    rounded = Fraction(scaled.numerator // scaled.denominator, 10**decimals)
    return rounded if number >= 0 else -rounded


def _side(side: Expression | None, figures: Figures) -> tuple[Fraction | None, set[State]]:
    """The exact value of a side, or the states of the figures it lacks."""
    if side is None:
        return None, set()
    numbers: dict[FigureKey, Fraction] = {}
    lacking: set[State] = set()
    for key in side.codes:
        value = figures.get(key)
        if value is None or value.number is None:
            lacking.add(value.state if value else State.UNREPORTED)
        else:
            numbers[key] = Fraction(value.number)
    if lacking:
        return None, lacking
    try:
        return side.evaluate(numbers), set()
    except ZeroDivisionError:  # nothing was done, so there is nothing to compare
        return None, {State.NOT_STARTED}


def _holds(relation: Relation, left: Fraction, right: Fraction) -> bool:
    match relation.op:
        case "=":
            return left == right
        case "!=":
            return left != right
        case "≈":
            return round_half_up(left, relation.decimals or 0) == round_half_up(right, relation.decimals or 0)
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def _reachable(relation: Relation, rate: Fraction, denominator: Fraction) -> Evaluated:
    possible = denominator > 0 and bool(reachable(rate, denominator, relation.decimals or 0))
    return Evaluated(relation, Result.HOLDS if possible else Result.VIOLATED, as_decimal(rate), as_decimal(denominator), None)


def _every(relation: Relation, measures: Iterable[Measure], figures: Figures) -> Evaluated:
    """A law over each measure of a kind; left counts those looked at, right those that keep it."""
    concerned = [m for m in measures if is_rate(m) == (relation.kind is RelationKind.EVERY_RATE)]
    values = {m.code: figures.get((m.code, 0)) for m in concerned}
    broken = tuple(m.code for m in concerned if (value := values[m.code]) is not None and not possible(m, value))
    seen = Decimal(sum(value is not None and value.number is not None for value in values.values()))
    if not seen:
        return Evaluated(relation, Result.MISSING, None, None, None)
    kept = seen - len(broken)
    return Evaluated(relation, Result.VIOLATED if broken else Result.HOLDS, seen, kept, seen - kept, broken)


def is_rate(measure: Measure) -> bool:
    """Whether a measure is a share that lies between 0 and 100."""
    return measure.kind is MeasureKind.RATE and measure.unit == "%" and not measure.signed


def possible(measure: Measure, value: Value) -> bool:
    """Whether a figure can be at all: a share within 0 to 100, a count whole, and neither negative unless it may be."""
    if value.number is None:
        return True
    if is_rate(measure):
        return 0 <= value.number <= 100
    whole = measure.decimals > 0 or measure.kind is MeasureKind.RATE or value.number == value.number.to_integral_value()
    return whole and (value.number >= 0 or measure.signed)
