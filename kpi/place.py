"""Where on a sheet something stands."""

from dataclasses import dataclass
from functools import lru_cache

UNNAMED = "表"  # the sheet of a text file, which has no name of its own


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """One cell or range of one sheet: ``商品煤抽检!C2``, ``'2026年'!B4:B9``; a whole sheet when ``cell`` is empty, the whole file when both are."""

    sheet: str
    cell: str = ""

    def __str__(self) -> str:
        if self.sheet in ("", UNNAMED) and not self.cell:
            return "全表"
        quoted = self.sheet if self.sheet.isidentifier() else "'{}'".format(self.sheet.replace("'", "''"))
        return f"{quoted}!{self.cell}" if self.cell else quoted


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=16_384)
def column_index(letters: str | bytes) -> int:
    """The column of some letters, counted from 0: A is 0, AA is 26."""
    index = 0
    for letter in letters.encode() if isinstance(letters, str) else letters:
        index = index * 26 + letter - 64
    return index - 1


def cell_name(row: int, column: int) -> str:
    """The name of a cell counted from 0: (1, 2) is C2."""
    return f"{column_letters(column)}{row + 1}"
