"""
The single months that nothing may rest on: those that are no exact number, or that are not of a whole month.

Projection, best month, signal and 环比 all ask here, so that there is one rule for all of them: a month is a calendar
month, or runs for the length of one from the day to which the figure before it runs.  15 February to 31 March is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kpi.catalog.formula import Term
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.figures.months_of_terms import months_of_terms
from kpi.period import Month
from kpi.store.reader import StoreReader
from kpi.store.statements import statement
from kpi.value import Qualifier


@dataclass(frozen=True, slots=True)
class _Uneven:
    """A row of `uneven_months` or `uneven_months_below`."""

    qualifier: Qualifier
    broken: bool
    short: bool
    earliest: date | None
    latest: date | None


_EVEN = _Uneven(Qualifier.EXACT, broken=False, short=False, earliest=None, latest=None)


class UnevenMonths:
    """What is uneven of an organisation, or of any of those that report below it."""

    def __init__(self, store: StoreReader, catalog: Catalog, org: str) -> None:
        self._catalog = catalog
        self._months = _by_month(store, catalog, org)

    def qualifier(self, terms: Iterable[Term], month: Month) -> Qualifier:
        """How the single month of a figure made of some terms is meant; of a stock, what stands at its end."""
        known = [(self._of(term, month).qualifier, term.coefficient) for term in terms]
        inexact = [(how, coefficient) for how, coefficient in known if how is not Qualifier.EXACT]
        if not inexact:
            return Qualifier.EXACT
        [(how, coefficient), *others] = inexact
        return how if len(known) == 1 and coefficient > 0 and not others else Qualifier.MIXED

    def broken(self, terms: Iterable[Term], month: Month) -> bool:
        """Whether it holds days of the month before, or lacks some of its own first days."""
        return any(self._of(term, month).broken for term in terms)

    def whole(self, terms: Iterable[Term], month: Month) -> bool:
        """Whether it is of a whole month."""
        return not any(record.broken or record.short for record in (self._of(term, month) for term in terms))

    def unlike(self, terms: Iterable[Term], month: Month) -> str:
        """Why a month cannot be set against the month before, in words; empty where it can, be it unfinished itself."""
        for term in terms:
            before, earlier = month.plus(-1 - 12 * term.years_back), month.plus(-2 - 12 * term.years_back)
            stands = self._catalog.counted(term).kind is not MeasureKind.FLOW
            last = self._of(term, month.plus(-1))
            if term.years_back and self._of(term, month).short and not self._of(replace(term, years_back=0), month).short:
                return f"{month.plus(-12 * term.years_back).chinese}的数算到 {_days(self._of(term, month))}，不是整月"
            if self._of(term, month).broken or (last.short and not last.broken and not stands):
                return f"{before.chinese}的数算到 {_days(last)}，不是整月"
            if last.broken and not stands:
                return f"{earlier.chinese}的数算到 {_days(self._of(term, month.plus(-2)))}，{before.chinese}不是整月"
        return ""

    def _of(self, term: Term, month: Month) -> _Uneven:
        if term.derivation is None:
            return self._months.get((term.measure, month.plus(-12 * term.years_back)), _EVEN)
        if term.derivation.of_sheets:
            return _EVEN
        return self._of_derivation(term, month)

    def _of_derivation(self, term: Term, month: Month) -> _Uneven:
        """How all that it is made of is meant, from which day it begins and to which it runs."""
        records = [[self._months.get((measure, point), _EVEN) for point in points] for measure, points in months_of_terms(self._catalog.year, [term], [month])]
        every = [record for of_year in records for record in of_year]
        first, last = records[0][0], [of_year[-1] for of_year in records]
        exact = all(record.qualifier is Qualifier.EXACT for record in every)
        days = [day for record in last for day in (record.earliest, record.latest) if day is not None]
        return _Uneven(
            Qualifier.EXACT if exact else Qualifier.MIXED,
            broken=first.broken,
            short=last[-1].short,
            earliest=min(days, default=None),
            latest=max(days, default=None),
        )


def _days(uneven: _Uneven) -> str:
    days = sorted({day for day in (uneven.earliest, uneven.latest) if day is not None})
    return "～".join(f"{day.month} 月 {day.day} 日" for day in days)


def _by_month(store: StoreReader, catalog: Catalog, org: str) -> Mapping[tuple[str, Month], _Uneven]:
    rows = store.rows(statement("uneven_months" if catalog.orgs[org].reports else "uneven_months_below"), {"org": org})
    return {(measure, Month.of(day)): _Uneven(Qualifier(meant), *rest) for measure, day, meant, *rest in rows}
