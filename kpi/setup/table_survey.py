"""The figures of one table without a catalogue: measures down its rows, across its columns, or named by both together."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kpi.catalog.measure import CROSS
from kpi.place import Place, cell_name
from kpi.setup.case_tables import is_case_table
from kpi.setup.figure_times import FigureTimes
from kpi.setup.kind_words import called_rate
from kpi.setup.named_columns import NamedColumn, common_act, named_columns, sum_in_words
from kpi.setup.sheet_subject import SheetSubject, subject_of
from kpi.setup.surveyed_figure import SurveyedFigure, SurveyedFile
from kpi.setup.surveyed_words import NO_NAMES, SheetWords, heads_bodies, heads_kinds, is_body, is_sum
from kpi.value import Value
from kpi.workbook.forms.measure_names import among, label_unit, label_words
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import SEVERAL, Heading, Part, read_heading
from kpi.workbook.layout.labelled_lines import stated_unit
from kpi.workbook.layout.table_finder import META_SHEET, Table, find_tables
from kpi.workbook.layout.table_rows import Row, of_year, read_rows, row_times, row_years
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.number import is_number, read_value
from kpi.workbook.signs import clean
from kpi.workbook.units import is_share

_NOTHING = Heading("")


def survey_file(file: SurveyedFile) -> Iterator[SurveyedFigure]:
    """The figures of all sheets of a file that can be seen; ledgers hold none."""
    for table in tables_of(file):
        yield from figures_of(file, table)


def figures_of(file: SurveyedFile, table: Table) -> Iterator[SurveyedFigure]:
    """The figures of one table of a file; a ledger holds none."""
    if not is_case_table(table):
        yield from _TableSurvey(file, table).figures()


def tables_of(file: SurveyedFile) -> Iterator[Table]:
    """The tables of all sheets of a file that can be seen."""
    for sheet in file.sheets:
        if not sheet.hidden and sheet.name.casefold() != META_SHEET:
            yield from find_tables(sheet, SheetWords(sheet).is_measure)


class _TableSurvey:
    """The reading of one table."""

    def __init__(self, file: SurveyedFile, table: Table) -> None:
        self._file, self._table = file, table
        self._subject: SheetSubject = subject_of(file, table)
        self._rows = [row for row in read_rows(table, NO_NAMES) if row.filled]
        self._columns = named_columns(column for column in table.columns if _holds_figures(table, column))
        self._before = {row.index: self._row_heading(row) for row in self._rows}
        self._times = FigureTimes(self._subject, [column.time for column in self._columns], list(self._before.values()), self._filled())
        self._act = common_act(self._columns)
        self._bodies = _rows_of_bodies(table, [row for row in self._rows if row.name and not is_sum(row.name) and not self._before[row.index].says_figure])

    def figures(self) -> Iterator[SurveyedFigure]:
        """Every figure of the table."""
        across = self._is_across()
        for row in self._rows:
            for column in self._columns:
                if figure := self._across(row, column) if across else self._down(row, column):
                    yield figure

    def _filled(self) -> dict[int, Heading]:
        """The words over columns, and before rows by their negative indexes, that have a figure."""
        spread = self._table.spread
        columns = {
            column.head.index: column.time for column in self._columns if any(is_number(spread.cell(row.index, column.head.index)) for row in self._rows)
        }
        rows = (row for row in self._rows if any(is_number(spread.cell(row.index, column.head.index)) for column in self._columns))
        return columns | {-1 - row.index: self._before[row.index] for row in rows}

    def _is_across(self) -> bool:
        """Whether the measures stand over the columns: the rows are times, bodies, sums, or a single line."""
        named = [column for column in self._columns if column.names and not column.body]
        if not named or len(named) < sum(not column.names for column in self._columns):
            return False
        if Part.NAME in self._table.parts and not all(self._is_line(row) for row in self._rows):
            return False
        lines = sum(self._is_line(row) for row in self._rows)
        return lines * 2 > len(self._rows) or (len(self._rows) == 1 and Part.NAME not in self._table.parts)

    def _is_line(self, row: Row) -> bool:
        """Whether a row is of a time or a body, and no measure."""
        return not row.name or self._before[row.index].says_figure or is_sum(row.name) or row.index in self._bodies

    def _row_heading(self, row: Row) -> Heading:
        """What the words before a row say of the time of its figures."""
        time = row_times(self._table).get(row.index, "")
        name = time if time and time == row.name else of_year(row.name, row_years(self._table).get(row.index, ""))
        named = read_heading(name) if name else _NOTHING
        if time and time != name:
            return read_heading(time)
        return named if named.understood else _NOTHING

    def _down(self, row: Row, column: NamedColumn) -> SurveyedFigure | None:
        """The figure of a measure that its row names, alone or together with its column."""
        if not row.name or row.name == column.head.heading.text:
            return None
        crossing = () if column.body or column.names == self._act or all(map(is_sum, column.names)) else column.names
        path = (*map(label_words, row.groups), label_words(row.name), *map(label_words, crossing))
        beside = crossing or (() if column.body else self._act or sum_in_words(column))  # 增值税 × 入库: the act is no part of the name
        crossed = f"{label_words(row.name)} {CROSS} {label_words(beside[-1])}" if beside else ""
        return self._figure(row, column, path, body=column.body, unit=self._row_unit(row), crossing=crossed)

    def _across(self, row: Row, column: NamedColumn) -> SurveyedFigure | None:
        """The figure of a measure that its column names."""
        if not column.names or column.body:
            return None
        body = row.name if row.index in self._bodies and not is_sum(row.name) else ""
        grouped = f" {CROSS} ".join(map(label_words, column.names[-2:])) if len(column.names) > 1 else ""
        return self._figure(row, column, tuple(map(label_words, column.names)), body=body, unit="", grouped=grouped)

    def _figure(
        self, row: Row, column: NamedColumn, path: tuple[str, ...], *, body: str, unit: str, crossing: str = "", grouped: str = ""
    ) -> SurveyedFigure | None:
        cell = self._table.spread.cell(row.index, column.head.index)
        time = self._times.time(column.time, self._before[row.index])
        unit = unit or self._column_unit(column) or ("%" if _is_percentage(cell) else self._table_unit(path[-1]))
        read = _value(cell, unit)
        if time is None or read is None or self._table.spread.anchor(row.index, column.head.index) != (row.index, column.head.index):
            return None
        value, unit = read
        return SurveyedFigure(
            self._file.name,
            self._file.folders,
            Place(self._table.sheet.name, cell_name(row.index, column.head.index)),
            self._subject.title,
            tuple(dict.fromkeys(word for word in path if word)),
            among(row.name) or any(map(among, (*column.names[-1:], *column.head.levels[-2:-1]))),
            body,
            unit,
            time.column,
            column.head.heading.text,
            time.month,
            self._as_of(row),
            value,
            self._times.monthly,
            self._times.cumulative,
            crossing,
            grouped,
            self._times.over_time and (is_sum(row.name) or self._before[row.index].total),
            self._subject.filled,
            self._times.named,
        )

    def _row_unit(self, row: Row) -> str:
        """The unit in the column of units, in the label or in a group over it."""
        return row.unit or next((unit for group in row.over if (unit := stated_unit(group) or label_unit(group))), "")

    def _column_unit(self, column: NamedColumn) -> str:
        """The unit that the heading of the column names, or of that of the labels."""
        heads = [column.head, *(head for head in self._table.columns if head.heading.part is Part.UNIT)]
        named = (read_heading(words).unit or label_unit(words) for head in heads for words in reversed(head.levels))
        return next((unit for unit in named if unit and SEVERAL not in unit), "") or next(
            (clean(words).strip("()（）") for words in reversed(column.head.levels) if is_unit(clean(words).strip("()（）"))), ""
        )

    def _table_unit(self, name: str) -> str:
        """The unit that stands over the table, 单位：件; a rate among its figures is in none of them."""
        units = [unit for unit in self._subject.units if is_share(unit) == called_rate(name)]
        alone = self._subject.units[:1] if len(self._subject.units) == 1 and is_share(self._subject.units[0]) else ()
        return (units or [*alone])[0] if len(units or alone) == 1 else ""

    def _as_of(self, row: Row) -> date | None:
        text = self._table.part(row.index, Part.AS_OF).text.strip()
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return None


def _holds_figures(table: Table, column: ColumnHead) -> bool:
    """Whether a column holds figures, and is no description of the rows."""
    if column.heading.part is not None or not column.levels or column.doubtful or column.index in table.labels:
        return False
    return column.heading.says_figure or not table.holds_words(column.index)


def _rows_of_bodies(table: Table, rows: Sequence[Row]) -> frozenset[int]:
    """Those of some rows of no sum and no time that stand under a heading such as 学校名称, or most of which are named after bodies."""
    heads = [words for column in table.labels[-1:] for words in table.head(column).levels[-1:]]
    bodies = sum(is_body(row.name) for row in rows) * 2 > len(rows)
    if any(map(heads_kinds, heads)) or Part.NAME in table.parts or not (bodies or any(map(heads_bodies, heads))):
        return frozenset()
    return frozenset(row.index for row in rows)


def _is_percentage(cell: Cell) -> bool:
    """Whether a figure is written or shown with a sign of per cent."""
    return cell.kind in (CellKind.NUMBER, CellKind.TEXT) and cell.text.strip().endswith(("%", "％"))


def _value(cell: Cell, unit: str) -> tuple[Value, str] | None:
    """The value of a cell and its unit; None where nothing stands there, or nothing that is a figure."""
    if cell.kind is CellKind.NUMBER:
        return Value.of(Decimal(cell.text.rstrip("%"))), unit
    if cell.kind is not CellKind.TEXT or not cell.text.strip():
        return None
    try:
        return read_value(cell.text, unit), unit
    except ValueError:
        return None


def surveyed(files: Sequence[SurveyedFile]) -> list[SurveyedFigure]:
    """The figures of all files, in their order."""
    return [figure for file in files for figure in survey_file(file)]
