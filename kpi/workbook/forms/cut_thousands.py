"""
Numbers that were cut at the comma of their thousands: 1,234.50 in a CSV file without quotation marks is 1 and 234.50.

The first piece then stands where the figure should, and the next where remarks or nothing stand.
"""

import re
from collections.abc import Iterator, Sequence

from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row
from kpi.workbook.signs import clean

_FIRST = re.compile(r"-?[1-9]\d{0,2}", re.ASCII)
_NEXT = re.compile(r"\d{3}(?:\.\d+)?", re.ASCII)
_NO_FIGURES = (Part.REMARK, Part.OTHER, Part.UNIT, Part.AS_OF)


def cut_numbers(table: Table, rows: Sequence[tuple[Row, str]]) -> Iterator[Finding]:
    """
    The figures that may be no more than the beginning of a number.

    Args:
        table: The table.
        rows: The rows that were read, each with the code of its measure.

    Yields:
        One finding for each, at its cell.

    """
    figures = {column.index for column in table.figures}
    known = {column.index: column.heading.part for column in table.columns if column.levels}
    headed = {column for row in range(max(table.top, 0), table.bottom + 1) for column in table.spread.columns(row)} - {column.index for column in table.columns}
    for row, code in rows:
        for column in sorted(figures):
            first, rest = (clean(table.spread.cell(row.index, at).text) for at in (column, column + 1))
            foreign = known[column + 1] in _NO_FIGURES if column + 1 in known else column + 1 not in headed
            if foreign and _FIRST.fullmatch(first) and _NEXT.fullmatch(rest):
                seen = f"这里是「{first}」，右边一格是「{rest}」，可能是「{first},{rest}」在逗号处分成了两格"
                remedy = "请核对：是一个数的，请去掉千位分隔的逗号后重新上传；不是的，写明说明后可以入库"
                place = Place(table.sheet.name, cell_name(row.index, column))
                yield Finding("split-number", Severity.CHECK, place, seen, remedy, measures=(code,))
