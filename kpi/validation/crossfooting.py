"""勾稽: the relations of the catalogue that touch this sheet, within it, across offices and against last year."""

from collections.abc import Iterator

from kpi.catalog.formula import Expression
from kpi.catalog.relation import Raises, Relation, RelationKind
from kpi.finding import Finding, Severity
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import relation_words
from kpi.validation.relation_figures import Figures, Result, evaluate
from kpi.value import Qualifier

_CODES = {
    RelationKind.SUM: "parts-do-not-add-up",
    RelationKind.BOUND: "part-exceeds-whole",
    RelationKind.EQUALITY: "figures-differ",
    RelationKind.RATIO: "rate-differs",
    RelationKind.COMPLEMENT: "not-complementary",
    RelationKind.DUPLICATE: "stated-differently",
    RelationKind.REACHABLE: "rate-unreachable",
}


def relation_violated(sheet: CheckedSheet) -> Iterator[Finding]:
    """Each violated relation once, at the first of its figures that stands on this sheet, the total before its parts."""
    for relation in sheet.catalog.relations.values():
        if relation.raises is Raises.NOTHING or relation.left is None or relation.right is None or relation.period not in (None, str(sheet.period)):
            continue
        codes = tuple(dict.fromkeys(code for code, years_back in (*relation.right.codes, *relation.left.codes) if not years_back))
        reading = next((reading for code in codes if (reading := sheet.standing(code)) is not None), None)
        figures = figures_of(sheet, relation) if reading is not None else {}
        if reading is None or not _exact_enough(relation, figures):
            continue
        result = evaluate(relation, sheet.catalog, figures)
        if result.result is Result.VIOLATED:
            yield Finding(
                "same-number-twice" if relation.op == "!=" else _CODES[relation.kind],
                Severity(relation.raises.value),
                reading.place,
                relation_words(result, sheet.catalog, figures, from_right=reading.measure in _this_year(relation.right)),
                relation.remedy or "请核对这几项；情况属实的请写明原因",
                relation.id,
                tuple(dict.fromkeys([*codes, *(code for code, _ in (*relation.right.codes, *relation.left.codes))])),
            )


def _this_year(side: Expression) -> list[str]:
    return [code for code, years_back in side.codes if not years_back]


def figures_of(sheet: CheckedSheet, relation: Relation) -> Figures:
    """
    The figures a relation is evaluated over.

    Where cumulatives lack months, sums are compared over the months that all of them have; a typed rate is of all months,
    and what is compared with a constant is a whole.
    """
    left, right = (side.codes if side else () for side in (relation.left, relation.right))
    in_part = bool(left and right) and relation.kind in (RelationKind.SUM, RelationKind.BOUND, RelationKind.EQUALITY)
    return sheet.figures((*left, *right), in_part=in_part)


def _exact_enough(relation: Relation, figures: Figures) -> bool:
    """Whether the figures are exact where the relation is: 3000余 adds up to nothing, but it is still no less than its part."""
    if relation.kind is RelationKind.BOUND or relation.left is None or relation.right is None:
        return True
    return all(value.qualifier is Qualifier.EXACT for value in figures.values())
