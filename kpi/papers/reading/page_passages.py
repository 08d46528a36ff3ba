"""
The passages of printed pages: lines joined to paragraphs, rows of pieces to tables.

A printed page knows no paragraphs.  A line goes on in the next where it is full and the next is not indented; a paragraph goes on over pages.
Digits at the end of a line and at the beginning of the next may be one figure or two: nobody can tell, so they are never joined, and a note asks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace
from kpi.papers.reading.headings import heading_by_form
from kpi.papers.reading.page_columns import columns_of_page
from kpi.papers.reading.page_margins import usual_distance, without_margins
from kpi.papers.reading.page_rows import NO_RULES, PageRow, PageRules
from kpi.papers.reading.page_tables import blocks_of_page, cells_of_page
from kpi.papers.reading.paper_error import PaperError

_ENDS_IN_FIGURE = re.compile(r"[0-9０-９][.,．]?$")
_BEGINS_WITH_FIGURE = re.compile(r"[.,．]?[0-9０-９]")
_LATIN = re.compile(r"[A-Za-z]")
_FIRST_WORD = re.compile(r"[“‘（《〈「【(]*(?:[0-9A-Za-z.,%‰+-]+|.)(?:[“‘（《〈「【(]+.)?[，。、；：？！”’）》〉」】,.;:!?)]*")
_EM = 0.8  # of the height of a letter: its width
_SLACK = 1.0  # letters: a comma may hang over the edge
_INDENT = 0.9  # heights of a letter
_FAR = 2.2  # times the usual distance of lines: what is further below is a paragraph of its own
_OTHER_SIZE = 0.2
_NEAR = 1.2  # heights of a letter: how far apart the ends of full lines are
_SHOW_AN_EDGE = 3  # lines
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
    _pages: list[tuple[list[PageRow], float, PageRules]] = field(default_factory=list)
    _empty: list[int] = field(default_factory=list)
    _open: _Paragraph | None = None
    _paragraphs: int = 0
    _tables: int = 0
    _page: int = 0

    def add(self, rows: Sequence[PageRow], width: float, rules: PageRules = NO_RULES) -> None:
        """A page more, by its rows from the top, its width, and the lines that are drawn on it."""
        self._pages.append((list(rows), width, rules))

    def _add(self, rows: Sequence[PageRow], width: float, rules: PageRules) -> None:
        """A page more, without what stands around its text."""
        self._page += 1
        if not rows:
            self._empty.append(self._page)
        for column in filter(None, columns_of_page(rows, rules)):
            self._add_column(column, width, rules)

    def _add_column(self, rows: Sequence[PageRow], width: float, rules: PageRules) -> None:
        """What stands below one another on a page."""
        lines = [row for row in rows if len(row.pieces) == 1]
        left, right = _edges(lines or rows, width)
        pitch = usual_distance(rows)
        former: PageRow | None = None
        for block, is_table in blocks_of_page(rows, rules):
            if is_table:
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

    def document(self) -> Paper:
        """
        The document.

        Raises:
            PaperError: No page has text.

        """
        pages, around = without_margins([rows for rows, _, _ in self._pages])
        for rows, (_, width, rules) in zip(pages, self._pages, strict=True):
            self._add(rows, width, rules)
        self._close()
        self.passages += [Passage(text, part, part.value, len(self.passages) + at) for at, (part, text) in enumerate(around)]
        if not self.passages:
            raise PaperError("文件里没有文字，可能是扫描件；请上传 Word 文件，或先做文字识别（OCR）再上传。")
        if self._empty:
            empty = "、".join(f"第{page}页" for page in self._empty)
            self.notes.append(f"{empty}没有文字，可能是扫描件或图片，没有读。")
        return Paper(self.name, tuple(self.passages), tuple(self.notes))

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
        self.passages.append(Passage(self._open.text, PaperPart.BODY, place, len(self.passages), heading=heading_by_form(self._open.text)))
        self._open = None

    def _table(self, rows: Sequence[PageRow], rules: PageRules) -> None:
        """Rows that are a table; each cell is a passage."""
        self._tables += 1
        for cell in cells_of_page(rows, rules):
            text = reduce(self._continued, cell.lines)
            where = f"第{self._page}页表{self._tables}第{cell.row}行第{cell.column}列"
            self.passages.append(Passage(text, PaperPart.TABLE, where, len(self.passages), cell=TablePlace(self._tables, cell.row, cell.column)))


def _edges(rows: Sequence[PageRow], width: float) -> tuple[float, float]:
    """The left and the right edge of the text of a page; where too few lines end at one edge to show it, it is as far in as the left one."""
    left, right = min((row.left for row in rows), default=0.0), max((row.right for row in rows), default=0.0)
    full = sum(row.right > right - _NEAR * row.height for row in rows)
    return left, right if full >= _SHOW_AN_EDGE else max(right, width - left)
