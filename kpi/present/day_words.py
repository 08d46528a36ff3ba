"""Days and months as a sentence says them."""

from collections.abc import Iterable, Sequence
from datetime import date

from kpi.compute.row import BoardRow, Status
from kpi.period import CALENDAR_YEAR, Month, ReportingYear, Span
from kpi.present import numbers


def as_of(row: BoardRow) -> str:
    """The date a figure runs to, both ends when its parts run to different days: ``11 月 23 日``."""
    if row.figure.as_of is None or row.status is Status.UNREPORTED:  # its days are those of an earlier month, or of one part
        return numbers.NOTHING
    return days(row.figure.as_of, row.figure.as_of_latest, row.period.year)


def days(first: date, last: date | None, year: int) -> str:
    """A date, or the earliest and the latest of several."""
    return day(first, year) if last in (None, first) else f"{day(first, year)}至 {day(last, year)}"


def day(when: date, year: int) -> str:
    """A date, with its year only where that is another one."""
    return f"{when.month} 月 {when.day} 日" if when.year == year else dated(when)


def dated(when: date) -> str:
    """A date with its year: ``2023 年 12 月 5 日``."""
    return f"{when.year} 年 {when.month} 月 {when.day} 日"


def month(of: Month, year: int | None = None) -> str:
    """A month: ``11 月``; with its year where ``year`` is another one."""
    return f"{of.month} 月" if year in (None, of.year) else of.chinese


def heads(months: Sequence[Month]) -> list[str]:
    """The heads of months beside each other: ``1 月``, below the year where one begins."""
    return [f"{of.year} 年\n{month(of)}" if place == 0 or of.month == 1 else month(of) for place, of in enumerate(months)]


def months_of(months: Sequence[Month], year: int | None = None) -> str:
    """Months of one year: ``1 月、4 月``; the first of each calendar year with it where ``year`` is another one, or where they are of two."""
    years = {of.year for of in months}
    alone = len(years) < 2 and year in (None, *years)
    before = [None, *months]
    return "、".join(month(of) if alone or (last is not None and last.year == of.year) else of.chinese for last, of in zip(before, months, strict=False))


def span_of_board(rows: Iterable[BoardRow]) -> str:
    """The same for a line at the foot of a screen: ``截至 2023-11-30``, ``截至 2023-09-30～11-30``; empty where there is no day."""
    days = _days_of_board(rows)
    if not days:
        return ""
    first, last = days[0].isoformat(), days[-1].isoformat()
    return f"截至 {first}" if first == last else f"截至 {first}～{last.removeprefix(first[:5])}"


def span(of: Span, last: Month, of_year: ReportingYear) -> str:
    """
    The months that a figure covers: ``2023 年 1—11 月``, ``2023 年第 4 季度``.

    January and February are read together as 1—2 月; a quarter or half-year that is not over is named by its months, as is any of a
    year that does not begin with January: its first quarter is nobody's 第 1 季度.  ``2023 年 9—11 月``, ``2023 年 9 月—2024 年 2 月``.
    """
    first, year = of_year.start(of, last), f"{last.year} 年"
    if first == last:
        return last.chinese
    if first.year != last.year:
        return f"{first.chinese}—{last.chinese}"
    if of_year == CALENDAR_YEAR and of is Span.QUARTER and last.month % 3 == 0:
        return f"{year}第 {last.month // 3} 季度"
    if of_year == CALENDAR_YEAR and of is Span.HALF and last.month % 6 == 0:
        return f"{year}{'上' if last.month == 6 else '下'}半年"
    return f"{year} {first.month}—{last.month} 月"


def of_board(rows: Iterable[BoardRow]) -> str:
    """A sentence on how far the figures of a board run; different dates are named, since sums over them would mislead."""
    days = _days_of_board(rows)
    if not days:
        return "没有可用的数据截止日。"
    if len(days) == 1:
        return f"数据截止日 {days[0].isoformat()}。"
    return f"数据截止日不一致，从 {days[0].isoformat()} 到 {days[-1].isoformat()}；每行以自己的截止日为准。"


def _days_of_board(rows: Iterable[BoardRow]) -> list[date]:
    return sorted({day for row in rows if as_of(row) != numbers.NOTHING for day in (row.figure.as_of, row.figure.as_of_latest) if day})
