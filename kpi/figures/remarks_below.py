"""How many of the organisations below one carry a mark that a sum of their figures does not show."""

from collections.abc import Collection, Mapping, Sequence

from kpi.catalog.formula import Term
from kpi.catalog.model import Catalog
from kpi.compute.marks import NO_MARK_COUNTS, MarkCounts
from kpi.figures.months_of_terms import months_of_terms
from kpi.figures.remarks import YEARS_BACK, blanks_by_month, restates, year_days
from kpi.period import Month
from kpi.store.reader import StoreReader
from kpi.store.statements import statement

_Orgs = tuple[frozenset[str], frozenset[str], frozenset[str]]  # adjusted, restated, idle


class MarksBelow:
    """The marks of every measure of all that report below an organisation, in some years; of one that reports itself there are none."""

    def __init__(self, store: StoreReader, catalog: Catalog, years: Collection[int], org: str) -> None:
        self._orgs: Mapping[tuple[str, Month], _Orgs] = {}
        self._blanks: Mapping[tuple[str, Month], frozenset[str]] = {}
        self._catalog = catalog
        if not catalog.orgs[org].reports:
            first, last = min(years) - YEARS_BACK, max(years)
            self._orgs = _by_month(store, catalog, org, first, last)
            self._blanks = blanks_by_month(store, catalog, org, first, last)

    def of(self, terms: Sequence[Term], covered: Sequence[Month]) -> MarkCounts:
        """
        How many carry each kind of mark, beside a figure made of some terms.

        Args:
            terms: What it is made of.
            covered: The months it covers, the last one last.

        """
        if not self._orgs and not self._blanks:
            return NO_MARK_COUNTS
        adjusted: set[str] = set()
        restated: set[str] = set()
        idle: set[str] = set()
        blank: set[str] = set()
        plain = {term.measure for term in terms if term.derivation is None}
        for measure, months in months_of_terms(self._catalog.year, terms, covered):
            adjusted.update(*(self._orgs[measure, month][0] for month in months if (measure, month) in self._orgs))
            blank.update(*(self._blanks[measure, month] for month in months if (measure, month) in self._blanks))
            if (measure, months[-1]) in self._orgs:
                idle |= self._orgs[measure, months[-1]][2]
            if measure in plain and restates(self._catalog, measure, covered) and (measure, covered[-1]) in self._orgs:
                restated |= self._orgs[measure, covered[-1]][1]
        return MarkCounts(len(adjusted), len(restated), len(idle), len(blank))


def _by_month(store: StoreReader, catalog: Catalog, org: str, first: int, last: int) -> Mapping[tuple[str, Month], _Orgs]:
    rows = store.rows(statement("remarks_below"), {"org": org, **year_days(catalog.year, first, last)})
    return {
        (measure, Month.of(day)): (frozenset(adjusted or ()), frozenset(restated or ()), frozenset(idle or ()))
        for measure, day, adjusted, restated, idle in rows
    }
