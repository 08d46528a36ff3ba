"""
Workbooks that are a zip inside (.xlsx, .xlsb): values by the fast reader, and by one light pass over the sheets what it does not tell.

The fast reader turns error cells and formulas without a saved result silently into nothing, shows a percentage as a
fraction, and knows no hidden rows; the sheets' own parts say all that, in XML or (.xlsb) in records.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import python_calamine

from kpi.errors import WorkbookError
from kpi.place import column_index
from kpi.workbook.process.child.number_format import text_in_format
from kpi.workbook.process.child.open_xml_package import rebuilt
from kpi.workbook.process.child.raw_sheet import MAX_CELLS, MAX_MERGES, TOO_WIDE, RawSheet, Values, dated
from kpi.workbook.process.child.xlsb_details import read_details
from kpi.workbook.process.child.xlsx_looks import RICH, Details, Looks, read_looks, rich_text
from kpi.workbook.process.sniffing import MAX_SHEETS, TOO_MANY_SHEETS, Kind

_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_ATTRIBUTE = re.compile(rb"""\b(r|s|t|hidden|min|max)=["']([^"']*)["']""")
_NUMBER = re.compile(rb"""\br=["']([0-9]{1,10})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*))")
_SAVED = re.compile(rb"<(?:\w+:)?(?:v\b[^>]*>([^<]+)|is\b)")
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,10})["']""")
_LAST_REFERENCE = re.compile(rb"""r=["']([A-Z]{1,3})([0-9]{1,10})["']""")
_MARKED = (b'"e"', b"'e'", b'"d"', b"'d'")  # types of cells: errors, and days as ISO writes them
_TELLING = (b"<f", b":f", *_MARKED, *RICH)
_QUIET = 2**20
_TRUE = (b"1", b"true")


def read_book(data: bytes, kind: Kind) -> list[RawSheet]:
    """
    The sheets of a workbook.

    Raises:
        WorkbookError: Too many sheets or cells.

    """
    if kind is not Kind.XLSX:
        return _read(data, kind)
    try:
        return _read(data, kind)
    except python_calamine.PasswordError:
        raise
    except (KeyError, python_calamine.CalamineError):  # sound, perhaps, but with names of its own
        return _read(rebuilt(data), kind)


def _read(data: bytes, kind: Kind) -> list[RawSheet]:
    details: dict[str, Details] = {}
    macros = False
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        if kind is Kind.XLSX:
            looks = read_looks(container)
            details = {name: _details(container.read(path), looks) for name, path in _paths(container).items()}
        else:
            details = _binary_details(container)
        macros = any(name.lower().endswith("vbaproject.bin") for name in container.namelist())
    book = python_calamine.load_workbook(io.BytesIO(data))
    sheets = book.sheets_metadata
    if len(sheets) > MAX_SHEETS:
        raise WorkbookError(TOO_MANY_SHEETS)
    return [_sheet(book, sheet, details.get(sheet.name), macros=macros) for sheet in sheets if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]


def _binary_details(container: zipfile.ZipFile) -> dict[str, Details]:
    """What is to be told of the sheets of an .xlsb; nothing, which is said, where its records are not as they should be."""
    try:
        return read_details(container)
    except (KeyError, IndexError, ValueError, struct.error, ElementTree.ParseError):
        return {}


def _sheet(book: Any, about: Any, details: Details | None, *, macros: bool) -> RawSheet:
    values = book.get_sheet_by_name(about.name)
    if values.total_height * values.total_width > MAX_CELLS:
        raise WorkbookError(TOO_WIDE)
    found = RawSheet(about.name, about.visible != python_calamine.SheetVisibleEnum.Visible, details is not None, macros)
    found.merges = [(*first, *last) for first, last in (values.merged_cell_ranges or ())[:MAX_MERGES]]
    marks = {}
    if details is not None:
        found.hidden_rows, found.hidden_columns, marks = details.hidden_rows, details.hidden_columns, details.marks
        found.merges = found.merges or details.merges
    found.values = Values(values.iter_rows, values.start[1] if values.start else 0, marks)
    return found


def _paths(container: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its name."""
    names = {name.lower(): name for name in container.namelist()}
    book = ElementTree.fromstring(container.read(names["xl/workbook.xml"]))  # noqa: S314 - this process may be lost
    links = ElementTree.fromstring(container.read(names["xl/_rels/workbook.xml.rels"]))  # noqa: S314
    targets = {link.get("Id"): (link.get("Target") or "").replace("\\", "/") for link in links}
    paths = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(link, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path.lower() in names:
            paths[sheet.get("name", "")] = names[path.lower()]
    return paths


def _details(xml: bytes, looks: Looks) -> Details:
    """
    What the value reader does not tell: hidden rows and columns, errors, formulas without a result, looks that change what is said.

    Raises:
        WorkbookError: The cells span so wide an area that reading them would exhaust the memory.

    """
    root = _ROOT.search(xml)
    tags = _Tags((root[1] or b"") if root else b"")
    start, end = max(xml.find(tags.data), 0), max(xml.rfind(tags.data_end), 0)
    details = Details()
    for match in tags.column.finditer(xml, 0, start):
        span = dict(_ATTRIBUTE.findall(match[1]))
        if span.get(b"hidden") in _TRUE:
            details.hidden_columns += range(int(span.get(b"min", b"1")) - 1, min(int(span.get(b"max", b"1")), 16_384))
    pattern = looks.pattern
    told = (*_TELLING, b"hidden")
    if end > _QUIET and not any(xml.find(sign, start, end) >= 0 for sign in told) and not (pattern and pattern.search(xml, start, end)):
        return details  # a long list; should its area be too wide, the reader's limit of memory ends it
    width = height = 0
    row = -1
    while start < end:
        stop = xml.find(tags.row_end, start, end)
        chunk = xml[start : stop if stop >= 0 else end]
        start = stop + len(tags.row_end) if stop >= 0 else end
        for match in tags.row.finditer(chunk):
            numbered = _NUMBER.search(match[1])
            row = int(numbered[1]) - 1 if numbered else row + 1
            if b"hidden" in match[1] and dict(_ATTRIBUTE.findall(match[1])).get(b"hidden") in _TRUE:
                details.hidden_rows.append(row)
        if b"</" not in chunk:  # bordered, but empty
            continue
        if not (any(sign in chunk for sign in _TELLING) or (pattern and pattern.search(chunk))):
            last = _LAST_REFERENCE.search(chunk, max(chunk.rfind(b" r="), 0))
            if last:
                width, height = max(width, column_index(last[1]) + 1), max(height, int(last[2]), row + 1)
                continue
        for at_row, column, mark in _cells(chunk, tags.cell, row, looks):
            width, height = max(width, column + 1), max(height, at_row + 1)
            if mark:
                details.marks.setdefault(at_row, {})[column] = mark
    if width * height > MAX_CELLS:
        raise WorkbookError(TOO_WIDE)
    return details


class _Tags:
    """How the tags of a sheet are spelled; a fixed beginning lets the search run at the speed of memory."""

    def __init__(self, prefix: bytes) -> None:
        self.data, self.data_end = b"<" + prefix + b"sheetData", b"</" + prefix + b"sheetData"
        self.row, self.row_end = re.compile(b"<" + prefix + rb"row\b([^>]*)>"), b"</" + prefix + b"row>"
        self.column = re.compile(b"<" + prefix + rb"col\b([^>]*)>")
        self.cell = re.compile(b"<" + prefix + rb"c\b([^>]*)>(?:(?<=/>)|(.*?)</" + prefix + b"c>)", re.DOTALL)


def _cells(chunk: bytes, cell: re.Pattern[bytes], row: int, looks: Looks) -> Iterator[tuple[int, int, tuple[str, str] | None]]:
    """Row, column and mark of each cell of a row that holds something."""
    column = -1
    for match in cell.finditer(chunk):
        attributes, content = match.groups()
        place = _REFERENCE.search(attributes)
        column = column_index(place[1]) if place else column + 1
        if content:
            yield int(place[2]) - 1 if place else row, column, _mark(attributes, content, looks)


def _mark(attributes: bytes, content: bytes, looks: Looks) -> tuple[str, str] | None:
    """What is to be said of a cell beyond its value."""
    shared = b't="s"' in attributes
    plain = not (looks.rich or looks.of_texts) if shared else not (looks.formats or b"t=" in attributes or _FORMULA.search(content))
    if plain and not looks.struck:  # nearly every cell
        return None
    known = dict(_ATTRIBUTE.findall(attributes))
    saved = _SAVED.search(content)
    kind = known.get(b"t", b"n")
    if kind == b"d" and saved and (day := dated((saved[1] or b"").decode("utf-8", "replace"))):
        return day[0], day[1:]
    if kind == b"e" and saved:
        return "e", (saved[1] or b"#N/A").decode("utf-8", "replace")
    if not saved:
        formula = _FORMULA.search(content)
        if formula and kind != b"str":  # an empty text is a result as well
            return "f", "=" + (formula[1] or b"").decode("utf-8", "replace")
        return None
    style = known.get(b"s", b"")
    if style in looks.struck:
        return "~", ""
    code = looks.formats.get(style)
    if kind == b"n":
        return ("n", code) if code else None
    text = looks.rich.get(saved[1] or b"") if kind == b"s" else rich_text(content) if kind == b"inlineStr" else None
    if text is not None:
        written = text_in_format(text, code) if code else f"s{text}"
        return written[0], written[1:]
    return ("@", code) if code else None
