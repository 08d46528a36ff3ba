"""The value of the catalogue that a cell holds, or what is wrong with the cell, in Chinese."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from kpi.catalog.fault_line import nearest
from kpi.catalog.noun_fields import FieldKind, NounField
from kpi.errors import RequestError
from kpi.period import Month
from kpi.workbook.dates import read_date
from kpi.workbook.definitions.escaped_text import parted, unescaped
from kpi.workbook.definitions.field_writing import NO, STEP, YES
from kpi.workbook.grid import Cell, CellKind

_NUMBER = re.compile(r"[+-]?\d{1,400}(?:\.\d{1,400})?(?:E[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CODES = re.compile(r"[、；，,;\s]+")
_TRUTH = {YES: True, "TRUE": True, NO: False, "FALSE": False}
_SHOWN = 40  # letters of a cell that a sentence quotes


class FieldError(ValueError):
    """What is wrong with a cell: Chinese, without the full stop, with the next step."""


def cell_value(field: NounField, cell: Cell) -> Any:
    """
    The value that a cell holds, as TOML has it; None of an empty cell.

    Raises:
        FieldError: It holds something else than the field takes.

    """
    if cell.kind is CellKind.ERROR:
        raise FieldError(f"是公式的错误 {cell.text}；请改写成{_wanted(field)}")
    if cell.kind is CellKind.UNCACHED:
        raise FieldError(f"是没有算出结果的公式；请改写成{_wanted(field)}")
    if not cell.text.strip():
        return None
    return _READERS[field.kind](field, cell)


def _wanted(field: NounField) -> str:
    return "所列的词之一" if field.kind is FieldKind.WORD else field.kind.value


def _wrong(field: NounField, cell: Cell) -> FieldError:
    return FieldError(f"应为{_wanted(field)}，现为「{_quoted(cell.text)}」；请改写这一格")


def _quoted(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _text(field: NounField, cell: Cell) -> str:
    return unescaped(cell.text)


def _texts(field: NounField, cell: Cell) -> list[str]:
    return parted(cell.text)


def _codes(field: NounField, cell: Cell) -> list[str]:
    """Codes hold no sign that parts, so that any of those in use does."""
    return [code for code in _CODES.split(cell.text) if code]


def _word(field: NounField, cell: Cell) -> str:
    word = cell.text.strip()
    values = {chinese: value for value, chinese in field.words.items()}
    if word not in values and word not in field.words:
        raise FieldError(f"写的「{_quoted(word)}」不在可选的词 {'、'.join(values)} 之内{nearest(word, values)}；请从下拉列表中选")
    return values.get(word, word)


def _truth(field: NounField, cell: Cell) -> bool:
    truth = _TRUTH.get(_plain(cell.text).upper())
    if truth is None:
        raise FieldError(f"应为{YES}或{NO}，现为「{_quoted(cell.text)}」；请从下拉列表中选")
    return truth


def _decimal(field: NounField, cell: Cell) -> Decimal:
    text = _plain(cell.text)
    if cell.kind not in (CellKind.NUMBER, CellKind.TEXT) or not _NUMBER.fullmatch(text):
        raise _wrong(field, cell)
    return Decimal(text)


def _number(field: NounField, cell: Cell) -> int | Decimal:
    number = _decimal(field, cell)
    return int(number) if number.as_tuple().exponent == 0 else number


def _whole(field: NounField, cell: Cell) -> int:
    number = _decimal(field, cell)
    if number != number.to_integral_value():
        raise _wrong(field, cell)
    return int(number)


def _wholes(field: NounField, cell: Cell) -> list[int]:
    if cell.kind is CellKind.NUMBER:
        return [_whole(field, cell)]
    return [_whole(field, Cell(CellKind.TEXT, number)) for number in _codes(field, cell)]


def _day(field: NounField, cell: Cell) -> date:
    try:
        return date.fromisoformat(cell.text.strip()) if _DAY.fullmatch(cell.text.strip()) else read_date(cell.text, 0)
    except ValueError:
        raise _wrong(field, cell) from None


def _month(field: NounField, cell: Cell) -> str:
    """A month as it is written; a day that a program made of it is the first of that month."""
    text = unescaped(cell.text)
    if cell.kind is CellKind.DATE:
        text = text.removesuffix("-01")
    try:
        Month.parse(text)
    except RequestError:
        raise _wrong(field, cell) from None
    return text


def _steps(field: NounField, cell: Cell) -> list[dict[str, Any]]:
    steps = []
    for text in parted(cell.text):
        day, _, share = text.replace(":", STEP).partition(STEP)
        try:
            steps.append({"on": _day(field, Cell(CellKind.TEXT, day)), "share": _number(field, Cell(CellKind.TEXT, share))})
        except FieldError:
            raise FieldError(f"写的「{_quoted(text)}」应为{_wanted(field)}，如 2023-06-30：40、2023-12-31：100；请改写这一格") from None
    return steps


_READERS: dict[FieldKind, Callable[[NounField, Cell], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.CODE: _text,
    FieldKind.FORMULA: _text,
    FieldKind.TEXTS: _texts,
    FieldKind.CODES: _codes,
    FieldKind.WORD: _word,
    FieldKind.YES_NO: _truth,
    FieldKind.WHOLE: _whole,
    FieldKind.WHOLES: _wholes,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.MONTH: _month,
    FieldKind.STEPS: _steps,
}
