"""
The catalogue as the tables that SQL joins: what an indicator is made of and what it is held against.

Every measure that is no indicator of the catalogue is also entered as one, made of itself alone, so that any code
can be asked for with the same query.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi.catalog.formula import Linear, Term
from kpi.catalog.model import Catalog, MeasureKind, TargetKind

Columns = Mapping[str, Sequence[object]]


def definitions(catalog: Catalog) -> dict[str, Columns]:
    """
    Columns of the tables ``term`` and ``target``.

    Returns:
        By table, by column, one entry per row: a term by indicator, part
        (numerator, denominator, failed, total, reported) and measure; a target by indicator and year, as the limits
        ``lower`` and ``upper`` with the ``slack`` within which a miss is 滞后.
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
            parts.append((indicator.code, "reported", _itself(indicator.reported)))
    alone = [measure for code, measure in catalog.measures.items() if code not in catalog.indicators]
    parts += [(measure.code, "numerator", _itself(measure.code)) for measure in alone]

    targets = list(catalog.targets.values())
    held = [catalog.indicators[target.indicator] for target in targets]
    return {
        "term": {
            "indicator": [code for code, _, _ in parts],
            "part": [part for _, part, _ in parts],
            "measure": [term.measure for _, _, term in parts],
            "coefficient": [term.coefficient for _, _, term in parts],
            "years_back": [term.years_back for _, _, term in parts],
            "flow": [catalog.measures[term.measure].kind is MeasureKind.FLOW for _, _, term in parts],
        },
        "target": {
            "indicator": [t.indicator for t in targets],
            "year": [t.year for t in targets],
            "lower": [None if t.kind is TargetKind.CEILING else t.value for t in targets],
            "upper": [t.value if t.kind is TargetKind.CEILING else t.upper for t in targets],
            "slack": [t.tolerance * t.value / 100 if t.paced else t.tolerance for t in targets],
            "due": [t.due for t in targets],
            "paced": [t.paced for t in targets],
            "yearly": [t.yearly for t in targets],
            "bounded": [t.kind in (TargetKind.FLOOR, TargetKind.PER_CAPITA) for t in targets],
            "scale": [i.scale for i in held],
            "divided": [i.denominator is not None for i in held],
        },
    }


def _itself(measure: str) -> Term:
    return Term(measure, Decimal(1))
