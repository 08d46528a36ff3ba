"""
Web pages saved as .xls, alone or as a single file (MHTML): their tables as sheets.

Read the way a browser reads them; nothing is fetched or run.  A table within a cell is a table of its own: its figures
are not the cell's.  Lines of text above and below a table are rows of its sheet, as they are when Excel opens the page.
"""

import email
import email.policy
import html
import re
from collections.abc import Iterator
from itertools import dropwhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kpi.errors import WorkbookError
from kpi.workbook.process.child.raw_sheet import MAX_CELLS, MAX_MERGES, TOO_WIDE, RawSheet, typed
from kpi.workbook.process.child.separated_text import decode
from kpi.workbook.process.child.webpage_cells import Formats, content
from kpi.workbook.process.child.webpage_fields import FIELDS, OBJECTS, field_text, object_text
from kpi.workbook.process.child.webpage_looks import ElementLook, PageLooks, shown

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TABLE = re.compile("<table", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>", re.IGNORECASE)
_TEXT = "-text"
_CELLS = ("td", "th", "caption")
_UNREAD = ("script", "style", "noscript", "template", "xml", "-comment", "rt", "rp", "datalist", "noframes", "title")
_Piece = tuple[str, ElementLook]
_BREAK: _Piece = (" ", ElementLook())
_INNER = "格内另有表格"  # in the place of figures of which nobody can tell whose they are
_NO_TABLE = "网页文件里没有表格；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
_WIDEST, _LONGEST = 1_000, 20_000


def read_page(data: bytes, name: str = "") -> list[RawSheet]:
    """The tables of a page, below each other on one sheet."""
    text = _decoded(data)
    known = _SHEET_NAME.search(text)
    tree = LexborHTMLParser(text if _TABLE.search(text) else f"<table>{text}</table>")
    formats = Formats("".join(style.text() for style in tree.css("style")))
    page = _Page(name or (html.unescape(known[1]) if known else "网页"), formats, PageLooks(tree))
    if tree.body is not None:
        page.read(tree.body)
    return [page.sheet]


def read_archive(data: bytes) -> list[RawSheet]:
    """The sheets of a page that was saved as a single file, each a part of a message."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    parts = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    pages = [part for part in parts if isinstance(part, bytes)]
    names = [html.unescape(name) for page in pages for name in _SHEET_NAME.findall(_decoded(page))]
    holding = [page for page in pages if re.search(rb"<t[dh]\b", page, re.IGNORECASE)]
    sheets = [read_page(page, names[i] if len(names) >= len(holding) else f"表{i + 1}")[0] for i, page in enumerate(holding[:200])]
    if not sheets:
        raise WorkbookError(_NO_TABLE)
    return sheets


def _decoded(data: bytes) -> str:
    match = _CHARSET.search(data[:2048])
    if match and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = match[1].decode().lower()
        try:
            return data.decode("gb18030" if encoding in ("gb2312", "gbk", "x-gbk") else encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _under(top: LexborNode, *, passing: tuple[str, ...]) -> Iterator[tuple[LexborNode, bool]]:
    """What stands under a node, each as it begins and as it ends, without what stands under some tags; such a tag itself is given."""
    node, end = top.child, top.mem_id
    while node is not None:
        yield node, True
        following = node.child if node.tag not in passing else None
        while following is None:
            yield node, False
            following = node.next
            if following is None:
                node = node.parent
                if node is None or node.mem_id == end:
                    return
        node = following


class _Page:
    """Fills one sheet, table by table."""

    def __init__(self, name: str, formats: Formats, looks: PageLooks) -> None:
        self.sheet = RawSheet(name)
        self._formats = formats
        self._looks = looks
        self._row, self._column = -1, 0
        self._around = ElementLook()  # of the row, but that it is hidden
        self._cells: dict[int, str] = {}
        self._inner: list[int] = []  # columns of the row in which another table stands
        self._taken: dict[int, dict[int, int]] = {}  # columns that a cell of an earlier row covers
        self._count = 0

    def read(self, body: LexborNode) -> None:
        """The tables of a page and the lines of text around them; without a table there is nothing to read."""
        lines: list[list[_Piece]] = [[]]
        for piece in _pieces(body, self._looks, self._looks.within(body)):
            if isinstance(piece, LexborNode):
                tables = [table for table in piece.css("table") if table.css_first(",".join(_CELLS))]
                if tables:
                    self._lines(lines)
                    lines.clear()
                for table in tables:
                    self._table(table)
            if isinstance(piece, LexborNode) or piece is _BREAK:
                lines.append([])
            else:
                lines[-1].append(piece)
        if self._count:
            self._lines(lines)

    def _lines(self, lines: list[list[_Piece]]) -> None:
        for line in lines:
            if cell := typed(_in_line(line)):
                self._row += 1
                self.sheet.add(self._row, {0: cell})

    def _table(self, table: LexborNode) -> None:
        """The rows of one table; those of a table within it are its own."""
        self._taken.clear()
        columns = 0
        for node, begins in _under(table, passing=("table", *_CELLS)):
            if not begins:
                continue
            if node.tag == "col":
                columns = self._columns(node, columns)
            elif node.tag == "tr":
                self._end_row()
                self._begin_row(node)
            elif node.tag == "caption":
                self._begin_row(node)
                self._put(node)
                self._end_row()
            elif node.tag in _CELLS:
                self._put(node)
        self._end_row()
        self._row += 1

    def _columns(self, node: LexborNode, first: int) -> int:
        end = first + _span(node.attributes.get("span"), _WIDEST)
        if _is_hidden(self._looks.within(node)):
            self.sheet.hidden_columns += range(first, end)
        return end

    def _begin_row(self, node: LexborNode) -> None:
        self._row += 1
        self._column = 0
        if self._row > _LONGEST * 50:
            raise WorkbookError(TOO_WIDE)
        look = self._looks.within(node)
        self._around = ElementLook(struck=look.struck)
        if _is_hidden(look):
            self.sheet.hidden_rows.append(self._row)

    def _end_row(self) -> None:
        if self._cells:
            for column in self._inner:
                self._cells[column] = f"s{_INNER}"
            self.sheet.add(self._row, self._cells)
            self._cells = {}
        self._inner = []
        self._taken.pop(self._row - 1, None)

    def _put(self, node: LexborNode) -> None:
        covered = self._taken.get(self._row, {})
        while self._column in covered:
            self._column += 1
        look = self._looks.of(node, self._around)
        if look.gone and self._column in self.sheet.hidden_columns:  # keeps its place, as all of its column
            look = self._around
        if look.gone:
            return
        attributes = node.attributes
        wide, tall = _span(attributes.get("colspan"), _WIDEST), _span(attributes.get("rowspan"), _LONGEST)
        self._count += wide * tall
        if self._count > MAX_CELLS or self._column > 16_384:
            raise WorkbookError(TOO_WIDE)
        if (wide > 1 or tall > 1) and len(self.sheet.merges) < MAX_MERGES:
            self.sheet.merges.append((self._row, self._column, self._row + tall - 1, self._column + wide - 1))
        for row in range(self._row + 1, self._row + tall):
            self._taken.setdefault(row, {}).update(dict.fromkeys(range(self._column, self._column + wide), 1))
        if cell := self._cell(node, look, attributes):
            self._cells[self._column] = cell
        self._column += wide

    def _cell(self, node: LexborNode, look: ElementLook, attributes: dict[str, str | None]) -> str:
        """Kind and text of a cell; nothing for an empty one."""
        only = node.child
        if only is None or (only.next is None and only.tag == _TEXT and look.plain and not _is_hidden(look)):  # nearly every cell
            return content(_blanked(only.text_content or "") if only is not None else "", attributes, self._formats)
        pieces: list[_Piece] = []
        inner = False
        for piece in _pieces(node, self._looks, look):
            if not isinstance(piece, LexborNode):
                pieces.append(piece)
            elif not _is_hidden(self._looks.within(piece)):
                inner = True
        text = _in_line(pieces) or self._object(node, look)
        plain = all(around.plain for _, around in pieces) or text == _in_line([(piece, ElementLook()) for piece, _ in pieces])
        cell = content(text, attributes, self._formats) if plain and not look.unseen else typed(text)  # of several fonts no cell is a number
        if inner and cell[:1] != "s":
            self._inner.append(self._column)
        return cell

    def _object(self, node: LexborNode, look: ElementLook) -> str:
        """What a cell without text shows in its place, a picture or a bar; nothing where there is none."""
        around = [look]
        for inner, begins in _under(node, passing=("table", *_UNREAD)):
            if inner.tag == _TEXT:
                continue
            if not begins:
                around.pop()
                continue
            around.append(self._looks.of(inner, around[-1]))
            if not _is_hidden(around[-1]) and (text := object_text(inner)):
                return text
        return ""


def _span(span: str | None, most: int) -> int:
    span = (span or "").strip()
    return max(1, min(int(span), most)) if span.isdecimal() and span.isascii() and len(span) < 7 else 1


def _is_hidden(look: ElementLook) -> bool:
    return look.gone or look.unseen


def _pieces(top: LexborNode, looks: PageLooks, look: ElementLook) -> Iterator[_Piece | LexborNode]:
    """What is shown of an element of a look: pieces of text, the ends of lines, and the tables in it, which may be hidden."""
    around = [look]
    for node, begins in _under(top, passing=("table", *FIELDS, *OBJECTS, *_UNREAD)):
        if node.tag == _TEXT:
            if begins and not _is_hidden(around[-1]):
                yield node.text_content or "", around[-1]
            continue
        if begins:
            around.append(looks.of(node, around[-1]))
        if node.tag == "table":
            if begins:
                yield node
        elif looks.breaks(node):
            yield _BREAK
        elif node.tag in FIELDS and begins and not _is_hidden(around[-1]):
            yield field_text(node), around[-1]
        if not begins:
            around.pop()


def _in_line(pieces: list[_Piece]) -> str:
    """The text of its pieces, without the ends of lines around it."""
    return _blanked(shown(dropwhile(lambda piece: piece is _BREAK, pieces)))


def _blanked(text: str) -> str:
    """A text as a line: every blank in it is one."""
    return text if text.isalnum() else _BLANKS.sub(" ", text).replace("\xa0", " ").rstrip()
