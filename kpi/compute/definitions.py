"""
The catalogue as the tables that SQL joins: what an indicator is made of.

Every measure that is no indicator of the catalogue is also entered as one, made of itself alone, so that any code
can be asked for with the same query.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi.catalog.formula import Linear, Term
from kpi.catalog.model import Catalog

Columns = Mapping[str, Sequence[object]]


def definitions(catalog: Catalog) -> dict[str, Columns]:
    """
    Columns of the table ``term``.

    Returns:
        By table, by column, one entry per row: a term by indicator, part (numerator, denominator, failed, total,
        reported) and measure, with how many terms the part has and whether its indicator is a ratio.
    """
    parts: list[tuple[str, str, Linear]] = []
    for indicator in catalog.indicators.values():
        formulas: dict[str, Linear | None] = {
            "numerator": indicator.numerator,
            "denominator": indicator.denominator,
            "failed": indicator.failed,
            "total": indicator.total,
            "reported": itself(indicator.reported) if indicator.reported else None,
        }
        parts += [(indicator.code, part, formula) for part, formula in formulas.items() if formula]
    parts += [(code, "numerator", itself(code)) for code in catalog.measures if code not in catalog.indicators]
    divided = {code for code, part, _ in parts if part == "denominator"}
    rows = [(code, part, term, len(formula.terms)) for code, part, formula in parts for term in formula.terms]
    return {
        "term": {
            "indicator": [code for code, *_ in rows],
            "part": [part for _, part, *_ in rows],
            "measure": [term.measure for *_, term, _ in rows],
            "coefficient": [term.coefficient for *_, term, _ in rows],
            "years_back": [term.years_back for *_, term, _ in rows],
            "terms": [terms for *_, terms in rows],
            "divided": [code in divided for code, *_ in rows],
        },
    }


def itself(measure: str) -> Linear:
    """A measure as the formula of itself."""
    return Linear(measure, (Term(measure, Decimal(1)),))
