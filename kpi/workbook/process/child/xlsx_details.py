"""
What the XML of one sheet of an .xlsx says beyond the values of its cells.

Most sheets are long lists of plain values; so each row is looked at as a whole first, and its cells are
taken apart only where a sign in it may matter.
"""

import re
from collections.abc import Iterator

from kpi.errors import WorkbookError
from kpi.place import column_index
from kpi.workbook.process.child.number_format import text_in_format
from kpi.workbook.process.child.raw_sheet import MAX_CELLS, TOO_WIDE, dated
from kpi.workbook.process.child.xlsx_looks import RICH, Details, Looks, rich_text

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


def sheet_details(xml: bytes, looks: Looks) -> Details:
    """
    The hidden rows and columns of a sheet, its errors and formulas without a result, and the looks that change what a cell says.

    Raises:
        WorkbookError: The cells span so wide an area that reading them would exhaust the memory.

    """
    root = _ROOT.search(xml)
    tags = _Tags((root[1] or b"") if root else b"")
    start, end = max(xml.find(tags.data), 0), max(xml.rfind(tags.data_end), 0)
    details = Details()
    details.hidden_columns += _hidden_columns(xml, start, tags)
    if not _is_quiet(xml, start, end, looks):
        _read_rows(xml, start, end, tags, looks, details)
    return details


def _hidden_columns(xml: bytes, end: int, tags: "_Tags") -> Iterator[int]:
    for match in tags.column.finditer(xml, 0, end):
        span = dict(_ATTRIBUTE.findall(match[1]))
        if span.get(b"hidden") in _TRUE:
            yield from range(int(span.get(b"min", b"1")) - 1, min(int(span.get(b"max", b"1")), 16_384))


def _is_quiet(xml: bytes, start: int, end: int, looks: Looks) -> bool:
    """Whether a sheet is a long list of plain values; should its area be too wide, the reader's limit of memory ends it."""
    if end <= _QUIET or any(xml.find(sign, start, end) >= 0 for sign in (*_TELLING, b"hidden")):
        return False
    return not (looks.pattern and looks.pattern.search(xml, start, end))


def _read_rows(xml: bytes, start: int, end: int, tags: "_Tags", looks: Looks, details: Details) -> None:
    """
    Add the hidden rows and the marks of the cells to the details.

    Raises:
        WorkbookError: The cells span too wide an area.

    """
    width = height = 0
    row = -1
    for chunk in _chunks(xml, start, end, tags.row_end):
        for match in tags.row.finditer(chunk):
            numbered = _NUMBER.search(match[1])
            row = int(numbered[1]) - 1 if numbered else row + 1
            if b"hidden" in match[1] and dict(_ATTRIBUTE.findall(match[1])).get(b"hidden") in _TRUE:
                details.hidden_rows.append(row)
        if b"</" not in chunk:  # bordered, but empty
            continue
        if last := _last_of_plain(chunk, looks):
            width, height = max(width, column_index(last[1]) + 1), max(height, int(last[2]), row + 1)
            continue
        for at_row, column, mark in _cells(chunk, tags.cell, row, looks):
            width, height = max(width, column + 1), max(height, at_row + 1)
            if mark:
                details.marks.setdefault(at_row, {})[column] = mark
    if width * height > MAX_CELLS:
        raise WorkbookError(TOO_WIDE)


def _chunks(xml: bytes, start: int, end: int, row_end: bytes) -> Iterator[bytes]:
    """The rows, each from the end of the one before it to its own end."""
    while start < end:
        stop = xml.find(row_end, start, end)
        yield xml[start : stop if stop >= 0 else end]
        start = stop + len(row_end) if stop >= 0 else end


def _last_of_plain(chunk: bytes, looks: Looks) -> re.Match[bytes] | None:
    """The reference of the last cell of a row of plain values; None of any other row, or where it has no reference."""
    if any(sign in chunk for sign in _TELLING) or (looks.pattern and looks.pattern.search(chunk)):
        return None
    return _LAST_REFERENCE.search(chunk, max(chunk.rfind(b" r="), 0))


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
    """The mark of a cell: what it says beyond its value."""
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
