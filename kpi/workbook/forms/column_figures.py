"""What the figures of a column can be: in a unit at all, of a month alone, a detail of a sum beside it."""

from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.grid import Cell
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.number import read_value
from kpi.workbook.report import Beside
from kpi.workbook.units import plausible


def can_be(cell: Cell, column: ColumnHead, unit: str) -> bool:
    """Whether the figure in a cell can be in a unit."""
    if isinstance(column.heading.figure, Beside):
        return True
    try:
        return plausible(read_value(cell.text, unit), unit)
    except ValueError:
        return True


def detail_of_sum(table: Table, column: ColumnHead) -> Finding:
    """The finding that a column is a detail of 合计 beside it."""
    place = Place(table.sheet.name, cell_name(table.bottom, column.index))
    seen = f"「{'/'.join(column.levels)}」一列是合计的明细，没有读取"
    return Finding("column-not-read", Severity.HINT, place, seen, "如需分别报送，请先报统计岗加入指标目录")
