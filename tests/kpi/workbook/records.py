"""Old workbooks (.xls) made by hand, record by record."""

import struct

_WORKBOOK, _SHEET = 0x0005, 0x0010
_VERSIONS = {5: 0x0500, 8: 0x0600}
ZERO, WORD = struct.pack("<d", 0.0), b"\0" * 6 + b"\xff\xff"  # the results of formulas: a number, a text that follows


def record(code: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def _begin(version: int, kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHH", _VERSIONS[version], kind, 2412, 1993) + b"\0" * (8 if version == 8 else 0))


def label(row: int, column: int, text: str, encoding: str = "gbk") -> bytes:
    """A text as BIFF5 has it, in the code page of the file."""
    written = text.encode(encoding)
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(written)) + written)


def wide_label(row: int, column: int, text: str) -> bytes:
    """A text as BIFF8 has it."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def formula(row: int, column: int, result: bytes) -> bytes:
    """A formula =1 with a saved result."""
    tokens = struct.pack("<BH", 0x1E, 1)
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, len(tokens)) + tokens)


def old_book(cells: bytes, *, version: int = 5, code_page: int | None = 936) -> bytes:
    """A workbook with one sheet, without a container."""
    named = b"\x06Sheet1" if version == 5 else b"\x06\x00Sheet1"
    page = record(0x0042, struct.pack("<H", code_page)) if code_page else b""
    head, end = _begin(version, _WORKBOOK) + page, record(0x000A)
    at = len(head) + len(record(0x0085, b"\0" * 6 + named)) + len(end)
    return head + record(0x0085, struct.pack("<iBB", at, 0, 0) + named) + end + _begin(version, _SHEET) + cells + end
