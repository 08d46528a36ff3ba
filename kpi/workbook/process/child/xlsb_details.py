"""
What the reader of values does not tell of an .xlsb: merges, hidden rows and columns, errors, and looks that change what cells say.

An .xlsb holds the same as an .xlsx, each tag as a record: the number of its kind, its length, its bytes (MS-XLSB).  Only
the records that are needed are looked into.
"""

import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from kpi.workbook.process.child.number_format import is_telling, text_in_format
from kpi.workbook.process.child.raw_sheet import MAX_MERGES
from kpi.workbook.process.child.xlsx_looks import BUILT_IN, Details
from kpi.workbook.signs import in_runs

_ROW, _ERROR, _FORMULA_ERROR, _SHARED, _RICH_CELL = 0, 3, 11, 7, 62
_NUMBERS, _TEXTS = (2, 5, 9), (6, 8)
_CELLS = frozenset((_ERROR, _FORMULA_ERROR, _SHARED, _RICH_CELL, 4, 10, *_NUMBERS, *_TEXTS))
_ITEM, _FONT, _FORMAT, _STYLE, _COLUMNS, _SHEET, _MERGE = 19, 43, 44, 47, 60, 156, 176
_BEGIN_FONTS, _END_FONTS, _BEGIN_STYLES, _END_STYLES = 611, 612, 617, 618
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_POSITIONS = {1: "superscript", 2: "subscript"}
_STRUCK = 0x0008
_HIDDEN_ROW = 0x10
_LAST_COLUMN = 16_383
_LONG, _PLACE, _AREA, _RUN = struct.Struct("<I"), struct.Struct("<II"), struct.Struct("<IIII"), struct.Struct("<HH")


@dataclass(frozen=True, slots=True)
class _Font:
    position: str = ""
    struck: bool = False


@dataclass
class _Styles:
    """The looks of one workbook by the numbers that cells and runs name."""

    fonts: list[_Font] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)  # those that show another number or text
    struck: set[int] = field(default_factory=set)


def read_details(container: zipfile.ZipFile) -> dict[str, Details]:
    """The details of each sheet, by its name."""
    names = {name.lower(): name for name in container.namelist()}
    styles = _styles(container.read(names["xl/styles.bin"])) if "xl/styles.bin" in names else _Styles()
    rich = _strings(container.read(names["xl/sharedstrings.bin"]), styles) if "xl/sharedstrings.bin" in names else {}
    links = ElementTree.fromstring(container.read(names["xl/_rels/workbook.bin.rels"]))  # noqa: S314 - this process may be lost
    targets = {link.get("Id"): (link.get("Target") or "").replace("\\", "/") for link in links}
    details = {}
    for kind, body in _records(container.read(names["xl/workbook.bin"])):
        if kind == _SHEET:
            link, after = _wide(body, 8)
            target = targets.get(link, "")
            path = names.get((target.lstrip("/") if target.startswith("/") else f"xl/{target}").lower())
            if path is not None:
                details[_wide(body, after)[0]] = _details(container.read(path), styles, rich)
    return details


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind and the bytes of each record."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < end:
            part = data[at]
            at += 1
            length |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = _LONG.unpack_from(body, at)
    end = at + 4 + 2 * min(length, len(body))
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _styles(data: bytes) -> _Styles:
    styles, codes = _Styles(), dict(BUILT_IN)
    of_fonts = of_cells = False
    count = 0
    for kind, body in _records(data):
        if kind in (_BEGIN_FONTS, _END_FONTS):
            of_fonts = kind == _BEGIN_FONTS
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            of_cells = kind == _BEGIN_STYLES
        elif kind == _FORMAT:
            codes[int.from_bytes(body[:2], "little")] = _wide(body, 2)[0]
        elif kind == _FONT and of_fonts:
            flags, position = int.from_bytes(body[2:4], "little"), int.from_bytes(body[6:8], "little")
            styles.fonts.append(_Font(_POSITIONS.get(position, ""), bool(flags & _STRUCK)))
        elif kind == _STYLE and of_cells:
            code, font = codes.get(int.from_bytes(body[2:4], "little"), ""), int.from_bytes(body[4:6], "little")
            if code and is_telling(code):
                styles.formats[count] = code
            if font < len(styles.fonts) and styles.fonts[font].struck:
                styles.struck.add(count)
            count += 1
    return styles


def _strings(data: bytes, styles: _Styles) -> dict[int, str]:
    """The shared strings of several fonts that are raised or struck out, by their number."""
    apart = any(font != _Font() for font in styles.fonts)
    items = (body for kind, body in _records(data) if kind == _ITEM) if apart else ()
    texts = ((number, _rich(body, 0, styles)) for number, body in enumerate(items))
    return {number: text for number, text in texts if text is not None}


def _rich(body: bytes, at: int, styles: _Styles) -> str | None:
    """A text as its runs look; None where it has none."""
    if not body[at] & 1:
        return None
    text, end = _wide(body, at + 1)
    signs = text.encode("utf-16-le")
    (count,) = _LONG.unpack_from(body, end)
    runs = [_RUN.unpack_from(body, end + 4 + _RUN.size * number) for number in range(min(count, len(signs)))]
    begins = [0, *(begin for begin, _ in runs), len(signs) // 2]
    fonts = [_Font(), *(styles.fonts[font] if font < len(styles.fonts) else _Font() for _, font in runs)]
    pieces = ((signs[2 * begin : 2 * stop].decode("utf-16-le", "replace"), font) for begin, stop, font in zip(begins, begins[1:], fonts, strict=False))
    return in_runs((piece, font.position, font.struck) for piece, font in pieces)


def _details(data: bytes, styles: _Styles, rich: Mapping[int, str]) -> Details:
    details = Details()
    row = -1
    for kind, body in _records(data):
        if kind == _ROW:
            (row,) = _LONG.unpack_from(body)
            if body[11] & _HIDDEN_ROW:
                details.hidden_rows.append(row)
        elif kind == _COLUMNS and body[16] & 1:
            first, last = _PLACE.unpack_from(body)
            details.hidden_columns += range(first, min(last, _LAST_COLUMN) + 1)
        elif kind == _MERGE and len(details.merges) < MAX_MERGES:
            top, bottom, left, right = _AREA.unpack_from(body)
            details.merges.append((top, left, bottom, right))
        elif kind in _CELLS:
            column, style = _PLACE.unpack_from(body)
            if mark := _mark(kind, body, style & 0xFFFFFF, styles, rich):
                details.marks.setdefault(row, {})[column] = mark
    return details


def _mark(kind: int, body: bytes, style: int, styles: _Styles, rich: Mapping[int, str]) -> tuple[str, str] | None:
    """The mark of a cell: what it says beyond its value."""
    if kind in (_ERROR, _FORMULA_ERROR):
        return "e", _ERRORS.get(body[8], "#N/A")
    if style in styles.struck:
        return "~", ""
    code = styles.formats.get(style)
    if kind in _NUMBERS:
        return ("n", code) if code else None
    text = rich.get(_LONG.unpack_from(body, 8)[0]) if kind == _SHARED else _rich(body, 8, styles) if kind == _RICH_CELL else None
    if text is not None:
        written = text_in_format(text, code) if code else f"s{text}"
        return written[0], written[1:]
    return ("@", code) if code and kind in (_SHARED, *_TEXTS, _RICH_CELL) else None
