"""
The cases of a ledger that are on file, and what one more ledger makes of them.

A ledger is a set of cases and the days it covers.  What is on file outside of these days stays.  On them, a case that
the ledger holds too is its newer version; one that it lacks is missing, and is named before it may be replaced.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

import numpy as np

from kpi.period import Month
from kpi.workbook.ledgers.case_columns import Flags, ordinal_of
from kpi.workbook.ledgers.cases import Cases, index_of, month_of
from kpi.workbook.ledgers.coverage import Coverage
from kpi.workbook.ledgers.double_rows import content
from kpi.workbook.report import Column, KeptCases, Mate, Reading

Word = str | date | Decimal | None
FiledFigures = Mapping[tuple[str, Column], tuple[str, date]]  # the number, empty where there is none, and the day it runs to


@dataclass(frozen=True)
class FiledMonth:
    """The cases of one month that are on file, or would be once the files before this one are."""

    month: Month
    cases: KeptCases
    figures: FiledFigures
    where: Callable[[int], str]  # where a row stands, in words
    mate: Mate | None = None  # the report of the same batch that brings it; None: it is stored
    taken_by: Callable[[str, date], str] = lambda key, day: ""  # the file behind in the batch that takes a case of a key and day away, if any

    @property
    def called(self) -> str:
        """What is on file, in a sentence."""
        return f"本批中的「{self.mate.file}」" if self.mate else "已入库的"


@dataclass(frozen=True, slots=True)
class FiledRow:
    """One case on file: its month, and its position there."""

    month: FiledMonth
    at: int

    @property
    def key(self) -> str:
        return self.month.cases.keys[self.at]

    @property
    def sheet(self) -> tuple[Month, str]:
        """The sheet that brought it, as far as it is known."""
        return self.month.month, self.month.cases.sources[self.at] if self.month.cases.sources else ""

    @property
    def called(self) -> str:
        """How a sentence names it: by its key, else by where it stands."""
        return self.key.replace("|", " ") or self.month.where(self.at)

    def word(self, column: str) -> Word:
        """What it says in a column; None where it says nothing."""
        words = self.month.cases.columns.get(column)
        return words[self.at] if words is not None else None


class StrayOutcome(StrEnum):
    """What becomes of a row of a month that its ledger does not cover."""

    ADDED = "added"  # to the cases of its month that are on file
    UPDATED = "updated"  # the case is on file in that month: its newer version
    FAR = "far"  # so far from all others that the date is doubted: not counted
    DATED_OTHERWISE = "dated-otherwise"  # the case is on file under another date, which stays
    DOUBLED = "doubled"  # another row with its key is counted
    BESIDE = "beside"  # another file of the batch reports its month: not counted
    NO_MONTH = "no-month"  # nothing of its month is on file: not counted


@dataclass
class Together:
    """
    A ledger and what is on file: ``counts`` are its own rows that count, ``stays`` the rows on file that do besides.

    ``missing`` are the rows on file, by month, on covered days that the ledger lacks; they stay where it adds.  ``newer``
    are own rows with the row on file whose place they take, ``twice`` those whose case stays on file in another month.
    ``resent`` are the sheets on file, each by its month and `KeptCases.sources`, that the ledger holds at least half of:
    it is a newer version of them.  ``same`` are own rows without a key with the row on file that says the same, taken for one
    case; where the ledger adds only those of such a sheet are, and ``alike`` are those whose like on another sheet counts too.
    """

    counts: Flags
    strays: list[tuple[int, StrayOutcome]] = field(default_factory=list)
    stays: list[FiledRow] = field(default_factory=list)
    missing: defaultdict[Month, list[FiledRow]] = field(default_factory=lambda: defaultdict(list))
    newer: list[tuple[int, FiledRow]] = field(default_factory=list)
    twice: list[tuple[int, FiledRow]] = field(default_factory=list)
    resent: set[tuple[Month, str]] = field(default_factory=set)
    named: set[tuple[Month, str]] = field(default_factory=set)  # the sheets on file that have keys
    same: list[tuple[int, FiledRow]] = field(default_factory=list)
    alike: list[tuple[int, FiledRow]] = field(default_factory=list)

    def asks(self, month: Month) -> bool:
        """Whether an answer is needed where the cases of a month are counted besides those on file, though nothing may change."""
        return bool(self.own_missing(month)) or any(row.month.month == month and row.sheet not in self.named for _, row in self.same)

    def own_missing(self, month: Month) -> list[FiledRow]:
        """The missing rows of a month that an earlier version of this very sheet had."""
        return [row for row in self.missing.get(month, ()) if row.sheet in self.resent]


def put_together(
    cases: Cases, coverage: Coverage, filed: Mapping[Month, FiledMonth], *, adds: bool, closed: Collection[Month] = (), beside: Collection[Month] = ()
) -> Together:
    """
    Hold the cases of a ledger against those on file.

    Args:
        cases: All rows of the ledger.
        coverage: The days it covers, and which of its rows count.
        filed: The months that are on file.
        adds: Whether its cases are counted besides those on file that it lacks, not instead of them.
        closed: Months that take nothing in: what is on file of them stays as it is.
        beside: Months that another file of the batch reports: it alone says what they hold, whichever comes first.

    """
    rows = [FiledRow(month, at) for month in filed.values() for at in range(len(month.cases.keys))]
    open_ = ~np.isin(coverage.month, [index_of(month) for month in closed])
    together = Together(coverage.valid & open_)
    _settle_strays(together, cases, coverage, np.flatnonzero(coverage.stray & open_ & ~cases.continued).tolist(), rows, filed, beside)
    if rows:
        _settle_filed(together, cases, coverage, rows, closed, adds=adds)
    return together


def _settle_strays(
    together: Together,
    cases: Cases,
    coverage: Coverage,
    strays: Sequence[int],
    rows: Sequence[FiledRow],
    filed: Mapping[Month, FiledMonth],
    beside: Collection[Month],
) -> None:
    """Count the strays, the rows of months that the ledger does not cover, that add to their month or renew a case of it."""
    by_key = {row.key: row for row in rows if row.key}
    inside = {cases.keys[at] for at in np.flatnonzero(coverage.valid).tolist() if cases.keys[at]}
    for at in strays:
        month = month_of(int(coverage.month[at]))
        outcome = StrayOutcome.BESIDE if month in beside else _outcome(cases.keys[at], month, inside, by_key, filed, far=coverage.far(at))
        together.strays.append((at, outcome))
        if outcome in (StrayOutcome.ADDED, StrayOutcome.UPDATED):
            together.counts[at] = True
            inside.add(cases.keys[at])


def _settle_filed(together: Together, cases: Cases, coverage: Coverage, rows: Sequence[FiledRow], closed: Collection[Month], *, adds: bool) -> None:
    """Find for each row on file whether the ledger has a newer version of it, the same, or lacks it."""
    newer = {cases.keys[at]: at for at in np.flatnonzero(together.counts).tolist() if cases.keys[at]}
    nameless = _nameless(cases, together.counts)
    present = set(cases.keys)
    covered = coverage.on_covered_day(np.array([ordinal_of(row.month.cases.days[row.at]) for row in rows], dtype=np.int64)).tolist()
    together.named = {row.sheet for row in rows if row.key}
    together.resent = _resent(cases, [row for row, on_covered_day in zip(rows, covered, strict=True) if on_covered_day], nameless, together.named)
    for row, on_covered_day in zip(rows, covered, strict=True):
        version = newer.get(row.key) if row.key else None
        if version is not None and row.month.month not in closed and (on_covered_day or month_of(int(coverage.month[version])) == row.month.month):
            together.newer.append((version, row))
        elif version is not None:
            together.twice.append((version, row))
            together.stays.append(row)
        elif not row.key and (not adds or row.sheet in together.resent) and (same := nameless[_filed_content(cases, row)]):
            together.same.append((same.popleft(), row))
        elif not on_covered_day or row.month.month in closed or (row.key and row.key in present):
            together.stays.append(row)
        else:
            together.missing[row.month.month].append(row)
            together.stays += [row] if adds else []
    for row in together.stays:
        if not row.key and (like := nameless[_filed_content(cases, row)]):
            together.alike.append((like.popleft(), row))


def _nameless(cases: Cases, counts: Flags) -> defaultdict[tuple[str, ...], deque[int]]:
    """The rows that count and have no key, by what they say."""
    nameless: defaultdict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for at in np.flatnonzero(counts).tolist():
        if not cases.keys[at]:
            nameless[content(cases, at)].append(at)
    return nameless


def _resent(
    cases: Cases, rows: Sequence[FiledRow], nameless: Mapping[tuple[str, ...], Sequence[int]], named: Collection[tuple[Month, str]]
) -> set[tuple[Month, str]]:
    """The sheets that a ledger is a newer version of: it holds half of their keys, or of all they say where they have none."""
    present = set(cases.keys)
    of_sheet: defaultdict[tuple[Month, str], list[FiledRow]] = defaultdict(list)
    for row in rows:
        if row.key or row.sheet not in named:
            of_sheet[row.sheet].append(row)
    there: dict[tuple[Month, str], int] = {}
    for sheet, own in of_sheet.items():
        contents = Counter(_filed_content(cases, row) for row in own if not row.key)
        there[sheet] = sum(row.key in present for row in own if row.key) + sum(min(many, len(nameless.get(words, ()))) for words, many in contents.items())
    return {sheet for sheet, many in there.items() if 2 * many >= len(of_sheet[sheet])}


def _outcome(key: str, month: Month, inside: set[str], by_key: Mapping[str, FiledRow], filed: Mapping[Month, FiledMonth], *, far: bool) -> StrayOutcome:
    if key and key in inside:
        return StrayOutcome.DOUBLED
    if key in by_key:
        return StrayOutcome.UPDATED if by_key[key].month.month == month else StrayOutcome.DATED_OTHERWISE
    if far:
        return StrayOutcome.FAR
    return StrayOutcome.ADDED if month in filed else StrayOutcome.NO_MONTH


def _filed_content(cases: Cases, row: FiledRow) -> tuple[str, ...]:
    """The same of a case on file, in the columns that the ledger has."""
    return tuple(_as_word(row.word(name)) for name in cases.cells)


def _as_word(word: Word) -> str:
    match word:
        case None:
            return ""
        case date():
            return word.isoformat()
        case Decimal():
            return f"{word.normalize():f}"
        case _:
            return word


def figures_of(readings: Iterable[Reading]) -> FiledFigures:
    """The figures of a month as they are compared with those on file."""
    return {(r.measure, r.column): (f"{r.value.number.normalize():f}" if r.value.number is not None else "", r.as_of) for r in readings}


def same_cases(cases: KeptCases, other: KeptCases) -> bool:
    """Whether two months hold the same cases, wherever on their sheets they stand."""
    if len(cases.keys) != len(other.keys) or set(cases.columns) != set(other.columns):
        return False
    return Counter(_lines(cases)) == Counter(_lines(other))


def _lines(kept: KeptCases) -> Iterator[tuple[object, ...]]:
    lacks = kept.lacks if any(kept.lacks) else [""] * len(kept.keys)
    return zip(kept.keys, kept.days, lacks, *(kept.columns[name] for name in sorted(kept.columns)), strict=True)
