"""Months far above, or below, everything that is known of them: a digit or a unit too many or too few, from the second month on."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Severity
from kpi.period import Month
from kpi.validation import thresholds
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import counted, shown
from kpi.validation.task_and_target import whole_year
from kpi.workbook.report import Column, Reading


@dataclass(frozen=True, slots=True)
class Leap:
    """What a cell says one or several months brought, which is unlike anything known; ``words`` are what it is beside."""

    reading: Reading
    severity: Severity
    words: str
    brought: str = ""  # of a cumulative what it brought since the last one: ，比上月累计多 30


def fall(sheet: CheckedSheet, measure: Measure) -> Leap | None:
    """The first cell of a flow that is far below all that is known, or below 上年同期 beside it or what it corrects; always a hint, for work may end."""
    if measure.kind is not MeasureKind.FLOW or measure.signed:
        return None
    months = sheet.past(measure)
    least = min(months) if 0 < len(months) < thresholds.SHORT else 0.0
    for amount in _amounts(sheet, measure):
        if amount.number and _far_below(measure, amount.pace, least):
            return Leap(amount.reading, Severity.HINT, f"已知各月最少 {counted(shown(least), measure.unit)}", _brought(sheet, amount))
    for column in (Column.MONTH, Column.YTD):
        reading = sheet.cells.get((measure.code, column))
        before = sheet.background.replaced.get((measure.code, column), {}).get(sheet.period)
        bases = {"更正以前是": before.value.number if before is not None else None}
        bases |= {"上年同期": sheet.number(measure.code, Column.PRIOR)} if column is Column.YTD else {}
        for words, base in bases.items():
            if reading is not None and reading.value.number and base is not None and _far_below(measure, float(reading.value.number), float(base)):
                return Leap(reading, Severity.HINT, f"{words} {counted(base, measure.unit)}")
    return None


def _far_below(measure: Measure, number: float, usual: float) -> bool:
    return number * thresholds.TWENTIETH < usual and (measure.decimals > 0 or usual >= thresholds.VERY_LARGE)


@dataclass(frozen=True, slots=True)
class _Amount:
    reading: Reading
    number: float
    months: int  # that it is the work of

    @property
    def pace(self) -> float:
        """The work of one month."""
        return abs(self.number) / self.months


def leap(sheet: CheckedSheet, measure: Measure) -> Leap | None:
    """The first cell of a flow that is far above all that is known; None when none is, or nothing is known."""
    if measure.kind is not MeasureKind.FLOW:
        return None
    known = sorted(_known(sheet, measure))
    aim, aimed = whole_year(sheet, measure)
    for amount in _amounts(sheet, measure):
        severity = _severity(measure, amount, known, aim)
        if severity is not None:
            largest = [f"已知各月最多 {counted(shown(known[-1]), measure.unit)}"] if known else []
            target = [f"{aimed}全年 {counted(shown(aim), measure.unit)}"] if aim else []
            return Leap(amount.reading, severity, "，".join([*largest, *target]), _brought(sheet, amount))
    return None


def _severity(measure: Measure, amount: _Amount, known: list[float], aim: float | None) -> Severity | None:
    top = known[-1] if known else 0.0
    times = thresholds.FAR_OF_A_YEAR if len(known) >= thresholds.WHOLE_YEAR else thresholds.FAR
    of_target = thresholds.MONTH_OF_TARGET if amount.months == 1 else thresholds.YEAR_OF_TARGET
    exceeded = [amount.pace > times * top] if known else []
    exceeded += [abs(amount.number) > of_target * aim] if aim else []
    money = measure.decimals > 0
    if exceeded and all(exceeded) and (money or max(top, aim or 0.0) >= thresholds.FEW or amount.pace >= thresholds.THOUSAND):
        return Severity.CHECK
    first = aim is not None and not known and amount.months == 1 and abs(amount.number) > thresholds.HALF * aim
    if first and (money or (aim or 0.0) >= thresholds.VERY_LARGE):
        return Severity.HINT
    tenfold = bool(known) and len(known) < thresholds.SHORT and amount.pace > thresholds.TENFOLD * top
    return Severity.HINT if tenfold and (money or top >= thresholds.FEW or amount.pace >= thresholds.VERY_LARGE) else None


def _brought(sheet: CheckedSheet, amount: _Amount) -> str:
    """Where a cumulative is compared with months: what it brought since the last cumulative."""
    last = sheet.month_number - amount.months
    if amount.reading.column is Column.MONTH or not last:
        return ""
    return f"，比{'上月' if amount.months == 1 else f' {sheet.month_at(last)}'}累计多 {shown(amount.number)}"


def _amounts(sheet: CheckedSheet, measure: Measure) -> Iterator[_Amount]:
    """The month as stated; of a cumulative what came since the last one, unless the month that is stated speaks for it."""
    now, last = sheet.month_number, sheet.course(measure.code).last_known(sheet.month_number)
    month, ytd = (sheet.cells.get((measure.code, column)) for column in (Column.MONTH, Column.YTD))
    if month is not None and month.value.number is not None:
        yield _Amount(month, float(month.value.number), 1)
    if ytd is None or ytd.value.number is None or (month is not None and month.value.number is not None and last == now - 1):
        return
    since = sheet.course(measure.code).between(last, now)
    if since is not None and since.number is not None:
        yield _Amount(ytd, float(since.number), now - last)


def _known(sheet: CheckedSheet, measure: Measure) -> Iterator[float]:
    """The work of each month that is known, this one left out; of a cumulative without its months that of a month of it."""
    others = list(_others(sheet, measure))
    for month, column, number in others or _replaced(sheet, measure):
        amount = abs(number) / (1 if column is Column.MONTH else sheet.catalog.year.number(month))
        if amount:
            yield amount


def _others(sheet: CheckedSheet, measure: Measure) -> Iterator[tuple[Month, Column, float]]:
    course, history = sheet.course(measure.code), sheet.background.history.get(measure.code, {})
    later = [n for n in range(1, 13) if n != sheet.month_number and sheet.catalog.year.month(sheet.year, n) not in history]
    for n in later:
        brought = course.month(n) if n != sheet.month_number + 1 or n in course.months else None  # the month after is counted from this one
        if brought is not None and brought.number is not None:
            yield sheet.catalog.year.month(sheet.year, n), Column.MONTH, float(brought.number)
    for month, known in history.items():
        if known.month is not None:
            yield month, Column.MONTH, float(known.month)
        elif known.ytd is not None:
            yield month, Column.YTD, float(known.ytd)
    prior = sheet.number(measure.code, Column.PRIOR)
    if prior is not None and not any(sheet.catalog.year.of(month) < sheet.year for month in history):
        yield sheet.period, Column.YTD, float(prior)


def _replaced(sheet: CheckedSheet, measure: Measure) -> Iterator[tuple[Month, Column, float]]:
    """What stood in the same month before, where nothing else is known."""
    for column in (Column.MONTH, Column.YTD):
        cell = sheet.background.replaced.get((measure.code, column), {}).get(sheet.period)
        if cell is not None and cell.value.number is not None:
            yield sheet.period, column, float(cell.value.number)
            return
