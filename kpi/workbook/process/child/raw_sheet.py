"""A sheet as it is found in a file of whatever format, and the difference between a number and a value that is only text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpi.errors import WorkbookError
from kpi.workbook.personal.masking import is_suspect, mask
from kpi.workbook.process.child.number_format import in_format, text_in_format
from kpi.workbook.process.sniffing import AS_XLSX
from kpi.workbook.process.wire import CELL, Lines
from kpi.workbook.signs import struck

MAX_CELLS = 5_000_000
MAX_MERGES = 20_000
MAX_MASKED = 1_000  # cells that are listed each
TOO_WIDE = "表格占用的区域过大（最右或最下方的角落里有内容）；请把需要上报的表格复制到新工作簿再上传。"
ENTITIES = f"XML 里带有实体定义，为安全起见不能读取；{AS_XLSX}"
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?%?", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:[.,]\d*)?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_MIDNIGHT = ("00:00", "00:00:00")
ERROR = re.compile(r"#(?:DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)


class WrongPasswordError(Exception):
    """The file opens with another password, or with one where none was given."""


class Written(str):
    """A cell that is its kind and its text already."""

    __slots__ = ()


@dataclass
class Values:
    """
    The rows as a reader of values gives them, from the first row and the column ``left`` on.

    They are read one by one whenever they are asked for: of a list of cases most cells are never put into words.
    """

    lists: Callable[[], Iterator[list[Any]]]
    left: int
    marks: dict[int, dict[int, tuple[str, str]]]  # kind and text that the reader of values leaves out; of a number (n) and a text (@) its format

    def rows(self) -> Iterator[tuple[int, int, Sequence[Any]]]:
        """Number, first column and cells of each row."""
        marked = dict(self.marks)
        for row, cells in enumerate(self.lists()):
            if row in marked:
                yield row, *_marked(dict(enumerate(cells, start=self.left)), marked.pop(row))
            else:
                yield row, self.left, cells
        for row in sorted(marked):  # outside of what holds values
            yield row, *_marked({}, marked[row])


def _marked(cells: dict[int, Any], marks: dict[int, tuple[str, str]]) -> tuple[int, list[Any]]:
    for column, (kind, text) in marks.items():
        if kind not in ("n", "~", "@"):
            cells[column] = Written(kind + text)
        elif (written := as_written(cells.get(column, ""))) and kind == "~":
            cells[column] = Written("s" + struck(written[1:]))
        elif kind == "@" and written[:1] == "s":
            cells[column] = Written(text_in_format(written[1:], text))
        elif kind == "n" and written[:1] == "n":
            cells[column] = Written(in_format(written[1:], text))
    first = min(cells)
    return first, [cells.get(column, "") for column in range(first, max(cells) + 1)]


def as_written(value: Any) -> str:
    """Kind and text of a value, nothing for an empty cell."""
    match value:
        case Written():
            return str(value)
        case str():
            return "s" + value if value else ""
        case bool():
            return "bTRUE" if value else "bFALSE"
        case float() if 1e-4 <= value < 1e15:  # needs no exponent
            return f"n{value:.15g}"
        case int() | float():
            return number(value)
        case datetime():
            midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
            return "d" + (value.date().isoformat() if midnight else value.isoformat(" ", "seconds"))
        case date():
            return "d" + value.isoformat()
        case _:
            return f"s{value}"


@dataclass
class RawSheet:
    """One sheet; rows and columns are counted from 0."""

    name: str
    hidden: bool = False
    complete: bool = True
    macros: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)
    values: "Values | None" = None  # what the lines are yet to be made of
    masked: list[tuple[int, int]] = field(default_factory=list)  # cells whose text said who somebody is

    def head(self) -> dict[str, Any]:
        """What JSON carries of it."""
        return {
            "name": self.name,
            "hidden": self.hidden,
            "complete": self.complete,
            "macros": self.macros,
            "masked": self.masked[:MAX_MASKED],
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
            "merges": self.merges[:MAX_MERGES],
        }

    def packed(self, *, masked: bool = True) -> Lines:
        """All rows as they are packed, without what says who somebody is unless nothing is masked."""
        if self.values is not None:
            for row, first, cells in self.values.rows():
                self.lines.append(row, first, [as_written(cell) for cell in cells])
            self.values = None
        for position, (row, line) in enumerate(zip(self.lines.numbers, self.lines.texts, strict=True)):
            if masked and is_suspect(line):
                self.lines.texts[position] = self._masked_line(row, line)
        return self.lines

    def _masked_line(self, row: int, line: str) -> str:
        first, *cells = line.split(CELL)
        for position, cell in enumerate(cells):
            if cell[:1] == "s" and (shown := mask(cell[1:])) != cell[1:]:
                cells[position] = f"s{shown}"
                self.masked.append((row, int(first) + position))
        return CELL.join((first, *cells))

    def rows(self) -> Iterator[tuple[int, int, Sequence[Any]]]:
        """Number, first column and cells of each row, the cells as `as_written` takes them."""
        if self.values is not None:
            yield from self.values.rows()
            return
        for row, line in zip(self.lines.numbers, self.lines.texts, strict=True):
            first, *cells = line.split(CELL)
            yield row, int(first), [Written(cell) for cell in cells]

    def add(self, row: int, cells: dict[int, str]) -> None:
        """A row by the columns of its cells, each its kind and its text."""
        if cells:
            first, last = min(cells), max(cells)
            if last - first > 16_384:
                raise WorkbookError(TOO_WIDE)
            self.lines.append(row, first, [cells.get(column, "") for column in range(first, last + 1)])


def typed(text: str) -> str:
    """Kind and text of a value that a file gives as text only."""
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) < 16:
        return "n" + text
    shown = text.strip(" \t\r\n")
    if not shown.strip("\xa0\u3000"):
        return ""
    if _NUMBER.fullmatch(shown):
        return "n" + shown.removeprefix("+")
    if ERROR.fullmatch(shown):
        return "e" + shown.upper()
    return "s" + text.strip("\r\n\t")


def dated(text: str) -> str:
    """Kind and text of a day, or a moment of one, that a file writes as ISO does; nothing where there is no such day: 2023-13-45."""
    match = _MOMENT.fullmatch(text.strip())
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        return ""
    if match is None or day is None:
        return ""
    return f"d{day.isoformat()}" if match[2] is None or match[2] in _MIDNIGHT else f"d{day.isoformat()} {match[2]}"


def number(value: float) -> str:
    """A number as Excel shows it, with 15 significant digits, nought without a sign, and its kind before it."""
    text = f"{value:z.15g}"
    if "e" in text:
        text = format(Decimal(text), "f")
    return "n" + text if text.strip("-") not in ("inf", "nan") else "s" + text
