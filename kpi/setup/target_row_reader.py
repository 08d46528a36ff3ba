"""The rows of one table of targets, from top to bottom: headings, sections of offices, what each row says, and rows that go together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kpi.setup.surveyed_words import is_sum
from kpi.setup.target_amount import asks_nothing, is_amount
from kpi.setup.target_columns import ColumnRole, TargetColumn, is_column_word, target_column
from kpi.setup.target_grid import TargetCell, TargetGrid, TargetRow
from kpi.setup.target_names import WHOLE_BUREAU, HolderNames, IndicatorNames, TargetHolder
from kpi.workbook.forms.measure_names import label_unit, label_words
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.labelled_lines import is_line
from kpi.workbook.layout.unit_words import is_unit

_HEADS = 2  # words over columns that make a row of headings
_NOTES = ("注", "说明", "备注", "依据")
_CLAUSES = re.compile(r"[，,；;。]")
_WHOLE_YEAR = TargetColumn(-1, ColumnRole.VALUE, "")


class TargetRowReader:
    """Reads a table from top to bottom; headings may come again further down."""

    def __init__(self, grid: TargetGrid, label: int, names: IndicatorNames, holders: HolderNames, year: int | None) -> None:
        self._grid, self._label, self._names, self._holders, self._year = grid, label, names, holders, year
        self._columns: tuple[TargetColumn, ...] = ()
        self._section = holders.find(grid.sheet.name) or WHOLE_BUREAU  # whom the rows below a heading are of
        self._carried = ""  # the label above, which holds for rows that name another office only

    def rows(self) -> Iterator[TargetRow]:
        """The rows; those that name one indicator, each with an office or organisation of its own, as one row."""
        for _, own in groupby(self._rows(), key=lambda row: (row.name, row.groups)):
            yield from _joined(list(own))

    def _rows(self) -> Iterator[TargetRow]:
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
            yield from self._row(row) if self._columns else ()

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
        return self._only_amounts(columns, below)

    def _only_amounts(self, columns: Sequence[TargetColumn], below: int) -> tuple[TargetColumn, ...]:
        """The columns; where none is known to hold targets and one alone holds amounts, that is the year's."""
        unknown = [column for column in columns if column.role is ColumnRole.UNKNOWN and column.index > self._label]
        amounts = [column for column in unknown if any(is_amount(self._grid.text(row, column.index)) for row in self._grid.rows if row >= below)]
        if len(amounts) != 1 or any(column.role is ColumnRole.VALUE for column in columns):
            return tuple(columns)
        return tuple(replace(column, role=ColumnRole.VALUE) if column is amounts[0] else column for column in columns)

    def _bare_columns(self) -> tuple[TargetColumn, ...]:
        """The columns of a list without headings: units, and the year's numbers where one column alone holds amounts."""
        columns = []
        for index in (index for index in self._grid.columns if index > self._label):
            cells = [text for row in self._grid.rows if (text := self._grid.text(row, index))]
            role = ColumnRole.UNIT if cells and all(map(is_unit, cells)) else ColumnRole.VALUE if any(map(is_amount, cells)) else ColumnRole.OTHER
            columns.append(TargetColumn(index, role, ""))
        several = sum(column.role is ColumnRole.VALUE for column in columns) > 1
        return tuple(replace(column, role=ColumnRole.UNKNOWN) if several and column.role is ColumnRole.VALUE else column for column in columns)

    def _row(self, row: int) -> Iterator[TargetRow]:
        """What one row says: of one indicator, or of several in words; nothing of a sum, a note or a heading."""
        label = self._grid.text(row, self._label)
        values, unknown = (self._cells(row, role) for role in (ColumnRole.VALUE, ColumnRole.UNKNOWN))
        if not values and not unknown:
            if holder := self._holders.find(label_words(label)):
                self._section = holder
            yield from _stated(self._grid, row, self._label, self._names, self._section)
            return
        owners = [owner for text in self._of_role(row, ColumnRole.OWNER) if (owner := self._holders.first(text))]
        label = self._carried = label or (self._carried if self._of_role(row, ColumnRole.OWNER) else "")
        if not label or is_sum(label) or is_line(label) or label.startswith(_NOTES):
            return
        if any(map(is_sum, self._of_role(row, ColumnRole.OWNER))):
            values = tuple(replace(cell, column=replace(cell.column, total=True)) for cell in values)
        groups = tuple(dict.fromkeys(text for column in reversed(self._before()) if (text := self._grid.text(row, column)) and text != label))
        unit = next(iter(self._of_role(row, ColumnRole.UNIT)), "") or label_unit(label)
        document = next(iter(self._of_role(row, ColumnRole.DOCUMENT)), "")
        owner = next(iter(owners), self._section)
        yield TargetRow(label, groups, self._grid.place(row, self._label), values, owner, unit, document, unknown=unknown)

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


def stated_rows(grid: TargetGrid, names: IndicatorNames, holders: HolderNames) -> Iterator[TargetRow]:
    """The targets of a sheet without a table, in words: 个转企100户 under 一、登记注册科."""
    section = WHOLE_BUREAU
    for row in grid.rows:
        for column in grid.columns:
            section = holders.find(label_words(grid.text(row, column))) or section
            yield from _stated(grid, row, column, names, section)


def _stated(grid: TargetGrid, row: int, column: int, names: IndicatorNames, owner: TargetHolder) -> Iterator[TargetRow]:
    """The targets that one cell states in words, each an indicator with its amount behind it."""
    if grid.own(row, column).kind is not CellKind.TEXT:
        return
    place = grid.place(row, column)
    for clause in _CLAUSES.split(grid.text(row, column)):
        if parted := names.parted(clause):
            name, amount = parted
            yield TargetRow(name, (), place, (TargetCell(_WHOLE_YEAR, Cell(CellKind.TEXT, amount), place),), owner)


def _joined(rows: Sequence[TargetRow]) -> Sequence[TargetRow]:
    """Rows of one indicator that follow each other as one, each number under the holder that its row names; as they are where two name the same."""
    if len(rows) == 1 or len({row.owner for row in rows}) < len(rows):
        return rows
    cells = [
        replace(cell, column=replace(cell.column, holder=row.owner)) if cell.column.holder == WHOLE_BUREAU and not cell.column.total else cell
        for row in rows
        for cell in row.cells
    ]
    return [replace(rows[0], cells=tuple(cells), owner=WHOLE_BUREAU, unknown=tuple(cell for row in rows for cell in row.unknown))]
