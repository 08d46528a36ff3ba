"""
The months or quarters that a column or row 合计 sums, and whether it is their sum.

合计 beside 1月 to 11月 is what was done until November, whichever month the sheet is sent for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.model import Measure
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.value import Qualifier, State, Value, plain
from kpi.workbook.cells import read_cell
from kpi.workbook.heading import Heading
from kpi.workbook.layout import Table
from kpi.workbook.report import Column

_NOTHING = (State.UNREPORTED, State.NOT_STARTED, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Parts:
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


def find_parts(headings: Iterable[Heading], filled: Iterable[Heading]) -> Parts | None:
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
            return Parts(quarters, max((heading.months.last or 0 for heading in own if heading in filled), default=max(ends)), max(ends))
    return None


def _is_part(heading: Heading) -> bool:
    months = heading.months
    plain_one = heading.figure in (None, Column.MONTH) or (months.quarter and heading.figure is heading.of)  # the first quarter is cumulative too
    return not heading.prior and not heading.rest and plain_one and (months.single or months.quarter)


def open_sum(what: str, place: Place, parts: Parts, period: Month, answer: str) -> Finding:
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
    to_last = f"截至 {last.month} 月的，请改选 {last.chinese}（报表导入页这份文件下的「改选」，命令行用 --period {last}）"
    return Finding("unsure-sum", Severity.BLOCK, place, seen, f"{to_last}；截至 {period.month} 月的，请{answer}")


def check_sum(table: Table, measure: Measure, at: tuple[int, int], parts: Sequence[tuple[int, int]]) -> Finding | None:
    """
    The finding about a sum that is not that of its parts.

    Args:
        table: Where they stand.
        measure: Whose figures they are, of a flow.
        at: Row and column of the sum.
        parts: Rows and columns of the parts.

    Returns:
        None where it is, and where a part is no exact number.

    """
    total, *values = (read_cell(table.spread.cell(*where), measure, complete=table.sheet.complete).value for where in (at, *parts))
    known = [value for value in values if value is not None]
    if total is None or total.number is None or not _exact(total) or len(known) < len(values) or not all(map(_exact, known)):
        return None
    added = sum((value.number for value in known if value.number is not None), Decimal())
    if added == total.number or all(value.number is None for value in known):
        return None
    seen = f"「{measure.name}」的合计是 {plain(total.number)}，各月（季）相加是 {plain(added)}"
    remedy = "请核对合计和各月的数并改正；各月后来有更正、合计无误的，写明说明后可以入库"
    return Finding("sum-differs", Severity.CHECK, Place(table.sheet.name, cell_name(*at)), seen, remedy, measures=(measure.code,))


def _exact(value: Value) -> bool:
    return value.state in _NOTHING or (value.number is not None and value.qualifier is Qualifier.EXACT)
