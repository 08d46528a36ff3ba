"""
What has to be said beside a figure: 调整数 booked in its months, months that its cumulative lacks, a base that was restated.

All of it is read once for each year and version of the data, since few figures carry such a mark.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from importlib.resources import files

from kpi.catalog.formula import Term
from kpi.catalog.model import Catalog
from kpi.compute.memory import Memory
from kpi.period import Month
from kpi.store.database import Store

_SQL = files("kpi.compute").joinpath("sql/marks.sql").read_text("utf-8")


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
class _Mark:
    """One row of marks.sql, its columns in order."""

    kind: str
    measure: str
    period: date
    until: date
    amount: Decimal
    recorded: Decimal
    note: str
    by: str
    at: datetime
    submission: int


_ByMeasure = Mapping[str, Sequence[_Mark]]
_years: Memory[_ByMeasure] = Memory(most=100)


class Remarks:
    """The marks of every measure of an organisation in some years; of one that does not report itself there are none."""

    def __init__(self, store: Store, catalog: Catalog, years: Collection[int], org: str) -> None:
        self._catalog = catalog
        asked = {year - back for year in years for back in (0, 1, 2)}
        reports = catalog.orgs[org].reports
        self._marks = {year: _years.recall(store, (org, year), partial(_read, store, org, year)) for year in asked if reports}

    def of(self, terms: Sequence[Term], covered: Sequence[Month], base: Month | None = None) -> Marks:
        """
        The marks of a figure made of some terms.

        Args:
            terms: What it is made of.
            covered: The months it covers, the last one last.
            base: Of a year-to-date figure the month last year that it is compared with; of others nothing lacks or is restated.

        """
        if not any(self._marks.values()):
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
            day = last.plus(-12 * term.years_back).first_day
            found |= {mark.period for mark in self._on(term.measure, day.year, "missing") if mark.period <= day <= mark.until}
        return tuple(Month.of(day) for day in sorted(found))

    def _adjusted(self, terms: Iterable[Term], covered: Sequence[Month]) -> Iterator[Adjustment]:
        for measure, years_back in dict.fromkeys((term.measure, term.years_back) for term in terms):
            first, last = (month.plus(-12 * years_back).first_day for month in (covered[0], covered[-1]))
            for mark in self._on(measure, covered[-1].year - years_back, "adjustment"):
                if first <= mark.period <= last:
                    name = self._catalog.measures[measure].name
                    yield Adjustment(measure, name, Month.of(mark.period), mark.amount, mark.note, mark.by, mark.at, mark.submission)

    def _restated(self, terms: Iterable[Term], last: Month) -> Iterator[Restated]:
        for measure in dict.fromkeys(term.measure for term in terms):
            for mark in self._on(measure, last.year, "restated"):
                if mark.period == last.first_day:
                    name = self._catalog.measures[measure].name
                    yield Restated(measure, name, last, mark.amount, mark.recorded, mark.note, mark.by, mark.at, mark.submission)

    def _on(self, measure: str, year: int, kind: str) -> Iterator[_Mark]:
        return (mark for mark in self._marks.get(year, {}).get(measure, ()) if mark.kind == kind)


def _read(store: Store, org: str, year: int) -> _ByMeasure:
    found: dict[str, list[_Mark]] = defaultdict(list)
    for row in store.rows(_SQL, {"org": org, "year": year}):
        mark = _Mark(*row)
        found[mark.measure].append(mark)
    return found
