"""
Cases (台账的一件): the rows of a ledger with their cells understood column by column, see `kpi.workbook.ledgers.case_columns`.

A ledger may have two hundred thousand rows, so they are arrays.  No finding repeats what stands in a cell: in a ledger whose
columns slipped it could be anybody's name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kpi.catalog.ledger import Ledger
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.ledgers.case_columns import Cells, Flags, Ints, read_column
from kpi.workbook.ledgers.ledger_sheet import LedgerSheet

_ABSENT = np.iinfo(np.int64).max  # of a row whose sheet has no such column


@dataclass(frozen=True)
class Cases:
    """
    All rows of the ledger in a file, in the order of its sheets.

    Behind them there may be rows of other ledgers that are on file: on no sheet (-1), ``row`` counts them.
    """

    ledger: Ledger
    sheets: tuple[LedgerSheet, ...]
    sheet: Ints  # which sheet a row stands on
    row: Ints  # counted from 0
    cells: Mapping[str, Cells]  # the columns that any sheet has
    keys: tuple[str, ...]  # what identifies each case; empty where the row does not say
    day: Ints  # the date by which a row belongs to a month
    first_of: Ints  # the row that first holds the key: itself, unless it is a duplicate
    continued: Flags  # under a merged key: one case with the row above
    lacking: Mapping[str, Flags] = field(default_factory=dict)  # by column the rows whose sheet or ledger has no such column; absent: none

    def __len__(self) -> int:
        return len(self.row)

    @property
    def own(self) -> int:
        """How many rows stand in the file itself; they come first."""
        return int(np.count_nonzero(self.sheet >= 0))

    @property
    def first_sheet(self) -> Place:
        """The place of a finding about the whole ledger."""
        return Place(self.sheets[0].name)

    def place(self, at: int, column: str) -> Place:
        """The cell of a row, named from 0."""
        sheet = self.sheets[self.sheet[at]]
        return Place(sheet.name, cell_name(int(self.row[at]), sheet.fields[column].index))

    def without(self, columns: Collection[str]) -> Flags:
        """The rows whose sheet or ledger has not all of some columns."""
        flags = np.zeros(len(self), dtype=np.bool_)
        for column in columns:
            flags |= self.lacking.get(column, column not in self.cells)
        return flags

    def months(self) -> Ints:
        """The month of each row as years * 12 + months - 1; meaningless where it has no day."""
        return (self.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)) + 1970 * 12


def month_of(index: int) -> Month:
    """The month that `Cases.months` counts so."""
    return Month(index // 12, index % 12 + 1)


def index_of(month: Month) -> int:
    """How `Cases.months` counts a month."""
    return month.year * 12 + month.month - 1


def read_cases(sheets: Sequence[LedgerSheet], ledger: Ledger) -> Cases:
    """
    Understand the rows of the sheets of one ledger.

    Args:
        sheets: At least one.
        ledger: What their columns mean.

    """
    present = [column for column in ledger.columns if any(column.name in sheet.fields for sheet in sheets)]
    cells = {column.name: read_column(sheets, column) for column in present}
    lengths = [len(sheet.rows) for sheet in sheets]
    row = np.concatenate([np.frombuffer(sheet.rows, dtype=np.uint32) for sheet in sheets]).astype(np.int64)
    sheet = np.repeat(np.arange(len(sheets)), lengths)
    continued = np.zeros(len(row), dtype=np.bool_)
    for number, source in enumerate(sheets):
        if source.continued_rows:
            continued |= (sheet == number) & np.isin(row, source.continued_rows)
    lacking = {name: np.isin(sheet, bare) for name in cells if (bare := [at for at, source in enumerate(sheets) if name not in source.fields])}
    keys, first_of = _keys([cells[name] for name in ledger.keys if name in cells], lacking)
    return Cases(ledger, tuple(sheets), sheet, row, cells, keys, cells[ledger.date].codes, first_of, continued, lacking)


def _keys(columns: Sequence[Cells], lacking: Mapping[str, Flags]) -> tuple[tuple[str, ...], Ints]:
    """What identifies each row, by the columns that its sheet has, and the row that holds the same for the first time."""
    leading = columns[0]
    numbers = leading.codes
    for other in columns[1:]:
        codes = other.codes if (absent := lacking.get(other.column.name)) is None else np.where(absent, _ABSENT, other.codes)
        _, ranked = np.unique(codes, return_inverse=True)
        numbers = numbers * (int(ranked.max(initial=0)) + 1) + ranked
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    rows = np.arange(len(numbers))
    unkeyed = ~leading.filled | leading.bad
    first_of = np.where(unkeyed, rows, first[inverse])
    texts: list[list[str | None]] = [list(leading.texts())]
    for other in columns[1:]:
        absent = lacking.get(other.column.name)
        flags = absent.tolist() if absent is not None else [False] * len(rows)
        texts.append([None if lacks else text for lacks, text in zip(flags, other.texts(), strict=True)])
    keys = ["" if nothing else "|".join(part for part in parts if part is not None) for nothing, *parts in zip(unkeyed.tolist(), *texts, strict=True)]
    return tuple(keys), first_of
