"""
The months or quarters that a column or row 合计 sums, and whether it is their sum.

合计 beside 1月 to 11月 is what was done until November, whichever month the sheet is sent for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from kpi.catalog.measure import Measure
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.value import Qualifier, State, Value, plain
from kpi.workbook.forms.cell_value import read_cell
from kpi.workbook.forms.measure_names import among, label_key
from kpi.workbook.forms.table_subject import is_no_amount
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Heading
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import is_total
from kpi.workbook.report import Column

MONTHS = "各月（季）"  # what 合计 of a table over time adds
_NOTHING = (State.UNREPORTED, State.NOT_STARTED, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class SummedPeriods:
    """The months from January on, or the quarters, that stand beside each other or below one another in a table."""

    quarters: bool
    end: int  # month that the last of them with a figure ends with
    last: int  # month that the last of them ends with, filled or not

    def __contains__(self, heading: Heading) -> bool:
        return _is_part(heading) and heading.months.quarter is self.quarters

    def is_sum(self, heading: Heading) -> bool:
        """Whether a heading is over their sum: 合计 or 累计, of no time of its own."""
        own = heading.months.last is not None or heading.months.years_back or heading.prior or heading.rest
        return not own and (heading.figure is Column.YTD or (heading.figure is None and heading.total))

    def lack(self, month: int) -> bool:
        """Whether they stop before a month: a form of the year with that month's column still blank does not."""
        return month > self.last

    def runs_to(self, month: int) -> bool:
        """Whether their sum is that of the year up to a month."""
        return self.end - 3 < month <= self.end if self.quarters else self.end == month


def find_summed_periods(headings: Iterable[Heading], filled: Iterable[Heading]) -> SummedPeriods | None:
    """
    The months or quarters of a table, two at least; None where it has none, or where the first of the year are not among them.

    Args:
        headings: Those of the year of the report.
        filled: Those with figures; the months of a form that are still to come have none.

    """
    parts, filled = [heading for heading in headings if _is_part(heading)], set(filled)
    for quarters, step in ((False, 1), (True, 3)):
        own = [heading for heading in parts if heading.months.quarter is quarters]
        ends = {heading.months.last or 0 for heading in own}
        if len(ends) > 1 and ends == set(range(step, max(ends) + 1, step)):
            return SummedPeriods(quarters, max((heading.months.last or 0 for heading in own if heading in filled), default=max(ends)), max(ends))
    return None


def _is_part(heading: Heading) -> bool:
    months = heading.months
    is_plain = heading.figure in (None, Column.MONTH) or (months.quarter and heading.figure is heading.of)  # the first quarter is cumulative too
    return not heading.prior and not heading.rest and is_plain and (months.single or months.quarter)


def open_sum(what: str, place: Place, parts: SummedPeriods, period: Month, answer: str) -> Finding:
    """
    The finding about a sum beside months that stop before that of the report: it may run to the last of them, or to that of the report.

    Args:
        what: The column or row: 「合计」一列.
        place: Where it stands.
        parts: The months.
        period: The month of the report.
        answer: What is to be answered where it runs to the month of the report.

    """
    last = Month(period.year, parts.last)
    seen = f"{what}旁边只有 1—{last.month} 月，没有 {period.month} 月，分不清它截至 {last.month} 月还是 {period.month} 月，没有读取"
    to_last = f"截至 {last.month} 月的，请改选 {last.chinese}（报表导入页这份文件下的「改选」）"
    return Finding("unsure-sum", Severity.BLOCK, place, seen, f"{to_last}；截至 {period.month} 月的，请{answer}")


def summed(at: int, parts: Sequence[int], sums: Sequence[int]) -> list[list[int]]:
    """
    The months that a sum may be of: all of them, those before it, those since the sum before it (小计), the likeliest first.

    Args:
        at: The row or column of the sum.
        parts: Those of the months.
        sums: Those of all sums of the table.

    """
    last = max((other for other in sums if other < at), default=-1)
    before = [part for part in parts if part < at]
    since = [part for part in before if part > last]
    followed = any(part > at for part in parts)
    runs = [since, before, list(parts)] if followed and since else [list(parts), before, since]
    return [run for index, run in enumerate(runs) if run and run not in runs[:index]]


def is_subtotal(at: int, parts: Sequence[int], sums: Sequence[int]) -> bool:
    """Whether one of several sums is of the months before it alone, for others or their sum follow: 小计 of each quarter."""
    return len(sums) > 1 and any(part < at for part in parts) and (any(part > at for part in parts) or at != max(sums))


def stations(total: ColumnHead, figures: Sequence[ColumnHead]) -> list[int]:
    """
    The columns of stations or kinds that a column 合计 adds: the run of those right before it, else right behind it.

    Args:
        total: The column.
        figures: All columns of figures, from left to right.

    Returns:
        Their indexes; none where they are fewer than two, or where one is among another (其中) or no amount.

    """
    if not total.levels or not is_total(label_key(total.levels[-1])):
        return []
    at = next((at for at, figure in enumerate(figures) if figure.index == total.index), 0)
    for others in (reversed(figures[:at]), figures[at + 1 :]):
        run = list(takewhile(lambda figure: _is_station(figure, total), others))
        if len(run) > 1:
            return [] if any(among(figure.levels[-1]) or is_no_amount(figure.levels[-1]) for figure in run) else [figure.index for figure in run]
    return []


def _is_station(figure: ColumnHead, total: ColumnHead) -> bool:
    """Whether a heading says no figure itself, and stands in the same group as that of the sum."""
    heading = figure.heading
    return heading.part is None and bool(heading.rest) and not heading.understood and bool(figure.levels) and figure.levels[:-1] == total.levels[:-1]


def check_sum(table: Table, measure: Measure, at: tuple[int, int], runs: Sequence[Sequence[tuple[int, int]]], what: str) -> Finding | None:
    """
    The finding about a sum that is not that of its parts.

    Args:
        table: Where they stand.
        measure: Whose figures they are.
        at: Row and column of the sum.
        runs: Rows and columns of the parts; where there are several ways to add, the likeliest first.
        what: The parts in words: 各月（季）, 各行.

    Returns:
        None where it is in one way, and where a part is no exact number.

    """
    added = [_added(table, measure, parts) for parts in runs]
    total = read_cell(table.spread.cell(*at), measure, complete=table.sheet.complete).value
    if total is None or total.number is None or not _exact(total) or not added or added[0] is None or total.number in added:
        return None
    seen = f"「{measure.name}」的合计是 {plain(total.number)}，{what}相加是 {plain(added[0])}"
    remedy = f"请核对合计和{what}的数并改正；{what}后来有更正、合计无误的，写明说明后可以入库"
    return Finding("sum-differs", Severity.CHECK, Place(table.sheet.name, cell_name(*at)), seen, remedy, measures=(measure.code,))


def _added(table: Table, measure: Measure, parts: Sequence[tuple[int, int]]) -> Decimal | None:
    """The sum of some cells; None where one of them is no exact number, or none of them is a number."""
    values = [read_cell(table.spread.cell(*where), measure, complete=table.sheet.complete).value for where in parts]
    numbers = [value.number for value in values if value is not None and value.number is not None]
    if not numbers or not all(value is not None and _exact(value) for value in values):
        return None
    return sum(numbers, Decimal())


def _exact(value: Value) -> bool:
    return value.state in _NOTHING or (value.number is not None and value.qualifier is Qualifier.EXACT)
