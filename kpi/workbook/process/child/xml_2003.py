"""XML-2003 (SpreadsheetML): a whole workbook as one XML document, usually named .xls."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from kpi.errors import WorkbookError
from kpi.workbook.process.child.number_format import PERCENT, in_format, is_telling, text_in_format
from kpi.workbook.process.child.raw_sheet import ENTITIES, MAX_CELLS, TOO_WIDE, RawSheet, dated, number
from kpi.workbook.process.sniffing import MAX_SHEETS, TOO_MANY_SHEETS, wide_encoding
from kpi.workbook.signs import in_runs, struck

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MARK = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}\bencoding\s*=\s*[\"']([\w-]{1,20})[\"']", re.IGNORECASE)
_DECLARATION = re.compile(r"^<\?xml[^>]{0,200}\?>")
_X = "{urn:schemas-microsoft-com:office:excel}"
_NAMED = re.compile(r"[A-Za-z /]*")  # General, Short Date: formats that have no code
_CODES = {
    "Percent": PERCENT,
    "Euro Currency": "[$€]#,##0.00",
    "Yes/No": '"Yes";"Yes";"No"',
    "True/False": '"True";"True";"False"',
    "On/Off": '"On";"On";"Off"',
}  # of those, the ones that show another number
_DEFAULT = "Default"  # the style of a cell that none of its own, its row, its column and its table is given
_POSITIONS = {"sup": "superscript", "sub": "subscript"}
_STRIKES = ("s", "del", "strike")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a style makes its cells look: a number format that shows another number or text, and whether they are struck out."""

    code: str = ""
    struck: bool = False


_PLAIN = _Style()


def read_spreadsheet(data: bytes) -> list[RawSheet]:
    """The sheets of the document."""
    data = _in_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise WorkbookError(ENTITIES)
    styles: dict[str, _Style] = {}
    sheets: list[RawSheet] = []
    count = 0
    for _, element in ElementTree.iterparse(io.BytesIO(data)):  # noqa: S314 - no entities, and this process may be lost
        if element.tag == f"{_S}Style":
            styles[element.get(f"{_S}ID", "")] = _style(element, styles.get(element.get(f"{_S}Parent", ""), _Style()))
        elif element.tag == f"{_S}Worksheet":
            sheet = RawSheet(element.get(f"{_S}Name", f"表{len(sheets) + 1}"))
            visible = element.find(f"{_X}WorksheetOptions/{_X}Visible")
            sheet.hidden = visible is not None and (visible.text or "").startswith("Sheet")
            table = element.find(f"{_S}Table")
            count = _table(sheet, table, styles, count) if table is not None else count
            sheets.append(sheet)
            element.clear()
            if len(sheets) > MAX_SHEETS:
                raise WorkbookError(TOO_MANY_SHEETS)
    return sheets


def _in_utf8(data: bytes) -> bytes:
    """The document in the encoding that the parser knows best, without what stands before it and what it says of its encoding."""
    if wide := wide_encoding(data):
        text = data.decode(wide, "replace").lstrip("\ufeff")
    else:
        declared = _DECLARED.match(data.removeprefix(_MARK).lstrip())
        text = data.decode("gb18030" if declared and declared[1].lower().startswith(b"gb") else "utf-8-sig", "replace")
    return _DECLARATION.sub("", text.lstrip(), count=1).lstrip().encode("utf-8", "replace")


def _style(element: Any, above: _Style) -> _Style:
    """A style with what it takes over from the one above it."""
    form, font = element.find(f"{_S}NumberFormat"), element.find(f"{_S}Font")
    code = above.code
    if form is not None:
        code = form.get(f"{_S}Format", "")
        code = _CODES.get(code, "") if _NAMED.fullmatch(code) else code if is_telling(code) else ""
    crossed = above.struck if font is None else font.get(f"{_S}StrikeThrough", str(int(above.struck))) in ("1", "true")
    return _Style(code, crossed)


def _table(sheet: RawSheet, table: Any, styles: Mapping[str, _Style], count: int) -> int:
    of_columns, default = _columns(sheet, table), table.get(f"{_S}StyleID", _DEFAULT)
    row = -1
    for line in table.iterfind(f"{_S}Row"):
        row = _index(line, row)
        if row > 1_048_576:
            raise WorkbookError(TOO_WIDE)
        if _is_hidden(line, "Height"):
            sheet.hidden_rows.append(row)
        cells: dict[int, str] = {}
        column, of_row = -1, line.get(f"{_S}StyleID")
        for item in line.iterfind(f"{_S}Cell"):
            column = _index(item, column)
            count += 1
            if count > MAX_CELLS or column > 16_384:
                raise WorkbookError(TOO_WIDE)
            across, down = int(item.get(f"{_S}MergeAcross", "0")), int(item.get(f"{_S}MergeDown", "0"))
            if across or down:
                sheet.merges.append((row, column, row + down, column + across))
            style = item.get(f"{_S}StyleID") or of_row or of_columns.get(column, default)
            if cell := _cell(item, styles.get(style, _PLAIN)):
                cells[column] = cell
            column += across
        sheet.add(row, cells)
        row += int(line.get(f"{_S}Span", "0"))
    return count


def _columns(sheet: RawSheet, table: Any) -> dict[int, str]:
    """The styles of the columns that have one; hidden columns are noted in the sheet."""
    styles: dict[int, str] = {}
    last = -1
    for item in table.iterfind(f"{_S}Column"):
        first = _index(item, last)
        last = min(first + int(item.get(f"{_S}Span", "0")), 16_383)
        span = range(first, last + 1)
        if _is_hidden(item, "Width"):
            sheet.hidden_columns += span
        if style := item.get(f"{_S}StyleID"):
            styles |= dict.fromkeys(span, style)
    return styles


def _is_hidden(element: Any, size: str) -> bool:
    """Whether a row or a column is hidden, or without any height or width."""
    return element.get(f"{_S}Hidden") == "1" or element.get(f"{_S}{size}") in ("0", "0.0")


def _index(element: Any, before: int) -> int:
    return int(element.get(f"{_S}Index", before + 2)) - 1


def _cell(item: Any, style: _Style) -> str:
    """Kind and text of a cell as its style and its text look; nothing for an empty one."""
    data = item.find(f"{_S}Data")
    if data is None:
        return "f" + item.get(f"{_S}Formula", "") if item.get(f"{_S}Formula") else ""
    cell = _content(data, style.code)
    return "s" + struck(cell[1:]) if style.struck and cell else cell


def _content(data: Any, code: str) -> str:
    text = "".join(data.itertext())
    match data.get(f"{_S}Type"):
        case "Number":
            written = number(float(text.replace("_", " ")))
            return in_format(written[1:], code) if code and written[0] == "n" else written
        case "DateTime":
            return dated(text) or f"s{text}" * bool(text.strip())
        case "Boolean":
            return "b" + ("TRUE" if text == "1" else "FALSE")
        case "Error":
            return "e" + text
    text = in_runs(_runs(data)) if len(data) else text
    return text_in_format(text, code) if text.strip() else ""


def _runs(element: Any, position: str = "", crossed: bool = False) -> Iterator[tuple[str, str, bool]]:
    """The pieces of a text: how each is raised, and whether it is struck out."""
    tag = element.tag.rpartition("}")[2].lower()
    position, crossed = _POSITIONS.get(tag, position), crossed or tag in _STRIKES
    yield element.text or "", position, crossed
    for part in element:
        yield from _runs(part, position, crossed)
        yield part.tail or "", position, crossed
