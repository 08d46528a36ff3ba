"""
Write the fill-in sheet (填报表) of an office for a month.

A statistician may type only into the yellow cells; everything else is locked, without a password, because the lock
guards against slips and not against people.  Rules of entry warn and never forbid: ``3000余`` and ``*`` are honest
answers.  The same catalogue, office and month always give the same bytes.
"""

import io
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.catalog.organisation import absence
from kpi.errors import RequestError
from kpi.period import Month
from kpi.place import cell_name
from kpi.workbook.layout.table_finder import META_SHEET
from kpi.workbook.report import Column
from kpi.workbook.writing.guide import GUIDE_SHEET, how_to_count, write_guide
from kpi.workbook.writing.styles import BLUE, FRAME, GREY, YELLOW, Styles, lines

TEMPLATE_VERSION = "1"
HEADERS = ("序号", "分组", "数据项", "计量单位", "本月数", "本年累计", "上年同期累计", "数据截止日", "备注", "代码")
_WIDTHS = (5, 15, 36, 10, 13, 13, 13, 13, 26, 12)
BESIDE_HEADER = "说明"  # of a column that nobody fills in: what was reported before; no reader takes it for a figure
_BESIDE_WIDTH = 40
_NAME, _CODE, _BESIDE = 2, 9, 10
_HEADER_ROW = 3
FIRST_ROW = _HEADER_ROW + 1  # of the measures; rows and columns are counted from 0
FIGURE_PLACES = {Column.MONTH: 4, Column.YTD: 5, Column.PRIOR: 6}
AS_OF_PLACE, REMARK_PLACE = 7, 8
SHEET_DAY = (2, _NAME)  # the cell of the day to which the whole sheet runs
_LINE = 18  # points for one line of text
_OPENINGS = "0123456789约近超逾至不≥≤<>未在待保*/-—"  # what an honest answer in words begins with


@dataclass(frozen=True, slots=True)
class Filling:
    """What to write into the yellow cells, by measure code."""

    values: Mapping[tuple[str, Column], Decimal | str] = field(default_factory=dict)
    as_of: Mapping[str, date | str] = field(default_factory=dict)  # a text where it is no day
    remarks: Mapping[str, str] = field(default_factory=dict)
    sheet_as_of: date | str | None = None
    reporter: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)  # what is printed behind a row, for who fills it in: 上月累计 1,203


def write_template(catalog: Catalog, office: str, period: Month, filled: Filling | None = None, org: str | None = None) -> bytes:
    """
    The fill-in workbook of an office for a month.

    Args:
        catalog: Says what the office owes.
        office: Its code.
        period: The month reported on.
        filled: Cell contents to write in, for a sheet that is already filled.
        org: The organisation whose office it is; where there is a tree and none is given, the sheet names none.

    Returns:
        The bytes of an .xlsx file with the sheet to fill, 填表说明 and a hidden ``_meta`` sheet.

    Raises:
        RequestError: No such office, or none in that month.

    """
    if office not in catalog.offices:
        raise RequestError(f"没有代码为「{office}」的科室；请从指标目录中选一个科室。")
    own = catalog.offices[office]
    if why := absence(own, catalog.offices.get(own.successor), period):
        raise RequestError(f"{why}，{period.chinese}没有它的报表；请另选月份或科室。")
    import xlsxwriter  # of those who only read a form nobody needs it

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        fill_template(book, catalog, office, period, filled, org)
    return buffer.getvalue()


def fill_template(book: Any, catalog: Catalog, office: str, period: Month, filled: Filling | None = None, org: str | None = None) -> None:
    """Write the sheets of the same workbook into an empty XlsxWriter book; the office is one of the catalogue."""
    _Writer(book, catalog, catalog.offices[office], period, filled or Filling(), org).write()


class _Writer:
    """One workbook in the making."""

    def __init__(self, book: Any, catalog: Catalog, office: Office, period: Month, filled: Filling, org: str | None) -> None:
        self._book = book
        self._style = Styles(book)
        self._catalog = catalog
        self._office = office
        self._period = period
        self._filled = filled
        self._org = org if catalog.branched else None
        self._measures = catalog.office_measures(office.code, period)

    def write(self) -> None:
        moment = datetime(self._period.year, self._period.month, 1)  # noqa: DTZ001 - a label, the same for every run
        self._book.set_properties({"title": self._office.template, "subject": self._period.chinese, "author": self._bureau, "created": moment})
        self._form(self._book.add_worksheet(sheet_name(self._office.template)))
        write_guide(self._book.add_worksheet(GUIDE_SHEET), self._style, self._measures)
        self._meta(self._book.add_worksheet(META_SHEET))

    @property
    def _bureau(self) -> str:
        """Whose name stands over the sheet."""
        return self._catalog.orgs[self._org].name if self._org else self._catalog.bureau

    def _form(self, sheet: Any) -> None:
        """The sheet to fill in."""
        self._head(sheet)
        row = _HEADER_ROW + 1
        number = itertools.count(1)
        for topic, group in itertools.groupby(self._measures, key=lambda measure: measure.topic):
            first = row
            for measure in group:
                self._row(sheet, row, next(number), measure)
                row += 1
            framed = self._style(**FRAME, text_wrap=True, align="center", bold=True)
            if row - first > 1:
                sheet.merge_range(first, 1, row - 1, 1, topic, framed)
            else:
                sheet.write_string(first, 1, topic, framed)
        self._layout(sheet, row - 1)

    def _head(self, sheet: Any) -> None:
        """Title, who and when, column headers."""
        sheet.merge_range(0, 0, 0, REMARK_PLACE, f"{self._bureau}{self._office.template}", self._style(bold=True, font_size=16, align="center"))
        sheet.set_row(0, 34)
        label, plain = self._style(bold=True), self._style()
        entry = {**FRAME, "bg_color": YELLOW, "locked": False, "align": "left"}
        sheet.write_string(1, 0, "填报单位：", label)
        sheet.write_string(1, _NAME, self._catalog.called(self._office.code, self._org), plain)
        sheet.write_string(1, 4, "期间：", label)
        sheet.write_string(1, 5, f"{self._period.year}年{self._period.month}月", plain)
        sheet.write_string(2, 0, "数据截止日：", label)
        day = self._style(num_format="yyyy-mm-dd", **entry)
        _write_day(sheet, *SHEET_DAY, self._filled.sheet_as_of, day)
        self._date_rule(sheet, *SHEET_DAY, *SHEET_DAY, f"全表数据截止到哪一天；留空按 {self._period.last_day} 计")
        sheet.write_string(2, 4, "填报人：", label)
        sheet.merge_range(2, 5, 2, 6, self._filled.reporter, self._style(**entry))
        for row in (1, 2):
            sheet.set_row(row, 22)
        head = self._style(bold=True, align="center", **FRAME, bg_color=BLUE, text_wrap=True)
        for column, text in enumerate((*HEADERS, BESIDE_HEADER) if self._filled.beside else HEADERS):
            sheet.write_string(_HEADER_ROW, column, text, head)
        sheet.set_row(_HEADER_ROW, 26)

    def _row(self, sheet: Any, row: int, number: int, measure: Measure) -> None:
        """One measure: its label locked, its figures open."""
        middle = self._style(align="center", **FRAME)
        remark = self._filled.remarks.get(measure.code, "")
        beside = self._filled.beside.get(measure.code, "")
        height = max(lines(measure.name, _WIDTHS[_NAME]), lines(remark, _WIDTHS[REMARK_PLACE]), lines(beside, _BESIDE_WIDTH))
        sheet.set_row(row, _LINE * height + 4)
        sheet.write_number(row, 0, number, middle)
        sheet.write_string(row, _NAME, measure.name, self._style(text_wrap=True, indent=1, **FRAME))
        sheet.write_string(row, 3, measure.unit, middle)
        digits = "#,##0" + ("." + "0" * measure.decimals if measure.decimals else "")
        entry = self._style(num_format=digits, align="right", locked=False, bg_color=YELLOW, **FRAME)
        closed = self._style(num_format=digits, align="right", bg_color=GREY, **FRAME)
        for column, index in FIGURE_PLACES.items():
            style = entry if measure.of_months or column is not Column.MONTH else closed
            match self._filled.values.get((measure.code, column)):
                case None:
                    sheet.write_blank(row, index, None, style)
                case str(text):
                    sheet.write_string(row, index, text, style)
                case amount:
                    sheet.write_number(row, index, amount, style)
        day = self._style(num_format="yyyy-mm-dd", align="center", locked=False, bg_color=YELLOW, **FRAME)
        _write_day(sheet, row, AS_OF_PLACE, self._filled.as_of.get(measure.code), day)
        sheet.write_string(row, REMARK_PLACE, remark, self._style(text_wrap=True, indent=1, locked=False, bg_color=YELLOW, **FRAME))
        sheet.write_string(row, _CODE, measure.code)
        if beside:
            sheet.write_string(row, _BESIDE, beside, self._style(text_wrap=True, indent=1, **FRAME))
        self._number_rule(sheet, row, measure)

    def _number_rule(self, sheet: Any, row: int, measure: Measure) -> None:
        """Warn at what is neither a sensible number nor one of the words; the prompt says how to count."""
        first = Column.MONTH if measure.kind is MeasureKind.FLOW else Column.YTD
        cell = cell_name(row, FIGURE_PLACES[first])
        sense = f"{cell}=INT({cell})" if measure.decimals == 0 else "TRUE"
        if not measure.signed:
            sense = f"AND({cell}>=0,{sense})"
        prompt = f"单位：{measure.unit}。{how_to_count(measure)}"
        rule = {
            "validate": "custom",
            "value": f'=IF(ISNUMBER({cell}),{sense},ISNUMBER(FIND(LEFT({cell},1),"{_OPENINGS}")))',
            "input_title": measure.name[:32],
            "input_message": prompt[:255],
            "error_type": "warning",
            "error_title": "请核对填写内容",
            "error_message": "这里应填" + ("整数" if measure.decimals == 0 else "数字") + "，没有数字时填 未报、*、在检、未开展 或 不适用，约数可填 3000余。",
        }
        sheet.data_validation(row, FIGURE_PLACES[first], row, FIGURE_PLACES[Column.PRIOR], rule)

    def _date_rule(self, sheet: Any, first_row: int, first_column: int, last_row: int, last_column: int, prompt: str) -> None:
        begins = self._catalog.year.opening(self._period).first_day
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": begins,
            "maximum": self._period.last_day,
            "input_title": "数据截止日",
            "input_message": prompt,
            "error_type": "warning",
            "error_title": "请核对日期",
            "error_message": f"数据截止日应在 {begins} 至 {self._period.last_day} 之间，写成 {self._period.last_day} 的样式。",
        }
        sheet.data_validation(first_row, first_column, last_row, last_column, rule)

    def _layout(self, sheet: Any, last_row: int) -> None:
        """Widths, panes, print setup and the lock."""
        if self._measures:
            self._date_rule(sheet, _HEADER_ROW + 1, AS_OF_PLACE, last_row, AS_OF_PLACE, "与全表截止日不同时才填")
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": column == _CODE})
        if self._filled.beside:
            sheet.set_column(_BESIDE, _BESIDE, _BESIDE_WIDTH)
        sheet.freeze_panes(_HEADER_ROW + 1, _NAME + 1)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER_ROW)
        sheet.print_area(0, 0, last_row, _BESIDE if self._filled.beside else REMARK_PLACE)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.protect("", {"format_columns": True, "format_rows": True})
        if self._measures:
            sheet.set_selection(_HEADER_ROW + 1, FIGURE_PLACES[Column.YTD], _HEADER_ROW + 1, FIGURE_PLACES[Column.YTD])

    def _meta(self, sheet: Any) -> None:
        """What the sheet is, for the reader: it survives re-saving as .xlsx, .xls and .ods."""
        facts = {
            "office": self._office.code,
            "period": str(self._period),
            "template": f"monthly/{self._office.code}",
            "version": TEMPLATE_VERSION,
            "digest": self._catalog.digest,
        } | ({"org": self._org} if self._org else {})
        for row, (key, text) in enumerate(facts.items()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, text)
        sheet.very_hidden()


def _write_day(sheet: Any, row: int, column: int, day: date | str | None, style: Any) -> None:
    """A day, or what somebody wrote in its place, or an empty cell."""
    match day:
        case None | "":
            sheet.write_blank(row, column, None, style)
        case str(text):
            sheet.write_string(row, column, text, style)
        case _:
            sheet.write_datetime(row, column, day, style)


def sheet_name(title: str) -> str:
    """A title as Excel lets a sheet be called: at most 31 characters, no brackets or path signs."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:31].strip() or "月报表"
