"""
The rows of a table of targets, one an indicator, in whatever way the table stands on its sheet.

A table with its indicators across is turned, so that whoever reads on knows of one kind only; every cell keeps its own place.
"""

from collections import Counter
from collections.abc import Iterator

from kpi.setup.target_amount import is_amount
from kpi.setup.target_columns import ColumnRole, target_column
from kpi.setup.target_grid import TargetCell, TargetGrid, TargetRow
from kpi.setup.target_names import HolderNames, IndicatorNames
from kpi.setup.target_row_reader import TargetRowReader, stated_rows
from kpi.workbook.grid import CellKind, Sheet
from kpi.workbook.layout.heading import Part, read_heading
from kpi.workbook.number import is_bare_number


def target_rows(sheet: Sheet, names: IndicatorNames, holders: HolderNames, year: int | None, title: str) -> list[TargetRow]:
    """
    The rows of a sheet.

    Args:
        sheet: The sheet.
        names: The indicators of the catalogue.
        holders: Its offices and organisations.
        year: The year of the targets, as far as it is known.
        title: The title of the table, which may name the one indicator that it is of.

    """
    across, label = _axis(sheet, names)
    if label is None:
        return _of_title(sheet, names, holders, year, title) or list(stated_rows(TargetGrid(sheet, turned=False), names, holders))
    return list(TargetRowReader(TargetGrid(sheet, turned=across), label, names, holders, year).rows())


def _axis(sheet: Sheet, names: IndicatorNames) -> tuple[bool, int | None]:
    """Whether the indicators stand across, and the column or row of their names; None where no name is known and no heading says."""
    matched = [(row, column) for row, cells in sheet.rows.items() for column, cell in cells.items() if cell.kind is CellKind.TEXT and names.find(cell.text)]
    if matched:
        (column, down), (row, across) = (Counter(cell[axis] for cell in matched).most_common(1)[0] for axis in (1, 0))
        if down == across:  # one name: its number stands right of it, else below
            row, column = matched[0]
            beside = (cell.text for at, cell in sheet.rows[row].items() if at != column and cell.text.strip())
            down += any(map(is_amount, beside))
            across += down == across
        return across > down, row if across > down else column
    heads = [(row, column) for row, cells in sheet.rows.items() for column, cell in cells.items() if read_heading(cell.text).part is Part.NAME]
    return False, heads[0][1] if heads else None


def _of_title(sheet: Sheet, names: IndicatorNames, holders: HolderNames, year: int | None, title: str) -> list[TargetRow]:
    """The one row of a table whose title names its indicator: offices down and the year or its nodes across, or the other way round."""
    if not names.within(title):
        return []
    for turned in (True, False):
        grid = TargetGrid(sheet, turned=turned)
        header = [row for row in grid.rows if any(holders.find(grid.text(row, column)) for column in grid.columns)]
        cells = [cell for row in grid.rows for cell in _cells_below(grid, header[0], row, holders, year)] if len(header) == 1 else []
        if cells:
            unit = next((cell.column.unit for cell in cells if cell.column.unit), "")
            return [TargetRow(title, (), grid.place(header[0], grid.columns[0]), tuple(cells), unit=unit, titled=True)]
    return []


def _cells_below(grid: TargetGrid, header: int, row: int, holders: HolderNames, year: int | None) -> Iterator[TargetCell]:
    """The cells of a row below the one that names the offices, each under an office and behind a time."""
    before = next((text for column in grid.columns if (text := grid.text(row, column)) and not is_bare_number(text)), "")
    for column in grid.columns if row > header else ():
        over = target_column(column, [text for text in (before, grid.text(header, column)) if text], holders, year)
        if over.role is ColumnRole.VALUE and (cell := grid.own(row, column)).kind is CellKind.NUMBER:
            yield TargetCell(over, cell, grid.place(row, column))
