"""
How a parsed workbook travels from the parsing process: a head of JSON, and the cells as lines of text.

Three million cells as JSON cost more than parsing them.  A row is one line, its cells parted by a sign that no cell may
hold, and it is taken apart only when somebody looks at it.
"""

import json
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kpi.workbook.grid import FORMULA_ZERO, Cell, CellKind

CELL, ROW = "\x1f", "\x1e"
ZERO = "z"  # the whole of a cell whose formula ended in a 0 that may be none
SHOWN = "\x1d"  # behind a number: how its number format shows it
BLANK = "空白"  # shown for a number or a text by a format that shows nothing
UNMASKED = b"null"  # in the place of layouts: a workbook of definitions, which says nothing of persons and is wanted to the letter
_CONTROLS = {ord(CELL): " ", ord(ROW): " "}
_KINDS = {kind.value: kind for kind in CellKind}
_LENGTH = struct.Struct("<I")
_LAYER = 4_096  # rows kept taken apart


class Lines:
    """The rows of one sheet as they are packed."""

    def __init__(self) -> None:
        self.numbers = array("I")
        self.texts: list[str] = []

    def append(self, row: int, first: int, cells: Sequence[str]) -> None:
        """A row from its first column on; a cell is its kind and its text, or nothing."""
        text = CELL.join(cells)
        if text.count(CELL) != len(cells) - 1 or ROW in text:
            text = CELL.join(_plain(cell) for cell in cells)
        if text := text.rstrip(CELL):
            self.numbers.append(row)
            self.texts.append(f"{first}{CELL}{text}")


def _plain(text: str) -> str:
    """A text without the signs that part cells and rows."""
    return text.translate(_CONTROLS) if CELL in text or ROW in text else text


def pack(answer: Mapping[str, Any], blocks: Iterable[tuple["array[int]", list[str]]] = ()) -> Iterator[bytes]:
    """The pieces of a frame; a block is numbers and texts."""
    head = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    yield _LENGTH.pack(len(head))
    yield head
    for numbers, texts in blocks:
        body = ROW.join(texts).encode("utf-8", "replace")
        yield _LENGTH.pack(len(numbers))
        yield numbers.tobytes()
        yield _LENGTH.pack(len(body))
        yield body


def unpack(data: bytes) -> tuple[dict[str, Any], list[tuple["array[int]", list[str]]]]:
    """
    The head of a frame and its blocks.

    Raises:
        ValueError: It is no frame.

    """
    view = memoryview(data)
    try:
        (length,) = _LENGTH.unpack_from(view)
        head = json.loads(bytes(view[4 : 4 + length]))
        at, blocks = 4 + length, []
        while at < len(data):
            numbers = array("I")
            (count,) = _LENGTH.unpack_from(view, at)
            at += 4 + count * numbers.itemsize
            numbers.frombytes(view[at - count * numbers.itemsize : at])
            (length,) = _LENGTH.unpack_from(view, at)
            blocks.append((numbers, bytes(view[at + 4 : at + 4 + length]).decode().split(ROW) if length else []))
            at += 4 + length
    except (struct.error, UnicodeDecodeError, TypeError) as error:
        raise ValueError("not a frame") from error
    if not isinstance(head, dict):
        raise ValueError("not a frame")
    return head, blocks


class PackedRows(Mapping[int, Mapping[int, Cell]]):
    """The rows of a sheet by number, each taken apart when it is asked for."""

    def __init__(self, numbers: Iterable[int], lines: list[str]) -> None:
        self._lines = dict(zip(numbers, lines, strict=True))
        self._open: dict[int, dict[int, Cell]] = {}

    def __getitem__(self, row: int) -> Mapping[int, Cell]:
        known = self._open.get(row)
        if known is None:
            known = _cells(self._lines[row])
            if len(self._open) >= _LAYER:
                self._open.clear()
            self._open[row] = known
        return known

    def get(self, row: int, default: Any = None) -> Any:
        """The cells of a row; the usual way of asking, and so without an exception for rows that hold nothing."""
        return self[row] if row in self._lines else default

    def __contains__(self, row: object) -> bool:
        return row in self._lines

    def __iter__(self) -> Iterator[int]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _cells(line: str) -> dict[int, Cell]:
    first, *cells = line.split(CELL)
    if SHOWN in line:
        return {column: _shown(cell) for column, cell in enumerate(cells, start=int(first)) if cell}
    return {column: Cell(_KINDS[cell[0]], cell[1:]) if cell != ZERO else FORMULA_ZERO for column, cell in enumerate(cells, start=int(first)) if cell}


def _shown(cell: str) -> Cell:
    """A cell that may say how it is shown; in a text the sign that parts the two is one of the text."""
    if cell == ZERO:
        return FORMULA_ZERO
    kind, (text, _, shown) = _KINDS[cell[0]], cell[1:].partition(SHOWN)
    if kind is CellKind.NUMBER or (kind is CellKind.TEXT and shown == BLANK):
        return Cell(kind, text, shown)
    return Cell(kind, cell[1:])
