"""
One column of a ledger over all sheets of its file: its cells understood as days, categories, amounts or texts.

The meaning of a cell is worked out once for each different word of the column and then looked up for all rows at once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from kpi.catalog.ledger import LedgerColumn, Role
from kpi.errors import WorkbookError
from kpi.place import Place, cell_name
from kpi.value import UNREPORTED, Qualifier, State, Value
from kpi.workbook.currency import foreign_currency
from kpi.workbook.dates import read_date
from kpi.workbook.forms.number_shown import read_shown
from kpi.workbook.grid import CellKind
from kpi.workbook.ledgers.ledger_sheet import LedgerSheet
from kpi.workbook.naming import name_key
from kpi.workbook.number import read_value, whole_number
from kpi.workbook.personal.masking import ROUNDED
from kpi.workbook.process.wire import SHOWN
from kpi.workbook.signs import clean
from kpi.workbook.units import is_money, power_between, power_of

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_DAY = np.iinfo(np.int64).min  # of a date: nothing, or nothing that can be used
BLANK, UNKNOWN = -1, -2
_TIME = re.compile(r"[ T]+\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}(?:\.\d+)?秒?)?$")
_SERIAL = range(36_526, 73_051)  # 2000-01-01 to 2099-12-31 as Excel counts days
_EXCEL_ZERO = date(1899, 12, 30)
_EPOCH = date(1970, 1, 1)
_SIZES = frozenset("十百千万亿")
_NOTHING = ("", "-", "—", "/", "无", "空", "暂无", "未", "未办结", "在办", "办理中")


@dataclass(frozen=True)
class Cells:
    """
    One column over all sheets of the file.

    ``codes`` says for each row which of the ``words`` stands there.  Dates are days since 1970, categories the number
    of their value.  ``bad`` are the rows whose cell holds something else.
    """

    column: LedgerColumn
    codes: Ints
    words: tuple[str, ...]  # by code; the first is the empty one
    bad: Flags
    numbers: tuple[Decimal | None, ...] = ()  # by code, of a number
    inexact: frozenset[int] = frozenset()  # the codes of numbers that are written as about, at least or at most so much

    @property
    def filled(self) -> Flags:
        """The rows that say something that can be used."""
        least = {Role.DATE: NO_DAY + 1, Role.CATEGORY: 0}.get(self.column.role, 1)
        flags: Flags = self.codes >= least
        return flags

    def values(self, positions: Sequence[int]) -> list[str | date | Decimal | None]:
        """What some of the rows say; None where they say nothing that can be used."""
        codes = self.codes[positions].tolist() if len(positions) else []
        match self.column.role:
            case Role.DATE:
                known: dict[int, date | None] = {code: None if code == NO_DAY else day_of(code) for code in set(codes)}
                return [known[code] for code in codes]
            case Role.CATEGORY:
                return [self.words[code] if code >= 0 else None for code in codes]
            case Role.NUMBER:
                return [self.numbers[code] for code in codes]
            case _:
                return [self.words[code] or None for code in codes]

    def texts(self) -> list[str]:
        """What each row says in a column of days, categories, codes or texts."""
        if self.column.role is Role.DATE:
            known = {ordinal: "" if ordinal == NO_DAY else day_of(ordinal).isoformat() for ordinal in np.unique(self.codes).tolist()}
            return [known[ordinal] for ordinal in self.codes.tolist()]
        if self.column.role is Role.CATEGORY:
            return [self.words[code] if code >= 0 else "" for code in self.codes.tolist()]
        return [self.words[code] for code in self.codes.tolist()]


def day_of(ordinal: int) -> date:
    """The date that so many days after 1970 is."""
    return _EPOCH + timedelta(days=ordinal)


def ordinal_of(day: date) -> int:
    """How many days after 1970 a date is."""
    return (day - _EPOCH).days


def read_column(sheets: Sequence[LedgerSheet], column: LedgerColumn) -> Cells:
    """One column of all sheets, its words understood once each; empty on a sheet without it, though one sheet at least has it."""
    together: dict[tuple[CellKind, str], int] = {}
    parts = []
    for sheet in sheets:
        field = sheet.fields.get(column.name)
        if field is None:
            parts.append(np.zeros(len(sheet.rows), dtype=np.int64))
            continue
        renamed = np.fromiter((0, *(together.setdefault(word, len(together) + 1) for word in field.words)), np.int64, len(field.words) + 1)
        parts.append(renamed[np.frombuffer(field.codes, dtype=np.uint32)])
    codes = np.concatenate(parts)
    having = [sheet for sheet in sheets if column.name in sheet.fields]
    units = [sheet.fields[column.name].unit for sheet in having]
    for sheet in having:
        _check_unit(sheet, column)
    return _UNDERSTOOD[column.role](column, codes, list(together), _year(sheets), units)


def _year(sheets: Sequence[LedgerSheet]) -> int | None:
    """The year of dates written without one."""
    return next((sheet.period.year for sheet in sheets if sheet.period and sheet.period.year), None)


def _looked_up(codes: Ints, empty: int, values: Sequence[int]) -> Ints:
    return np.array([empty, *values], dtype=np.int64)[codes]


def _dates(column: LedgerColumn, codes: Ints, words: Sequence[tuple[CellKind, str]], year: int | None, units: Sequence[str]) -> Cells:
    days = [_day(kind, text, year) for kind, text in words]
    bad = np.array([False, *(day is None for day in days)], dtype=np.bool_)[codes]
    values = [NO_DAY if not isinstance(day, date) else ordinal_of(day) for day in days]
    return Cells(column, _looked_up(codes, NO_DAY, values), (), bad)


def _day(kind: CellKind, text: str, year: int | None) -> date | str | None:
    """The day of a cell, an empty text where it says that there is none yet, None where it cannot be read."""
    shown = _TIME.sub("", clean(text))
    if name_key(shown) in _NOTHING:
        return ""
    serial = whole_number(shown.partition(".")[0])
    if kind is CellKind.NUMBER and serial is not None and serial in _SERIAL:
        return _EXCEL_ZERO + timedelta(days=serial)
    try:
        return read_date(shown, year or 0)
    except ValueError:
        return None


def _categories(column: LedgerColumn, codes: Ints, words: Sequence[tuple[CellKind, str]], year: int | None, units: Sequence[str]) -> Cells:
    values = tuple(column.values)
    known = {name_key(spelled): number for number, value in enumerate(values) for spelled in (value, *column.values[value])}
    numbers = [BLANK if name_key(text) in ("", "-", "—", "/") else known.get(name_key(text), UNKNOWN) for _, text in words]
    numbered = _looked_up(codes, BLANK, numbers)
    return Cells(column, numbered, values, numbered == UNKNOWN)


def _numbers(column: LedgerColumn, codes: Ints, words: Sequence[tuple[CellKind, str]], year: int | None, units: Sequence[str]) -> Cells:
    unit, scale = _unit(column, units)
    read = [_number(kind, text, unit) for kind, text in words]
    numbers = (None if value is None or value.number is None else value.number * scale for value in read)
    wrong = (value is None or (value.number is None and value.state is not State.UNREPORTED) for value in read)
    inexact = frozenset(code for code, value in enumerate(read, start=1) if value is not None and value.qualifier is not Qualifier.EXACT)
    return Cells(column, codes, (), np.array([False, *wrong], dtype=np.bool_)[codes], (None, *numbers), inexact)


def _unit(column: LedgerColumn, written: Sequence[str]) -> tuple[str, Decimal]:
    """The unit of the cells of a column, and how many of the column's own it is."""
    powers = {_power(unit, column) for unit in written}
    if len(powers) > 1:
        raise WorkbookError(f"各工作表「{column.name}」一列的单位不同；请统一后再上传。")
    power = next(iter(powers), 0) or 0
    named = next((unit for unit in written if unit and power), "")
    return (named if not named or not set(named) <= _SIZES else f"{named}{column.unit}") or column.unit, Decimal(10) ** power


def _power(unit: str, column: LedgerColumn) -> int | None:
    """The power of ten from the unit of a heading to that of its column; None where there is none."""
    return power_of(unit) if set(unit) <= _SIZES else power_between(unit, column.unit)


def _check_unit(sheet: LedgerSheet, column: LedgerColumn) -> None:
    """
    Refuse a column whose heading names a unit that its amounts cannot be turned out of.

    Raises:
        WorkbookError: It does.

    """
    field = sheet.fields[column.name]
    where = Place(sheet.name, cell_name(sheet.first - 1, field.index))
    if currency := foreign_currency(field.unit):
        raise WorkbookError(f"{where}「{column.name}」一列的单位是外币「{currency}」；请换算成人民币后再上传。")
    if _power(field.unit, column) is None:
        known = f"（{column.unit}）" if not is_money(column.unit) else "（元）」「（千元）」「（万元）"
        raise WorkbookError(f"{where}「{column.name}」一列写的单位认不出，或不是它的单位；请按实际把列名中的单位改为「{known}」后再上传。")


def _number(kind: CellKind, text: str, unit: str) -> Value | None:
    """What a cell says; None where it is no number."""
    text, _, shown = text.partition(SHOWN) if kind is CellKind.NUMBER else (text, "", "")
    if kind is CellKind.NUMBER and not shown and not text.endswith("%"):
        return Value.of(Decimal(text))
    if name_key(text) in _NOTHING:
        return UNREPORTED
    try:
        value, certain = read_shown(Decimal(text), shown, unit) if shown else (read_value(text, unit), True)
    except (ValueError, ArithmeticError):
        return None
    return value if certain else None


def _texts(column: LedgerColumn, codes: Ints, words: Sequence[tuple[CellKind, str]], year: int | None, units: Sequence[str]) -> Cells:
    """Codes and texts as written; of a code spellings that differ in width and blanks only are one."""
    lost = [column.role is Role.CODE and text == ROUNDED for _, text in words]
    plain = ["" if gone else _code(text) if column.role is Role.CODE else text.strip() for gone, (_, text) in zip(lost, words, strict=True)]
    distinct = {"": 0}
    renamed = [distinct.setdefault(text, len(distinct)) for text in plain]
    numbered = _looked_up(codes, 0, renamed)
    return Cells(column, numbered, tuple(distinct), np.array([False, *lost], dtype=np.bool_)[codes])


def _code(text: str) -> str:
    if text.isascii() and text.isalnum():  # nearly every code
        return text.upper()
    plain = name_key(text).upper()
    return "" if plain in ("-", "—", "/", "无") else plain


_Understood = Callable[[LedgerColumn, Ints, Sequence[tuple[CellKind, str]], int | None, Sequence[str]], Cells]
_UNDERSTOOD: Mapping[Role, _Understood] = {
    Role.DATE: _dates,
    Role.CATEGORY: _categories,
    Role.NUMBER: _numbers,
    Role.CODE: _texts,
    Role.TEXT: _texts,
}
