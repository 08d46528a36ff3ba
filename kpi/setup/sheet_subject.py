"""Whose a table is, of which month and in which unit, by what stands around it: lines, titles, names of sheet, file and folders."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.period import Month
from kpi.setup.surveyed_figure import SurveyedFile, TableTitle
from kpi.workbook.forms.measure_names import label_unit
from kpi.workbook.forms.sheet_statements import Statement, line_statements, title_statements
from kpi.workbook.forms.stated_subject import day_of, stated_month
from kpi.workbook.forms.table_subject import hinted
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.labelled_lines import Label
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.time_cells import sheet_month
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.layout.unit_claims import units_in
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.signs import clean

_MONTHLY = re.compile(r"当月|本月|单月")
_CUMULATIVE = re.compile(r"累计|年初以来|年初至今")
_STOCK = re.compile(r"期末|月末|年末|季末|时点|现有|存量|余额")


@dataclass(frozen=True, slots=True)
class SheetSubject:
    """What is known of a table from around it; None where nothing says so."""

    title: TableTitle
    period: Month | None
    year: int | None
    stated: bool  # the month stands on the sheet, not merely in the name of the file
    named: bool  # the name of the file says the year or the month, and nothing on the sheet does
    running: bool  # the title says 1—11月, 截至 or 累计
    monthly: bool  # the title says 本月 or 当月
    stock: bool  # the title says 期末 or 现有
    filled: date | None  # the day on which it was filled in, as a line says
    units: tuple[str, ...]  # 单位：万元 over the table, as it is written


def subject_of(file: SurveyedFile, table: Table) -> SheetSubject:
    """The subject of one table of a file."""
    lines = line_statements(table)
    titles = list(title_statements(table, sheet_month(table.sheet.name, (sheet.name for sheet in file.sheets))))
    periods = [statement for statement in lines.get(Label.PERIOD, ()) if statement.text]
    own = _own_year(table, [*periods, *titles, *lines.get(Label.AS_OF, ())])
    hint = hinted((file.name, *file.folders))
    year = own or (hint.year if hint else None)
    shown = next((month for statement in [*periods, *titles] if (month := stated_month(statement, year))), None)
    period = shown or _hinted(file, year)
    words = "".join(title.text for title in titles)
    times = [find_months(written_out(statement.text)) for statement in [*periods, *titles][:2]]
    running = any(months.running for months in times) or bool(_CUMULATIVE.search(words))
    office = next((statement.text for statement in lines.get(Label.OFFICE, ()) if statement.text), "") or _office_of_rows(table)
    title = next((statement.text for statement in titles), table.sheet.name)
    return SheetSubject(
        TableTitle(office, title),
        period,
        period.year if period else year,
        shown is not None,
        own is None or (shown is None and period is not None and not any(column.heading.months.last for column in table.columns)),
        running,
        bool(_MONTHLY.search(words)) and not running,
        bool(_STOCK.search(words)),
        next((day for line in lines.get(Label.FILLED, ()) if (day := day_of(line, period.year if period else year or 0))), None),
        _units(lines.get(Label.UNIT, ()), titles),
    )


def _office_of_rows(table: Table) -> str:
    """The office that a column 填报科室 says of each row, where it is the same of all of several."""
    if Part.NAME not in table.parts or Part.OFFICE not in table.parts:
        return ""
    named = [text for row in table.rows() if (text := table.part(row, Part.OFFICE).text.strip())]
    return named[0] if len(named) > 1 and len(set(named)) == 1 else ""


def _own_year(table: Table, statements: Sequence[Statement]) -> int | None:
    """The year that the words around a table or its headings say."""
    stated = (find_months(written_out(statement.text)).year for statement in statements)
    heads = {column.heading.months.year for column in table.columns if column.heading.months.year}
    return next((year for year in stated if year), None) or max(heads, default=None)


def _hinted(file: SurveyedFile, year: int | None) -> Month | None:
    """The month that the name of the file or of a folder says."""
    hint = hinted((file.name, *file.folders))
    own = (hint.year or year) if hint else None
    return Month(own, hint.month) if hint and hint.month and own else None


def _units(lines: Sequence[Statement], titles: Sequence[Statement]) -> tuple[str, ...]:
    """The units that are stated for a whole table; several where a line names several."""
    stated = next((line.text for line in lines if line.text), "")
    named = (label_unit(title.text) for title in titles)
    return units_in(stated) or tuple(unit for unit in named if is_unit(clean(unit)))[:1]
