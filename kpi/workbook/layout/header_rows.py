"""
Which rows of a sheet are headings: recognised by their words, then widened by merged cells upwards and downwards.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.header_bands import group_words, head_text, is_of_units, is_over_labels
from kpi.workbook.layout.heading import Heading, Part, read_heading
from kpi.workbook.layout.labelled_lines import is_form_line, is_line, is_note
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.layout.time_cells import dated_words, is_time, is_year
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.number import is_bare_number, is_figure, whole_number
from kpi.workbook.signs import clean, ordinal

_DEEPEST_HEADER = 4  # rows of headings one above the other
_CONTEXT = 6  # rows above a table that may belong to it
_BODY = 20  # cells of a column that are looked at to see whether they are times
_NUMBERING = re.compile(r"甲|乙|丙|丁|戊|栏次|行次|[a-z]|\(?\d{1,2}\)?(?:=.*)?", re.IGNORECASE | re.ASCII)
_OPEN = "分组不明"  # what is left to understand of a heading that may be in this group or in that
IsMeasure = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """One column of a table."""

    index: int
    heading: Heading
    levels: tuple[str, ...]
    doubtful: bool = False  # nobody can tell in which group it is


class HeaderFinder:
    """Looks for the header rows of one sheet."""

    def __init__(self, spread: Spread, is_measure: IsMeasure) -> None:
        self._spread = spread
        self._sheet = spread.sheet
        self._is_measure = is_measure

    def is_header(self, row: int) -> bool:
        """Whether a row is the (first recognised) row of headings over a table."""
        cells = self._heads(row)
        if cells is None or (len(cells) < 2 and not any(cell.kind is CellKind.TEXT for cell in self._sheet.rows.get(row + 1, {}).values())):
            return False
        if is_over_labels(self._spread, row, cells) or (is_form_line(self._in_order(cells), signed=True) and not any(map(self._is_measure, cells.values()))):
            return False
        heads = {column: read_heading(text) for column, text in cells.items()}
        parts = {head.part for head in heads.values() if head.part}
        figures = [column for column, head in heads.items() if head.part is None and head.understood]
        measures = [column for column, text in cells.items() if heads[column].part is None and self._is_measure(text)]
        if self._counts(row) and (measures or not {Part.NAME, Part.PERIOD, Part.UNIT} & parts):
            return False
        if {Part.NAME, Part.CODE} & parts and len(parts) + len(figures) >= 3:
            return True
        if len(set(measures) | set(figures)) >= 2 and measures and any(self._figure_below(row, column) for column in measures):
            return True
        if measures and {Part.PERIOD, Part.OFFICE} & parts and any(self._figure_below(row, column) for column in measures):
            return True
        if measures and self._labelled(row, measures):
            return True
        if len(figures) >= 2 and (parts or self._labelled(row, figures)):
            return True
        if {Part.NAME, Part.CODE} & parts and len(cells) >= 2:
            grouped = any(self._spread.end(row, column)[1] > column for column in cells)
            return bool(figures) or grouped or any(self._figure_below(row, column) for column in cells if heads[column].part is None)
        return bool(figures) and self._labelled(row, figures)

    def is_row(self, row: int, top: int, bottom: int) -> bool:
        """
        Whether a row right below a header, or below rows of its table, is one of them, whatever words stand where figures should.

        It names one measure, under a heading that names none and is over no figures.
        """
        if row - 1 not in self._sheet.rows:
            return False
        named = [column for column, cell in self._sheet.rows.get(row, {}).items() if cell.kind is CellKind.TEXT and self._is_measure(cell.text)]
        over = [self._spread.cell(above, column).text for column in named for above in range(top, bottom + 1)]
        return len(named) == 1 and not any(self._is_measure(text) or read_heading(text).says_figure for text in over)

    def top(self, row: int, earliest: int) -> int:
        """The first row of a header of which a row was recognised: groups of columns stand above."""
        while row - 1 >= earliest:
            above = self._heads(row - 1)
            if not above and self._years(row - 2, earliest, row):
                return row - 2
            if not above or is_form_line(self._in_order(above)) or is_over_labels(self._spread, row - 1, above):
                return row
            wide = [column for column in above if column < self._spread.end(row - 1, column)[1]]
            tall = [column for column in above if self._spread.end(row - 1, column)[0] >= row]
            everything = len(above) == 1 and self._covers(row - 1, next(iter(above)), row)
            known = [text for text in above.values() if read_heading(text).understood or read_heading(text).part]
            if everything or not (tall or (wide and len(above) >= 1 and not self._is_title(above)) or (len(above) >= 2 and known)):
                return row
            row -= 1
        return row

    @staticmethod
    def _in_order(cells: Mapping[int, str]) -> list[str]:
        """The texts of a row from left to right."""
        return [cells[column] for column in sorted(cells)]

    def _years(self, row: int, earliest: int, below: int) -> bool:
        """Whether a row holds nothing but years over the figures of a header below a blank row."""
        years = self._heads(row) if row >= earliest and below - 1 not in self._sheet.rows else None
        corner = min(self._spread.columns(below), default=0)
        return bool(years) and all(column > corner and read_heading(text).whole_year for column, text in (years or {}).items())

    def bottom(self, row: int) -> int:
        """The last row of a header: headings of single columns stand below those of groups."""
        first = row
        while row - first < _DEEPEST_HEADER:
            below = self._heads(row + 1)
            if not below or self.is_row(row + 1, first, row):
                return row
            corner = min(self._spread.columns(row))
            if corner in below and (self._counts(row + 1) or not self._parts_below(below)):
                return row
            under = [column for column in below if self._grouped(row, column)]
            known = [column for column, text in below.items() if (head := read_heading(text)).part or head.understood or self._is_measure(text)]
            units = is_of_units(self._spread, row + 1)
            if not known and len(under) < len(below) and not units:
                return row
            if not under and not units and not any(self._spread.anchor(row + 1, column)[0] <= row for column in self._spread.columns(row + 1)):
                return row
            row += 1
        return row

    def context(self, top: int, previous: int) -> int:
        """The first row of what stands directly over a header and is not the body of the table before."""
        row = top
        while row - 1 > previous and top - row < _CONTEXT:
            shown = [column for column in self._spread.columns(row - 1) if self._spread.anchor(row - 1, column) == (row - 1, column)]
            cells = [self._spread.cell(row - 1, column) for column in shown]
            if any(is_note(cell.text) for cell in cells):
                break  # a note under the table before
            if is_form_line([cell.text for cell in cells if cell.text.strip()], signed=True):
                row -= 1
                continue
            if any(cell.kind is CellKind.NUMBER for cell in cells) or (len(cells) > 1 and not any(is_line(cell.text) for cell in cells)):
                break
            row -= 1
        return row if previous >= 0 else 0

    def skip_numbering(self, bottom: int) -> int:
        """The last row of the header, with the row 甲 乙 1 2 3 below it if there is one."""
        texts = [clean(cell.text) for cell in self._sheet.rows.get(bottom + 1, {}).values()]
        counted = [number for text in texts if (number := ordinal(text)) is not None]
        in_order = counted == list(range(counted[0], counted[0] + len(counted))) if counted else False
        if (
            len(texts) >= 3
            and all(_NUMBERING.fullmatch(text) or ordinal(text) is not None for text in texts)
            and (len(counted) < len(texts) or counted[0] == 1)
            and (in_order or not counted)
        ):
            return bottom + 1
        return bottom

    def columns(self, top: int, bottom: int, end: int) -> list[ColumnHead]:
        """The columns under a header."""
        indexes = sorted({column for row in range(top, bottom + 1) for column in self._spread.columns(row)})
        body = {column for row in self._sheet.rows if bottom < row < min(end, bottom + 60) for column in self._sheet.rows[row]}
        heads = []
        units = {row for row in range(top + 1, bottom + 1) if is_of_units(self._spread, row)}  # 所 there is no office
        bands, doubtful = group_words(self._spread, indexes, top, bottom)
        for index in sorted({*indexes, *(column for column in body if indexes and column <= indexes[-1] + 1)}):
            levels: list[str] = []
            spoken: list[str] = []
            for row in range(top, bottom + 1):
                text = bands.get((row, index)) or (head_text(self._spread.cell(row, index)) if index in doubtful else self._level(row, index, top, bottom))
                if text and (row == top or self._spread.anchor(row, index)[0] == row):
                    spoken.append(f"({clean(text).strip('()')})" if row in units else text)
                    levels.append(spoken[-1] if read_heading(text).part and row in units else text)
            heading = self.heading(spoken, index, range(bottom + 1, end))
            is_open = index in doubtful and heading.part is None
            heads.append(ColumnHead(index, replace(heading, rest=heading.rest or _OPEN) if is_open else heading, tuple(levels), is_open))
        return [self._by_body(head, heads, range(bottom + 1, end)) for head in heads]

    def _by_body(self, head: ColumnHead, heads: Sequence[ColumnHead], body: range) -> ColumnHead:
        """A column whose words alone mislead: 类型 over 本月 and 累计 says which figure a row holds, 单位 over 东湖所 whose it is."""
        named = any(other.heading.part in (Part.NAME, Part.CODE) for other in heads)
        cells = [cell.text for row in body if (cell := self._sheet.cell(row, head.index)).text.strip()][:_BODY]
        if not head.levels or not cells:
            return head
        if named and head.heading.part in (None, Part.TOPIC) and len(cells) > 1 and all(_says_figure(text) for text in cells):
            return replace(head, heading=Heading(head.heading.text, part=Part.PERIOD))
        if not named and head.heading.part is Part.UNIT and head is heads[0] and not any(map(is_unit, cells)):
            return replace(head, heading=Heading(head.heading.text, part=Part.OFFICE))
        return head

    def heading(self, levels: Sequence[str], column: int, body: range) -> Heading:
        """A heading by its words; whether 年度 and 月 stand over times, and whether times stand under no words at all, the cells below say."""
        heading = read_heading(*levels) if levels else Heading("")
        if heading.part not in (None, Part.PERIOD) or (heading.part is None and levels):
            return heading
        cells = [cell for row in body if (cell := self._sheet.cell(row, column)).kind is not CellKind.EMPTY][:_BODY]
        times = sum(is_time(cell) for cell in cells)
        if heading.part is None and len(cells) > 1 and all(is_year(cell) or read_heading(cell.text).whole_year for cell in cells):
            return Heading("", part=Part.PERIOD)
        if heading.part is None:
            return Heading("", part=Part.UNIT) if cells and all(is_unit(cell.text) for cell in cells) else heading
        numbers = sum(cell.kind is CellKind.NUMBER and not is_time(cell) for cell in cells)
        return replace(heading, part=None, amount=True) if numbers > times else heading

    def _level(self, row: int, column: int, top: int, bottom: int) -> str:
        """What one row of the header says of a column; a group that is not merged holds for the blanks to its right."""
        text = head_text(self._spread.cell(row, column))
        if text or row == bottom or not any(head_text(self._spread.cell(below, column)) for below in range(row + 1, bottom + 1)):
            return text
        for left in range(column - 1, -1, -1):
            if text := head_text(self._spread.cell(row, left)):
                grouped = any(head_text(self._sheet.cell(below, left)) for below in range(row + 1, bottom + 1))
                return text if grouped and self._spread.anchor(row, left) not in self._spread.regions else ""
        return ""

    def _heads(self, row: int) -> dict[int, str] | None:
        """The texts of a row that may be headings, by column; None when something in it cannot be one."""
        texts: dict[int, str] = {}
        numbers: list[int] = []
        cells = sorted(self._sheet.rows.get(row, {}).items())
        if self._dated_figures(row, [cell for _, cell in cells]):
            return None
        for column, cell in cells:
            number = whole_number(cell.text) if cell.kind is CellKind.NUMBER else None
            if dated_words(cell):
                pass
            elif number is not None and (1 <= number <= 12 or 2000 <= number <= 2099):
                numbers.append(number)
            elif cell.kind not in (CellKind.TEXT, CellKind.DATE) or is_line(cell.text) or is_bare_number(cell.text):
                return None
            texts[column] = head_text(cell)
        if numbers and (len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers)))) and not all(number > 12 for number in numbers):
            return None
        return texts or None

    def _dated_figures(self, row: int, cells: Sequence[Cell]) -> bool:
        """
        Whether a row holds dates that are figures in disguise: Excel makes one of 3-4.

        Dates over columns stand behind words such as 项目, or are the first days of several months and follow no row of a table.
        """
        dates = [cell.text for cell in cells if cell.kind is CellKind.DATE]
        if not dates:
            return False
        before = [cell.text for cell in takewhile(lambda cell: cell.kind is not CellKind.DATE, cells)]
        heads = {text: read_heading(text) for text in before}
        words = [text for text, head in heads.items() if head.total or not (head.part or head.understood)]
        above = [cell.text for cell in self._sheet.rows.get(row - 1, {}).values()]
        follows = len(above) > 1 and not any(map(is_line, above))
        months = len(dates) > 1 and len(set(dates)) == len(dates) and all(text[8:10] == "01" for text in dates)
        return any(self._is_measure(text) or heads[text].total for text in words) or (bool(words) and (follows or not months))

    def _counts(self, row: int) -> bool:
        """Whether numbers stand in a row; as headings they can only be months or years."""
        cells = self._sheet.rows.get(row, {}).values()
        return any(cell.kind is CellKind.NUMBER or (is_bare_number(cell.text) and dated_words(cell)) for cell in cells)

    def _figure_below(self, row: int, column: int) -> bool:
        return any(is_figure(self._spread.cell(below, column)) for below in range(row + 1, row + 5))

    def _labelled(self, row: int, figures: list[int]) -> bool:
        """Whether below stand words to the left and a figure in one of these columns."""
        return any(
            self._figure_below(row, column)
            and any(self._spread.cell(below, left).kind is CellKind.TEXT for below in range(row + 1, row + 4) for left in range(column))
            for column in figures
        )

    def _parts_below(self, below: dict[int, str]) -> bool:
        return all(read_heading(text).part or read_heading(text).understood or self._is_measure(text) for text in below.values())

    def _grouped(self, row: int, column: int) -> bool:
        """Whether the cell over this one is the heading of a group, or blank."""
        at = self._spread.anchor(row, column)
        return self._spread.cell(row, column).kind is CellKind.EMPTY or self._spread.end(*at)[1] > at[1]

    def _covers(self, row: int, column: int, below: int) -> bool:
        """Whether a lone cell begins over the first column, or is not merged at all: then it is a title and no group."""
        columns = self._spread.columns(below)
        return not columns or column <= columns[0] or self._spread.end(row, column)[1] == column

    @staticmethod
    def _is_title(above: dict[int, str]) -> bool:
        return any(text.rstrip(")）").endswith(("表", "报告", "台账")) for text in above.values())


def _says_figure(text: str) -> bool:
    """Whether words say which figure stands beside them: 本月, 上年同期累计."""
    heading = read_heading(text)
    return heading.understood and (heading.figure is not None or heading.prior)
