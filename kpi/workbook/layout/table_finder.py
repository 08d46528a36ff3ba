"""
Where a sheet has its tables, and what the headings over their columns say.

Found by the words of the headings, never by position: offices insert rows, move columns, merge cells, put several
tables on a sheet or beside each other, and write headings two or three rows deep.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kpi.workbook.answer_mapping import fingerprint
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.layout.header_rows import ColumnHead, HeaderFinder, IsMeasure
from kpi.workbook.layout.heading import CHARGED_BODIES, Part
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import name_key
from kpi.workbook.number import is_bare_number, is_number

META_SHEET = "_meta"
_SHORT = 12  # characters; a longer text explains
_STATES = ("状态", "口径", "数据来源", "来源")  # headings of words that may speak against the figure
_BODY = 60  # rows that are looked at to see what a column holds
LAST_SCANNED = 3_000  # rows; a header further down belongs to a ledger


@dataclass(frozen=True, eq=False)
class Table:
    """One table of a sheet: its header rows, its columns, and the rows below that may be its own."""

    spread: Spread
    above: int  # first row of what stands over the header and belongs to this table
    top: int
    bottom: int  # last row of the header
    end: int  # first row that is not its own
    columns: tuple[ColumnHead, ...]
    only: frozenset[int] | None = None  # the rows that are asked for, where they belong to several offices
    beside: tuple[ColumnHead, ...] = ()  # the columns of the tables right and left of it, under the same header

    @property
    def sheet(self) -> Sheet:
        return self.spread.sheet

    @cached_property
    def parts(self) -> dict[Part, int]:
        """The first column of each part."""
        parts: dict[Part, int] = {}
        for column in self.columns:
            if column.heading.part is not None:
                parts.setdefault(column.heading.part, column.index)
        return parts

    @cached_property
    def labels(self) -> tuple[int, ...]:
        """The columns that say what a row is about, the most general first."""
        named = [column.index for column in self.columns if column.heading.part in (Part.NAME, Part.TOPIC)]
        figures = [column.index for column in self.figures]
        before = [column.index for column in self.columns if column.index < min(figures, default=10**6)]
        if named and Part.NAME in self.parts:
            blank = [index for index in before if not self.head(index).levels and self.head(index).heading.part is None]
            between = (index for index in blank if min(named) < index < max(named) + 2 and self.holds_words(index))
            return tuple(sorted({*named, *between}))
        named += [self.parts[Part.OFFICE]] if Part.OFFICE in self.parts else []
        return tuple(sorted({*named, *(index for index in before if self.head(index).heading.part is None and self.holds_words(index))}))

    @cached_property
    def figures(self) -> tuple[ColumnHead, ...]:
        """The columns that are no part of the description of a row."""
        return tuple(column for column in self.columns if column.heading.part is None and (column.heading.says_figure or not self.holds_words(column.index)))

    @cached_property
    def remarks(self) -> tuple[int, ...]:
        """The columns of words about the figures of a row: those called 备注, those with words of unknown use, and those behind the last heading."""
        called = (column.index for column in self.columns if column.heading.part is Part.REMARK or name_key(column.heading.text) in _STATES)
        unknown = (column for column in self.columns if column.heading.part is None and not column.heading.understood)
        plain = (column.index for column in unknown if column.index not in self.labels)
        return (*called, *(index for index in (*plain, *self._behind) if self.holds_words(index)))

    @cached_property
    def _behind(self) -> tuple[int, ...]:
        """The columns right of the last one that has a heading, as far as those of a table beside it."""
        last = self.columns[-1].index
        heads = (column for row in range(self.top, self.bottom + 1) for column, cell in self.sheet.rows.get(row, {}).items() if cell.text.strip())
        end = min((column for column in heads if column > last), default=10**6)
        return tuple(sorted({column for row in self.rows() for column in self.sheet.rows[row] if last < column < end}))

    @cached_property
    def layout(self) -> str:
        """Its fingerprint; where no words stand over the columns, the labels of its rows tell it from others."""
        heads = ["/".join(column.levels) for column in self.columns]
        if not any(heads):
            heads += [self.spread.cell(row, column).text for row in self.rows() for column in self.labels]
        return fingerprint(heads)

    def rows(self) -> Iterator[int]:
        """The rows below the header that hold something."""
        return (row for row in sorted(self.sheet.rows) if self.bottom < row < self.end and (self.only is None or row in self.only))

    def part(self, row: int, part: Part) -> Cell:
        """The cell of a row in the column of a part; empty when there is none."""
        return self.spread.cell(row, self.parts[part]) if part in self.parts else Cell()

    def head(self, index: int) -> ColumnHead:
        """The column at an index of the sheet."""
        return self._heads[index]

    @cached_property
    def _heads(self) -> dict[int, ColumnHead]:
        return {column.index: column for column in self.columns}

    def holds_words(self, index: int) -> bool:
        """Whether a column holds words rather than figures."""
        words = numbers = 0
        for count, row in enumerate(self.rows()):
            cell = self.spread.cell(row, index)
            if is_number(cell):
                numbers += 1
            elif cell.kind is CellKind.TEXT:
                words += 1
            if count > _BODY:
                break
        return words > numbers


def find_tables(sheet: Sheet, is_measure: IsMeasure) -> list[Table]:
    """
    The tables of a sheet, from top to bottom and left to right.

    Args:
        sheet: The sheet.
        is_measure: Whether a heading is the name of a measure: in tables that have their measures over the columns.

    """
    spread = Spread(sheet)
    rows = [row for row in sorted(sheet.rows) if row <= LAST_SCANNED]
    finder = HeaderFinder(spread, is_measure)
    headers: list[tuple[int, int]] = []
    for row in rows:
        if headers and (row <= headers[-1][1] or finder.is_row(row, *headers[-1])):
            continue
        if finder.is_header(row):
            headers.append((finder.top(row, headers[-1][1] + 1 if headers else 0), finder.bottom(row)))
    tables: list[Table] = []
    starts = [finder.context(top, headers[i - 1][1] if i else -1) for i, (top, _) in enumerate(headers)]
    for i, (top, bottom) in enumerate(headers):
        end = starts[i + 1] if i + 1 < len(headers) else max(sheet.rows, default=0) + 1
        columns = _whose(spread, finder.columns(top, bottom, end), range(bottom + 1, end))
        bottom = finder.skip_numbering(bottom)
        body = [sheet.rows[row] for row in rows if bottom < row < end][:_BODY]
        for panel in _panels(columns, body, is_measure):
            others = tuple(column for column in columns if column not in panel)
            tables.append(Table(spread, starts[i], top, bottom, end, panel, beside=others))
    return tables


def _whose(spread: Spread, columns: list[ColumnHead], body: range) -> list[ColumnHead]:
    """
    The columns, where 单位 over names of bodies is no heading of units: 单位 | 检验批次 over 东湖所 | 60.

    Where nothing else says what the rows are, 责任单位 over such names says it.
    """
    if any(column.heading.part is Part.NAME for column in columns):
        return columns
    charged = any(name_key(column.heading.text) in CHARGED_BODIES for column in columns) and not _described(spread, columns, body)
    heads = []
    for column in columns:
        texts = [text for row in body if (text := spread.cell(row, column.index).text.strip())]
        bodies = column.heading.part is Part.UNIT and bool(texts) and not any(map(is_unit, texts))
        bodies = bodies or (charged and name_key(column.heading.text) in CHARGED_BODIES and len(set(texts)) == len(texts) > 1)
        heads.append(replace(column, heading=replace(column.heading, part=Part.OFFICE)) if bodies else column)
    return heads


def _described(spread: Spread, columns: Sequence[ColumnHead], body: range) -> bool:
    """Whether a column says what the rows are, by its heading or by the words below it."""
    parts = (Part.TOPIC, Part.OFFICE, Part.PERIOD, Part.UNIT)
    rows = [row for row in body if row in spread.sheet.rows]
    return any(
        column.heading.part in parts or (column.heading.part is None and _mostly_words([spread.cell(row, column.index) for row in rows])) for column in columns
    )


def _panels(columns: list[ColumnHead], body: list[Mapping[int, Cell]], is_measure: IsMeasure) -> Iterator[tuple[ColumnHead, ...]]:
    """The columns of tables that stand beside each other: each begins with the description of its rows."""
    words = {column.index for column in columns if _mostly_words([row[column.index] for row in body if column.index in row])}
    named = any(column.heading.part is Part.NAME for column in columns)
    starts = [0]
    described = 0
    figures = False
    seen: set[object] = set()
    for at, column in enumerate(columns):
        part = column.heading.part
        kind: object = part
        describes = part is None and column.index in words
        if describes:  # the heading of the labels, unknown to us: again the same, or again over measures
            texts = [row[column.index].text.strip() for row in body if column.index in row]
            again = any(map(is_measure, texts)) if named else _labels_again(texts, is_measure)
            describes = again or not named
            kind = next(iter(seen)) if seen and again else column.levels
        begins = part in (Part.NAME, Part.CODE) or (not named and part in (Part.PERIOD, Part.OFFICE)) or describes
        if begins and kind in seen and figures and any(_holds_figures(later, words) for later in columns[at:]):
            starts.append(max(described, starts[-1] + 1))
            figures = False
        if begins and kind:
            seen.add(kind)
        if _holds_figures(column, words):
            figures = True
            described = at + 1
        elif part in (Part.REMARK, Part.AS_OF) or (named and part is Part.PERIOD):
            described = at + 1
    for start, end in zip(starts, [*starts[1:], len(columns)], strict=True):
        if any(column.levels for column in columns[start:end]):
            yield tuple(columns[start:end])


def _holds_figures(column: ColumnHead, words: set[int]) -> bool:
    return column.heading.part is None and bool(column.levels) and (column.heading.says_figure or column.index not in words)


def _labels_again(texts: list[str], is_measure: IsMeasure) -> bool:
    """Whether a column of words right of figures says what other rows are about: measures are named, or each word is short and stands there once."""
    return any(map(is_measure, texts)) or (len(texts) > 1 and len(set(texts)) == len(texts) and max(map(len, texts)) <= _SHORT)


def _mostly_words(cells: list[Cell]) -> bool:
    texts = sum(cell.kind is CellKind.TEXT and not is_bare_number(cell.text) for cell in cells)
    return texts * 2 > len(cells)
