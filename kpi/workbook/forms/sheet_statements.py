"""What a sheet says of itself: the hidden ``_meta`` sheet, the lines with labels around a table, the titles over it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.forms.table_notes import is_of_time, noted_time, remarked_time
from kpi.workbook.forms.table_subject import is_place, is_sample, with_insides
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.layout.heading import Part, read_heading
from kpi.workbook.layout.labelled_lines import Label, before_line, is_line, is_note, is_signing, label_alone, read_lines, stated_unit
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.table_finder import META_SHEET, Table
from kpi.workbook.layout.time_cells import joined, with_words
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.number import is_number

_FOOTER_ROWS = 12


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a sheet says of itself, and where."""

    text: str
    kind: CellKind
    place: Place


def meta_statements(sheets: Sequence[Sheet]) -> Mapping[str, Statement]:
    """What the hidden sheet of the template says."""
    for sheet in sheets:
        if sheet.name.casefold() == META_SHEET:
            return {
                cells[0].text: Statement(cells[1].text, cells[1].kind, Place(sheet.name, cell_name(row, 1)))
                for row, cells in sheet.rows.items()
                if 0 in cells and 1 in cells
            }
    return {}


def _around(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """The cells over the header, then those over the first table of the sheet, those at the foot, and the words beside the headings."""
    sheet = table.sheet
    over = [row for row in sorted(sheet.rows) if table.above <= row < table.top]
    head = [row for row in sorted(sheet.rows) if row < min(table.above, 8)] if table.above else []
    under = [row for row in sorted(sheet.rows) if table.bottom < row < table.end][-_FOOTER_ROWS:]
    dated = any(_names_year(cell.text) for row in over for cell in sheet.rows[row].values())
    foot = [*under, *(row for row in sorted(sheet.rows)[-_FOOTER_ROWS:] if row >= table.end)]
    for row in (*over, *head, *foot):
        own = table.above <= row < table.end
        for column, cell in sorted(sheet.rows[row].items()):
            if dated and row in head and _is_time(cell.text):
                continue  # 2022年12月 over the first table, where this one has a year of its own
            if own or not is_note(cell.text):  # a note is about the table over it
                yield row, column, cell
    for column in _apart(table):
        for row in range(table.top, table.bottom + 1):
            if (cell := sheet.cell(row, column)).text.strip():
                yield row, column, cell


def _names_year(text: str) -> bool:
    months = find_months(written_out(text))
    return months.year is not None or months.years_back is not None


def _is_time(text: str) -> bool:
    """Whether a text is a year or a month and nothing else."""
    heading = read_heading(written_out(text))
    return heading.understood and heading.figure is None and (heading.whole or heading.months.last is not None or _names_year(text))


def line_statements(table: Table) -> dict[Label, list[Statement]]:
    """What stands behind each label, in the same cell after a colon or in the next cell of the row."""
    statements: dict[Label, list[Statement]] = {}
    for row, column, cell in _around(table):
        place = Place(table.sheet.name, cell_name(row, column))
        if table.top <= row <= table.bottom and not is_line(cell.text) and (unit := stated_unit(cell.text)):
            statements.setdefault(Label.UNIT, []).append(Statement(unit, CellKind.TEXT, place))
        if cell.kind is not CellKind.TEXT or (row >= table.top and not is_line(cell.text)) or _is_remark(table, row, column):
            continue
        read = list(read_lines(cell.text))
        for line in read:
            if line.text:
                statements.setdefault(line.label, []).append(Statement(line.text, CellKind.TEXT, place))
        last = read[-1].label if read and not read[-1].text else label_alone(cell.text) if not read else None
        if last is None:
            continue
        behind = [index for index in table.sheet.rows[row] if index > column]
        following = table.sheet.rows[row][min(behind)] if behind else Cell()
        if following.kind in (CellKind.TEXT, CellKind.DATE, CellKind.NUMBER) and not is_line(following.text):
            text, kind = following.text.strip(), following.kind
            if last is Label.PERIOD and kind is not CellKind.DATE:
                _, apart = joined(table.sheet.rows[row]).get(min(behind), (0, ""))
                text, kind = apart or with_words(cell.text, (following.shown or text).strip()), CellKind.TEXT
                if _is_time_of_signing(table, row, text):
                    last = Label.FILLED
            statements.setdefault(last, []).append(Statement(text, kind, Place(table.sheet.name, cell_name(row, min(behind)))))
    statements[Label.PERIOD] = _with_year(statements.get(Label.PERIOD, []))
    return statements


def _is_time_of_signing(table: Table, row: int, text: str) -> bool:
    """Whether a time behind 统计时间 is that of the signing: it stands beside who signs, and a title over it names another month."""
    if not is_signing([cell.text for _, cell in sorted(table.sheet.rows[row].items()) if cell.text.strip()]):
        return False
    over = (find_months(written_out(cell.text)) for above in table.sheet.rows if above < min(row, table.top) for cell in table.sheet.rows[above].values())
    titled = next((months for months in over if months.year and months.last), None)
    own = find_months(written_out(text))
    return titled is not None and own.year is not None and own.last is not None and (own.year, own.last) > (titled.year, titled.last)


def _with_year(periods: Sequence[Statement]) -> list[Statement]:
    """The lines about the period, where year and month have one each as one line of both: 年度：2022 and 月份：12."""
    times = [(statement, find_months(written_out(statement.text)) if statement.kind is CellKind.TEXT else None) for statement in periods]
    years = [statement for statement, months in times if months and months.year and not months.last]
    bare = [statement for statement, months in times if months and months.last and not months.year and months.years_back is None]
    if not years or not bare:
        return list(periods)
    whole = Statement(f"{years[0].text}{bare[0].text}", CellKind.TEXT, bare[0].place)
    return [whole, *(statement for statement in periods if statement not in (years[0], bare[0]))]


def _is_remark(table: Table, row: int, column: int) -> bool:
    """Whether a cell stands behind the figures of a row, and is about them alone."""
    if not table.bottom < row < table.end or any(column == figure.index for figure in table.figures):
        return False
    cells = ((figure.index, table.spread.cell(row, figure.index)) for figure in table.figures)
    return any(at < column and is_number(cell) for at, cell in cells)


def title_statements(table: Table, name: str = "") -> Iterator[Statement]:
    """The words over a table that are no lines with labels, the nearest to its own header first, then the name of the sheet or what it stands for."""
    until: tuple[int, int] = (-1, -1)  # the last cell of a time in several cells
    times: dict[int, dict[int, tuple[int, str]]] = {}  # by row
    for row, column, cell in _around(table):
        if row == until[0] and column <= until[1]:
            continue
        if row not in times:
            times[row] = joined(table.sheet.rows[row])
        end, apart = times[row].get(column, (column, ""))
        until = row, end
        words = apart or (before_line(cell.text) if cell.kind is CellKind.TEXT else _time_alone(table, row, cell))
        if row >= table.top or not words.strip() or is_line(words) or label_alone(cell.text):
            continue
        if column and label_alone(table.sheet.cell(row, column - 1).text.rstrip(":： ")):
            continue
        yield Statement(words, CellKind.TEXT, Place(table.sheet.name, cell_name(row, column)))
    if not re.fullmatch(r"sheet\d*", table.sheet.name, re.IGNORECASE):
        yield Statement(name or table.sheet.name, CellKind.TEXT, Place(table.sheet.name))


def _time_alone(table: Table, row: int, cell: Cell) -> str:
    """
    The time that a number or a date alone in its row says, as Excel keeps 22.12 and 2022年12月; empty where it is something else.

    A day in the middle of a month is that of the filling in.
    """
    if len(list(islice((other for other in table.sheet.rows[row].values() if other.text.strip()), 2))) > 1:
        return ""
    if cell.kind is CellKind.DATE:
        day = date.fromisoformat(cell.text[:10])
        return f"{day.year}年{day.month}月" if day.day == 1 or day == Month.of(day).last_day else ""
    text = cell.shown or cell.text
    time = find_months(written_out(text))
    return text if cell.kind is CellKind.NUMBER and (time.year or time.last) else ""


def note_statements(table: Table) -> Iterator[Statement]:
    """What the notes over and under a table say it is of, 2022年12月数据 of 注：本表为2022年12月数据, and brackets in the head of its labels."""
    for head in table.columns:
        if head.heading.part in (Part.NAME, Part.TOPIC, Part.UNIT):
            for text in (inside for words in head.levels for inside in with_insides(words)[1:] if is_of_time(inside)):
                yield Statement(text, CellKind.TEXT, Place(table.sheet.name, cell_name(table.bottom, head.index)))
    for row, column, text in note_texts(table):
        filled = any(line.label is Label.FILLED for line in read_lines(text))  # a day of its own, no time of the figures
        beside = table.top <= row <= table.bottom
        time = noted_time(text) or ((remarked_time(text) or (text if is_sample(text) or is_place(text) else "")) if beside else "")
        if not filled and time:
            yield Statement(time, CellKind.TEXT, Place(table.sheet.name, cell_name(row, column)))


def _apart(table: Table) -> Iterator[int]:
    """The columns of words beside the headings that are over nothing: those that are no heading, or stand a blank column further."""
    heads = {head.index for head in table.columns if head.levels}
    for head in table.columns:
        over = any(table.spread.cell(row, head.index).text.strip() for row in table.rows())
        heading = head.heading.understood and head.index - 1 in heads and not is_unit("".join(head.levels).strip("()（） "))
        if head.levels and not over and head.heading.part is None and not heading:
            yield head.index


def note_texts(table: Table) -> Iterator[tuple[int, int, str]]:
    """The texts over and under a table that may be notes to it, each with its row and column."""
    for row, column, cell in _around(table):
        if cell.kind is CellKind.TEXT and table.above <= row < table.end and not _is_remark(table, row, column):
            yield row, column, cell.text
