"""
The passages of printed pages: lines joined to paragraphs, rows of pieces to tables.

A printed page knows no paragraphs.  A line goes on in the next where it is full and the next is not indented; a paragraph goes on over pages.
Digits at the end of a line and at the beginning of the next may be one figure or two: nobody can tell, so they are never joined, and a note asks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kpi.papers.document import Document, Part, Passage, TablePlace
from kpi.papers.reading.headings import heading_by_form
from kpi.papers.reading.page_rows import PageRow, PageRules, PlacedText, tidy
from kpi.papers.reading.paper_error import PaperError

_PAGE_NUMBER = re.compile(r"[-—－–·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共，,]+\s*共?\d{1,4}\s*页?)?)[-—－–·\s]*")
_ENDS_IN_FIGURE = re.compile(r"[0-9０-９][.,．]?$")
_BEGINS_WITH_FIGURE = re.compile(r"[.,．]?[0-9０-９]")
_LATIN = re.compile(r"[A-Za-z]")
_FIRST_WORD = re.compile(r"[“‘（《〈「【(]*(?:[0-9A-Za-z.,%‰+-]+|.)(?:[“‘（《〈「【(]+.)?[，。、；：？！”’）》〉」】,.;:!?)]*")
_EM = 0.8  # of the height of a letter: its width
_SLACK = 1.0  # letters: a comma may hang over the edge
_INDENT = 0.9  # heights of a letter
_FAR = 2.2  # times the usual distance of lines: what is further below is a paragraph of its own
_OTHER_SIZE = 0.2
_QUOTED = 8  # letters of each half of a broken figure


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that may go on."""

    page: int
    text: str
    last: PageRow
    edge: float

    def leaves_no_room(self, text: str) -> bool:
        """Whether the first word of the next line had no place in the last one."""
        word = _FIRST_WORD.match(text)
        width = sum(1.0 if letter > "\u2e7f" else 0.5 for letter in (word[0] if word else ""))
        return self.last.right + (width + _SLACK) * _EM * self.last.height > self.edge


@dataclass(slots=True)
class PagePassages:
    """The passages of the pages that were added so far."""

    name: str
    passages: list[Passage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _empty: list[int] = field(default_factory=list)
    _open: _Paragraph | None = None
    _paragraphs: int = 0
    _tables: int = 0
    _page: int = 0

    def add(self, rows: Sequence[PageRow], rules: PageRules = PageRules()) -> None:
        """A page more, by its rows from the top and the lines that are drawn on it."""
        self._page += 1
        if not rows:
            self._empty.append(self._page)
        rows = _without_page_number(rows)
        lines = [row for row in rows if len(row.pieces) == 1]
        left, right = _edges(lines or rows)
        pitch = _usual_distance(rows)
        former: PageRow | None = None
        for block in _blocks(rows):
            if len(block) > 1:
                self._close()
                self._table(block, rules)
                former = None
                continue
            row = block[0]
            far = former is not None and row.top - former.top > _FAR * pitch
            if self._open is None or far or not self._goes_on(row, left):
                self._close()
                self._open = _Paragraph(self._page, row.text, row, right)
            else:
                self._open.text = self._continued(self._open.text, row.text)
                self._open.last, self._open.edge = row, right
            former = row

    def document(self) -> Document:
        """
        The document.

        Raises:
            PaperError: No page has text.

        """
        self._close()
        if not self.passages:
            raise PaperError("文件里没有文字，可能是扫描件；请上传 Word 文件，或先做文字识别（OCR）再上传。")
        if self._empty:
            pages = "、".join(f"第{page}页" for page in self._empty)
            self.notes.append(f"{pages}没有文字，可能是扫描件或图片，没有读。")
        return Document(self.name, tuple(self.passages), tuple(self.notes))

    def _goes_on(self, row: PageRow, left: float) -> bool:
        """Whether a line is a piece of the paragraph that is open."""
        assert self._open is not None  # noqa: S101 - the caller has looked
        last = self._open.last
        same_size = abs(row.height - last.height) <= _OTHER_SIZE * last.height
        begins = heading_by_form(row.text) in (1, 2)
        return not begins and same_size and self._open.leaves_no_room(row.text) and row.left < left + _INDENT * row.height

    def _continued(self, text: str, line: str) -> str:
        """A text and its next line."""
        if _ENDS_IN_FIGURE.search(text) and _BEGINS_WITH_FIGURE.match(line):
            halves = f"「{text[-_QUOTED:]}」和下一行的「{line[:_QUOTED]}」"
            self.notes.append(f"第{self._page}页{halves}之间换行，看不出是一个数还是两个数，没有合在一起；请对照原文核对。")
            return f"{text}\n{line}"
        return f"{text} {line}" if _LATIN.match(text[-1:]) and _LATIN.match(line) else text + line

    def _close(self) -> None:
        """End the paragraph that is open."""
        if self._open is None:
            return
        self._paragraphs += 1
        place = f"第{self._open.page}页第{self._paragraphs}段"
        self.passages.append(Passage(self._open.text, Part.BODY, place, len(self.passages), heading=heading_by_form(self._open.text)))
        self._open = None

    def _table(self, rows: Sequence[PageRow], rules: PageRules) -> None:
        """Rows of pieces as a table; a column is what stands below one another, a cell may have several lines where lines are drawn."""
        self._tables += 1
        columns = _columns(rows)
        cells: dict[tuple[int, int], str] = {}
        number, above = 0, dict[int, float]()
        for row in rows:
            placed = list(_placed(row, columns))
            over = {column: line for column, piece in placed if (line := rules.over(piece)) is not None}
            if not over or any(above.get(column) != line for column, line in over.items()):
                number += 1
            above |= over
            for column, piece in placed:
                former = cells.get((number, column))
                cells[number, column] = piece.text if former is None else self._continued(former, piece.text)
        for (row_number, column), text in sorted(cells.items()):
            where = f"第{self._page}页表{self._tables}第{row_number}行第{column}列"
            self.passages.append(Passage(text, Part.TABLE, where, len(self.passages), cell=TablePlace(self._tables, row_number, column)))


def _without_page_number(rows: Sequence[PageRow]) -> list[PageRow]:
    """The rows of a page without its number at the top or at the bottom, which is no text."""
    kept = list(rows)
    for at in (-1, 0):
        if len(kept) > 1 and _PAGE_NUMBER.fullmatch(kept[at].text):
            kept.pop(at)
    return kept


def _edges(rows: Sequence[PageRow]) -> tuple[float, float]:
    """The left and the right edge of the text of a page."""
    return min((row.left for row in rows), default=0.0), max((row.right for row in rows), default=0.0)


def _usual_distance(rows: Sequence[PageRow]) -> float:
    """How far below one another lines usually stand."""
    distances = sorted(below.top - above.top for above, below in zip(rows, rows[1:], strict=False))
    return max(distances[len(distances) // 2], 1.3 * rows[0].height) if distances else 1.0


def _blocks(rows: Sequence[PageRow]) -> Iterator[list[PageRow]]:
    """The rows one by one, those of a table together: at least two in a row with several pieces, short lines between them are theirs too."""
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and len(rows[end].pieces) > 1:
            end += 1
            if end + 1 < len(rows) and len(rows[end + 1].pieces) > 1 and _is_within(rows[end], rows[end - 1]):
                end += 1  # the further line of a cell
        if end - start > 1:
            yield list(rows[start:end])
            start = end
        else:
            yield [rows[start]]
            start += 1


def _is_within(row: PageRow, above: PageRow) -> bool:
    """Whether a line is as wide as one piece of the row above it, and close to it."""
    near = row.top - above.bottom < row.height
    return len(row.pieces) == 1 and near and any(_overlap(row.pieces[0], piece) and row.right - row.left < 0.5 * (above.right - above.left) for piece in above.pieces)


def _overlap(first: PlacedText, second: PlacedText) -> bool:
    return first.left < second.right and second.left < first.right


def _columns(rows: Sequence[PageRow]) -> list[tuple[float, float]]:
    """The left and right edges of the columns of a table: pieces that stand below one another are of one, save a heading over several."""
    columns: list[tuple[float, float]] = []
    most = max(len(row.pieces) for row in rows)
    for row in rows:
        if len(row.pieces) < most:
            continue
        for at, piece in enumerate(row.pieces):
            if at < len(columns):
                columns[at] = (min(columns[at][0], piece.left), max(columns[at][1], piece.right))
            else:
                columns.append((piece.left, piece.right))
    return columns


def _placed(row: PageRow, columns: Sequence[tuple[float, float]]) -> Iterator[tuple[int, PlacedText]]:
    """The pieces of a row, each with the number of the column it stands nearest to; no two of a row in one."""
    last = 0
    for piece in row.pieces:
        middle = (piece.left + piece.right) / 2
        nearest = min(range(len(columns)), key=lambda at: max(columns[at][0] - middle, middle - columns[at][1], 0.0)) + 1
        last = max(nearest, last + 1)
        yield last, piece
