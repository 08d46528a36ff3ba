"""
What a yearly task still takes, and where the year will end: from this year's months and last year's course.

Everything is exact fractions, and every figure can be followed on paper: the share of last year's total that stood by
the same day, the best month so far, the months that are left.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kpi.compute.interval import Interval
from kpi.compute.months_of_indicator import MonthOfIndicator
from kpi.compute.pace import usable
from kpi.compute.signal import Signal
from kpi.period import Month, ReportingYear

_FEWEST_WINDOWS = 3  # comparisons below which their lowest and highest are no interval


class Reach(StrEnum):
    """Whether what is needed each month has been done before."""

    DONE = "done"  # nothing is needed any more
    ON_AVERAGE = "on-average"  # this year's average month is enough
    IN_BEST = "in-best"  # this year's best month is
    IN_LAST_YEAR = "in-last-year"  # only last year's best month is
    BEYOND = "beyond"  # no month of either year is
    OVER = "over"  # the year is over
    OPEN = "open"  # a month that is not known could be enough
    UNKNOWN = "unknown"  # no month is known


@dataclass(frozen=True, slots=True)
class Best:
    """The month in which most was done."""

    period: Month
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Needed:
    """What is left of a yearly task, and what that means for each month that is left."""

    left: Fraction
    months: Fraction  # that are left, the rest of the month of the figure as a part of it
    each: Fraction | None  # None when no time is left
    best: Best | None  # of this year
    best_before: Best | None  # of last year
    reach: Reach


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the year will end if the rest of it goes as last year's did, at this year's level."""

    estimate: Fraction
    low: Fraction | None  # as in the leanest comparable months of this year; None with too few of them
    high: Fraction | None
    share: Fraction  # of last year's total that stood by the same day
    errors: Mapping[int, Fraction]  # by earlier year: what the same estimate would have missed by, as a share of what came


class NoBase(StrEnum):
    """Why nothing can be projected."""

    YEAR_OVER = "全年已有数，不用推算"
    NO_LAST_YEAR = "没有上年逐月数，不能推算"
    INCOMPLETE = "上年各月累计不全，或者不是确数，不能推算"
    NOTHING_YET = "上年同期为 0，不能推算"
    LACKING = "本年累计缺数，不能推算"
    INEXACT = "本年累计不是确数，不能推算"
    SEVERAL_DAYS = "各数的数据截止日不一，不能推算"
    MOVED = "年内有机构变动，不能推算"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said of one row; None where it does not apply."""

    needed: Needed | None
    projection: Projection | NoBase | None
    signal: Signal | None
    monthly: bool  # whether its months are set against one another; a promise and a cumulative share are not
    judged: Month | None  # the month that the signal is about; None where no recent one is known
    interval: Interval | None  # of a rate of few cases
    alike: tuple[str, ...]  # what it holds, 目标 or 上年同期: a difference that proves nothing
    apart: bool  # it leaves the target out: that difference is more than chance
    two_years: Decimal | None  # 两年平均增速 of a count, per cent; None without a figure of two years ago


def needed(left: Fraction, as_of: date, done: Fraction, past: Sequence[MonthOfIndicator], year: ReportingYear, *, falls: bool = False) -> Needed:
    """
    What each month still to come has to bring.

    Args:
        left: How much is lacking to the number for the whole year.
        as_of: The day the figure runs to.
        done: How much there is by then.
        past: The months of this year and the last, in the unit of ``left``.
        year: The year of the task.
        falls: Whether a month may be negative.

    """
    months, this = months_left(as_of, year), year.of_day(as_of)
    of_this, of_last = ([month for month in past if year.of(month.period) == named] for named in (this, this - 1))
    best, before = _best(of_this), _best(of_last)
    each = left / months if months else None
    reach = _reach(left, each, done / (12 - months) if months < 12 else None, best, before)
    asked = {Reach.IN_LAST_YEAR: [of_this], Reach.BEYOND: [of_this, of_last]}.get(reach, [])
    if each is not None and any(_could_be(each, months_of_year, falls) for months_of_year in asked):
        reach = Reach.OPEN
    return Needed(left, months, each, best, before, reach)


def months_left(as_of: date, year: ReportingYear) -> Fraction:
    """After 23 November one month and 7 of 30 days."""
    month = Month.of(as_of)
    days = month.last_day.day
    return 12 - year.number(month) + Fraction(days - as_of.day, days)


def project(past: Sequence[MonthOfIndicator], as_of: date, year: ReportingYear) -> Projection | NoBase:
    """
    Estimate the year's total: what there is by ``as_of``, over the share of last year's total that stood by then.

    The interval takes what last year brought after that day times the lowest and the highest ratio of this year to the
    last, over as many consecutive months as are left (half of those known, if that is fewer).
    """
    this = year.of_day(as_of)
    if as_of == year.last_day(this):
        return NoBase.YEAR_OVER
    courses = _courses(past, year)
    base, now = courses.get(this - 1), courses.get(this, [])
    if base is None:
        return NoBase.NO_LAST_YEAR
    if not _whole(base, year):
        return NoBase.INCOMPLETE
    done = next((Fraction(month.ytd) for month in reversed(now) if month.as_of == as_of and month.ytd is not None), None)
    stood, total = _stood(base, as_of, year), _total(base)
    if done is None:
        return NoBase.LACKING
    if not stood:
        return NoBase.NOTHING_YET
    ratios = _ratios(now, base, as_of, year)
    rest = total - stood
    low, high = (done + rest * min(ratios), done + rest * max(ratios)) if len(ratios) >= _FEWEST_WINDOWS else (None, None)
    return Projection(done * total / stood, low, high, stood / total, _errors(courses, as_of, year))


def _reach(left: Fraction, each: Fraction | None, average: Fraction | None, best: Best | None, before: Best | None) -> Reach:
    if left <= 0:
        return Reach.DONE
    if each is None:
        return Reach.OVER
    if average is not None and each <= average:
        return Reach.ON_AVERAGE
    if best is not None and each <= best.amount:
        return Reach.IN_BEST
    if before is not None and each <= before.amount:
        return Reach.IN_LAST_YEAR
    return Reach.UNKNOWN if best is None and before is None else Reach.BEYOND


def _could_be(each: Fraction, year: Sequence[MonthOfIndicator], falls: bool) -> bool:
    """
    Whether a month of a year that is not known may have brought so much.

    Between two known cumulatives no month brought more than all of them together.  Of a year of which nothing is known nothing is asked.
    """
    if all(month.numerator is None for month in year):
        return False
    open_months, reached = False, Fraction(0)
    for month in year:
        open_months = open_months or month.numerator is None
        if month.ytd is None:
            continue
        if open_months and (falls or Fraction(month.ytd) - reached >= each):
            return True
        open_months, reached = False, Fraction(month.ytd)
    return open_months


def _best(months: Sequence[MonthOfIndicator]) -> Best | None:
    known = [Best(month.period, Fraction(month.numerator)) for month in months if month.numerator is not None]
    return max(known, key=lambda best: best.amount, default=None)


def _courses(past: Sequence[MonthOfIndicator], year: ReportingYear) -> dict[int, list[MonthOfIndicator]]:
    courses: dict[int, list[MonthOfIndicator]] = defaultdict(list)
    for month in past:
        courses[year.of(month.period)].append(month)
    return {named: months for named, months in courses.items() if any(month.ytd is not None for month in months)}


def _whole(course: Sequence[MonthOfIndicator], year: ReportingYear) -> bool:
    """Twelve known cumulatives, none falling, the last to the end of the year."""
    return bool(usable([(month.as_of, month.ytd) if month.as_of is not None and month.ytd is not None else None for month in course], year))


def _total(course: Sequence[MonthOfIndicator]) -> Fraction:
    return Fraction(course[-1].ytd or 0)


def _stood(course: Sequence[MonthOfIndicator], day: date, year: ReportingYear) -> Fraction:
    """The cumulative of an earlier year on the same day, evenly between the days it was taken."""
    back = year.of_day(day) - year.of(course[0].period)
    number = year.day_number(_years_earlier(day, back))
    before, reached = 0, Fraction(0)
    for month in course:
        taken, figure = year.day_number(month.as_of) if month.as_of else 0, Fraction(month.ytd or 0)
        if before < number <= taken:
            return reached + (figure - reached) * Fraction(number - before, taken - before)
        before, reached = max(before, taken), figure
    return reached


def _years_earlier(day: date, years: int) -> date:
    """The same day some years earlier; 29 February becomes 28 February."""
    return date(day.year - years, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - years)


def _ratios(now: Sequence[MonthOfIndicator], base: Sequence[MonthOfIndicator], as_of: date, year: ReportingYear) -> list[Fraction]:
    """This year against the last over every run of consecutive whole months."""
    pairs: list[tuple[Fraction, Fraction]] = []
    for this, last in zip(now, base, strict=False):
        whole = all(month.whole and month.as_of == month.period.last_day and month.numerator is not None for month in (this, last))
        if not whole or this.period > Month.of(as_of):
            break
        pairs.append((Fraction(this.numerator or 0), Fraction(last.numerator or 0)))
    left = 12 - year.number(Month.of(as_of)) + (as_of != Month.of(as_of).last_day)
    length = max(1, min(left, (len(pairs) + 1) // 2))
    runs = [pairs[first : first + length] for first in range(len(pairs) - length + 1)]
    return [sum(this for this, _ in run) / Fraction(then) for run in runs if (then := sum(last for _, last in run))]


def _errors(courses: Mapping[int, Sequence[MonthOfIndicator]], as_of: date, year: ReportingYear) -> dict[int, Fraction]:
    """The same estimate on the same day of the earlier years, against what they came to."""
    errors: dict[int, Fraction] = {}
    for named, course in courses.items():
        base = courses.get(named - 1)
        if named < year.of_day(as_of) and base and _whole(course, year) and _whole(base, year) and (stood := _stood(base, as_of, year)):
            errors[named] = _stood(course, as_of, year) * _total(base) / stood / _total(course) - 1
    return errors
