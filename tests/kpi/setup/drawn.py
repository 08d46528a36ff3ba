"""Sheets drawn as text for the tests of setting up: a line is a row, ``|`` parts the cells, ``<`` joins a cell to its left, ``^`` to the one above."""

from kpi.setup.surveyed_figure import SurveyedFile
from kpi.workbook.grid import Cell, CellKind, Sheet


def drawn_sheet(name: str, text: str) -> Sheet:
    """A sheet as it is drawn; blanks before the words of a cell but the first belong to it."""
    grid = [[cell.removeprefix(" ").rstrip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]
    rows: dict[int, dict[int, Cell]] = {}
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(grid):
        for column, text_of_cell in enumerate(cells):
            if text_of_cell.strip() in ("<", "^"):
                anchor = next(at for at in _before(row, column, text_of_cell.strip(), grid))
                last = ends.get(anchor, anchor)
                ends[anchor] = max(last[0], row), max(last[1], column)
            elif text_of_cell.strip():
                rows.setdefault(row, {})[column] = _cell(text_of_cell)
    return Sheet(name, rows, merges=tuple((*first, *last) for first, last in ends.items()))


def drawn_file(name: str, sheets: dict[str, str], *folders: str) -> SurveyedFile:
    """A file of drawn sheets."""
    return SurveyedFile(name, tuple(drawn_sheet(title, text) for title, text in sheets.items()), folders)


def _before(row: int, column: int, sign: str, grid: list[list[str]]) -> list[tuple[int, int]]:
    while sign in ("<", "^"):
        row, column = (row, column - 1) if sign == "<" else (row - 1, column)
        sign = grid[row][column].strip()
    return [(row, column)]


def _cell(text: str) -> Cell:
    plain = text.strip()
    try:
        float(plain.rstrip("%"))
    except ValueError:
        return Cell(CellKind.TEXT, text)
    return Cell(CellKind.NUMBER, plain)
