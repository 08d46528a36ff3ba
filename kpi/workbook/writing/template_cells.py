"""Which cell of a fill-in sheet takes what (填报表的格): by the name of the cell the measure and the column, and the other way round."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from kpi.catalog.measure import Measure
from kpi.place import cell_name
from kpi.workbook.writing.template import AS_OF_PLACE, FIGURE_PLACES, FIRST_ROW, REMARK_PLACE, SHEET_DAY


class FormColumn(StrEnum):
    """A column of the sheet that somebody types into; the first three are those of `kpi.workbook.report.Column`."""

    MONTH = "month"
    YTD = "ytd"
    PRIOR = "prior"
    AS_OF = "as_of"
    REMARK = "remark"

    @property
    def chinese(self) -> str:
        """The header in the sheet."""
        return {"month": "本月数", "ytd": "本年累计", "prior": "上年同期累计", "as_of": "数据截止日", "remark": "备注"}[self.value]


FormCell = tuple[str, FormColumn]  # the code of a measure, and a column
WHOLE_SHEET: FormCell = ("", FormColumn.AS_OF)  # the day to which the whole sheet runs
FIGURES = (FormColumn.MONTH, FormColumn.YTD, FormColumn.PRIOR)
_PLACES = {FormColumn(column.value): place for column, place in FIGURE_PLACES.items()} | {FormColumn.AS_OF: AS_OF_PLACE, FormColumn.REMARK: REMARK_PLACE}


def template_cells(measures: Sequence[Measure]) -> Mapping[str, FormCell]:
    """By name (``F5``) what each cell takes in the sheet of an office with these measures."""
    rows = enumerate(measures, start=FIRST_ROW)
    cells = {cell_name(row, place): (measure.code, column) for row, measure in rows for column, place in _PLACES.items()}
    return cells | {cell_name(*SHEET_DAY): WHOLE_SHEET}


def takes(measure: Measure, column: FormColumn) -> bool:
    """Whether a cell is there to be filled."""
    return column is not FormColumn.MONTH or measure.of_months


def cell_key(cell: FormCell) -> str:
    """A cell as addresses and requests name it: ``coal_samples_passed ytd``."""
    code, column = cell
    return f"{code} {column.value}"
