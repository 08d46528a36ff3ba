"""The relations of the catalogue (勾稽关系) over the figures of a text that are figures of its measures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from kpi.catalog.model import Catalog
from kpi.catalog.relation import Raises, Relation, RelationKind
from kpi.papers.checking.measure_matching import MeasureMatch
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.figures.text_figure import TextFigure
from kpi.period import Span
from kpi.validation.relation_figures import FigureKey, Result, evaluate
from kpi.value import Value, plain
from kpi.workbook.units import converted, power_between

_ADDING = (RelationKind.SUM, RelationKind.EQUALITY, RelationKind.DUPLICATE)
_OVER_ALL = (RelationKind.EVERY_RATE, RelationKind.EVERY_COUNT, RelationKind.DERIVED, RelationKind.REACHABLE)


def value_in_text(figure: TextFigure, unit: str) -> Value:
    """A figure of a text as one of a measure, in the unit of that: 37.7663万元 of 元 is 377663."""
    power = power_between(figure.unit, unit) if figure.unit else 0
    return converted(Value(figure.state, figure.value, figure.decimals, figure.qualifier), power or 0)


def relation_findings(catalog: Catalog, figures: Sequence[TextFigure], matches: Sequence[MeasureMatch]) -> Iterator[PaperFinding]:
    """
    The relations that the figures of a text break, figures of one span among each other.

    A law that is meant hard is broken for certain where all its figures run to the same day; any other asks to be looked at.
    """
    for face in dict.fromkeys(match.face for match in matches if not match.face.grows and not match.face.of_last_year):
        places = {match.measure: match.figure for match in reversed(matches) if match.face is face and match.measure in catalog.measures}
        yield from _of_span(catalog, figures, places, face.span)


def _of_span(catalog: Catalog, figures: Sequence[TextFigure], places: Mapping[str, int], span: Span) -> Iterator[PaperFinding]:
    values: dict[FigureKey, Value] = {(code, 0): value_in_text(figures[index], catalog.measures[code].unit) for code, index in places.items()}
    for relation in catalog.relations.values():
        codes = _codes(relation)
        if relation.kind in _OVER_ALL or relation.period or relation.raises is Raises.NOTHING or not codes or not codes <= places.keys():
            continue
        if not span.cumulative and not _of_any_months(relation, codes, catalog):
            continue
        evaluated = evaluate(relation, catalog, values)
        if evaluated.result is Result.VIOLATED:
            yield _finding(relation, figures, places, sorted(codes, key=places.__getitem__), catalog, evaluated.left, evaluated.right)


def _of_any_months(relation: Relation, codes: Collection[str], catalog: Catalog) -> bool:
    """
    Whether a law over figures of the year so far holds for some of its months as well.

    One over stocks alone does.  Flows of some months are the difference of two figures so far: what is equal stays so, what is less may have been
    more in those months (tasks of January that November completes), and a stock stands beside the flows of all months before it.
    """
    stocks = sum(not catalog.measures[code].of_months for code in codes)
    return stocks == len(codes) or (stocks == 0 and relation.op == "=" and relation.kind in _ADDING)


def _codes(relation: Relation) -> set[str]:
    """The measures of a relation; none where it looks at another year."""
    keys = [key for side in (relation.left, relation.right) if side is not None for key in side.codes]
    return set() if any(years for _, years in keys) else {code for code, _ in keys}


def _finding(
    relation: Relation, figures: Sequence[TextFigure], places: Mapping[str, int], codes: Sequence[str], catalog: Catalog, left: object, right: object
) -> PaperFinding:
    listed = "，".join(f"{catalog.measures[code].name} {figures[places[code]].token}{figures[places[code]].unit}" for code in codes)
    alike = len({figures[places[code]].as_of for code in codes}) == 1
    return PaperFinding(
        "relation-broken",
        Grade.CERTAIN if relation.strength == "hard" and alike else Grade.CHECK,
        tuple(places[code] for code in codes),
        f"{relation.name}不成立：{listed}（左边 {_shown(left)}，右边 {_shown(right)}）",
        relation.remedy or "请核对这几个数",
        relation.id,
    )


def _shown(side: object) -> str:
    return plain(round(side, 4)) if isinstance(side, Decimal) else "—"
