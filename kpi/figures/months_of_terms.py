"""Which months of which measures stand in a figure over some months: those of a term that looks back, or holds more of them, are others."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kpi.catalog.derivation import DerivationRule
from kpi.catalog.formula import Term
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.period import Month, ReportingYear, months

MonthsOfMeasure = tuple[str, Sequence[Month]]


def months_of_terms(year: ReportingYear, terms: Iterable[Term], covered: Sequence[Month]) -> Iterator[MonthsOfMeasure]:
    """
    The measures of some terms, each with the months of it that count, of one year at a time, every pair once.

    Args:
        year: The year over which figures add up.
        terms: What the figure is made of.
        covered: The months it covers, the last one last.

    """
    seen: set[tuple[str, Month, Month]] = set()
    for term in terms:
        if term.derivation is not None and term.derivation.of_sheets:
            continue  # what stands on a sheet is nothing to it
        own = [month.plus(-12 * term.years_back) for month in covered]
        every = own if term.derivation is None or term.derivation.rule is DerivationRule.PRODUCT else term.derivation.months(own[-1], year)
        for _, same_year in groupby(every, key=year.of):
            of_year = list(same_year)
            for measure in term.codes:
                key = (measure, of_year[0], of_year[-1])
                if key not in seen:
                    seen.add(key)
                    yield measure, of_year


def months_behind(catalog: Catalog, term: Term, point: Month) -> tuple[Month, ...]:
    """The months, ascending, whose cells stand behind a derivation at a month; the one before a window too, since its cumulative may be taken off."""
    if term.derivation is None or catalog.counted(term).kind is MeasureKind.FLOW:
        return catalog.year.so_far(point)
    every = term.derivation.months(point, catalog.year)
    within_year = term.derivation.rule is DerivationRule.WINDOW and not catalog.year.opens(every[0])
    return months(every[0].plus(-1), every[-1]) if within_year else every
