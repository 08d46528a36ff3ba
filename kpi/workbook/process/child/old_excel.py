"""
Old Excel workbooks (.xls, and .et, which is one): BIFF records, in an OLE container or by themselves.

Read by xlrd, which knows merged ranges, number formats, hidden rows and code pages.  One thing it does not tell is which
cells are formulas: LibreOffice and others save a formula whose result is a text with the number 0, so that a 0 in a
formula may be none.  That stands in the FORMULA records, which are looked through here.
"""

import contextlib
import io
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import olefile
import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.formatting import std_format_strings

from kpi.errors import WorkbookError
from kpi.workbook.process.child.number_format import in_format, is_telling, text_in_format
from kpi.workbook.process.child.raw_sheet import MAX_CELLS, MAX_MERGES, TOO_WIDE, RawSheet, Values, Written, WrongPasswordError, as_written
from kpi.workbook.process.sniffing import AS_XLSX, COMPOUND, MAX_SHEETS, SLIDES, TOO_MANY_SHEETS, WORD
from kpi.workbook.process.wire import ZERO
from kpi.workbook.signs import in_runs, struck

_RECORD = _PLACE = struct.Struct("<HH")
_BEGIN, _END = (0x0809, 0x0409, 0x0209, 0x0009), 0x000A
_FORMULAS = (0x0006, 0x0206, 0x0406)
_OLDEST = 30  # before it a cell has three bytes of look instead of two
_ZERO = (b"\0" * 8, b"\0" * 7 + b"\x80")
_FIRST_UNICODE = 80
_CHINESE = "gb18030"
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOL, _ERROR, _BLANK = range(7)
_VALUED, _NOTHING = (_DATE, _BOOL, _ERROR), (_EMPTY, _BLANK)
_POSITIONS = {1: "superscript", 2: "subscript"}
_DAY_ONE = 1.0
_MIDNIGHT = datetime(1900, 1, 1)  # noqa: DTZ001 - of any day


def read_compound(data: bytes) -> list[RawSheet]:
    """
    The worksheets of an old workbook.

    Raises:
        WorkbookError: It is another kind of document, cannot be read, or has too many sheets or cells.
        WrongPasswordError: It opens with a password.

    """
    macros = "_VBA_PROJECT".encode("utf-16-le") in data
    stream = records(data)
    with contextlib.redirect_stdout(io.StringIO()):  # what the reader prints would end up among the answers
        try:
            book = _open(stream)
            if book.nsheets > MAX_SHEETS:
                raise WorkbookError(TOO_MANY_SHEETS)
            return [_sheet(book, number, stream, macros=macros) for number in range(book.nsheets)]
        except (UnicodeDecodeError, LookupError):
            raise WorkbookError(f"这个 .xls 里文字的编码认不出来；{AS_XLSX}") from None
        except (AssertionError, ArithmeticError, AttributeError, TypeError, ValueError, struct.error, xlrd.XLRDError):
            raise WorkbookError(f"这个 .xls 的内容不完整或不合规范，读不出来；{AS_XLSX}") from None


def records(data: bytes) -> bytes:
    """
    The stream of records of an old workbook, which may stand in a container or by itself.

    A Word file with a workbook inside it also holds the name of that stream, but not at the top of the container.

    Raises:
        WorkbookError: There is none at the top.

    """
    if not data.startswith(COMPOUND):
        return data
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            top = {path[0].lower(): path for path in container.listdir() if len(path) == 1}
            path = top.get("workbook") or top.get("book")
            if path is not None:
                stream: bytes = container.openstream(path).read()
                return stream
    except (OSError, ArithmeticError, LookupError, ValueError, struct.error):
        raise WorkbookError(f"这个 .xls 的内容不完整或不合规范，读不出来；{AS_XLSX}") from None
    raise WorkbookError(WORD if "worddocument" in top else SLIDES if "powerpoint document" in top else f"这不是 Excel 工作簿；{AS_XLSX}")


def _pass_over(*_: object) -> None:
    """Names, notes and drawings: no cell needs them, and some programs write them in a way that the reader refuses."""


for _owner, _records in ((xlrd.book.Book, ("handle_name", "names_epilogue")), (xlrd.sheet.Sheet, ("handle_note", "handle_obj", "handle_txo", "handle_hlink"))):
    for _method in _records:
        setattr(_owner, _method, _pass_over)  # the reader offers no other way


def _open(stream: bytes) -> Any:
    """The workbook, its sheets yet to be read."""

    def opened(encoding: str | None) -> Any:
        return xlrd.open_workbook(
            file_contents=stream, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True, encoding_override=encoding
        )

    try:
        book = opened(None)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise WrongPasswordError from None
        raise
    nameless = book.biff_version < _FIRST_UNICODE and book.codepage is None
    return opened(_CHINESE) if nameless else book  # a program that does not name its code page uses that of its own country


def _sheet(book: Any, number: int, stream: bytes, *, macros: bool) -> RawSheet:
    sheet = book.sheet_by_index(number)
    if sum(map(sheet.row_len, range(sheet.nrows))) > MAX_CELLS:
        raise WorkbookError(TOO_WIDE)
    raw = RawSheet(sheet.name, sheet.visibility != 0, macros=macros)
    raw.merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells[:MAX_MERGES]]
    raw.hidden_rows = sorted(row for row, about in sheet.rowinfo_map.items() if about.hidden and row < sheet.nrows)
    raw.hidden_columns = sorted(column for column, about in sheet.colinfo_map.items() if about.hidden and column < max(sheet.ncols, 1))
    zeros = zero_formulas(stream, book._sh_abs_posn[number], 7 if book.biff_version < _OLDEST else 6)
    raw.values = Values(_Rows(book, sheet, zeros).lists, 0, {})
    return raw


def zero_formulas(stream: bytes, at: int, before: int) -> frozenset[tuple[int, int]]:
    """
    The formulas of a sheet whose saved result is the number 0.

    Args:
        stream: The records of the workbook.
        at: Where those of the sheet begin.
        before: How many bytes of a FORMULA record stand before the result.

    Returns:
        Row and column of each.

    """
    zeros = set()
    depth = 0
    last = len(stream) - _RECORD.size
    while at <= last:
        code, length = _RECORD.unpack_from(stream, at)
        body = at + _RECORD.size
        at = body + length
        if code in _BEGIN:
            depth += 1
        elif code == _END:
            depth -= 1
            if depth <= 0:
                break
        elif code in _FORMULAS and depth == 1 and stream[body + before : body + before + 8] in _ZERO:  # deeper are charts
            zeros.add(_PLACE.unpack_from(stream, body))
    return frozenset(zeros)


_CURRENCIES = {key: code for key, code in std_format_strings.items() if "$" in code}  # xlrd's own for what each country shows in its currency


class _Rows:
    """The rows of one sheet, as often as they are asked for."""

    def __init__(self, book: Any, sheet: Any, zeros: frozenset[tuple[int, int]]) -> None:
        self._book, self._sheet, self._zeros = book, sheet, zeros
        codes = {key: shown.format_str or "" for key, shown in book.format_map.items() if shown.format_str != _CURRENCIES.get(key)}
        telling = {key: code for key, code in codes.items() if is_telling(code)}
        self._formats = {index: telling[form.format_key] for index, form in enumerate(book.xf_list) if form.format_key in telling}
        self._struck = frozenset(index for index, form in enumerate(book.xf_list) if self._font(form.font_index).struck_out)
        apart = any(font.escapement or font.struck_out for font in book.font_list)
        self._rich = sheet.rich_text_runlist_map if apart else {}
        self._special = {row for row, _ in (*zeros, *self._rich)}

    def lists(self) -> Iterator[list[Any]]:
        """Each row from the first column on."""
        sheet, looks = self._sheet, self._formats or self._struck
        for row in range(sheet.nrows):
            values = sheet.row_values(row)
            special = row in self._special
            for column, kind in enumerate(sheet.row_types(row)):
                if kind in _VALUED:
                    values[column] = self._value(kind, values[column])
                if special and (row, column) in self._zeros:
                    values[column] = Written(ZERO)
                elif special and (row, column) in self._rich:
                    style = sheet.cell_xf_index(row, column)
                    values[column] = self._formatted(self._runs(values[column], self._rich[row, column], style), style)
                elif looks and kind not in _NOTHING:
                    values[column] = self._looking(values[column], sheet.cell_xf_index(row, column))
            yield values

    def _value(self, kind: int, value: Any) -> Any:
        if kind == _BOOL:
            return bool(value)
        if kind == _ERROR:
            return Written("e" + error_text_from_code.get(value, "#N/A"))
        return _moment(value, self._book.datemode)

    def _looking(self, value: Any, style: int) -> Any:
        """A value as its style shows it."""
        if style in self._struck and (written := as_written(value)):
            return Written("s" + struck(written[1:]))
        return self._formatted(value, style)

    def _formatted(self, value: Any, style: int) -> Any:
        """A number or a text as the number format of its style shows it."""
        code = self._formats.get(style, "")
        if not code or isinstance(value, bool) or not isinstance(value, float | str):
            return value
        written = as_written(value)
        match written[:1]:
            case "n":
                return Written(in_format(written[1:], code))
            case "s":
                return Written(text_in_format(written[1:], code))
        return value

    def _runs(self, text: str, runs: Sequence[tuple[int, int]], style: int) -> str:
        """A text of several fonts; each run is the sign it begins with and its font, and where all are raised alike none is."""
        begins = [0, *(begin for begin, _ in runs), len(text)]
        fonts = [self._font(index) for index in (self._book.xf_list[style].font_index, *(index for _, index in runs))]
        pieces = ((text[begin:end], font) for begin, end, font in zip(begins, begins[1:], fonts, strict=False))
        return in_runs((piece, _POSITIONS.get(font.escapement, ""), bool(font.struck_out)) for piece, font in pieces)

    def _font(self, index: int) -> Any:
        fonts = self._book.font_list
        return fonts[index] if index < len(fonts) else fonts[0] if fonts else xlrd.formatting.Font()


def _moment(value: float, epoch: int) -> datetime | time | float:
    """The day a number stands for, the time of a part of a day; the number itself where there is no such day."""
    try:
        if value < _DAY_ONE:
            return (_MIDNIGHT + timedelta(days=value)).time().replace(microsecond=0)
        moment: datetime = xlrd.xldate.xldate_as_datetime(value, epoch)
    except (OverflowError, ValueError):
        return value
    return moment
