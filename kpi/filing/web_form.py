"""
A form that is filled in on a page (网页填报) instead of a file: what was typed into its cells, and the workbook that says the same.

The workbook is the office's own fill-in sheet with the typed texts in its cells.  It goes the way of every file: what is
read, checked, kept and shown as the origin of a figure is that workbook, and the cells are those of the form.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.catalog.model import Catalog
from kpi.errors import RequestError
from kpi.filing.prepared import Upload
from kpi.period import Month
from kpi.value import Qualifier, State, Value
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template
from kpi.workbook.writing.template_cells import FIGURES, WHOLE_SHEET, FormCell, FormColumn, takes

NAME = "网页填报"
LONGEST = dict.fromkeys(FormColumn, 60) | {FormColumn.REMARK: 500}  # signs of a text
WORDS = ("未开展", "不适用", "在检", "在办", "*", "未报")  # what is typed where there is no number
_DIGITS = 15  # that Excel keeps of a number
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_EXCEL_BEGINS = date(1900, 3, 1)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_HALF_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("，"): ",", ord("．"): ".", ord("－"): "-"}
_STATED = {
    State.UNREPORTED: "",
    State.WITHHELD: "*",
    State.PENDING: "在检",
    State.NOT_STARTED: "未开展",
    State.NOT_APPLICABLE: "不适用",
}
_MEANT = {Qualifier.EXACT: "", Qualifier.ABOUT: "约", Qualifier.AT_LEAST: "≥", Qualifier.AT_MOST: "≤", Qualifier.MIXED: "约"}


@dataclass(frozen=True, slots=True)
class WebForm:
    """What was typed into the sheet of an office for a month; cells without a text are absent."""

    org: str | None  # None where there is but one organisation
    office: str
    period: Month
    cells: Mapping[FormCell, str] = field(default_factory=dict)
    gone: int = 0  # cells of a draft that the sheet has no longer, since the catalogue was changed

    @property
    def blank(self) -> bool:
        """Whether nothing is typed."""
        return not any(self.cells.values())


def cells_of(catalog: Catalog, office: str, period: Month) -> frozenset[FormCell]:
    """The cells that the sheet of an office has in a month."""
    measures = catalog.office_measures(office, period) if office in catalog.offices else ()
    return frozenset([WHOLE_SHEET, *((measure.code, column) for measure in measures for column in FormColumn if takes(measure, column))])


def web_form(catalog: Catalog, org: str, office: str, period: Month, cells: Mapping[FormCell, str]) -> WebForm:
    """
    A form of texts as they were typed, blank ones left out.

    Raises:
        RequestError: No such office, a cell is none of its sheet, or a text is too long or cannot be written.

    """
    if office not in catalog.offices:
        raise RequestError(f"没有代码为「{office[:20]}」的科室；请刷新页面。")
    measures = {measure.code: measure for measure in catalog.office_measures(office, period)}
    there = cells_of(catalog, office, period)
    kept: dict[FormCell, str] = {}
    for (code, column), typed in cells.items():
        text = " ".join(typed.split())
        if not text:
            continue
        measure = measures.get(code)
        if (code, column) not in there:
            raise RequestError("这张表的数据项和打开时不一样了，没有保存；请刷新页面后再填。")
        name = measure.name if measure else "全表"
        if len(text) > LONGEST[column]:
            raise RequestError(f"「{name}」的{column.chinese}超过 {LONGEST[column]} 个字，没有保存；请写短一些。")
        if not text.isprintable():
            raise RequestError(f"「{name}」的{column.chinese}里有不能保存的字符；请重新填写这一格。")
        kept[code, column] = text
    return WebForm(org if catalog.branched else None, office, period, kept)


def workbook_of(catalog: Catalog, form: WebForm) -> bytes:
    """The fill-in sheet with the texts of a form in its cells: the same form always gives the same bytes."""
    figures = {(code, Column(column.value)): written(text) for (code, column), text in form.cells.items() if column in FIGURES}
    days = {code: _day(text) for (code, column), text in form.cells.items() if column is FormColumn.AS_OF and code}
    remarks = {code: text for (code, column), text in form.cells.items() if column is FormColumn.REMARK}
    sheet_day = form.cells.get(WHOLE_SHEET)
    filling = Filling(figures, days, remarks, _day(sheet_day) if sheet_day else None)
    return write_template(catalog, form.office, form.period, filling, form.org)


def upload_of(catalog: Catalog, form: WebForm, name: str = NAME) -> Upload:
    """The form as a file that is sent; its name says that it was filled in on a page."""
    file = f"{name}_{form.period}_{catalog.offices[form.office].template}.xlsx"
    return Upload(file, workbook_of(catalog, form), office=form.office, period=form.period, org=form.org)


def text_of(value: Value) -> str:
    """What is typed to state a figure: ``97.80``, ``≥3000``, 未开展; nothing where it was not reported."""
    if value.number is None:
        return _STATED[value.state]
    return f"{_MEANT[value.qualifier]}{value.number:.{max(value.decimals, 0)}f}"


def written(text: str) -> Decimal | str:
    """A text as the cell holds it: a plain number of digits that Excel keeps as a number, all else as it stands."""
    plain = text.translate(_HALF_WIDTH).replace(" ", "") if re.match(r"[\d０-９+－-]", text) else text
    if not _PLAIN.fullmatch(plain):
        return text
    number = Decimal(plain.replace(",", ""))
    return number if len(number.as_tuple().digits) <= _DIGITS else text


def _day(text: str) -> date | str:
    """A day as the cell holds it, or the text that is none."""
    parts = _DAY.fullmatch(text)
    try:
        day = date(*map(int, parts.groups())) if parts else date.min
    except ValueError:
        return text
    return day if day >= _EXCEL_BEGINS else text
