"""
What has to be said beside a figure: 调整数 booked in its months, that there was nothing to count, a base that was restated, a blank counted as 0.

All of an organisation's is read at once for some years, since few figures carry such a mark.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.catalog.formula import Term
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.compute.marks import NO_MARKS, Adjustment, Blank, Idle, Marks, Restated
from kpi.figures.months_of_terms import months_of_terms
from kpi.period import Month, ReportingYear
from kpi.store.reader import StoreReader
from kpi.store.statements import statement
from kpi.value import State


@dataclass(frozen=True, slots=True)
class _Idle:
    """What `Idle` says, with the month of the figure beside which it stands."""

    period: Month
    idle: Idle


_Mark = Adjustment | Restated | _Idle
_ByMeasure = Mapping[tuple[str, int], Sequence[_Mark]]  # and year
YEARS_BACK = 2  # last year's figure of a growth over last year


class Remarks:
    """The marks of every measure of an organisation in some years; of one that does not report itself there are none."""

    def __init__(self, store: StoreReader, catalog: Catalog, years: Collection[int], org: str) -> None:
        self._marks: _ByMeasure = {}
        self._blanks: Mapping[tuple[str, Month], frozenset[str]] = {}
        self._store, self._catalog, self._org, self._year = store, catalog, org, catalog.year
        if catalog.orgs[org].reports:
            first, last = min(years) - YEARS_BACK, max(years)
            self._marks = _by_measure(store, catalog, org, first, last)
            self._blanks = blanks_by_month(store, catalog, org, first, last)
        self._marked = {measure for measure, _ in (*self._marks, *self._blanks)}

    def of(self, terms: Sequence[Term], covered: Sequence[Month], *, cumulative: bool) -> Marks:
        """
        The marks of a figure made of some terms.

        Args:
            terms: What it is made of.
            covered: The months it covers, the last one last.
            cumulative: Whether it is the cumulative figure of that month.

        """
        if self._marked.isdisjoint(code for term in terms for code in term.codes):
            return NO_MARKS
        return Marks(
            adjustment=tuple(self._adjusted(terms, covered, cumulative=cumulative)),
            idle=tuple(self._idle(terms, covered)),
            restated=tuple(self._restated(terms, covered)),
            blank=tuple(self._blank(terms, covered)),
        )

    def _blank(self, terms: Iterable[Term], covered: Sequence[Month]) -> Iterator[Blank]:
        counted: dict[str, list[Month]] = defaultdict(list)
        for measure, months in months_of_terms(self._year, terms, covered):
            counted[measure] += (month for month in months if (measure, month) in self._blanks)
        yield from (Blank(measure, self._catalog.measures[measure].name, tuple(sorted(set(months)))) for measure, months in counted.items() if months)

    def _idle(self, terms: Iterable[Term], covered: Sequence[Month]) -> Iterator[Idle]:
        for measure, months in months_of_terms(self._year, terms, covered):
            yield from (mark.idle for mark in self._on(measure, self._year.of(months[-1])) if isinstance(mark, _Idle) and mark.period == months[-1])

    def _adjusted(self, terms: Iterable[Term], covered: Sequence[Month], *, cumulative: bool) -> Iterator[Adjustment]:
        for measure, months in months_of_terms(self._year, terms, covered):
            marks = [mark for mark in self._on(measure, self._year.of(months[-1])) if isinstance(mark, Adjustment) and mark.period in months]
            if marks:
                # of a span of which a month is not known the figure lies between two cumulatives, with all that is booked there
                counted = cumulative or self._store.month_unknown(self._org, [measure], list(months))
                yield from (replace(mark, counted=counted) for mark in marks)

    def _restated(self, terms: Iterable[Term], covered: Sequence[Month]) -> Iterator[Restated]:
        for measure in dict.fromkeys(term.measure for term in terms if term.derivation is None):
            if restates(self._catalog, measure, covered):
                marks = self._on(measure, self._year.of(covered[-1]))
                yield from (mark for mark in marks if isinstance(mark, Restated) and mark.period == covered[-1])

    def _on(self, measure: str, year: int) -> Sequence[_Mark]:
        return self._marks.get((measure, year), ())


def blanks_by_month(store: StoreReader, catalog: Catalog, org: str, first: int, last: int) -> Mapping[tuple[str, Month], frozenset[str]]:
    """By measure and month who of those at or below an organisation was counted as 0 because the sheet says nothing, in some years."""
    orgs: dict[tuple[str, Month], frozenset[str]] = {}
    if catalog.blanks_count:
        for leaf, measure, day in store.rows(statement("blanks_of"), {"org": org, **year_days(catalog.year, first, last)}):
            key = measure, Month.of(day)
            orgs[key] = orgs.get(key, frozenset()) | {leaf}
    return orgs


def year_days(year: ReportingYear, first: int, last: int) -> dict[str, date]:
    """The first and the last month of some years, as parameters of a statement."""
    return {"first": year.first_day(first), "last": year.last(last).first_day}


def restates(catalog: Catalog, measure: str, covered: Sequence[Month]) -> bool:
    """Whether a base that the office states is one of some months: it is of the year so far, or of what stands."""
    return catalog.year.opens(covered[0]) or catalog.measures[measure].kind is not MeasureKind.FLOW


def _by_measure(store: StoreReader, catalog: Catalog, org: str, first: int, last: int) -> _ByMeasure:
    rows = store.rows(statement("remarks"), {"org": org, **year_days(catalog.year, first, last)})
    seqs = {seq for row in rows for seq in (row[6], row[9]) if seq is not None}
    brought = {seq: (note or "", by, at, seq) for seq, note, by, at in store.rows(statement("submitters"), {"seqs": sorted(seqs)})} if seqs else {}
    marks: dict[tuple[str, int], list[_Mark]] = defaultdict(list)
    for measure, day, word, idle_months, idle_word, adjustment, seq, stated, recorded, prior_seq in rows:
        name, month = catalog.measures[measure].name, Month.of(day)
        if adjustment is not None:
            marks[measure, catalog.year.of(month)].append(Adjustment(measure, name, month, adjustment, *brought[seq]))
        if stated is not None:
            marks[measure, catalog.year.of(month)].append(Restated(measure, name, month, stated, recorded, *brought[prior_seq]))
        if word or idle_months:
            idle = Idle(measure, name, word or idle_word or State.NOT_STARTED, () if word else catalog.year.months_of_bits(catalog.year.of(month), idle_months))
            marks[measure, catalog.year.of(month)].append(_Idle(month, idle))
    return dict(marks)
