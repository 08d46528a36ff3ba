"""
A table whose heading is not recognised, or missing: found by its rows, whose labels are names or codes that we know.

What its columns hold is then read from whatever words stand over them, and else asked.
"""

from collections import Counter
from dataclasses import replace

from kpi.workbook.grid import CellKind, Sheet
from kpi.workbook.layout.header_rows import ColumnHead, HeaderFinder, IsMeasure
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.layout.table_finder import LAST_SCANNED, Table
from kpi.workbook.number import is_figure

_DEEPEST_HEADER = 3  # rows of words over the figures


def find_bare_table(sheet: Sheet, is_measure: IsMeasure) -> Table | None:
    """The table below the words that no heading was recognised in; None where no row with a figure is a measure of ours."""
    spread = Spread(sheet)
    labels = Counter(column for row in sheet.rows if row <= LAST_SCANNED for column in _labels(sheet, row, is_measure))
    if not labels:
        return None
    label = min(labels, key=lambda column: (-labels[column], column))
    first = min(row for row in sheet.rows if row <= LAST_SCANNED and label in _labels(sheet, row, is_measure))
    while _is_body(sheet, first - 1, label):
        first -= 1
    finder = HeaderFinder(spread, is_measure)
    top = first
    while first - top < _DEEPEST_HEADER and _is_heading(spread, top - 1, label):
        top -= 1
    end = max(sheet.rows) + 1
    body = range(first, end)
    columns = finder.columns(top, first - 1, end) if top < first else [ColumnHead(i, finder.heading((), i, body), ()) for i in _body_columns(sheet, first)]
    heads = []
    for column in columns:
        part = Part.NAME if column.index == label else Part.OTHER if column.index < label and _numbered(sheet, body, column.index) else column.heading.part
        heads.append(replace(column, heading=replace(column.heading, part=part)))
    return Table(spread, finder.context(top, -1), top, first - 1, end, tuple(heads))


def _labels(sheet: Sheet, row: int, is_measure: IsMeasure) -> list[int]:
    """The columns in which a row names a measure, with a figure further right."""
    cells = sheet.rows[row]
    numbers = [column for column, cell in cells.items() if is_figure(cell)]
    return [column for column, cell in cells.items() if cell.text.strip() and is_measure(cell.text) and any(column < number for number in numbers)]


def _is_body(sheet: Sheet, row: int, label: int) -> bool:
    """Whether a row has a label and a figure behind it."""
    cells = sheet.rows.get(row, {})
    return label in cells and cells[label].kind is CellKind.TEXT and any(column > label and is_figure(cell) for column, cell in cells.items())


def _is_heading(spread: Spread, row: int, label: int) -> bool:
    """Whether words stand over the figures, and no title or line over everything."""
    cells = spread.sheet.rows.get(row, {})
    beyond = [column for column, cell in cells.items() if column > label and cell.text.strip()]
    return bool(beyond) and not any(is_figure(cell) for cell in cells.values())


def _numbered(sheet: Sheet, body: range, column: int) -> bool:
    """Whether a column before the labels holds numbers alone: those of the rows."""
    cells = [cell for row in body if (cell := sheet.cell(row, column)).kind is not CellKind.EMPTY]
    return all(map(is_figure, cells))


def _body_columns(sheet: Sheet, first: int) -> list[int]:
    return sorted({column for row, cells in sheet.rows.items() if row >= first for column in cells})
