"""
From the cases of a ledger to the figures of its months.

Every figure is counted from rows that can be named, and each reading says which: the sheet, the rows of the month, and
how many of them counted.  本年累计 is only stated where the ledger holds the year from January on.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from kpi.catalog.ledger import Condition, Counting, LedgerFigure
from kpi.finding import Finding, Severity
from kpi.period import Month, ReportingYear
from kpi.place import Place, cell_name
from kpi.value import State, Value
from kpi.workbook.ledgers.case_columns import NO_DAY, Flags, Ints, day_of
from kpi.workbook.ledgers.cases import Cases, index_of
from kpi.workbook.number import MAX_DECIMALS
from kpi.workbook.report import Column, Reading
from kpi.workdays import workdays_until

_FINEST = Decimal(1).scaleb(-MAX_DECIMALS)


@dataclass(frozen=True)
class Counted:
    """One figure of one month."""

    number: Decimal
    rows: int
    first: int  # the first and the last of the rows of the file, as positions among the cases; -1 where there are none
    last: int
    filed: int = 0  # how many of the rows are on file, from another ledger
    unsettled: int = 0  # rows of which nobody can say yet whether or how much they count: the holidays are not published


class FigureCounter:
    """
    Counts the figures of a ledger.

    Args:
        cases: All rows.
        valid: Those that count at all: dated in a covered month, and no duplicate.
        months: The month of each row, as `Cases.months` gives it.

    """

    def __init__(self, cases: Cases, valid: Flags, months: Ints) -> None:
        self._cases, self._valid, self._months = cases, valid, months
        self._elapsed = _Workdays(cases)

    def figures(self) -> list[LedgerFigure]:
        """Those that can be counted: every column they need is there."""
        return [figure for figure in self._cases.ledger.figures if all(name in self._cases.cells for name in figure.columns)]

    def unknown(self, figure: LedgerFigure) -> set[int]:
        """The months, by index, that hold a row of a sheet or ledger without a column that a figure needs."""
        return set(np.unique(self._months[self._valid & self._cases.without(figure.columns)]).tolist())

    def count(self, figure: LedgerFigure) -> dict[int, Counted]:
        """A figure by month; months without rows are absent."""
        added = self._signed(figure, *self._added(figure), 1)
        if not figure.less:
            return added
        taken = self._signed(figure, self._meets(figure.less), self._meets(figure.less, at_most=True), -1)
        return {month: _both(added.get(month), taken.get(month)) for month in sorted({*added, *taken})}

    def _added(self, figure: LedgerFigure) -> tuple[Flags, Flags]:
        """The rows that certainly count, and those that may."""
        certain, possible = (self._meets(figure.where, at_most=at_most) for at_most in (False, True))
        if figure.either:
            certain &= np.logical_or.reduce([self._meets(group) for group in figure.either])
            possible &= np.logical_or.reduce([self._meets(group, at_most=True) for group in figure.either])
        if figure.count is Counting.WORKDAYS:
            certain = certain & self._elapsed.settled(figure.since, figure.of)
        return certain, possible

    def _meets(self, conditions: Sequence[Condition], *, at_most: bool = False) -> Flags:
        flags = self._valid.copy()
        for condition in conditions:
            flags &= self._holds(condition, at_most=at_most)
        return flags

    def _holds(self, condition: Condition, *, at_most: bool) -> Flags:
        cells = self._cases.cells[condition.column]
        if condition.one_of:
            wanted = [number for number, value in enumerate(cells.words) if value in condition.one_of]
            return np.isin(cells.codes, wanted)
        if condition.within is not None:
            least, most = self._elapsed.between(condition.since, condition.column)
            return (least >= 0) & ((least if at_most else most) <= condition.within)
        return cells.filled if condition.filled else ~cells.filled

    def _signed(self, figure: LedgerFigure, certain: Flags, possible: Flags, sign: int) -> dict[int, Counted]:
        positions = np.flatnonzero(certain)
        months, amounts = self._months[positions], self._amounts(figure, positions)
        open_ = np.flatnonzero(possible & ~certain)
        counts = {}
        for month in np.unique(self._months[np.concatenate([positions, open_])]).tolist():
            inside, unsettled = positions[months == month], open_[self._months[open_] == month]
            here = inside[inside < self._cases.own]
            named = here if len(here) else unsettled[unsettled < self._cases.own]
            first, last = (int(named[0]), int(named[-1])) if len(named) else (-1, -1)
            number = amounts.get(month, Decimal(0)) * sign
            counts[month] = Counted(number, len(inside), first, last, len(inside) - len(here), len(unsettled))
        return counts

    def _amounts(self, figure: LedgerFigure, positions: Ints) -> Mapping[int, Decimal]:
        months = self._months[positions]
        known = np.unique(months).tolist()
        if figure.count is Counting.ROWS:
            return {month: Decimal(int(np.count_nonzero(months == month))) for month in known}
        if figure.count is Counting.WORKDAYS:
            took = np.maximum(self._elapsed.between(figure.since, figure.of)[0][positions], 0)
            return {month: Decimal(int(took[months == month].sum())) for month in known}
        cells = self._cases.cells[figure.of]
        codes = cells.codes[positions]
        sums = {}
        for month in known:
            present, times = np.unique(codes[months == month], return_counts=True)
            if figure.count is Counting.DISTINCT:
                sums[month] = Decimal(int(np.count_nonzero(present > 0)))
            else:
                pairs = zip(present.tolist(), times.tolist(), strict=True)
                total = sum((number * many for code, many in pairs if (number := cells.numbers[code]) is not None), Decimal(0))
                sums[month] = (total / figure.per).quantize(_FINEST, ROUND_HALF_UP).normalize() + 0
        return sums


class _Workdays:
    """Working days between two dates of each row, at least and at most; -1 where one is missing or the second comes first."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._known: dict[tuple[str, str], tuple[Ints, Ints]] = {}

    def between(self, since: str, until: str) -> tuple[Ints, Ints]:
        if (since, until) not in self._known:
            self._known[since, until] = self._count(self._cases.cells[since].codes, self._cases.cells[until].codes)
        return self._known[since, until]

    def settled(self, since: str, until: str) -> Flags:
        """The rows whose working days are known."""
        least, most = self.between(since, until)
        flags: Flags = least == most
        return flags

    @staticmethod
    def _count(first: Ints, last: Ints) -> tuple[Ints, Ints]:
        there = (first != NO_DAY) & (last != NO_DAY) & (last >= first)
        least, most = np.full(len(first), -1, dtype=np.int64), np.full(len(first), -1, dtype=np.int64)
        if there.any():
            start, end = int(first[there].min()), int(last[there].max())
            passed = workdays_until(day_of(start), day_of(end))
            for took, counts in ((least, [day.least for day in passed]), (most, [day.most for day in passed])):
                until = np.array(counts, dtype=np.int64)
                took[there] = until[last[there] - start] - until[first[there] - start]
        return least, most


def _both(added: Counted | None, taken: Counted | None) -> Counted:
    parts = [part for part in (added, taken) if part is not None]
    number = sum((part.number for part in parts), Decimal(0))
    rows, filed, unsettled = (sum(getattr(part, name) for part in parts) for name in ("rows", "filed", "unsettled"))
    return Counted(number, rows, min((part.first for part in parts if part.first >= 0), default=-1), max(part.last for part in parts), filed, unsettled)


def unsettled_findings(cases: Cases, figure: LedgerFigure, counted: Mapping[int, Counted], name: str) -> Iterator[tuple[int, Finding]]:
    """The findings about the months, by their index, for which a figure cannot be counted yet."""
    for month, part in counted.items():
        if part.unsettled:
            seen = f"「{name}」有 {part.unsettled} 件的工作日跨入节假日安排尚未公布的年份，算不出用了几个工作日，这个数暂记为在办"
            remedy = "节假日安排公布、系统更新以后，请重新上传这份台账"
            yield month, Finding("workdays-unsettled", Severity.HINT, _range(cases, [part]), seen, remedy, measures=(figure.measure,))


def readings(
    cases: Cases,
    figure: LedgerFigure,
    counted: Mapping[int, Counted],
    unknown: Collection[int],
    as_of: Mapping[Month, date],
    year: ReportingYear,
    total: Collection[Month],
) -> dict[Month, list[Reading]]:
    """
    The readings of one figure.

    Args:
        cases: What it was counted from.
        figure: The figure.
        counted: As `FigureCounter.count` gives it.
        unknown: The months that it cannot be counted of, as `FigureCounter.unknown` gives them.
        as_of: The months that are known, and the day up to which each runs; one without rows is zero.
        year: The year over which figures add up.
        total: Those of which 本年累计 is stated: every month of their year up to them is known.

    Returns:
        本月数 of every known month, and 本年累计 of those in ``total``; a month that it cannot be counted of has none.

    """
    by_month: dict[Month, list[Reading]] = {}
    for month in as_of:
        own = counted.get(index_of(month))
        by_month[month] = [] if index_of(month) in unknown else [_reading(cases, figure, Column.MONTH, [own] if own else [], as_of[month])]
        so_far = [index_of(before) for before in year.so_far(month)]
        if month in total and not any(index in unknown for index in so_far):
            parts = [counted[index] for index in so_far if index in counted]
            by_month[month].append(_reading(cases, figure, Column.YTD, parts, as_of[month]))
    return by_month


def _reading(cases: Cases, figure: LedgerFigure, column: Column, parts: Sequence[Counted], as_of: date) -> Reading:
    number = sum((part.number for part in parts), Decimal(0))
    rows, filed, unsettled = (sum(getattr(part, name) for part in parts) for name in ("rows", "filed", "unsettled"))
    counted = f"{rows} 行" if not filed else f"本份 {rows - filed} 行，在库 {filed} 行"
    if unsettled:  # neither the number without these rows nor the one with them
        raw = f"{number:f}（{counted}，另有 {unsettled} 行未定）"
        return Reading(figure.measure, column, Value(State.PENDING), _range(cases, parts), raw, as_of)
    return Reading(figure.measure, column, Value.of(number), _range(cases, parts), f"{number:f}（{counted}）", as_of)


def _range(cases: Cases, parts: Sequence[Counted]) -> Place:
    """The rows of the file from the first to the last that counted; the whole body where none did, the sheet where no row of it is meant."""
    here = [part for part in parts if part.first >= 0]
    if not cases.own or (parts and not here):
        return cases.first_sheet
    first, last = (min(part.first for part in here), max(part.last for part in here)) if here else (0, cases.own - 1)
    sheet = cases.sheets[cases.sheet[first]]
    same = np.flatnonzero(cases.sheet == cases.sheet[first])
    left, right = sheet.columns
    inside = same[(same >= first) & (same <= last)]
    top, bottom = int(cases.row[inside].min()), int(cases.row[inside].max())
    return Place(sheet.name, f"{cell_name(top, left)}:{cell_name(bottom, right)}")
