"""
OpenDocument sheets (.ods, .ots, .fods): everything stands in one XML part, content.xml.

Read in one pass as the tags come by; entities are refused, and what is marked as repeated is multiplied only when it
holds something.
"""

import io
import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from kpi.errors import WorkbookError
from kpi.workbook.process.child.opendocument_cells import content
from kpi.workbook.process.child.opendocument_styles import PLAIN, Attributes, DocumentStyles, RunLook
from kpi.workbook.process.child.raw_sheet import ENTITIES, MAX_CELLS, MAX_MERGES, TOO_WIDE, RawSheet
from kpi.workbook.process.sniffing import AS_XLSX, MAX_SHEETS, TOO_MANY_SHEETS, plain_name
from kpi.workbook.signs import in_runs, struck

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
_GONE = ("collapse", "filter")
_WIDEST, _LONGEST = 16_384, 1_048_576  # as Excel's own
_BLANKS = re.compile(r"[ \t\r\n]+")
_PIECE = 2**20
_LOCKED = "这个 .ods 设置了打开密码，不能读取；请取消密码，或另存为 .xlsx 再上传。"


def read_document(data: bytes) -> list[RawSheet]:
    """
    The sheets of a document: a zip with parts, or the XML alone (flat).

    Raises:
        WorkbookError: It defines entities, opens with a password, is no sheet, or has too many sheets or cells.

    """
    if not data.startswith(b"PK"):
        sheets = _Content()
        sheets.read(data.lstrip())
        return sheets.raw_sheets
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
    return sheets.raw_sheets


class _Content:
    """The sheets as the tags of the parts build them up."""

    def __init__(self) -> None:
        self.raw_sheets: list[RawSheet] = []
        self.is_book = False
        self._styles = DocumentStyles()
        self._ignored = 0  # how deep we are in something that holds no figure of a sheet
        self._tables = 0
        self._cells = 0
        self._names: dict[str, str] = {}
        self._starts: dict[str, Callable[[Attributes], None]] = {
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

    def _start(self, full: str, attributes: Attributes) -> None:
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
        self._sheet = RawSheet(name)
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
        self._about: Attributes | None = None
        self._in_paragraph = False
        self._pieces: list[str] = []
        self._paragraphs: list[str] = []
        self._spans: list[tuple[int, RunLook]] = []
        self._apart: dict[int, RunLook] = {}

    def _book(self, _: Attributes) -> None:
        self.is_book = True

    def _table(self, about: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:  # a table in a cell of a table: none of its figures is the cell's
            self._tables -= 1
            self._ignored = 1
            return
        if len(self.raw_sheets) >= MAX_SHEETS:
            raise WorkbookError(TOO_MANY_SHEETS)
        self._begin(about.get("table:name", f"表{len(self.raw_sheets) + 1}"))
        self._telling = self._styles.telling
        self._sheet.hidden = self._styles.hides(about.get("table:style-name", ""))
        self.raw_sheets.append(self._sheet)

    def _end_table(self) -> None:
        self._tables -= 1
        last = self._sheet.lines.numbers[-1] if self._sheet.lines.numbers else -1
        self._sheet.hidden_rows = [row for first, end in self._gone_rows for row in range(first, min(end, last + 1))]

    def _column(self, about: Attributes) -> None:
        end = self._columns_at + _times(about, "table:number-columns-repeated", _WIDEST)
        if about.get("table:visibility") in _GONE or any(self._gone_column_groups):
            self._sheet.hidden_columns += range(min(self._columns_at, _WIDEST), min(end, _WIDEST))
        self._column_styles.append((self._columns_at, end, about.get("table:default-cell-style-name", "")))
        self._columns_at = end

    def _row_group(self, about: Attributes) -> None:
        self._gone_groups.append(about.get("table:display") == "false")

    def _end_row_group(self) -> None:
        self._gone_groups.pop()

    def _column_group(self, about: Attributes) -> None:
        self._gone_column_groups.append(about.get("table:display") == "false")

    def _end_column_group(self) -> None:
        self._gone_column_groups.pop()

    def _row(self, about: Attributes) -> None:
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

    def _cell(self, about: Attributes) -> None:
        self._about = about
        self._paragraphs = []

    def _paragraph(self, _: Attributes) -> None:
        self._in_paragraph, self._pieces = self._about is not None, []
        self._spans, self._apart = [], {}

    def _end_paragraph(self) -> None:
        if self._in_paragraph:
            runs = ((piece, self._apart.get(at, PLAIN)) for at, piece in enumerate(self._pieces))
            self._paragraphs.append(in_runs((piece, look.position, look.struck) for piece, look in runs) if self._apart else "".join(self._pieces))
        self._in_paragraph = False

    def _span(self, about: Attributes) -> None:
        self._spans.append((len(self._pieces), self._styles.look(about.get("text:style-name", ""))))

    def _end_span(self) -> None:
        if self._spans:
            first, look = self._spans.pop()
            if look != PLAIN:
                self._apart |= dict.fromkeys(range(first, len(self._pieces)), look)

    def _blanks(self, about: Attributes) -> None:
        self._add(" " * _times(about, "text:c", 1_000))

    def _end_cell(self) -> None:
        about, self._about = self._about or {}, None
        first = self._column_at
        times = _times(about, "table:number-columns-repeated", _WIDEST) if "table:number-columns-repeated" in about else 1
        self._column_at = first + times
        if "table:number-columns-spanned" in about or "table:number-rows-spanned" in about:
            right = first + _times(about, "table:number-columns-spanned", _WIDEST) - 1
            bottom = self._row_at + _times(about, "table:number-rows-spanned", _LONGEST) - 1
            if (right, bottom) != (first, self._row_at) and len(self._sheet.merges) < MAX_MERGES:
                self._sheet.merges.append((self._row_at, first, bottom, right))
        style = (about.get("table:style-name") or self._row_style or self._column_style(first)) if self._telling else ""
        if cell := content(about, self._paragraphs, self._styles.number_format(style) if style else ""):
            if style and self._styles.look(style).struck:
                cell = "s" + struck(cell[1:])
            if self._column_at > _WIDEST:
                raise WorkbookError(TOO_WIDE)
            for column in range(first, first + times):
                self._line[column] = cell

    def _column_style(self, column: int) -> str:
        return next((style for first, end, style in self._column_styles if first <= column < end), "")


def _refuse(*_: object) -> None:
    raise WorkbookError(ENTITIES)


def _times(about: Attributes, name: str, most: int) -> int:
    """How often something is repeated, or how far it reaches."""
    count = about.get(name, "1")
    return max(1, min(int(count), most + 1)) if count.isascii() and count.isdigit() and len(count) < 12 else 1


def _collapsed(text: str, before: list[str]) -> str:
    """A text as it is shown: blanks and line ends of the XML are one blank, and none at the beginning of a paragraph."""
    text = _BLANKS.sub(" ", text)
    return text.lstrip(" ") if not before or (before[-1][-1:] == " " and before[-1].strip(" ")) else text
