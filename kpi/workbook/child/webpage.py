"""
Web pages saved as .xls, alone or as a single file (MHTML): their tables as sheets.

Read by one pass over the tags; nothing is fetched, run or nested deeper than a table in a table.
"""

import email
import email.policy
import html
import re

from kpi.errors import WorkbookError
from kpi.workbook.child.found import MAX_CELLS, MAX_MERGES, TOO_WIDE, Found, number, typed
from kpi.workbook.child.numberformat import as_printed
from kpi.workbook.child.text import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_UNSEEN = re.compile(r"<!--|<(script|style|head|xml)\b", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "head", "xml")} | {"": re.compile("-->")}
_TAG = re.compile(r"<(/?)(table|tr|td|th|caption|br|p|div)\b([^<>]{0,4000})>", re.IGNORECASE)
_ANY = re.compile(r"<[^<>]{0,4000}>")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_EXACT = re.compile(r"\bx:num\s*=\s*[\"']([-+.\dEe]{1,30})[\"']")
_PERCENT = re.compile(r"mso-number-format:[^;\"']*%|mso-number-format:\\?[\"']?percent", re.IGNORECASE)
_GONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>", re.IGNORECASE)
_WIDEST, _LONGEST = 1_000, 20_000


def read_page(data: bytes, name: str = "") -> list[Found]:
    """The tables of a page, below each other on one sheet."""
    text = _decoded(data)
    known = _SHEET_NAME.search(text)
    sheet = _Page(name or (html.unescape(known[1]) if known else "网页")).read(_shown(text))
    return [sheet]


def read_archive(data: bytes) -> list[Found]:
    """The sheets of a page that was saved as a single file, each a part of a message."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    parts = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    pages = [part for part in parts if isinstance(part, bytes)]
    names = [html.unescape(name) for page in pages for name in _SHEET_NAME.findall(_decoded(page))]
    holding = [page for page in pages if re.search(rb"<t[dh]\b", page, re.IGNORECASE)]
    found = [read_page(page, names[i] if len(names) >= len(holding) else f"表{i + 1}")[0] for i, page in enumerate(holding[:200])]
    if not found:
        raise WorkbookError("网页文件里没有表格；请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")
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


def _shown(text: str) -> str:
    """A page without comments, scripts and head; each is looked for once, however many are left open."""
    pieces: list[str] = []
    at = 0
    endless: set[str] = set()
    while match := _UNSEEN.search(text, at):
        name = (match[1] or "").lower()
        end = None if name in endless else _ENDS[name].search(text, match.end())
        if end is None:
            endless.add(name)
        pieces.append(text[at : match.start()])
        at = end.end() if end else match.end()
    return "".join([*pieces, text[at:]])


class _Page:
    """Fills one sheet."""

    def __init__(self, name: str) -> None:
        self._sheet = Found(name)
        self._row, self._column = -1, 0
        self._cells: dict[int, str] = {}
        self._taken: dict[int, dict[int, int]] = {}  # columns that a cell of an earlier row covers
        self._count = 0

    def read(self, text: str) -> Found:
        at, attributes = 0, ""
        open_cell = False
        depth = 0
        pieces: list[str] = []
        for match in _TAG.finditer(text):
            closing, tag = match[1], match[2].lower()
            if open_cell:
                pieces.append(text[at : match.start()])
            at = match.end()
            if tag in ("br", "p", "div"):
                pieces.append(" " if pieces else "")
                continue
            if tag == "table":
                depth += -1 if closing else 1
                if not closing and depth > 1:
                    continue
            if depth > 1:
                continue
            if open_cell and (tag in ("td", "th", "tr", "table", "caption")):
                self._put("".join(pieces), attributes)
                open_cell = False
            if tag in ("tr", "table"):
                self._end_row()
                if tag == "tr" and not closing:
                    self._begin_row(match[3])
                elif tag == "table" and closing:
                    self._row += 1
            elif not closing:
                if tag == "caption" or self._row < 0:
                    self._begin_row("")
                open_cell, attributes, pieces = True, match[3], []
        if open_cell:
            self._put("".join([*pieces, text[at:]]), attributes)
        self._end_row()
        return self._sheet

    def _begin_row(self, attributes: str) -> None:
        self._row += 1
        self._column = 0
        if self._row > _LONGEST * 50:
            raise WorkbookError(TOO_WIDE)
        if _GONE.search(attributes):
            self._sheet.hidden_rows.append(self._row)

    def _end_row(self) -> None:
        if self._cells:
            self._sheet.add(self._row, self._cells)
            self._cells = {}
        self._taken.pop(self._row - 1, None)

    def _put(self, inner: str, attributes: str) -> None:
        covered = self._taken.get(self._row, {})
        while self._column in covered:
            self._column += 1
        spans = {which.lower(): int(size) for which, size in _SPAN.findall(attributes)}
        wide, tall = min(max(spans.get("col", 1), 1), _WIDEST), min(max(spans.get("row", 1), 1), _LONGEST)
        self._count += wide * tall
        if self._count > MAX_CELLS or self._column > 16_384:
            raise WorkbookError(TOO_WIDE)
        if (wide > 1 or tall > 1) and len(self._sheet.merges) < MAX_MERGES:
            self._sheet.merges.append((self._row, self._column, self._row + tall - 1, self._column + wide - 1))
        for row in range(self._row + 1, self._row + tall):
            self._taken.setdefault(row, {}).update(dict.fromkeys(range(self._column, self._column + wide), 1))
        if cell := _content(inner, attributes):
            self._cells[self._column] = cell
        self._column += wide


def _content(inner: str, attributes: str) -> str:
    exact = _EXACT.search(attributes)
    shown = html.unescape(_BLANKS.sub(" ", _ANY.sub("", inner))).replace("\xa0", " ")
    if exact and not _PERCENT.search(attributes) and "%" not in shown:
        try:
            written = number(float(exact[1]))
            return as_printed(written[1:], shown) if written[0] == "n" else written
        except ValueError:
            pass
    return typed(shown.rstrip())
