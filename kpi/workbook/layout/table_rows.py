"""
The rows of a table with what stands around their labels: the group they are in, the total they are part of.

合格批次 alone may be anybody's; 合格批次 under 商品煤抽检 is one figure.  The group is a merged first column, a row of
its own above, or the row that 其中 and an indent refer to.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from kpi.catalog.measure import Measure
from kpi.place import Place, cell_name
from kpi.workbook.forms.measure_names import among, label_key, label_unit
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.header_bands import words_of_groups
from kpi.workbook.layout.heading import Part, read_heading
from kpi.workbook.layout.labelled_lines import NOTES, is_form_line, is_line
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.time_cells import is_time, time_text
from kpi.workbook.naming import name_key
from kpi.workbook.number import is_number
from kpi.workbook.signs import clean

_NO_UNIT = re.compile(r"^\s*(?:[-—–―/\\]+|无)\s*$")
_SHORTEST_TELEPHONE = 7
MOST_ROWS = 2_000  # a table with more is a ledger, not a form
_RANKS = tuple(
    map(re.compile, (r"第?[一二三四五六七八九十]+[、.．:： 部章]", r"[(（][一二三四五六七八九十]+[)）]", r"\d{1,2}[、.．]", r"[(（]\d{1,2}[)）]|[①-⑳]"))
)
_TOTALS = ("合计", "总计", "小计", "总数", "计")


class RowNames(Protocol):
    """What is known of the names of rows: those of a catalogue, or none where there is no catalogue yet."""

    @property
    def topics(self) -> Collection[str]:
        """The headings of rows that are no measures, as keys."""

    def coded(self, text: str) -> Measure | None:
        """The measure of a code."""

    def named(self, text: str) -> Sequence[Measure]:
        """The measures of a name."""

    def is_measure(self, text: str) -> bool:
        """Whether a text names a measure."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below a header that holds something."""

    index: int
    name: str
    groups: tuple[str, ...]  # the nearest last
    explicit: bool  # the nearest group is a column or a total, not merely a heading above
    code: str
    unit: str
    filled: bool  # something stands where figures stand
    sections: tuple[str, ...] = ()  # the rows of their own above it, by their numbers: 二、2022年情况, then （一）消费维权

    @property
    def over(self) -> tuple[str, ...]:
        """All groups that it is in, the nearest first."""
        return tuple(dict.fromkeys((*reversed(self.groups), *reversed(self.sections))))

    @property
    def key(self) -> str:
        return label_key(self.name)

    @property
    def total(self) -> bool:
        return is_total(self.key)


def is_total(key: str) -> bool:
    """Whether a label, as a key, says that its row is the sum of others."""
    return key in _TOTALS or key.endswith(("合计", "总计", "小计"))


def read_rows(table: Table, names: RowNames) -> tuple[Row, ...]:
    """The rows of a table, top to bottom, notes left out; a table is gone through once."""
    known: tuple[Row, ...] | None = table.__dict__.get("read")
    if known is None:
        known = table.__dict__["read"] = tuple(_rows(table, names))
    return known


def _rows(table: Table, names: RowNames) -> Iterator[Row]:
    reader = _RowReader(table, names)
    for index in islice(table.rows(), MOST_ROWS):
        if row := reader.read(index):
            yield row


class _RowReader:
    """Reads rows from top to bottom, and remembers which headings and labels of rows the next one stands under."""

    def __init__(self, table: Table, names: RowNames) -> None:
        self._table, self._names = table, names
        self._section = ""
        self._sections: list[tuple[int, str]] = []  # rank and words
        self._after_section = False  # the row before is a heading of rows too
        self._carried: dict[int, str] = {}  # by column
        self._outer: list[tuple[int, str]] = []  # depth and label of the rows that the next one may be part of

    def read(self, index: int) -> Row | None:
        """One row; None for a note, a blank row or a heading of rows."""
        table = self._table
        texts = _texts(table, index, self._carried)
        label, filled = texts[-1] if texts else "", _is_filled(table, index)
        if (not filled and (is_line(label) or _is_note(label))) or _is_form_line(table, index, self._names):
            return None
        code, unit = table.part(index, Part.CODE).text.strip(), _NO_UNIT.sub("", table.part(index, Part.UNIT).text)
        time = table.part(index, Part.PERIOD)
        if not filled and not label and time.text.strip() and not is_time(time):
            label, texts = time.text.strip(), [time.text.strip()]  # a group of rows by time: 2022年情况, 计划数
        if not filled and label and len(texts) == 1 and not unit.strip() and not self._is_measure(code, label):
            self._open_section(label)
            return None
        if not label and not filled and not code:
            return None
        self._after_section = False
        groups, explicit = self._groups(index, label, texts)
        return Row(index, label, groups, explicit, code, unit.strip() or label_unit(label), filled, tuple(text for _, text in self._sections))

    def _is_measure(self, code: str, label: str) -> bool:
        """Whether a row names a measure by its code or name, and no topic."""
        return self._names.coded(code) is not None or (bool(self._names.named(label)) and label_key(label) not in self._names.topics)

    def _open_section(self, label: str) -> None:
        """Begin a section: it ends those of its own rank and below, but one without a number stands under the one right above."""
        rank = next((rank for rank, pattern in enumerate(_RANKS, 1) if pattern.match(label.strip())), 0)
        while self._sections and self._sections[-1][0] >= rank and not (self._after_section and self._sections[-1][0] == rank == 0):
            self._sections.pop()
        self._sections.append((rank, label))
        self._section, self._outer, self._after_section = label, [], True
        self._carried.clear()

    def _groups(self, index: int, label: str, texts: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        """The groups of a row, and whether the nearest is a column or a label above it; the row is then one that others may be part of."""
        depth = _depth(self._table, index)
        while self._outer and self._outer[-1][0] >= depth:
            self._outer.pop()
        inside = (*dict.fromkeys(texts[:-1]), *(name for _, name in self._outer))
        if label:
            self._outer.append((depth, label))
        return tuple(text for text in (self._section, *inside) if text), bool(inside)


def _is_filled(table: Table, index: int) -> bool:
    """Whether something of its own stands where figures stand."""
    spread = table.spread
    at = (column.index for column in table.figures)
    return any(spread.anchor(index, column) == (index, column) and spread.cell(index, column).kind is not CellKind.EMPTY for column in at)


def place_over(table: Table, row: int, words: str) -> Place:
    """The cell of a row's name or of a group over it, by its words."""
    for above in range(row, table.bottom, -1):
        for column in table.labels:
            if table.spread.cell(above, column).text.strip() == words.strip():
                return Place(table.sheet.name, cell_name(*table.spread.anchor(above, column)))
    return Place(table.sheet.name, f"{row + 1}:{row + 1}")


def row_times(table: Table) -> dict[int, str]:
    """What the columns 年份 and 月份 say of each row: 2023年11月; a year holds until the next one below it."""
    known: dict[int, str] | None = table.__dict__.get("times")
    if known is None:
        known = table.__dict__["times"] = dict(_times(table))
    return known


def _times(table: Table) -> Iterator[tuple[int, str]]:
    quarterly = {column.index for column in table.columns if column.heading.part is Part.PERIOD and "季" in column.heading.text}
    columns = [column.index for column in table.columns if column.heading.part is Part.PERIOD]
    carried: dict[int, str] = {}
    grouped = {column: _times_of_groups(table, column) for column in columns}
    for row in table.rows():
        texts = []
        for at, column in enumerate(columns):
            text = grouped[column].get(row) or time_text(table.spread.cell(row, column), quarter=column in quarterly)
            if at < len(columns) - 1 or Part.NAME in table.parts or _is_named(table, row):
                text = carried[column] = text or carried.get(column, "")
            texts.append(text)
        own = find_months(texts[-1]) if texts else None
        if own and own.year and own.last:
            texts = texts[-1:]
        if any(texts):
            yield row, of_year("".join(dict.fromkeys(texts)), row_years(table).get(row, ""))


def _times_of_groups(table: Table, column: int) -> dict[int, str]:
    """The time of each row where it is typed before the middle or last of the rows that repeat: 2022年 before 累计 of 本月, 累计."""
    rows = [row for row in table.rows() if _is_named(table, row)]
    if any(table.spread.anchor(row, column) in table.spread.regions for row in rows):
        return {}
    names = {row: tuple(_shown(table.spread.cell(row, label)) for label in table.labels) for row in rows}
    return words_of_groups({row: time_text(table.sheet.cell(row, column)) for row in rows}, names) or {}


def _is_named(table: Table, row: int) -> bool:
    """Whether words of its own say what a row is about, and no sum: then the time above it is its time too, as if both were merged."""
    words = [text for column in table.labels if (text := _shown(table.spread.cell(row, column)))]
    return bool(words) and not is_total(label_key(words[-1]))


def row_years(table: Table) -> dict[int, str]:
    """
    The year each row stands under, as it is written: a row 2022年 or 上年 holds for the months below it, until the next one.

    Where the time alone tells rows apart, the year may have figures of its own: 2022年 100, then its months.
    """
    known: dict[int, str] | None = table.__dict__.get("years")
    if known is None:
        known = table.__dict__["years"] = dict(_years(table))
    return known


def _years(table: Table) -> Iterator[tuple[int, str]]:
    year = ""
    for row in sorted(row for row in table.sheet.rows if table.bottom < row < table.end):
        texts = [clean(cell.shown or cell.text) for _, cell in sorted(table.sheet.rows[row].items()) if cell.text.strip()]
        if texts and (len(texts) == 1 or Part.NAME not in table.parts) and read_heading(texts[0]).whole_year:
            year = texts[0]
        elif year:
            yield row, year


def of_year(time: str, year: str) -> str:
    """A month that stands under a year, with it: 12月 under 2022年 is 2022年12月; another time as it is."""
    months = find_months(time)
    bare = bool(year) and months.last is not None and months.year is None and months.years_back is None
    return f"{year}{'年' if year.isdigit() else ''}{time}" if bare else time


def _texts(table: Table, index: int, carried: dict[int, str]) -> list[str]:
    """The words that describe a row, the most general first; a group holds until the next one below it."""
    texts: list[str] = []
    columns = table.labels
    own = any(_shown(table.spread.cell(index, column)) for column in columns)
    for at, column in enumerate(columns):
        text = _shown(table.spread.cell(index, column))
        if text:
            carried[column] = text
            for later in columns[at + 1 :]:
                carried.pop(later, None)
        elif any(_shown(table.spread.cell(index, later)) for later in columns[at + 1 :]) or (not own and _timed_behind(table, index)):
            text = carried.get(column, "")
        if text and text not in texts[-1:]:
            texts.append(text)
    return texts


def _timed_behind(table: Table, index: int) -> bool:
    """Whether a time or 累计 of its own stands behind where the name of a row should be: the name above is its name too."""
    columns = (column.index for column in table.columns if column.heading.part is Part.PERIOD and column.index > max(table.labels, default=0))
    return any(table.sheet.cell(index, column).text.strip() for column in columns)


def _shown(cell: Cell) -> str:
    return cell.text.rstrip() if cell.kind in (CellKind.TEXT, CellKind.NUMBER, CellKind.DATE) else ""


def _depth(table: Table, index: int) -> int:
    """The depth of a label: blanks before it, and one more for 其中."""
    anchors = ((column, table.spread.anchor(index, column)) for column in reversed(table.labels))
    own = next((column for column, anchor in anchors if anchor[0] == index and table.sheet.cell(*anchor).text.strip()), None)
    if own is None:
        return 0
    text = table.spread.cell(index, own).text
    depth = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text[: len(text) - len(text.lstrip())])
    return depth + (1 if among(text) or name_key(text) == "其中" else 0)


def _is_form_line(table: Table, index: int, names: RowNames) -> bool:
    """Whether a row under a table says who signs it and not what it counts: 填报人 | 张三 | 审核人 | 李四."""
    cells = [cell for _, cell in sorted(table.sheet.rows[index].items()) if cell.text.strip()]
    texts = [cell.text.strip() for cell in cells]
    counts = any(is_number(cell) and len(cell.text) < _SHORTEST_TELEPHONE for cell in cells)  # 电话 | 120 may be how many came by it
    return is_form_line(texts, signed=True) and not counts and not any(map(names.is_measure, texts))


def _is_note(label: str) -> bool:
    return name_key(label).startswith(NOTES) and len(label) > 1
