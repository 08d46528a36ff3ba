"""A sheet with its merged cells spread out: every cell of a merged region answers with what its first one holds."""

from kpi.workbook.grid import EMPTY, Cell, CellKind, Sheet

_NONE: dict[int, Cell] = {}
_SPREAD = 200_000  # cells; a region beyond it is a coloured background, not a heading


class Spread:
    """One sheet, seen so."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._rows = sheet.rows
        self._anchors: dict[tuple[int, int], tuple[int, int]] = {}
        self._covered: dict[int, set[int]] = {}
        self.regions: dict[tuple[int, int], tuple[int, int]] = {}
        left = _SPREAD
        for top, first, bottom, last in sheet.merges:
            size = (bottom - top + 1) * (last - first + 1)
            if size > left or sheet.cell(top, first).kind is CellKind.EMPTY:
                continue
            left -= size
            self.regions[top, first] = bottom, last
            for row in range(top, bottom + 1):
                self._covered.setdefault(row, set()).update(range(first, last + 1))
                for column in range(first, last + 1):
                    self._anchors[row, column] = top, first

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the region a cell lies in; itself when it lies in none."""
        return self._anchors.get((row, column), (row, column))

    def cell(self, row: int, column: int) -> Cell:
        """What a cell shows."""
        if self._anchors:
            row, column = self.anchor(row, column)
        return self._rows.get(row, _NONE).get(column, EMPTY)

    def end(self, row: int, column: int) -> tuple[int, int]:
        """The last row and column of the region that begins at a cell."""
        return self.regions.get((row, column), (row, column))

    def columns(self, row: int) -> list[int]:
        """The columns in which a row shows something, merged ones included."""
        return sorted({*self.sheet.rows.get(row, ()), *self._covered.get(row, ())})
