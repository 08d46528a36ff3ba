"""
The first and the last day that a title names: 2023年10月26日—11月25日, 2023.10.26-2023.11.25, 2022年12月至2023年2月.

Months of one year are `spans.find_months`'s; here are those that begin or end in the middle of a month, or in another year.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kpi.workbook.naming import DASHES, name_key

_DASH = f"[{DASHES}]+"
_YEAR = r"(?:(?P<{0}year>20\d\d)[年./-])"
_DAY = r"(?P<{0}month>\d{{1,2}})[月./-](?P<{0}day>\d{{1,2}})[日号]?"
_DAYS = re.compile(
    rf"(?<!\d){_YEAR.format('a')}?{_DAY.format('a')}{_DASH}(?:{_YEAR.format('b')}?(?P<bmonth>\d{{1,2}})[月./-])?(?P<bday>\d{{1,2}})[日号]?(?!\d)"
)
_PACKED = re.compile(
    rf"(?<!\d)(?P<ayear>20\d\d)(?P<amonth>\d\d)(?P<aday>\d\d){_DASH}(?P<byear>20\d\d)(?P<bmonth>\d\d)(?P<bday>\d\d)(?!\d)",
    re.ASCII,
)
_MONTHS = re.compile(rf"(?<!\d)(?P<ayear>20\d\d)[年./-](?P<amonth>\d{{1,2}})月?{_DASH}(?P<byear>20\d\d)[年./-](?P<bmonth>\d{{1,2}})(?!\d)月?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a title names it; ``day`` is None where it names a month, ``year`` where it names none."""

    year: int | None
    month: int
    day: int | None

    @property
    def of_year(self) -> tuple[int, int]:
        """Month and day, which compare as they follow each other in a year."""
        return self.month, self.day or 0

    def first_of(self, year: int) -> date:
        """The day itself, or the first of the month."""
        return date(year, self.month, min(self.day or 1, monthrange(year, self.month)[1]))

    def last_of(self, year: int) -> date:
        """The day itself, or the last of the month."""
        return date(year, self.month, min(self.day or 31, monthrange(year, self.month)[1]))


def find_days(text: str) -> tuple[Day, Day] | None:
    """The first and the last day of a text; None where it names no such span."""
    plain = name_key(text)
    match = _PACKED.search(plain) or _DAYS.search(plain) or _MONTHS.search(plain)
    if match is None:
        return None
    parts = match.groupdict()

    def number(name: str) -> int | None:
        return int(parts[name]) if parts.get(name) else None

    first = Day(number("ayear"), number("amonth") or 0, number("aday"))
    last = Day(number("byear"), number("bmonth") or first.month, number("bday"))
    if not all(1 <= day.month <= 12 and (day.day is None or 1 <= day.day <= 31) for day in (first, last)):
        return None
    if first.year and last.year and first.first_of(first.year) > last.last_of(last.year):
        return None
    return first, last
