"""
OpenDocument sheets (.ods, .ots, .fods): everything stands in one XML part, content.xml.

Read in one pass as the tags come by; entities are refused, and what is told to be repeated is multiplied only when it
holds something.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from xml.parsers import expat

from kpi.errors import WorkbookError
from kpi.workbook.child.documentstyles import PLAIN, Look, Styles
from kpi.workbook.child.documentstyles import Attributes as _Attributes
from kpi.workbook.child.found import ERROR, MAX_CELLS, MAX_MERGES, MAX_SHEETS, TOO_WIDE, Found, as_written, dated, number
from kpi.workbook.child.numberformat import PERCENT, in_format
from kpi.workbook.guard import AS_XLSX, plain_name
from kpi.workbook.signs import raised, struck

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": "number",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_PASSED_OVER = {"office:annotation", "table:tracked-changes", "table:shapes", "draw:frame", "draw:custom-shape", "text:ruby-text", "text:note"}
_CELLS = ("table:table-cell", "table:covered-table-cell")
_GONE = ("collapse", "filter")
_WIDEST, _LONGEST = 16_384, 1_048_576  # as Excel's own
_BLANKS = re.compile(r"[ \t\r\n]+")
_DURATION = re.compile(r"(-?)P(?:(\d{1,7})D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d+)?)S)?", re.ASCII)
_TRUTHS = ("TRUE", "FALSE")
_EPOCHS = ("1899-12-30", "1904-01-01")  # a time of day is written as one of this day
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zone
_YEAR = timedelta(days=366)
_PIECE = 2**20
_LOCKED = "这个 .ods 设置了打开密码，不能读取；请取消密码，或另存为 .xlsx 再上传。"


def read_document(data: bytes) -> list[Found]:
    """
    The sheets of a document: a zip with parts, or the XML alone (flat).

    Raises:
        WorkbookError: It defines entities, opens with a password, is no sheet, or has too many sheets or cells.

    """
    if not data.startswith(b"PK"):
        sheets = _Content()
        sheets.read(data.lstrip())
        return sheets.found
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = {plain_name(name): name for name in container.namelist()}
        if "meta-inf/manifest.xml" in names and b"encryption-data" in container.read(names["meta-inf/manifest.xml"]):
            raise WorkbookError(_LOCKED)
        sheets = _Content()
        if "styles.xml" in names:
            sheets.read(container.read(names["styles.xml"]))
        sheets.read(container.read(names["content.xml"]))
    if not sheets.is_book:
        raise WorkbookError(f"这不是 Excel 工作簿；{AS_XLSX}")
    return sheets.found


class _Content:
    """The sheets as the tags of the parts build them up."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.is_book = False
        self._styles = Styles()
        self._ignored = 0  # how deep we are in something that holds no figure of a sheet
        self._tables = 0
        self._cells = 0
        self._names: dict[str, str] = {}
        self._starts: dict[str, Callable[[_Attributes], None]] = {
            "office:spreadsheet": self._book,
            "table:table": self._table,
            "table:table-column": self._column,
            "table:table-row": self._row,
            "table:table-cell": self._cell,
            "table:covered-table-cell": self._cell,
            "table:table-row-group": self._row_group,
            "table:table-column-group": self._column_group,
            "text:p": self._paragraph,
            "text:h": self._paragraph,
            "text:s": self._blanks,
            "text:tab": lambda _: self._add("\t"),
            "text:line-break": lambda _: self._add("\n"),
            "text:span": self._span,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table:table": self._end_table,
            "table:table-row": self._end_row,
            "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell,
            "table:table-row-group": self._end_row_group,
            "table:table-column-group": self._end_column_group,
            "text:p": self._end_paragraph,
            "text:h": self._end_paragraph,
            "text:span": self._end_span,
        }
        self._begin("")

    def read(self, xml: bytes) -> None:
        """One part."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        for at in range(0, len(xml), _PIECE):
            parser.Parse(xml[at : at + _PIECE], False)
        parser.Parse(b"", True)

    # ── the tags ──

    def _name(self, full: str) -> str:
        space, _, local = full.rpartition(" ")
        self._names[full] = name = f"{_SPACES.get(space, '?')}:{local}"
        return name

    def _start(self, full: str, attributes: _Attributes) -> None:
        name = self._names.get(full) or self._name(full)
        if self._ignored or name in _PASSED_OVER:
            self._ignored += 1
            return
        names = self._names
        if begin := self._starts.get(name):
            begin({names.get(key) or self._name(key): value for key, value in attributes.items()} if attributes else attributes)
        elif not self.is_book:
            self._styles.begin(name, {names.get(key) or self._name(key): value for key, value in attributes.items()})

    def _end(self, full: str) -> None:
        if self._ignored:
            self._ignored -= 1
        elif end := self._ends.get(self._names[full]):
            end()
        elif not self.is_book:
            self._styles.end(self._names[full])

    def _text(self, text: str) -> None:
        if self._in_paragraph and not self._ignored:
            self._add(text if text.isalnum() else _collapsed(text, self._pieces))
        elif not self.is_book:
            self._styles.text(text)

    def _add(self, text: str) -> None:
        if self._in_paragraph:
            self._pieces.append(text)

    # ── a sheet ──

    def _begin(self, name: str) -> None:
        self._sheet = Found(name)
        self._row_at = self._column_at = self._columns_at = 0
        self._row_times = self._times = 1
        self._line: dict[int, str] = {}
        self._gone = False
        self._gone_rows: list[tuple[int, int]] = []
        self._gone_groups: list[bool] = []
        self._gone_column_groups: list[bool] = []
        self._row_style = ""
        self._telling = False
        self._column_styles: list[tuple[int, int, str]] = []
        self._about: _Attributes | None = None
        self._in_paragraph = False
        self._pieces: list[str] = []
        self._paragraphs: list[str] = []
        self._spans: list[tuple[int, Look]] = []
        self._apart: dict[int, Look] = {}

    def _book(self, _: _Attributes) -> None:
        self.is_book = True

    def _table(self, about: _Attributes) -> None:
        self._tables += 1
        if self._tables > 1:  # a table in a cell of a table: none of its figures is the cell's
            self._tables -= 1
            self._ignored = 1
            return
        if len(self.found) >= MAX_SHEETS:
            raise WorkbookError(f"工作簿超过 {MAX_SHEETS} 张工作表；请只保留需要上报的工作表。")
        self._begin(about.get("table:name", f"表{len(self.found) + 1}"))
        self._telling = self._styles.telling
        self._sheet.hidden = self._styles.hides(about.get("table:style-name", ""))
        self.found.append(self._sheet)

    def _end_table(self) -> None:
        self._tables -= 1
        last = self._sheet.lines.numbers[-1] if self._sheet.lines.numbers else -1
        self._sheet.hidden_rows = [row for first, end in self._gone_rows for row in range(first, min(end, last + 1))]

    def _column(self, about: _Attributes) -> None:
        end = self._columns_at + _times(about, "table:number-columns-repeated", _WIDEST)
        if about.get("table:visibility") in _GONE or any(self._gone_column_groups):
            self._sheet.hidden_columns += range(min(self._columns_at, _WIDEST), min(end, _WIDEST))
        self._column_styles.append((self._columns_at, end, about.get("table:default-cell-style-name", "")))
        self._columns_at = end

    def _row_group(self, about: _Attributes) -> None:
        self._gone_groups.append(about.get("table:display") == "false")

    def _end_row_group(self) -> None:
        self._gone_groups.pop()

    def _column_group(self, about: _Attributes) -> None:
        self._gone_column_groups.append(about.get("table:display") == "false")

    def _end_column_group(self) -> None:
        self._gone_column_groups.pop()

    def _row(self, about: _Attributes) -> None:
        self._row_times = _times(about, "table:number-rows-repeated", _LONGEST)
        self._gone = about.get("table:visibility") in _GONE or any(self._gone_groups)
        self._row_style = about.get("table:default-cell-style-name", "")
        self._column_at, self._line = 0, {}

    def _end_row(self) -> None:
        end = self._row_at + self._row_times
        if self._gone:
            self._gone_rows.append((self._row_at, end))
        if self._line:
            self._cells += len(self._line) * self._row_times
            if self._cells > MAX_CELLS or end > _LONGEST:
                raise WorkbookError(TOO_WIDE)
            for row in range(self._row_at, end):
                self._sheet.add(row, self._line)
        self._row_at = end

    # ── a cell ──

    def _cell(self, about: _Attributes) -> None:
        self._about = about
        self._paragraphs = []

    def _paragraph(self, _: _Attributes) -> None:
        self._in_paragraph, self._pieces = self._about is not None, []
        self._spans, self._apart = [], {}

    def _end_paragraph(self) -> None:
        if self._in_paragraph:
            self._paragraphs.append("".join(self._pieces if not self._apart else self._looking()))
        self._in_paragraph = False

    def _span(self, about: _Attributes) -> None:
        self._spans.append((len(self._pieces), self._styles.look(about.get("text:style-name", ""))))

    def _end_span(self) -> None:
        if self._spans:
            first, look = self._spans.pop()
            if look != PLAIN:
                self._apart |= dict.fromkeys(range(first, len(self._pieces)), look)

    def _looking(self) -> Iterator[str]:
        """The pieces of a paragraph as they look; where all are raised alike none is."""
        looks = [self._apart.get(at, PLAIN) for at in range(len(self._pieces))]
        alike = len({look.position for piece, look in zip(self._pieces, looks, strict=True) if piece.strip()}) < 2
        for piece, look in zip(self._pieces, looks, strict=True):
            text = piece if alike else raised(piece, look.position)
            yield struck(text) if look.struck else text

    def _blanks(self, about: _Attributes) -> None:
        self._add(" " * _times(about, "text:c", 1_000))

    def _end_cell(self) -> None:
        about, self._about = self._about or {}, None
        first, times = self._column_at, 1
        if "table:number-columns-repeated" in about:
            times = _times(about, "table:number-columns-repeated", _WIDEST)
        self._column_at = first + times
        if "table:number-columns-spanned" in about:
            right = first + _times(about, "table:number-columns-spanned", _WIDEST) - 1
            bottom = self._row_at + _times(about, "table:number-rows-spanned", _LONGEST) - 1
            if (right, bottom) != (first, self._row_at) and len(self._sheet.merges) < MAX_MERGES:
                self._sheet.merges.append((self._row_at, first, bottom, right))
        style = (about.get("table:style-name") or self._row_style or self._column_style(first)) if self._telling else ""
        if cell := self._content(about, style):
            if style and self._styles.look(style).struck:
                cell = "s" + struck(cell[1:])
            if self._column_at > _WIDEST:
                raise WorkbookError(TOO_WIDE)
            for column in range(first, first + times):
                self._line[column] = cell

    def _content(self, about: _Attributes, style: str) -> str:
        """Kind and text of a cell; nothing for an empty one."""
        kind = about.get("office:value-type") or about.get("calcext:value-type", "")
        shown = "\n".join(self._paragraphs)
        formula = about.get("table:formula")
        if (formula or about.get("calcext:value-type") == "error") and (wrong := _error(shown, about)):
            return "e" + wrong
        match kind:
            case "float" | "currency" | "percentage":
                if shown in _TRUTHS:  # LibreOffice keeps a truth value as a number that looks like one
                    return "b" + shown
                try:
                    text = number(float(about.get("office:value", "")))
                except ValueError:
                    return "s" + shown if shown.strip() else ""
                code = (self._styles.number_format(style) if style else "") or (PERCENT if kind == "percentage" else "")
                return in_format(text[1:], code) if code and text[0] == "n" else text
            case "date":
                return _day(about.get("office:date-value", ""), shown)
            case "time":
                return _time(about.get("office:time-value", ""), shown)
            case "boolean":
                return "b" + about.get("office:boolean-value", "").upper()
        if not kind and formula and not self._paragraphs:
            return "f" + formula
        shown = shown or about.get("office:string-value", "")
        return "s" + shown if shown else ""

    def _column_style(self, column: int) -> str:
        return next((style for first, end, style in self._column_styles if first <= column < end), "")


def _refuse(*_: object) -> None:
    raise WorkbookError(f"XML 里带有实体定义，为安全起见不能读取；{AS_XLSX}")


def _times(about: _Attributes, name: str, most: int) -> int:
    """How often something is repeated, or how far it reaches."""
    told = about.get(name, "1")
    return max(1, min(int(told), most + 1)) if told.isascii() and told.isdigit() and len(told) < 12 else 1


def _collapsed(text: str, before: list[str]) -> str:
    """A text as it is shown: blanks and line ends of the XML are one blank, and none at the beginning of a paragraph."""
    text = _BLANKS.sub(" ", text)
    return text.lstrip(" ") if not before or (before[-1][-1:] == " " and before[-1].strip(" ")) else text


def _error(shown: str, about: _Attributes) -> str:
    """The error a formula ended in; nothing where it has a result."""
    if about.get("calcext:value-type") == "error":
        return shown.strip() or "#VALUE!"
    return shown.strip().upper() if ERROR.fullmatch(shown.strip()) else ""


def _day(text: str, shown: str) -> str:
    """``2023-11-23`` or ``2023-11-23T08:30:00``; of a time of day the time alone, and what is shown where there is no such day."""
    day, _, clock = dated(text)[1:].partition(" ")
    if not day:
        return f"s{shown}" * bool(shown.strip())
    return f"s{clock}" if clock and day in _EPOCHS else dated(text)


def _time(text: str, shown: str) -> str:
    """A time of day, a duration, or a moment of which only the time is shown."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return "s" + shown
    sign, *parts, last = match.groups()
    days, hours, minutes = (int(part or 0) for part in parts)
    seconds = round(float((last or "0").replace(",", ".")))
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length >= _YEAR and not sign:
        return as_written(_EPOCH + length) if length < timedelta(days=2_958_466) else "s" + shown
    return as_written((_EPOCH + length).time() if length < timedelta(days=1) and not sign else length * (-1 if sign else 1))
