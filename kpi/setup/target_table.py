"""
The rows of a table of targets, one an indicator, in whatever way the table stands on its sheet.

A table with its indicators across is turned, so that whoever reads on knows of one kind only; every cell keeps its own place.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from kpi.setup.target_amount import is_amount
from kpi.setup.target_columns import ColumnRole, is_column_word, target_column
from kpi.setup.target_grid import TargetCell, TargetGrid, TargetRow
from kpi.setup.target_names import HolderNames, IndicatorNames
from kpi.setup.target_row_reader import TargetRowReader, stated_rows
from kpi.workbook.grid import CellKind, Sheet
from kpi.workbook.layout.heading import Part, read_heading


def target_rows(sheet: Sheet, names: IndicatorNames, holders: HolderNames, year: int | None, lines: Sequence[str]) -> list[TargetRow]:
    """
    The rows of a sheet.

    Args:
        sheet: The sheet.
        names: The indicators of the catalogue.
        holders: Its offices and organisations.
        year: The year of the targets, as far as it is known.
        lines: What stands around the table, which may name the one indicator that it is of.

    """
    across, label = _axis(sheet, names)
    if label is None:
        return _of_title(sheet, names, holders, year, lines) or list(stated_rows(TargetGrid(sheet, turned=False), names, holders))
    tables = _side_by_side(TargetGrid(sheet, turned=across), label, names)
    grids = [(TargetGrid(sheet, turned=across, columns=columns), own) for own, columns in tables.items()]
    return [row for grid, own in grids for row in TargetRowReader(grid, own, names, holders, year).rows()]


def _side_by_side(grid: TargetGrid, label: int, names: IndicatorNames) -> dict[int, range]:
    """The columns of each table on a sheet, by that of its labels: one table, unless the heading over known names stands there again further right."""
    heads = {text: grid.place(row, label) for row in grid.rows if (text := grid.text(row, label)) and not names.find(text)}
    again = (column for column in grid.columns if any(heads.get(text := grid.text(row, column)) not in (None, grid.place(row, column)) for row in grid.rows))
    labels = sorted({label} | {column for column in again if any(names.find(grid.text(row, column)) for row in grid.rows)})
    before = labels[0] - grid.columns[0]  # so many columns of each stand before its labels: 序号
    starts = [grid.columns[0], *(max(own - before, left + 1) for left, own in pairwise(labels)), grid.columns[-1] + 1]
    return {own: range(*bounds) for own, bounds in zip(labels, pairwise(starts), strict=True)}


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


def _of_title(sheet: Sheet, names: IndicatorNames, holders: HolderNames, year: int | None, lines: Sequence[str]) -> list[TargetRow]:
    """The one row of a table of which a line above names the indicator: every number by the words over it and before it."""
    title = next((line for line in lines if names.within(line)), "")
    grid = TargetGrid(sheet, turned=False)
    numbered = [row for row in grid.rows if any(grid.own(row, column).kind is CellKind.NUMBER for column in grid.columns)]
    if not title or not numbered:
        return []
    header = [row for row in grid.rows if row < numbered[0]]
    cells: list[TargetCell] = []
    for row in numbered:
        before = _column_words([grid.text(row, column) for column in grid.columns], holders, lines)
        for column in grid.columns:
            over = _column_words([grid.text(above, column) for above in header], holders, lines)
            head = target_column(column, [*over, *before], holders, year)
            if head.role is ColumnRole.VALUE and (cell := grid.own(row, column)).kind is CellKind.NUMBER:
                cells.append(TargetCell(head, cell, grid.place(row, column)))
    unit = next((cell.column.unit for cell in cells if cell.column.unit), "")
    return [TargetRow(title, (), grid.place(numbered[0], grid.columns[0]), tuple(cells), unit=unit, titled=True)] if cells else []


def _column_words(texts: Iterable[str], holders: HolderNames, lines: Collection[str]) -> list[str]:
    """Those of some texts that say whose a number is or of when, each once; what stands alone above a table does not."""
    return [text for text in dict.fromkeys(texts) if text and text not in lines and is_column_word(text, holders)]
