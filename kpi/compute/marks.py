"""
What has to be said beside a figure: 调整数 booked in its months, months that its cumulative lacks, a base that was restated.

All of an organisation's is read at once for some years and kept for each version of the data, since few figures carry
such a mark.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files

from kpi.catalog.formula import Term
from kpi.catalog.model import Catalog
from kpi.compute.memory import Memory
from kpi.period import Month
from kpi.store.database import Store

_SQL = files("kpi.compute").joinpath("sql")
_MARKS, _SUBMITTERS = (_SQL.joinpath(f"{name}.sql").read_text("utf-8") for name in ("marks", "submitters"))


@dataclass(frozen=True, slots=True)
class Adjustment:
    """调整数: what a stated cumulative holds beyond the one before it and the month, booked in its month and nowhere else."""

    measure: str
    name: str
    period: Month
    amount: Decimal
    note: str  # the 说明 given with the submission
    by: str
    at: datetime | None
    submission: int


@dataclass(frozen=True, slots=True)
class Restated:
    """A base of last year that the office states to this year's scope, beside the one on record."""

    measure: str
    name: str
    period: Month  # of the sheet that restates it
    stated: Decimal
    recorded: Decimal
    note: str
    by: str
    at: datetime | None
    submission: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one figure."""

    adjustment: tuple[Adjustment, ...] = ()
    missing: tuple[Month, ...] = ()  # months of this year that its cumulative lacks
    prior_missing: tuple[Month, ...] = ()  # months of last year that its base lacks
    restated: tuple[Restated, ...] = ()


NONE = Marks()


@dataclass(frozen=True, slots=True)
class _Gap:
    """A month without a number, and the last month whose cumulative lacks it."""

    measure: str
    period: Month
    until: Month


_Mark = Adjustment | Restated | _Gap
_ByMeasure = Mapping[tuple[str, int], Sequence[_Mark]]  # and year
_read: Memory[_ByMeasure] = Memory(most=100)
_YEARS_BACK = 2  # last year's figure of a growth over last year


class Remarks:
    """The marks of every measure of an organisation in some years; of one that does not report itself there are none."""

    def __init__(self, store: Store, catalog: Catalog, years: Collection[int], org: str) -> None:
        self._marks: _ByMeasure = {}
        if catalog.orgs[org].reports:
            first, last = min(years) - _YEARS_BACK, max(years)
            self._marks = _read.recall(store, (org, first, last), lambda: _by_measure(store, catalog, org, first, last))
        self._marked = {measure for measure, _ in self._marks}

    def of(self, terms: Sequence[Term], covered: Sequence[Month], base: Month | None = None) -> Marks:
        """
        The marks of a figure made of some terms.

        Args:
            terms: What it is made of.
            covered: The months it covers, the last one last.
            base: Of a year-to-date figure the month last year that it is compared with; of others nothing lacks or is restated.

        """
        if self._marked.isdisjoint(term.measure for term in terms):
            return NONE
        last = covered[-1]
        return Marks(
            adjustment=tuple(self._adjusted(terms, covered)),
            missing=self.missing(terms, last) if base else (),
            prior_missing=self.missing(terms, base) if base else (),
            restated=tuple(self._restated(terms, last)) if base else (),
        )

    def missing(self, terms: Iterable[Term], last: Month) -> tuple[Month, ...]:
        """The months that cumulative figures of a month lack."""
        found = set()
        for term in terms:
            month = last.plus(-12 * term.years_back)
            gaps = (mark for mark in self._on(term.measure, month.year) if isinstance(mark, _Gap))
            found |= {gap.period for gap in gaps if gap.period <= month <= gap.until}
        return tuple(sorted(found))

    def _adjusted(self, terms: Iterable[Term], covered: Sequence[Month]) -> Iterator[Adjustment]:
        for measure, years_back in dict.fromkeys((term.measure, term.years_back) for term in terms):
            first, last = (month.plus(-12 * years_back) for month in (covered[0], covered[-1]))
            marks = self._on(measure, last.year)
            yield from (mark for mark in marks if isinstance(mark, Adjustment) and first <= mark.period <= last)

    def _restated(self, terms: Iterable[Term], last: Month) -> Iterator[Restated]:
        for measure in dict.fromkeys(term.measure for term in terms):
            yield from (mark for mark in self._on(measure, last.year) if isinstance(mark, Restated) and mark.period == last)

    def _on(self, measure: str, year: int) -> Sequence[_Mark]:
        return self._marks.get((measure, year), ())


def _by_measure(store: Store, catalog: Catalog, org: str, first: int, last: int) -> _ByMeasure:
    rows = store.rows(_MARKS, {"org": org, "first": date(first, 1, 1), "last": date(last, 12, 1)})
    seqs = {seq for row in rows for seq in (row[5], row[8]) if seq is not None}
    brought = {seq: (note or "", by, at, seq) for seq, note, by, at in store.rows(_SUBMITTERS, {"seqs": sorted(seqs)})} if seqs else {}
    found: dict[tuple[str, int], list[_Mark]] = defaultdict(list)
    gaps: dict[tuple[str, int], list[tuple[Month, int, bool]]] = defaultdict(list)
    for measure, day, missing, known, adjustment, seq, stated, recorded, prior_seq in rows:
        name, month = catalog.measures[measure].name, Month.of(day)
        if adjustment is not None:
            found[measure, month.year].append(Adjustment(measure, name, month, adjustment, *brought[seq]))
        if stated is not None:
            found[measure, month.year].append(Restated(measure, name, month, stated, recorded, *brought[prior_seq]))
        if missing:
            gaps[measure, month.year].append((month, missing, known))
    for key, months in gaps.items():
        found[key] += _gaps(key[0], months)
    return dict(found)


def _gaps(measure: str, months: Sequence[tuple[Month, int, bool]]) -> Iterator[_Gap]:
    """
    The months without a number out of those whose cumulatives lack any, ascending.

    How many are lacking grows by one with each such month, until a cumulative is stated again and none is.
    """
    stretches: list[list[tuple[Month, int, bool]]] = []
    for one in months:
        if stretches and stretches[-1][-1][0].plus(1) == one[0]:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    for stretch in stretches:
        known = [month for month, _, there in stretch if there]
        before = 0
        for month, missing, _ in stretch:
            if missing > before and known and known[-1] >= month:
                yield _Gap(measure, month, known[-1])
            before = missing
