"""
The copy that is kept of a form (留存副本): an .xlsx file with the cells that were read, each at its place, and a sheet that says so.

It reads the same as the form did.  The same cells always give the same bytes.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.naming import numbered
from kpi.workbook.process.wire import BLANK
from kpi.workbook.report import KeptForm, KeptSheet

NOTE_SHEET = "留存说明"
_NOTE = (
    "这是留存副本，不是上传的原件：只有读取了的单元格，位置与原件相同。",
    "没有读取的工作表、行、列，批注、图片、公式、隐藏的内容和文件属性没有保留；电话、证件号、住址等已遮盖。",
)
_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - a label, the same for every copy
_LONGEST_NAME = 31
_EXCEL_BEGINS = date(1900, 3, 1)  # Excel counts a 29 February 1900


def write_copy(kept: KeptForm) -> bytes:
    """The bytes of the copy of a form of which not everything is kept."""
    import xlsxwriter  # most forms are kept as they came

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _MOMENT})
        formats = _Formats(book)
        names = _names([sheet.name for sheet in kept.sheets])
        for sheet, name in zip(kept.sheets, names, strict=True):
            _write(book.add_worksheet(name), sheet, formats)
        note = book.add_worksheet(_names([*names, NOTE_SHEET])[-1])
        for row, text in enumerate((*_NOTE, *_left_words(kept))):
            note.write_string(row, 0, text)
        if kept.sheets and not kept.sheets[0].hidden:
            book.worksheets()[0].activate()
    return buffer.getvalue()


def _left_words(kept: KeptForm) -> Iterator[str]:
    """What is left out, without the names of the sheets that are: 张三投诉 may be one."""
    own = {sheet.name for sheet in kept.sheets}
    if parts := [left.sheet for left in kept.left if left.sheet in own]:
        yield f"没有全部保留的工作表：{'、'.join(parts)}。"
    if others := [left for left in kept.left if left.sheet not in own]:
        yield f"另有 {len(others)} 张工作表没有保留。"


class _Formats:
    """The number formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, code: str) -> Any:
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _write(sheet: Any, kept: KeptSheet, formats: _Formats) -> None:
    from xlsxwriter.exceptions import XlsxWriterException

    if kept.hidden:
        sheet.hide()
    for top, left, bottom, right in kept.merges:
        if (top, left) in kept.cells and (bottom, right) != (top, left):
            with suppress(XlsxWriterException):  # some programs save areas that overlap
                sheet.merge_range(top, left, bottom, right, "")
    for (row, column), cell in kept.cells.items():
        _put(sheet, row, column, cell, formats)


def _put(sheet: Any, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    """One cell as it was read."""
    match cell.kind:
        case CellKind.NUMBER if cell.text.endswith("%"):
            places = len(cell.text.removesuffix("%").partition(".")[2])
            sheet.write_number(row, column, float(cell.text.removesuffix("%")) / 100, formats[f"0{'.' * bool(places)}{'0' * places}%"])
        case CellKind.NUMBER:
            sheet.write_number(row, column, float(cell.text), formats[_shown(cell.shown)] if cell.shown else None)
        case CellKind.DATE if (day := _day(cell.text)) is not None:
            sheet.write_datetime(row, column, day, formats["yyyy-mm-dd"])
        case CellKind.BOOL:
            sheet.write_boolean(row, column, cell.text == "TRUE")
        case _:
            sheet.write_string(row, column, cell.text, formats[";;;"] if cell.shown == BLANK else None)


def _shown(text: str) -> str:
    """The format under which a number shows as a text."""
    if text == BLANK:
        return ";;;"
    return '"{}"'.format(text.replace('"', ""))


def _day(text: str) -> date | None:
    """The day of a cell; None where Excel could not hold it, or where it is a moment."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _EXCEL_BEGINS else None


def _names(names: Iterable[str]) -> list[str]:
    """Names of sheets as Excel takes them, each once."""
    plain = ("".join(" " if sign in "[]:*?/\\" else sign for sign in name).strip("' ") or "表" for name in names)
    return numbered(plain, _LONGEST_NAME)
