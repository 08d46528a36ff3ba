"""
Periods (期间): months, and the spans made of them.

A month is the grain in which offices report.  Quarter, half-year, year and year-to-date are spans of months.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from kpi.errors import RequestError

_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = range(1950, 3000)  # that can be asked about: far enough from the first and the last year for every comparison


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month; written ``2023-11``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 9999 and 1 <= self.month <= 12):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """
        Read ``2023-11``.

        Raises:
            RequestError: The text is no month, or one that nobody reports about.

        """
        match = _WRITTEN.fullmatch(text.strip())
        try:
            if match is None:
                raise ValueError
            month = cls(int(match[1]), int(match[2]))
        except ValueError:
            raise RequestError(f"「{text}」不是月份；请写成 2023-11 的样式。") from None
        if not month.comparable:
            raise RequestError(f"「{text}」太早或太晚；请写 {_YEARS[0]} 年至 {_YEARS[-1]} 年之间的月份。")
        return month

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(day: date) -> "Month":
        """The month that holds a day."""
        return Month(day.year, day.month)

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier when negative)."""
        return _numbered(self.year * 12 + self.month - 1 + months)

    @property
    def comparable(self) -> bool:
        """Whether somebody may report or ask about it: every month that it is compared with exists."""
        return self.year in _YEARS

    @property
    def first_day(self) -> date:
        """The first day; also how the store writes a month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day, 29 February in a leap year."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def chinese(self) -> str:
        """As a sentence says it: ``2023 年 11 月``."""
        return f"{self.year} 年 {self.month} 月"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@lru_cache(maxsize=4096)
def _numbered(number: int) -> Month:
    years, month = divmod(number, 12)
    return Month(years, month + 1)


class Span(StrEnum):
    """How many months a figure covers, ending with the asked month."""

    YTD = "ytd"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def cumulative(self) -> bool:
        """Whether the cumulative figure of its last month is the figure of the span."""
        return self in (Span.YTD, Span.YEAR)

    @property
    def chinese(self) -> str:
        """The word on the page."""
        return {"ytd": "本年累计", "month": "当月", "quarter": "当季", "half": "半年", "year": "全年"}[self.value]

    @property
    def length(self) -> int:
        """How many months a whole one has."""
        return {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6}.get(self, 12)


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """
    The year (年度) over which figures add up: twelve months, called by the calendar year in which they begin.

    ``begins`` is the number of its first month (年度起始月): 1, or 9 where a school year begins in September.  Quarters and half-years
    are counted from that month on.
    """

    begins: int = 1

    def of(self, month: Month) -> int:
        """The year that a month belongs to: 2023-11 to 2023, and 2024-02 to 2024, or to 2023 where years begin in September."""
        return month.year - (month.month < self.begins)

    def of_day(self, day: date) -> int:
        """The year that a day belongs to."""
        return day.year - (day.month < self.begins)

    def number(self, month: Month) -> int:
        """The place of a month in its year, 1 to 12."""
        return (month.month - self.begins) % 12 + 1

    def month(self, year: int, number: int) -> Month:
        """The month at a place of a year."""
        return Month(year, self.begins).plus(number - 1)

    def opens(self, month: Month) -> bool:
        """Whether a month is the first one of its year."""
        return month.month == self.begins

    def first(self, year: int) -> Month:
        """The first month of a year."""
        return self.month(year, 1)

    def last(self, year: int) -> Month:
        """The last month of a year."""
        return self.month(year, 12)

    def opening(self, month: Month) -> Month:
        """The first month of the year that a month belongs to."""
        return self.first(self.of(month))

    def start(self, span: Span, month: Month) -> Month:
        """The first month of the span that ends with ``month``."""
        return month.plus(-((self.number(month) - 1) % span.length))

    def so_far(self, month: Month) -> tuple[Month, ...]:
        """The months of a year up to one of them."""
        return months(self.opening(month), month)

    def months_of_bits(self, year: int, bits: int) -> tuple[Month, ...]:
        """The months of a year that the store keeps as bits: 1 its first month, 2 the second, 4 the third."""
        return tuple(self.month(year, number) for number in range(1, 13) if bits >> (number - 1) & 1) if bits else ()

    def first_day(self, year: int) -> date:
        """The first day of a year."""
        return self.first(year).first_day

    def last_day(self, year: int) -> date:
        """The last day of a year."""
        return self.last(year).last_day

    def days(self, year: int) -> int:
        """365, or 366 where 29 February is one of them."""
        return days(self.first_day(year), self.last_day(year))

    def day_number(self, day: date) -> int:
        """Which day of its year a day is: the first is 1."""
        return days(self.first_day(self.of_day(day)), day)

    def own_day(self, as_of: date, point: Month) -> date:
        """The day a figure runs to, as it counts in the year of its point: never before the year, never after the month."""
        return min(max(as_of, self.opening(point).first_day), point.last_day)

    def chinese(self, year: int) -> str:
        """As a sentence calls a year: ``2023 年``, and ``2023 年度`` where it is none of the calendar."""
        return f"{year} 年" if self.begins == 1 else f"{year} 年度"


CALENDAR_YEAR = ReportingYear()


def months(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from first to last, both included; empty when last is earlier."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(first.plus(i) for i in range(count))


def parse_day(text: str) -> date:
    """
    Read a day: ``2023-12-05``.

    Raises:
        RequestError: The text is none.

    """
    try:
        if not _DAY.fullmatch(text.strip()):  # a week or a day without hyphens is ISO too, and not what is written here
            raise ValueError
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RequestError(f"「{text}」不是日期；请写成 2023-12-05 的样式。") from None


def year_earlier(day: date) -> date:
    """The same day a year earlier; 29 February becomes 28 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def days(first: date, last: date) -> int:
    """How many days from first to last, both counted."""
    return (last - first).days + 1
