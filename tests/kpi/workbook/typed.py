"""Sheets typed row by row, numbers as numbers, and what is read of them."""

from collections.abc import Sequence
from datetime import date

from kpi.catalog import load
from kpi.period import Month
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.report import Report

CATALOG = load.load(load.DEFAULT)
_NO_ANSWERS = AnswerMapping()
Row = Sequence[str | int | float | date | None]


def sheet(rows: Sequence[Row], name: str = "Sheet1") -> Sheet:
    """A sheet with these rows; None is an empty cell."""
    return Sheet(name, {at: {column: _cell(value) for column, value in enumerate(row) if value is not None} for at, row in enumerate(rows)})


def read(
    *sheets: Sequence[Row] | Sheet,
    period: Month | None = None,
    office: str = "food_coordination",
    hints: tuple[str, ...] = (),
    mapping: AnswerMapping = _NO_ANSWERS,
) -> Report:
    """The only report of a workbook with these sheets, given as rows or made by `sheet`."""
    made = [rows if isinstance(rows, Sheet) else sheet(rows) for rows in sheets]
    [report] = read_reports(made, CATALOG, office=office, period=period, hints=hints, mapping=mapping)
    return report


def _cell(value: str | int | float | date) -> Cell:
    if isinstance(value, date):
        return Cell(CellKind.DATE, value.isoformat())
    return Cell(CellKind.TEXT if isinstance(value, str) else CellKind.NUMBER, str(value))
