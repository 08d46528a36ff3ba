"""What a reader knows of the figures of one period: the laws of the catalogue that they obey, and what the indicators print of them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kpi.catalog.formula import Linear, parse_linear
from kpi.catalog.formula_sums import FormulaError
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.relation import Relation
from kpi.compute.row import BoardRow
from kpi.papers.writing.linear_facts import FactSign, LinearFact, printed_rate, solved
from kpi.present import numbers
from kpi.value import State

_ORDERS = {"<=": -1, "<": -1, ">=": 1, ">": 1}  # the sign with which the left side less the right one is not negative
_Coefficients = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """
    The figures of a period, and what a reader knows of them.

    Attributes:
        figures: The numbers of the measures that are counted, by code; of those withheld the ones that a reader can compute.
        withheld: The codes of what its office withholds (``*``).
        facts: What a reader knows of the figures, printed or hidden.

    """

    figures: dict[str, Fraction]
    withheld: frozenset[str]
    facts: tuple[LinearFact, ...]


def known_facts(catalog: Catalog, rows: Mapping[str, BoardRow]) -> KnownFacts:
    """What a reader knows of the figures of a period; ``rows`` are those of the whole bureau, by code."""
    figures = {
        code: Fraction(row.figure.value)
        for code, row in rows.items()
        if code in catalog.measures and counted(catalog.measures[code]) and row.figure.value is not None
    }
    withheld = frozenset(code for code, row in rows.items() if row.figure.state is State.WITHHELD)
    equations = [terms for relation in catalog.relations.values() if relation.op == "=" and (terms := _of_relation(relation))]
    inferred, left = _without_withheld(equations, figures, {code for code in withheld if code in catalog.measures and counted(catalog.measures[code])})
    figures |= inferred
    facts = [LinearFact(terms) for terms in equations if terms.keys() <= figures.keys()]
    return KnownFacts(figures, withheld, (*facts, *left, *_orders(catalog, figures), *_printed(catalog, rows, figures)))


def counted(measure: Measure) -> bool:
    """Whether the figures of a measure are counts or amounts, and neither typed rates nor promised limits."""
    return measure.kind in (MeasureKind.FLOW, MeasureKind.STOCK)


def is_proved(indicator: Indicator) -> bool:
    """Whether what an indicator tells of its parts is among the facts: it is a sum of this year's measures, or a rate of two of them."""
    parts = [formula for formula in (indicator.numerator, indicator.denominator) if formula is not None]
    return not indicator.annualised and indicator.failed is None and all(_terms(part) is not None for part in parts)


def _terms(linear: Linear | None) -> dict[str, Fraction] | None:
    """A formula as coefficients of this year's measures; None where it holds anything else."""
    if linear is None or any(term.derivation or term.years_back for term in linear.terms):
        return None
    return {term.measure: Fraction(term.coefficient) for term in linear.terms}


def _of_relation(relation: Relation) -> dict[str, Fraction] | None:
    """The left side less the right one as coefficients; None where the relation is no sum of this year's measures."""
    try:
        sides = [_terms(parse_linear(side.text)) for side in (relation.left, relation.right) if side is not None]
    except FormulaError:
        return None
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return None
    return {code: factor for code in {**sides[0], **sides[1]} if (factor := sides[0].get(code, Fraction(0)) - sides[1].get(code, Fraction(0)))}


def _without_withheld(equations: Collection[_Coefficients], figures: _Coefficients, withheld: Collection[str]) -> tuple[dict[str, Fraction], list[LinearFact]]:
    """
    What the laws tell of withheld figures, all of them together.

    Returns:
        The withheld figures that a reader computes from the others, which are to be protected as if we knew them; and what is left of the laws between
        the others once the withheld ones are eliminated.

    """
    about = [terms for terms in equations if not terms.keys().isdisjoint(withheld) and terms.keys() <= figures.keys() | withheld]
    by_code, left = solved(about, withheld)
    inferred = {
        code: -sum((factor * figures[other] for other, factor in row.items() if other != code), Fraction(0))
        for code, row in by_code.items()
        if row.keys() - {code} <= figures.keys()
    }
    return inferred, [LinearFact(row) for row in left]


def _orders(catalog: Catalog, figures: _Coefficients) -> Iterator[LinearFact]:
    """The relations that say which figure is the larger one, as far as the figures keep to them."""
    for relation in catalog.relations.values():
        terms = _of_relation(relation) if relation.op in _ORDERS else None
        if terms and terms.keys() <= figures.keys():
            fact = LinearFact({code: _ORDERS[relation.op] * factor for code, factor in terms.items()}, FactSign.NOT_NEGATIVE)
            if fact.value(figures) >= 0:
                yield fact


def _printed(catalog: Catalog, rows: Mapping[str, BoardRow], figures: _Coefficients) -> Iterator[LinearFact]:
    """What the indicators print of the figures: sums, and rates to their digits."""
    for code, row in rows.items():
        indicator = catalog.indicators.get(code)
        if indicator is None or row.figure.value is None or code in figures or not is_proved(indicator):
            continue
        above, under = _terms(indicator.numerator) or {}, _terms(indicator.denominator)
        if not {*above, *(under or ())} <= figures.keys():
            continue
        if under is None:
            yield LinearFact(above, constant=-Fraction(row.figure.value) / (indicator.scale or 1), printed=code)
            continue
        rounded = Fraction(numbers.rounded(row.figure.value, indicator.decimals))
        exact = numbers.precision(row.figure.value) <= indicator.decimals
        facts = printed_rate(code, above, under, indicator.scale, indicator.decimals, rounded, exact=exact)
        if all(_holds(fact, figures) for fact in facts):
            yield from facts
        elif divisor := LinearFact(under).value(figures):  # it is of other months or organisations than the parts that are printed: granted to the last digit
            yield from printed_rate(code, above, under, indicator.scale, 0, LinearFact(above).value(figures) * indicator.scale / divisor, exact=True)


def _holds(fact: LinearFact, figures: _Coefficients) -> bool:
    """Whether a fact is true of some figures; a rate at the border between two printed ones belongs to either."""
    value = fact.value(figures)
    return not value if fact.sign is FactSign.ZERO else value >= 0 if fact.sign is FactSign.POSITIVE else bool(value)
