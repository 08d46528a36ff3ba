"""
Figures under the heading of another: single months typed under 本年累计, cumulatives typed under 本月数.

A figure of its own may truly go so; what tells is that the whole sheet does, or that last year's months and last year's
course both fit the other heading.  Where both columns are filled they are the same, though the months before brought something.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.validation import thresholds
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import several, shown
from kpi.value import Qualifier, Value
from kpi.workbook.report import Column, Reading


@dataclass(frozen=True, slots=True)
class _Judged:
    """A figure of some size of which enough is known to tell the columns apart; ``words`` say why it looks like the other, empty where it does not."""

    reading: Reading
    words: str
    by_last_year: bool = False


@dataclass(frozen=True, slots=True)
class _LastYear:
    """Last year's months, the least and the most, and its cumulative to this month."""

    least: float
    most: float
    total: float


def months_under_cumulative(sheet: CheckedSheet) -> Iterator[Finding]:
    """本年累计 that hardly grows in nearly every row, or that is like the months of last year and far from its cumulatives."""
    judged = [sign for measure, reading in _alone(sheet, Column.YTD, Column.MONTH) if (sign := _as_month(sheet, measure, reading)) is not None]
    remedy = f"是否把本月数填在了本年累计一栏？本年累计应从 {sheet.year_begins}算到本月末，只有单月数的请填在本月数一栏"
    yield from _finding(sheet, "months-under-cumulative", judged, remedy)


def cumulatives_under_month(sheet: CheckedSheet) -> Iterator[Finding]:
    """本月数 that grows month by month as a cumulative does in nearly every row, or that is like last year's cumulative and far above its months."""
    judged = [sign for measure, reading in _alone(sheet, Column.MONTH, Column.YTD) if (sign := _as_cumulative(sheet, measure, reading)) is not None]
    remedy = f"是否把本年累计填在了本月数一栏？本月数只是这一个月的，从 {sheet.year_begins}算起的请填在本年累计一栏"
    yield from _finding(sheet, "cumulatives-under-month", judged, remedy)


def columns_the_same(sheet: CheckedSheet) -> Iterator[Finding]:
    """本月数 equal to 本年累计 although the year had brought something before: one of them is typed twice; one finding for each of the two."""
    twice = list(_twice(sheet))
    fallen = [reading for reading, before in twice if (reading.value.number or 0) < before]
    grown = [reading for reading, before in twice if (reading.value.number or 0) >= before]
    remedy = f"本年累计应从 {sheet.year_begins}算到本月末；确属更正的，请写明原因"
    yield from _same(sheet, fallen, "本年累计与本月数相同", "是否把本月数填进了本年累计", remedy)
    remedy = "本月数只是这一个月的；数据属实的，请写明原因"
    yield from _same(sheet, grown, "本月数与本年累计相同", "是否把本年累计填进了本月数，或本年累计漏加了以前各月", remedy)


def _twice(sheet: CheckedSheet) -> Iterator[tuple[Reading, Decimal]]:
    """The cumulatives after the first month of a year that are the month again, each with the latest cumulative before it, which is not nothing."""
    for measure, reading, now in sheet.numbers(Column.YTD):
        course, last = sheet.course(measure.code), sheet.month_number
        if measure.kind is not MeasureKind.FLOW or measure.signed or sheet.number(measure.code, Column.MONTH) != now or not now:
            continue
        before = course.total(course.last_known(last))
        values = [reading.value, sheet.cells[measure.code, Column.MONTH].value, *([before] if before is not None else [])]
        if before is not None and before.number and all(value.qualifier is Qualifier.EXACT for value in values):
            yield reading, before.number


def _same(sheet: CheckedSheet, readings: list[Reading], words: str, cause: str, remedy: str) -> Iterator[Finding]:
    if readings:
        rows = f"（{len(readings)} 行）" if len(readings) > 1 else ""
        seen = f"{several([sheet.measure(reading).name for reading in readings])}{words}{rows}，此前各月却已有数"
        yield Finding(
            "columns-the-same", Severity.CHECK, readings[0].place, seen, f"{cause}？{remedy}", measures=tuple(reading.measure for reading in readings)
        )


def _finding(sheet: CheckedSheet, code: str, judged: list[_Judged], remedy: str) -> Iterator[Finding]:
    """One finding about the rows that look like the other column, where they are nearly all of the sheet."""
    alike = [sign for sign in judged if sign.words]
    if not alike or len(alike) < len(judged) * thresholds.NEARLY_ALL:
        return
    certain = len(alike) >= thresholds.ROWS or (len(alike) > 1 and all(sign.by_last_year for sign in alike))
    first = alike[0]
    others = f"；{several([sheet.measure(sign.reading).name for sign in alike])}都是这样" if len(alike) > 1 else ""
    yield Finding(
        code,
        Severity.CHECK if certain else Severity.HINT,
        first.reading.place,
        f"{sheet.measure(first.reading).name}{first.words}{others}",
        remedy + ("；数据属实的，请写明原因" if certain else "；情况属实的不必改动"),
        measures=tuple(sign.reading.measure for sign in alike),
    )


def _alone(sheet: CheckedSheet, column: Column, other: Column) -> Iterator[tuple[Measure, Reading]]:
    """The exact figures of flows after the first month of a year of which only one of the two columns is filled, where they are of some size."""
    if sheet.month_number == 1:
        return
    for measure, reading, number in sheet.numbers(column):
        flow = measure.kind is MeasureKind.FLOW and not measure.signed and reading.value.qualifier is Qualifier.EXACT
        if flow and sheet.number(measure.code, other) is None and (number >= thresholds.FEW or (measure.decimals and number)):
            yield measure, reading


def _as_month(sheet: CheckedSheet, measure: Measure, reading: Reading) -> _Judged | None:
    """What is seen where a cumulative may be a single month; None where nothing is known to tell."""
    now, course, last = _number(reading), sheet.course(measure.code), sheet.month_number
    number = course.last_known(last)
    before = _amount(course.total(number)) if number else None
    step = (now - before) / (last - number) if before else None
    year = _last_year(sheet, measure)
    if year is not None:
        like_month = year.least / thresholds.LIKE <= now <= year.most * thresholds.LIKE and now * thresholds.LIKE < year.total
        if like_month and (step is None or step < year.least * thresholds.STOPPED):
            words = f"本年累计 {reading.value.number}，上年同期累计 {shown(year.total)}，上年各月 {_span(year.least, year.most)}"
            return _Judged(reading, words, by_last_year=True)
    if before is None or step is None or (before < thresholds.FEW and not measure.decimals):
        return _Judged(reading, "") if year is not None else None
    months = [amount for n in range(1, number + 1) if (amount := _amount(course.month(n))) is not None] or [before / number]
    when = "上月" if number == last - 1 else f" {sheet.month_at(number)}"
    hardly = now > before and step <= min(months) * thresholds.HARDLY and now >= before / number / thresholds.LIKE
    return _Judged(reading, f"本年累计 {reading.value.number}，与{when}累计 {shown(before)} 相近，此前每月至少 {shown(min(months))}" if hardly else "")


def _as_cumulative(sheet: CheckedSheet, measure: Measure, reading: Reading) -> _Judged | None:
    """What is seen where a month may be a cumulative; None where nothing is known to tell."""
    now, last = _number(reading), sheet.month_number
    year = _last_year(sheet, measure)
    if year is not None and now > year.most * thresholds.LIKE and year.total / thresholds.LIKE <= now <= year.total * thresholds.LIKE:
        words = f"本月数 {reading.value.number}，上年同期累计 {shown(year.total)}，上年各月 {_span(year.least, year.most)}"
        return _Judged(reading, words, by_last_year=True)
    cells = sheet.course(measure.code).months
    stated = [float(cell.value.number) for n in range(1, last) if (cell := cells.get(n)) is not None and cell.value.number]
    if len(stated) < last - 1 or last < thresholds.LINE or not stated:
        return _Judged(reading, "") if year is not None or stated else None
    months = [*stated, now]
    line = all(1 / thresholds.STRAIGHT <= months[n] / months[n - 1] / ((n + 1) / n) <= thresholds.STRAIGHT for n in range(1, last))
    series = "、".join(shown(month) for month in months)
    return _Judged(reading, f"的本月数 {sheet.months_between(0, last)}依次是 {series}，逐月像累计那样增加" if line else "")


def _last_year(sheet: CheckedSheet, measure: Measure) -> _LastYear | None:
    """Last year's months and cumulative; None where few are known, or where one of them brought nothing."""
    history = sheet.background.history.get(measure.code, {})
    months = [float(known.month) for month, known in history.items() if known.month is not None and sheet.catalog.year.of(month) == sheet.year - 1]
    ago = history.get(sheet.period.plus(-12))
    if len(months) < thresholds.SOME_MONTHS or not min(months) > 0 or ago is None or ago.ytd is None:
        return None
    return _LastYear(min(months), max(months), float(ago.ytd))


def _number(reading: Reading) -> float:
    return float(reading.value.number or Decimal(0))


def _amount(value: Value | None) -> float | None:
    return float(value.number) if value is not None and value.number is not None else None


def _span(least: float, most: float) -> str:
    return f"{shown(least)} 至 {shown(most)}" if least != most else f"都是 {shown(least)}"
