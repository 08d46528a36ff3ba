"""Two documents beside each other: the figures that both state and state otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi.catalog.model import Catalog
from kpi.papers.checking.against_store import StatedNumber, name_of, stated_number
from kpi.papers.checking.paper_check import PaperCheck
from kpi.papers.checking.text_statements import noun_of
from kpi.workbook.naming import name_key, unit_key


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A figure that two documents state otherwise: what it is called, and its index among the figures of each."""

    name: str
    first: int
    second: int


def discrepancies(catalog: Catalog, first: PaperCheck, second: PaperCheck) -> tuple[Discrepancy, ...]:
    """
    The figures of two documents that are of the same measure, or counted in the same words and unit, and have other values, in the order of the first.

    Figures of which one is only rounded more than the other are alike; masked ones are not compared.
    """
    others = {key: (index, value) for key, _, index, value in reversed([*_named(catalog, second)])}
    differing: dict[object, Discrepancy] = {}
    for key, name, index, value in _named(catalog, first):
        if key in others and key not in differing and not value.alike(others[key][1]):
            differing[key] = Discrepancy(name, index, others[key][0])
    return tuple(differing.values())


def _named(catalog: Catalog, check: PaperCheck) -> Iterator[tuple[object, str, int, StatedNumber]]:
    """The figures of a document that have a number, each under what it is a figure of."""
    for compared in check.comparisons:
        figure = check.figures[compared.figure]
        if figure.value is None:
            continue
        if compared.stored is not None and compared.code:
            unit = compared.stored.unit or catalog.indicator_or_measure(compared.code).unit
            yield (compared.code, compared.face), name_of(catalog, compared), compared.figure, stated_number(figure, unit)
        elif noun := noun_of(figure):
            words = name_key(figure.subject + figure.before + figure.after)
            yield (words, unit_key(figure.unit)), noun, compared.figure, stated_number(figure, figure.unit)
