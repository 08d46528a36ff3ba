"""
Web pages saved as .xls, alone or as a single file (MHTML): their tables as sheets.

Read the way a browser reads them; nothing is fetched or run.  A table within a cell is a table of its own: its figures
are not the cell's.
"""

import email
import email.policy
import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kpi.errors import WorkbookError
from kpi.workbook.child.found import MAX_CELLS, MAX_MERGES, TOO_WIDE, Found
from kpi.workbook.child.pagecells import Formats, content
from kpi.workbook.child.text import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TABLE = re.compile("<table", re.IGNORECASE)
_GONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>", re.IGNORECASE)
_TEXT = "-text"
_CELLS = ("td", "th", "caption")
_UNREAD = ("script", "style", "noscript", "template", "xml", "-comment")
_BREAKS = ("br", "p", "div", "li")
_INNER = "格内另有表格"  # in the place of figures of which nobody can tell whose they are
_NO_TABLE = "网页文件里没有表格；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
_WIDEST, _LONGEST = 1_000, 20_000


def read_page(data: bytes, name: str = "") -> list[Found]:
    """The tables of a page, below each other on one sheet."""
    text = _decoded(data)
    known = _SHEET_NAME.search(text)
    tree = LexborHTMLParser(text if _TABLE.search(text) else f"<table>{text}</table>")
    formats = Formats("".join(style.text() for style in tree.css("style")))
    page = _Page(name or (html.unescape(known[1]) if known else "网页"), formats)
    for table in tree.css("table"):
        page.read(table)
    return [page.sheet]


def read_archive(data: bytes) -> list[Found]:
    """The sheets of a page that was saved as a single file, each a part of a message."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    parts = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    pages = [part for part in parts if isinstance(part, bytes)]
    names = [html.unescape(name) for page in pages for name in _SHEET_NAME.findall(_decoded(page))]
    holding = [page for page in pages if re.search(rb"<t[dh]\b", page, re.IGNORECASE)]
    found = [read_page(page, names[i] if len(names) >= len(holding) else f"表{i + 1}")[0] for i, page in enumerate(holding[:200])]
    if not found:
        raise WorkbookError(_NO_TABLE)
    return found


def _decoded(data: bytes) -> str:
    match = _CHARSET.search(data[:2048])
    if match and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = match[1].decode().lower()
        try:
            return data.decode("gb18030" if encoding in ("gb2312", "gbk", "x-gbk") else encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _under(top: LexborNode, *, passing: tuple[str, ...]) -> Iterator[LexborNode]:
    """What stands under a node in its order, without what stands under some tags; such a tag itself is given."""
    node, end = top.child, top.mem_id
    while node is not None:
        yield node
        following = node.child if node.tag not in passing else None
        while following is None:
            following = node.next
            if following is None:
                node = node.parent
                if node is None or node.mem_id == end:
                    return
        node = following


class _Page:
    """Fills one sheet, table by table."""

    def __init__(self, name: str, formats: Formats) -> None:
        self.sheet = Found(name)
        self._formats = formats
        self._row, self._column = -1, 0
        self._cells: dict[int, str] = {}
        self._inner: list[int] = []  # columns of the row in which another table stands
        self._taken: dict[int, dict[int, int]] = {}  # columns that a cell of an earlier row covers
        self._count = 0

    def read(self, table: LexborNode) -> None:
        """The rows of one table; those of a table within it are its own."""
        self._taken.clear()
        columns = 0
        for node in _under(table, passing=("table", *_CELLS)):
            if node.tag == "col":
                columns = self._columns(node, columns)
            elif node.tag == "tr":
                self._end_row()
                self._begin_row(node.attributes)
            elif node.tag == "caption":
                self._begin_row({})
                self._put(node)
                self._end_row()
            elif node.tag in _CELLS:
                self._put(node)
        self._end_row()
        self._row += 1

    def _columns(self, node: LexborNode, first: int) -> int:
        end = first + _span(node.attributes.get("span"), _WIDEST)
        if _GONE.search(node.attributes.get("style") or ""):
            self.sheet.hidden_columns += range(first, end)
        return end

    def _begin_row(self, attributes: dict[str, str | None]) -> None:
        self._row += 1
        self._column = 0
        if self._row > _LONGEST * 50:
            raise WorkbookError(TOO_WIDE)
        if _GONE.search(attributes.get("style") or "") or "hidden" in attributes:
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
        attributes = node.attributes
        wide, tall = _span(attributes.get("colspan"), _WIDEST), _span(attributes.get("rowspan"), _LONGEST)
        self._count += wide * tall
        if self._count > MAX_CELLS or self._column > 16_384:
            raise WorkbookError(TOO_WIDE)
        if (wide > 1 or tall > 1) and len(self.sheet.merges) < MAX_MERGES:
            self.sheet.merges.append((self._row, self._column, self._row + tall - 1, self._column + wide - 1))
        for row in range(self._row + 1, self._row + tall):
            self._taken.setdefault(row, {}).update(dict.fromkeys(range(self._column, self._column + wide), 1))
        shown, inner = _shown(node)
        cell = content(shown, attributes, self._formats)
        if cell:
            self._cells[self._column] = cell
        if inner and cell[:1] != "s":
            self._inner.append(self._column)
        self._column += wide


def _span(told: str | None, most: int) -> int:
    told = (told or "").strip()
    return max(1, min(int(told), most)) if told.isdecimal() and told.isascii() and len(told) < 7 else 1


def _shown(cell: LexborNode) -> tuple[str, bool]:
    """The text of a cell, and whether a table stands in it."""
    pieces: list[str] = []
    inner = False
    for node in _under(cell, passing=("table", *_UNREAD)):
        if node.tag == _TEXT:
            pieces.append(node.text_content or "")
        elif node.tag == "table":
            inner = True
        elif node.tag in _BREAKS and pieces:
            pieces.append(" ")
    return _BLANKS.sub(" ", "".join(pieces)).replace("\xa0", " ").rstrip(), inner
