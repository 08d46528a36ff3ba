"""What a cell of an OpenDocument sheet holds: its kind of value stands in its tag, and what it shows in its paragraphs."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from kpi.workbook.process.child.number_format import PERCENT, in_format
from kpi.workbook.process.child.opendocument_styles import Attributes
from kpi.workbook.process.child.raw_sheet import ERROR, as_written, dated, number
from kpi.workbook.process.wire import BLANK, SHOWN

_DURATION = re.compile(r"(-?)P(?:(\d{1,7})D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d+)?)S)?", re.ASCII)
_TRUTHS = ("TRUE", "FALSE")
_EPOCHS = ("1899-12-30", "1904-01-01")  # a time of day is written as one of this day
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zone
_YEAR = timedelta(days=366)
_DAYS = timedelta(days=2_958_466)  # until the end of the year 9999


def content(about: Attributes, paragraphs: Sequence[str], code: str) -> str:
    """
    Kind and text of a cell; nothing for an empty one.

    Args:
        about: The attributes of its tag.
        paragraphs: What it shows.
        code: Its number format as Excel writes it, empty where numbers look like themselves.

    """
    kind = about.get("office:value-type") or about.get("calcext:value-type", "")
    shown = "\n".join(paragraphs)
    formula = about.get("table:formula")
    if (formula or about.get("calcext:value-type") == "error") and (wrong := _error(shown, about)):
        return "e" + wrong
    match kind:
        case "float" | "currency" | "percentage":
            if shown in _TRUTHS:  # LibreOffice keeps a truth value as a number that looks like one
                return "b" + shown
            try:
                text = number(float(about.get("office:value", "")))
            except ValueError:
                return _text(shown)
            code = code or (PERCENT if kind == "percentage" else "")
            return in_format(text[1:], code) if code and text[0] == "n" else text
        case "date":
            return _day(about.get("office:date-value", ""), shown)
        case "time":
            return _time(about.get("office:time-value", ""), shown)
        case "boolean":
            return "b" + about.get("office:boolean-value", "").upper()
    if not kind and formula and not paragraphs:
        return "f" + formula
    stored = about.get("office:string-value", "")
    if paragraphs and not shown.strip() and stored.strip():
        return f"s{stored}{SHOWN}{BLANK}"  # its format hides it
    shown = shown or stored
    return "s" + shown if shown else ""


def _text(shown: str) -> str:
    return "s" + shown if shown.strip() else ""


def _error(shown: str, about: Attributes) -> str:
    """The error a formula ended in; nothing where it has a result."""
    if about.get("calcext:value-type") == "error":
        return shown.strip() or "#VALUE!"
    return shown.strip().upper() if ERROR.fullmatch(shown.strip()) else ""


def _day(text: str, shown: str) -> str:
    """``2023-11-23`` or ``2023-11-23T08:30:00``; of a time of day the time alone, and what is shown where there is no such day."""
    day, _, clock = dated(text)[1:].partition(" ")
    if not day:
        return _text(shown)
    return f"s{clock}" if clock and day in _EPOCHS else dated(text)


def _time(text: str, shown: str) -> str:
    """A time of day, a duration, or a moment of which only the time is shown."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return _text(shown)
    sign, *parts, last = match.groups()
    days, hours, minutes = (int(part or 0) for part in parts)
    seconds = round(float((last or "0").replace(",", ".")))
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length >= _YEAR and not sign:
        return as_written(_EPOCH + length) if length < _DAYS else "s" + shown
    return as_written((_EPOCH + length).time() if length < timedelta(days=1) and not sign else length * (-1 if sign else 1))
