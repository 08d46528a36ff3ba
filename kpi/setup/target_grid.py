"""A sheet of targets seen from its indicators, and what is read of each: one row an indicator, in whatever way the sheet has them."""

from dataclasses import dataclass

from kpi.place import Place, cell_name
from kpi.setup.target_columns import TargetColumn
from kpi.setup.target_names import WHOLE_BUREAU, TargetHolder
from kpi.workbook.grid import EMPTY, Cell, CellKind, Sheet
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.signs import clean


@dataclass(frozen=True, slots=True)
class TargetCell:
    """One cell of a row with the column it stands in."""

    column: TargetColumn
    cell: Cell
    place: Place


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a table says of one indicator."""

    name: str
    groups: tuple[str, ...]  # the words before it, the nearest first
    place: Place
    cells: tuple[TargetCell, ...]  # those that hold something
    owner: TargetHolder = WHOLE_BUREAU  # who is in charge, where one is named
    unit: str = ""
    document: str = ""
    titled: bool = False  # the title of the table names the indicator, and no cell does
    unknown: tuple[TargetCell, ...] = ()  # amounts under words that say nothing of a target


class TargetGrid:
    """A sheet seen from its indicators: turned where these stand across; of tables side by side ``columns`` are those of one."""

    def __init__(self, sheet: Sheet, *, turned: bool, columns: range | None = None) -> None:
        self.sheet, self._turned, self._spread = sheet, turned, Spread(sheet)
        at = {(row, column) for row, cells in sheet.rows.items() for column in (*cells, *self._spread.columns(row))}
        self.rows = sorted({column if turned else row for row, column in at})
        self.columns = sorted(index for index in {row if turned else column for row, column in at} if columns is None or index in columns)

    def cell(self, row: int, column: int) -> Cell:
        """What stands at a row and a column as they are seen."""
        return self._spread.cell(*self._at(row, column))

    def text(self, row: int, column: int) -> str:
        cell = self.cell(row, column)
        return clean(cell.text).strip() if cell.kind is not CellKind.EMPTY else ""

    def own(self, row: int, column: int) -> Cell:
        """The cell itself; empty where it is covered by one that is merged."""
        at = self._at(row, column)
        return self._spread.cell(*at) if self._spread.anchor(*at) == at else EMPTY

    def place(self, row: int, column: int) -> Place:
        return Place(self.sheet.name, cell_name(*self._spread.anchor(*self._at(row, column))))

    def _at(self, row: int, column: int) -> tuple[int, int]:
        return (column, row) if self._turned else (row, column)
