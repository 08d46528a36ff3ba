"""
From the cases of a ledger to the figures of its months.

Every figure is counted from rows that can be named, and each reading says which: the sheet, the rows of the month, and
how many of them counted.  本年累计 is only stated where the ledger holds the year from January on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from kpi.catalog.model import Condition, Counting, LedgerFigure
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.value import Value
from kpi.workbook.cases import NO_DAY, Cases, Flags, Ints, day_of
from kpi.workbook.number import MAX_DECIMALS
from kpi.workbook.report import Column, Reading
from kpi.workdays import workdays_until

_FINEST = Decimal(1).scaleb(-MAX_DECIMALS)


@dataclass(frozen=True)
class Counted:
    """One figure of one month."""

    number: Decimal
    rows: int
    first: int  # the first and the last of the rows, as positions among the cases; -1 where there are none
    last: int


class Counter:
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

    def count(self, figure: LedgerFigure) -> dict[int, Counted]:
        """A figure by month; months without rows are absent."""
        meeting = self._meets(figure.where)
        if figure.either:
            meeting &= np.logical_or.reduce([self._meets(group) for group in figure.either])
        added = self._signed(figure, meeting, 1)
        if not figure.less:
            return added
        taken = self._signed(figure, self._meets(figure.less), -1)
        return {month: _both(added.get(month), taken.get(month)) for month in sorted({*added, *taken})}

    def _meets(self, conditions: Sequence[Condition]) -> Flags:
        flags = self._valid.copy()
        for condition in conditions:
            flags &= self._holds(condition)
        return flags

    def _holds(self, condition: Condition) -> Flags:
        cells = self._cases.cells[condition.column]
        if condition.one_of:
            wanted = [number for number, value in enumerate(cells.words) if value in condition.one_of]
            return np.isin(cells.codes, wanted)
        if condition.within is not None:
            took = self._elapsed.between(condition.since, condition.column)
            return (took >= 0) & (took <= condition.within)
        return cells.filled if condition.filled else ~cells.filled

    def _signed(self, figure: LedgerFigure, flags: Flags, sign: int) -> dict[int, Counted]:
        positions = np.flatnonzero(flags)
        months, amounts = self._months[positions], self._amounts(figure, positions)
        found = {}
        for month in np.unique(months).tolist():
            inside = positions[months == month]
            found[month] = Counted(amounts[month] * sign, len(inside), int(inside[0]), int(inside[-1]))
        return found

    def _amounts(self, figure: LedgerFigure, positions: Ints) -> Mapping[int, Decimal]:
        months = self._months[positions]
        known = np.unique(months).tolist()
        if figure.count is Counting.ROWS:
            return {month: Decimal(int(np.count_nonzero(months == month))) for month in known}
        if figure.count is Counting.WORKDAYS:
            took = np.maximum(self._elapsed.between(figure.since, figure.of)[positions], 0)
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
    """Working days between two dates of each row; -1 where one is missing or the second comes first."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._known: dict[tuple[str, str], Ints] = {}

    def between(self, since: str, until: str) -> Ints:
        if (since, until) not in self._known:
            self._known[since, until] = self._count(self._cases.cells[since].codes, self._cases.cells[until].codes)
        return self._known[since, until]

    @staticmethod
    def _count(first: Ints, last: Ints) -> Ints:
        there = (first != NO_DAY) & (last != NO_DAY) & (last >= first)
        took = np.full(len(first), -1, dtype=np.int64)
        if there.any():
            start, end = int(first[there].min()), int(last[there].max())
            passed = np.array(workdays_until(day_of(start), day_of(end)), dtype=np.int64)
            took[there] = passed[last[there] - start] - passed[first[there] - start]
        return took


def _both(added: Counted | None, taken: Counted | None) -> Counted:
    parts = [part for part in (added, taken) if part is not None]
    number = sum((part.number for part in parts), Decimal(0))
    return Counted(number, sum(part.rows for part in parts), min(part.first for part in parts), max(part.last for part in parts))


def readings(
    cases: Cases, figure: LedgerFigure, counted: Mapping[int, Counted], covered: Sequence[Month], as_of: Mapping[Month, date]
) -> dict[Month, list[Reading]]:
    """
    The readings of one figure.

    Args:
        cases: What it was counted from.
        figure: The figure.
        counted: As `Counter.count` gives it.
        covered: The months the ledger covers; one without rows is zero.
        as_of: The day up to which each runs.

    Returns:
        本月数 of every covered month, and 本年累计 of those whose year is covered from January on.

    """
    covers = set(covered)
    found: dict[Month, list[Reading]] = {}
    for month in covered:
        own = counted.get(_index(month))
        found[month] = [_reading(cases, figure, Column.MONTH, [own] if own else [], as_of[month])]
        year = [Month(month.year, number) for number in range(1, month.month + 1)]
        if covers.issuperset(year):
            parts = [part for each in year if (part := counted.get(_index(each))) is not None]
            found[month].append(_reading(cases, figure, Column.YTD, parts, as_of[month]))
    return found


def _index(month: Month) -> int:
    return month.year * 12 + month.month - 1


def _reading(cases: Cases, figure: LedgerFigure, column: Column, parts: Sequence[Counted], as_of: date) -> Reading:
    number = sum((part.number for part in parts), Decimal(0))
    rows = sum(part.rows for part in parts)
    return Reading(figure.measure, column, Value.of(number), _range(cases, parts), f"{number:f}（{rows} 行）", as_of)


def _range(cases: Cases, parts: Sequence[Counted]) -> Place:
    """The rows from the first to the last that counted; the whole body where none did, the row of headings where there is none."""
    if not len(cases):
        sheet = cases.sheets[0]
        left, right = sheet.columns
        return Place(sheet.name, f"{cell_name(sheet.first - 1, left)}:{cell_name(sheet.first - 1, right)}")
    first, last = (min(part.first for part in parts), max(part.last for part in parts)) if parts else (0, len(cases) - 1)
    sheet = cases.sheets[cases.sheet[first]]
    same = np.flatnonzero(cases.sheet == cases.sheet[first])
    left, right = sheet.columns
    inside = same[(same >= first) & (same <= last)]
    top, bottom = int(cases.row[inside].min()), int(cases.row[inside].max())
    return Place(sheet.name, f"{cell_name(top, left)}:{cell_name(bottom, right)}")
