"""
A parsed sheet: which cell holds what, and nothing about what it means.

Only cells that hold something are kept, so a million bordered but empty rows cost nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class CellKind(StrEnum):
    """What a cell holds; the values are how the parsing process writes them."""

    EMPTY = ""
    TEXT = "s"
    NUMBER = "n"
    DATE = "d"
    BOOL = "b"
    ERROR = "e"
    UNCACHED = "f"  # a formula whose result was never saved


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One cell.

    ``text`` is the number exactly as Excel shows it (``37.7663``, and ``97.8%`` in a cell formatted as a percentage),
    the date as ``2023-11-23``, the error as ``#DIV/0!``, else the text as its number format shows it: ``5亿元`` of 5 under
    ``@"亿元"``.  ``shown`` is what its number format makes of a number where that is another one or has words, ``1.5万元``
    of 15000, and a word for nothing where the format hides a text.

    ``doubtful`` is a 0 that a formula of an old workbook ended in: many programs save the number 0 there in place of a
    text, so that it may be no zero.
    """

    kind: CellKind = CellKind.EMPTY
    text: str = ""
    shown: str = ""
    doubtful: bool = False


EMPTY = Cell()
FORMULA_ZERO = Cell(CellKind.NUMBER, "0", doubtful=True)


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One sheet; rows and columns are counted from 0.

    ``complete`` is False for files of which only the values can be read: error cells and formulas without a saved
    result then look empty, a percentage looks like a fraction, and nothing says what is hidden.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    complete: bool = True
    merges: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    macros: bool = False  # the file carries macros; they are not run and not kept apart from its bytes
    masked: tuple[tuple[int, int], ...] = ()  # row and column of cells whose text said who somebody is, which was put out of sight

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a position; an empty one where nothing stands."""
        return self.rows.get(row, {}).get(column, EMPTY)
