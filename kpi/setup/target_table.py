"""
The rows of a table of targets, one an indicator, in whatever way the table stands on its sheet.

A table with its indicators across is turned, so that whoever reads on knows of one kind only; every cell keeps its own place.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.place import Place, cell_name
from kpi.setup.surveyed_words import is_sum
from kpi.setup.target_amount import asks_nothing, is_amount
from kpi.setup.target_columns import ColumnRole, TargetColumn, is_column_word, target_column
from kpi.setup.target_names import HolderNames, IndicatorNames
from kpi.workbook.forms.measure_names import label_unit, label_words
from kpi.workbook.grid import EMPTY, Cell, CellKind, Sheet
from kpi.workbook.layout.heading import Part, is_unit, read_heading
from kpi.workbook.layout.labelled_lines import is_line
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.number import is_bare_number
from kpi.workbook.signs import clean

_HEADS = 2  # words over columns that make a row of headings
_NOTES = ("注", "说明", "备注", "依据")


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
    owner: str  # the office in charge, as a code; empty where none is said
    unit: str
    document: str
    cells: tuple[TargetCell, ...]  # those that hold something
    titled: bool = False  # the title of the table names the indicator, and no cell does
    unknown: tuple[TargetCell, ...] = ()  # amounts under words that say nothing of a target


class TargetGrid:
    """A sheet seen from its indicators: turned where these stand across."""

    def __init__(self, sheet: Sheet, *, turned: bool) -> None:
        self.sheet, self._turned, self._spread = sheet, turned, Spread(sheet)
        at = {(row, column) for row, cells in sheet.rows.items() for column in (*cells, *self._spread.columns(row))}
        self.rows = sorted({column if turned else row for row, column in at})
        self.columns = sorted({row if turned else column for row, column in at})

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
        return _of_title(sheet, names, holders, year, title)
    return list(_RowReader(TargetGrid(sheet, turned=across), label, names, holders, year).rows())


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
            return [TargetRow(title, (), grid.place(header[0], grid.columns[0]), "", unit, "", tuple(cells), titled=True)]
    return []


def _cells_below(grid: TargetGrid, header: int, row: int, holders: HolderNames, year: int | None) -> Iterator[TargetCell]:
    """The cells of a row below the one that names the offices, each under an office and behind a time."""
    before = next((text for column in grid.columns if (text := grid.text(row, column)) and not is_bare_number(text)), "")
    for column in grid.columns if row > header else ():
        over = target_column(column, [text for text in (before, grid.text(header, column)) if text], holders, year)
        if over.role is ColumnRole.VALUE and (cell := grid.own(row, column)).kind is CellKind.NUMBER:
            yield TargetCell(over, cell, grid.place(row, column))


class _RowReader:
    """Reads a table from top to bottom; headings may come again further down."""

    def __init__(self, grid: TargetGrid, label: int, names: IndicatorNames, holders: HolderNames, year: int | None) -> None:
        self._grid, self._label, self._names, self._holders, self._year = grid, label, names, holders, year
        self._columns: tuple[TargetColumn, ...] = ()
        self._section = ""  # the office that the rows below a heading are of

    def rows(self) -> Iterator[TargetRow]:
        """The rows, each under the columns that stand over it."""
        header: list[int] = []
        for row in self._grid.rows:
            if self._is_head(row, header):
                header.append(row)
                continue
            if header:
                self._columns, header = self._read_columns(header, row), []
            elif not self._columns and self._names.find(self._grid.text(row, self._label)):
                self._columns = self._bare_columns()
            if self._columns and (read := self._row(row)):
                yield read

    def _is_head(self, row: int, above: Sequence[int]) -> bool:
        """Whether a row is one of headings: it names columns and no amounts, and stands beside no known indicator and no label of its own."""
        texts = list(dict.fromkeys(text for column in self._grid.columns if (text := self._grid.text(row, column))))
        label = self._grid.text(row, self._label)
        if self._names.find(label) or any(map(is_amount, texts)):
            return False
        heads = sum(is_column_word(text, self._holders) for text in texts)
        goes_on = bool(above) and label in ("", self._grid.text(above[-1], self._label))
        return heads >= _HEADS or (goes_on and heads == len(texts) > 0)

    def _read_columns(self, header: Sequence[int], below: int) -> tuple[TargetColumn, ...]:
        """The columns right of the labels, and those of an office or a document before them."""
        columns = []
        for index in self._grid.columns:
            levels = list(dict.fromkeys(text for row in header if (text := self._grid.text(row, index))))
            column = target_column(index, levels, self._holders, self._year)
            cells = [text for row in self._grid.rows if row >= below and (text := self._grid.text(row, index))]
            if column.role in (ColumnRole.UNKNOWN, ColumnRole.OWNER) and cells and all(map(is_unit, cells)):
                column = TargetColumn(index, ColumnRole.UNIT, column.words)
            if index != self._label:
                columns.append(column)
        return tuple(columns)

    def _bare_columns(self) -> tuple[TargetColumn, ...]:
        """The columns of a list without headings: units, and the year's numbers where one column alone holds amounts."""
        columns = []
        for index in (index for index in self._grid.columns if index > self._label):
            cells = [text for row in self._grid.rows if (text := self._grid.text(row, index))]
            role = ColumnRole.UNIT if cells and all(map(is_unit, cells)) else ColumnRole.VALUE if any(map(is_amount, cells)) else ColumnRole.OTHER
            columns.append(TargetColumn(index, role, ""))
        several = sum(column.role is ColumnRole.VALUE for column in columns) > 1
        return tuple(replace(column, role=ColumnRole.UNKNOWN) if several and column.role is ColumnRole.VALUE else column for column in columns)

    def _row(self, row: int) -> TargetRow | None:
        """One row; None where it names nothing, or is a sum, a note or a heading."""
        label = self._grid.text(row, self._label)
        values, unknown = (self._cells(row, role) for role in (ColumnRole.VALUE, ColumnRole.UNKNOWN))
        if not values and not unknown:
            if (holder := self._holders.find(label_words(label))) and holder.office:
                self._section = holder.office
            return None
        if not label or is_sum(label) or is_line(label) or label.startswith(_NOTES):
            return None
        units = self._of_role(row, ColumnRole.UNIT)
        owner = next((office for text in self._of_role(row, ColumnRole.OWNER) if (office := self._holders.office_in(text))), self._section)
        groups = tuple(dict.fromkeys(text for column in reversed(self._before()) if (text := self._grid.text(row, column)) and text != label))
        document = next(iter(self._of_role(row, ColumnRole.DOCUMENT)), "")
        return TargetRow(
            label, groups, self._grid.place(row, self._label), owner, next(iter(units), "") or label_unit(label), document, values, unknown=unknown
        )

    def _cells(self, row: int, role: ColumnRole) -> tuple[TargetCell, ...]:
        """The cells right of the label, in columns of one kind, that ask for something; of unknown columns those that look like amounts."""
        columns = (column for column in self._columns if column.index > self._label and column.role is role)
        cells = (TargetCell(column, self._grid.own(row, column.index), self._grid.place(row, column.index)) for column in columns)
        return tuple(cell for cell in cells if not asks_nothing(cell.cell) and (role is ColumnRole.VALUE or is_amount(cell.cell.text)))

    def _before(self) -> list[int]:
        """The columns before that of the labels that say nothing else."""
        roles: Mapping[int, ColumnRole] = {column.index: column.role for column in self._columns}
        return [index for index in self._grid.columns if index < self._label and roles.get(index) in (ColumnRole.UNKNOWN, ColumnRole.OTHER)]

    def _of_role(self, row: int, role: ColumnRole) -> list[str]:
        return [text for column in self._columns if column.role is role and (text := self._grid.text(row, column.index))]
