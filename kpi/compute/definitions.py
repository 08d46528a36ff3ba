"""
The catalogue as the tables that SQL joins: what an indicator is made of.

Every measure that is no indicator of the catalogue is also entered as one, made of itself alone, so that any code
can be asked for with the same query.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi.catalog.formula import Linear, Term
from kpi.catalog.model import Catalog, MeasureKind

Columns = Mapping[str, Sequence[object]]


def definitions(catalog: Catalog) -> dict[str, Columns]:
    """
    Columns of the table ``term``.

    Returns:
        By table, by column, one entry per row: a term by indicator, part (numerator, denominator, failed, total,
        reported) and measure.
    """
    parts: list[tuple[str, str, Term]] = []
    for indicator in catalog.indicators.values():
        formulas: dict[str, Linear | None] = {
            "numerator": indicator.numerator,
            "denominator": indicator.denominator,
            "failed": indicator.failed,
            "total": indicator.total,
        }
        for part, formula in formulas.items():
            parts += [(indicator.code, part, term) for term in formula.terms] if formula else []
        if indicator.reported:
            parts.append((indicator.code, "reported", itself(indicator.reported)))
    alone = [measure for code, measure in catalog.measures.items() if code not in catalog.indicators]
    parts += [(measure.code, "numerator", itself(measure.code)) for measure in alone]
    return {
        "term": {
            "indicator": [code for code, _, _ in parts],
            "part": [part for _, part, _ in parts],
            "measure": [term.measure for _, _, term in parts],
            "coefficient": [term.coefficient for _, _, term in parts],
            "years_back": [term.years_back for _, _, term in parts],
            "flow": [catalog.measures[term.measure].kind is MeasureKind.FLOW for _, _, term in parts],
        },
    }


def itself(measure: str) -> Term:
    """A measure as the formula of itself."""
    return Term(measure, Decimal(1))
