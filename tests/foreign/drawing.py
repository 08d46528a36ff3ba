"""
Workbooks of invented bureaus, drawn as text and written as real files: .xlsx, .et, .xls of old and of HTML, .csv.

A line is a row and ``|`` parts its cells; ``<`` joins a cell to its left and ``^`` to the one above, ``'12`` is a number typed
as text and ``98.5%`` a fraction shown as a percentage.  Blanks before the words of a first cell belong to it.
"""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.cell import Cell

from tests.kpi.workbook import records

Amount = TypeVar("Amount", int, Decimal)


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A file of drawn sheets by their names; hidden rows and columns count from 0 and hold for each of them."""

    name: str
    sheets: Mapping[str, str]
    folders: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def data(self) -> bytes:
        """Its bytes in the form that its name says."""
        ending = self.name.rpartition(".")[2]
        first = next(iter(self.sheets.values()))
        if ending == "csv":
            return _csv(first)
        if ending == "xls":
            return _old(first) if "<" not in first and "^" not in first else _html(first)
        return self._xlsx()

    def _xlsx(self) -> bytes:
        book = Workbook()
        book.remove(book.active)
        for title, text in self.sheets.items():
            sheet = book.create_sheet(title)
            anchors: dict[tuple[int, int], tuple[int, int]] = {}
            grid = cells_of(text)
            for row, cells in enumerate(grid):
                for column, cell in enumerate(cells):
                    if cell.strip() in ("<", "^"):
                        anchor = _anchor(row, column, grid)
                        last = anchors.get(anchor, anchor)
                        anchors[anchor] = max(last[0], row), max(last[1], column)
                    elif cell.strip():
                        _fill(sheet.cell(row + 1, column + 1), cell)
            for (top, left), (bottom, right) in anchors.items():
                sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
            for row in self.hidden_rows:
                sheet.row_dimensions[row + 1].hidden = True
            for column in self.hidden_columns:
                sheet.column_dimensions["ABCDEFGHIJKLMNOP"[column]].hidden = True
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class ForeignForm:
    """
    One form of one office of an invented bureau: its files, and the truth about them as the drawer knows it.

    Each line of ``truth`` is a measure: its name, unit and kind; of a rate with its parts, ``?`` where the sheets do not hold them.
    """

    bureau: str
    office: str
    files: Sequence[DrawnFile]
    truth: str
    cases: bool = False  # a ledger of one row a case, of which no cell is a measure

    @property
    def measures(self) -> list[list[str]]:
        return [[part.strip() for part in line.split("|")] for line in self.truth.strip().splitlines() if line.strip()]


@dataclass
class Numbers:
    """Numbers drawn from a seed: the same in every run."""

    seed: int
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def many(self, count: int, low: int, high: int) -> list[int]:
        """So many whole numbers."""
        return [self.chance.randint(low, high) for _ in range(count)]

    def part(self, wholes: Sequence[int], low: float, high: float) -> list[int]:
        """A share of each of some numbers."""
        return [round(whole * self.chance.uniform(low, high)) for whole in wholes]

    def level(self, count: int, first: int, step: float = 0.03) -> list[int]:
        """A level that moves a little."""
        levels = [first]
        while len(levels) < count:
            levels.append(round(levels[-1] * self.chance.uniform(1 - step, 1 + step)))
        return levels

    def money(self, count: int, low: float, high: float, digits: int = 2) -> list[Decimal]:
        """Amounts to so many digits."""
        return [Decimal(str(round(self.chance.uniform(low, high), digits))) for _ in range(count)]


def running(numbers: Sequence[Amount]) -> list[Amount]:
    """The sums from the first on."""
    return [sum(numbers[: at + 1], type(numbers[0])(0)) for at in range(len(numbers))]


def percent(part: object, whole: object, digits: int = 1, scale: int = 100) -> str:
    """A quotient in per cent, rounded as Excel does."""
    return str((Decimal(str(part)) * scale / Decimal(str(whole))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def cells_of(text: str) -> list[list[str]]:
    """The cells of a drawing by rows; a line with a lone ``.`` is a blank row."""
    lines = text.strip("\n").splitlines()
    return [[] if line.strip() == "." else [cell.removeprefix(" ").rstrip() for cell in line.split("|")] for line in lines]


def _anchor(row: int, column: int, grid: Sequence[Sequence[str]]) -> tuple[int, int]:
    while (sign := grid[row][column].strip()) in ("<", "^"):
        row, column = (row, column - 1) if sign == "<" else (row - 1, column)
    return row, column


def _number(text: str) -> float | int | None:
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return None


def _fill(cell: Cell, text: str) -> None:
    plain = text.strip()
    if plain.startswith("'"):
        cell.value = plain[1:]
        cell.number_format = "@"
    elif plain.endswith("%") and (number := _number(plain[:-1])) is not None:
        digits = len(plain[:-1].partition(".")[2])
        cell.value = float(Decimal(plain[:-1]).scaleb(-2))
        cell.number_format = f"0.{'0' * digits}%" if digits else "0%"
    else:
        number = _number(plain)
        cell.value = text if number is None else number


def _csv(text: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([cell.strip().lstrip("'") for cell in row] for row in cells_of(text))
    return buffer.getvalue().encode("gb18030")


def _html(text: str) -> bytes:
    """A table as web programs export it, called .xls; merged cells by their spans."""
    grid = cells_of(text)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if cell.strip() in ("<", "^"):
                at = _anchor(row, column, grid)
                last = spans.get(at, at)
                spans[at] = max(last[0], row), max(last[1], column)
    lines = []
    for row, cells in enumerate(grid):
        tags = []
        for column, cell in enumerate(cells):
            if cell.strip() not in ("<", "^"):
                bottom, right = spans.get((row, column), (row, column))
                tags.append(f'<td rowspan="{bottom - row + 1}" colspan="{right - column + 1}">{escape(cell.strip())}</td>')
        lines.append(f"<tr>{''.join(tags)}</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">{"".join(lines)}</table></body></html>'.encode()


def _old(text: str) -> bytes:
    """A workbook of old Excel, BIFF5 in the Chinese code page."""
    body = b""
    for row, cells in enumerate(cells_of(text)):
        for column, cell in enumerate(cells):
            plain = cell.strip()
            number = None if plain.startswith("'") else _number(plain)
            if number is not None:
                body += records.number(row, column, float(number))
            elif plain:
                body += records.label(row, column, plain.removeprefix("'"))
    return records.old_book(body, code_page=936)
