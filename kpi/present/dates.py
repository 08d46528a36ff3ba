"""Days and months as a sentence says them."""

from collections.abc import Sequence
from datetime import date

from kpi.compute.row import BoardRow, Status
from kpi.period import Month
from kpi.present import numbers


def as_of(row: BoardRow) -> str:
    """The date a figure runs to, both ends when its parts run to different days: ``11 月 23 日``."""
    if row.as_of is None or row.status is Status.UNREPORTED:  # its days are those of an earlier month, or of one part
        return numbers.NOTHING
    return days(row.as_of, row.as_of_latest, row.period.year)


def days(first: date, last: date | None, year: int) -> str:
    """A date, or the earliest and the latest of several."""
    return day(first, year) if last in (None, first) else f"{day(first, year)}至 {day(last, year)}"


def day(when: date, year: int) -> str:
    """A date, with its year only where that is another one."""
    return f"{when.month} 月 {when.day} 日" if when.year == year else f"{when.year} 年 {when.month} 月 {when.day} 日"


def months_of(lacking: Sequence[Month]) -> str:
    """Months of one year: ``1 月、4 月``."""
    return "、".join(f"{month.month} 月" for month in lacking)
