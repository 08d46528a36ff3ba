"""
The catalogue as the tables that SQL joins: what an indicator is made of.

Every measure that is no indicator of the catalogue is also entered as one, made of itself alone, so that any code
can be asked for with the same query.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from kpi.catalog.formula import Linear, Term
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog

TermColumns = Mapping[str, Sequence[object]]


def definitions(catalog: Catalog) -> dict[str, TermColumns]:
    """
    Columns of the table ``term`` and, where any formula has one, of ``derivation``.

    Returns:
        By table, by column, one entry per row: a term by indicator, part (numerator, denominator, failed, total,
        reported) and measure, with how many terms the part has and how its indicator is put together.  Coefficients are
        whole numbers, see `shift`, so that no sum is rounded to the six decimals that are kept.  A derivation has a row for
        each of its measures.  An earlier definition of an indicator stands beside it under a key of its own, see `Catalog.key`.
    """
    tables = {"term": [row for dated, code in every_definition(catalog) for row in _terms(dated, code)], "derivation": _derivations(catalog)}
    return {table: {column: [row[column] for row in rows] for column in rows[0]} for table, rows in tables.items() if rows}


def _derivations(catalog: Catalog) -> list[dict[str, object]]:
    terms = {term.measure: term for indicator in catalog.definitions.values() for formula in indicator.formulas for term in formula.terms}
    return [
        {
            "code": term.measure,
            "rule": term.derivation.rule.value,
            "length": term.derivation.length,
            "ago": term.derivation.ago,
            "opens": term.derivation.opens,
            "adds_up": catalog.counted(term).kind is MeasureKind.FLOW,
            "measure": measure,
            "office": catalog.measures[measure].office,
            "template": catalog.offices[catalog.measures[measure].office].template,
            "since": catalog.first_month.first_day if catalog.first_month else date.min,
            "factor": place,
            "factors": len(term.derivation.measures),
        }
        for term in terms.values()
        if term.derivation
        for place, measure in enumerate(term.derivation.measures, 1)
    ]


def every_definition(catalog: Catalog) -> list[tuple[Catalog, str]]:
    """Every code that can be asked for, and each indicator that was computed otherwise once: the catalogue that says how, and the code."""
    earlier = {dated.key(code): (dated, code) for dated in catalog.dated for code in dated.superseded}
    return [*((catalog, code) for code in catalog.codes), *earlier.values()]


def formulas(catalog: Catalog, code: str) -> dict[str, Linear]:
    """The parts of an indicator, or of a measure as an indicator of itself, by name."""
    indicator = catalog.indicators.get(code)
    if indicator is None:
        return {"numerator": itself(code)}
    parts = {
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "failed": indicator.failed,
        "total": indicator.total,
        "reported": itself(indicator.reported) if indicator.reported else None,
    }
    return {part: formula for part, formula in parts.items() if formula is not None}


def shift(formula: Linear) -> int:
    """The power of ten by which the coefficients of a part are multiplied to make them whole: 4 for 0.0001."""
    return max(0, *(-int(term.coefficient.normalize().as_tuple().exponent) for term in formula.terms))


def subtracts(formula: Linear) -> bool:
    """Whether a part takes off figures, or looks a year back: sums of different months of its terms then say nothing."""
    return any(term.coefficient < 0 or term.years_back for term in formula.terms)


def _terms(catalog: Catalog, code: str) -> list[dict[str, object]]:
    parts, indicator = formulas(catalog, code), catalog.indicators.get(code)
    divided = "denominator" in parts
    return [
        {
            "indicator": catalog.key(code),
            "part": part,
            "measure": term.measure,
            "coefficient": Decimal(int(term.coefficient.scaleb(shift(formula)))),
            "years_back": term.years_back,
            "terms": len(formula.terms),
            "additive": not subtracts(formula),
            "divided": divided,
            "joint": divided or subtracts(parts["numerator"]),
            "annualised": indicator is not None and indicator.annualised,
        }
        for part, formula in parts.items()
        for term in formula.terms
    ]


def itself(measure: str) -> Linear:
    """A measure as the formula of itself."""
    return Linear(measure, (Term(measure, Decimal(1)),))
