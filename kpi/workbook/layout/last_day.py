"""
The last day that a text names without saying that figures run to it: 12月15日, 12月1日-15日, 2023年11月26日至12月25日.

Of a span the last day counts, whichever of its parts year and month are written in.
"""

import re
from collections.abc import Iterator
from datetime import date

from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.naming import DASHES
from kpi.workbook.signs import clean

_DASH = rf"\s*[{DASHES}]+\s*"
_WRITTEN = re.compile(r"(?:(20\d\d)年)?(?<!\d)(\d{1,2})月(\d{1,2})(?:[日号]|(?=\D|$))(?!月)", re.ASCII)
_FULL = re.compile(r"(?<!\d)(20\d\d)([-./])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_PACKED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)", re.ASCII)
_SHORT_SPAN = re.compile(rf"(?<![\d.])\d{{1,2}}([./])\d{{1,2}}{_DASH}(\d{{1,2}})\1(\d{{1,2}})(?![\d.])", re.ASCII)
_SAME_MONTH = re.compile(rf"(?:(20\d\d)年)?(?<!\d)(\d{{1,2}})月\d{{1,2}}[日号]?{_DASH}(\d{{1,2}})[日号]", re.ASCII)


def day_in(text: str, year: int) -> date | None:
    """The last day that a text names, in a year where it names none itself; None where it names no day, or says that figures run to one."""
    plain = re.sub(r"\s", "", clean(text))
    if find_months(text).day is not None:
        return None
    days = sorted(_days(plain, year))
    return days[-1][1] if days else None


def _days(plain: str, year: int) -> Iterator[tuple[int, date]]:
    """The days in a text, each with the place where it ends."""
    for match in _WRITTEN.finditer(plain):
        yield from _day(match.end(), match[1] or year, match[2], match[3])
    for match in _SAME_MONTH.finditer(plain):
        yield from _day(match.end(), match[1] or year, match[2], match[3])
    for match in _FULL.finditer(plain):
        yield from _day(match.end(), match[1], match[3], match[4])
    for match in _PACKED.finditer(plain):
        yield from _day(match.end(), match[1], match[2], match[3])
    for match in _SHORT_SPAN.finditer(plain):
        yield from _day(match.end(), year, match[2], match[3])


def _day(end: int, year: str | int, month: str, day: str) -> Iterator[tuple[int, date]]:
    try:
        yield end, date(int(year), int(month), int(day))
    except ValueError:
        return
