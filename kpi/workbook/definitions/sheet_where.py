"""Where an entry of the catalogue stands in a workbook: which cell a fault of it is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.catalog.fault_line import Where
from kpi.catalog.field_words import in_headings, looked_at
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.row_gathering import EntryRows, NounRow
from kpi.place import Place, cell_name

FieldColumns = Mapping[str, Mapping[str, int]]  # of each noun the column of each field, counted from 0


@dataclass(frozen=True, slots=True)
class SheetWhere(Where):
    """An entry by its cells."""

    rows: EntryRows | None = None
    columns: FieldColumns | None = None

    def __str__(self) -> str:
        return str(place_of(self._rows.own, "", self._columns))

    def says(self, words: str) -> str:
        """The whole line of a fault: the file, the cell, the entry, what is wrong and what to do."""
        row, key = looked_at(self._rows, words)
        return fault_line(self.file, row, key, self._columns, in_headings(words, self._rows.own.noun))

    @property
    def _rows(self) -> EntryRows:
        if self.rows is None:
            raise ValueError("an entry of a workbook has a row")
        return self.rows

    @property
    def _columns(self) -> FieldColumns:
        return self.columns or {}


def fault_line(file: str, row: NounRow, key: str, columns: FieldColumns, words: str) -> str:
    """The line of a fault of a field; of its row as a whole where the field is not named."""
    first = NOUN_SHEETS[row.noun].fields[0].key
    who = f"（{row.values[first]}）" if key not in ("", first) and first in row.values else ""
    return f"{file} 的 {place_of(row, key, columns)}{who}：{words}。"


def place_of(row: NounRow, key: str, columns: FieldColumns) -> Place:
    """The cell of a field of a row, of its first field where none is named."""
    sheet = NOUN_SHEETS[row.noun]
    return Place(sheet.title, cell_name(row.line - 1, columns.get(row.noun, {}).get(key or sheet.fields[0].key, 0)))
