"""
Cases (台账的一件): the rows of a ledger with their cells understood column by column.

A ledger may have two hundred thousand rows, so whatever is said about a cell is worked out once for each different word
of its column and then looked up for all rows at once.  No finding repeats what stands in a cell: in a ledger whose
columns slipped it could be anybody's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from kpi.catalog.model import Ledger, LedgerColumn, Role
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.ledger import LedgerSheet

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_DAY = np.iinfo(np.int64).min  # of a date: nothing, or nothing that can be used
BLANK, UNKNOWN = -1, -2
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Cells:
    """
    One column over all sheets of the file.

    ``codes`` says for each row which of the ``words`` stands there.  Dates are days since 1970, categories the number
    of their value.  ``bad`` are the rows whose cell holds something else.
    """

    column: LedgerColumn
    codes: Ints
    words: tuple[str, ...]  # by code; the first is the empty one
    bad: Flags
    numbers: tuple[Decimal | None, ...] = ()  # by code, of a number

    @property
    def filled(self) -> Flags:
        """The rows that say something that can be used."""
        least = {Role.DATE: NO_DAY + 1, Role.CATEGORY: 0}.get(self.column.role, 1)
        flags: Flags = self.codes >= least
        return flags

    def values(self, positions: Sequence[int]) -> list[str | date | Decimal | None]:
        """What some of the rows say; None where they say nothing that can be used."""
        codes = self.codes[positions].tolist() if len(positions) else []
        match self.column.role:
            case Role.DATE:
                known: dict[int, date | None] = {code: None if code == NO_DAY else day_of(code) for code in set(codes)}
                return [known[code] for code in codes]
            case Role.CATEGORY:
                return [self.words[code] if code >= 0 else None for code in codes]
            case Role.NUMBER:
                return [self.numbers[code] for code in codes]
            case _:
                return [self.words[code] or None for code in codes]


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
    cells: Mapping[str, Cells]  # the columns that every sheet has
    keys: tuple[str, ...]  # what identifies each case; empty where the row does not say
    day: Ints  # the date by which a row belongs to a month
    first_of: Ints  # the row that first holds the key: itself, unless it is a duplicate
    continued: Flags  # under a merged key: one case with the row above
    lacking: Mapping[str, Flags] = field(default_factory=dict)  # by column the rows whose ledger has no such column; absent: none

    def __len__(self) -> int:
        return len(self.row)

    @property
    def own(self) -> int:
        """How many rows stand in the file itself; they come first."""
        return int(np.count_nonzero(self.sheet >= 0))

    def place(self, at: int, column: str) -> Place:
        """The cell of a row, named from 0."""
        sheet = self.sheets[self.sheet[at]]
        return Place(sheet.name, cell_name(int(self.row[at]), sheet.fields[column].index))

    def months(self) -> Ints:
        """The month of each row as years * 12 + months - 1; meaningless where it has no day."""
        return (self.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)) + 1970 * 12


def month_of(index: int) -> Month:
    """The month that `Cases.months` counts so."""
    return Month(index // 12, index % 12 + 1)


def index_of(month: Month) -> int:
    """How `Cases.months` counts a month."""
    return month.year * 12 + month.month - 1


def day_of(ordinal: int) -> date:
    """The date that so many days after 1970 is."""
    return _EPOCH + timedelta(days=ordinal)


def ordinal_of(day: date) -> int:
    """How many days after 1970 a date is."""
    return (day - _EPOCH).days
