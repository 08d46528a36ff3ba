"""Stocks that break off: the addition of a month typed where what there is at its end belongs."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median

from kpi.catalog.model import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.validation.sheet import Sheet
from kpi.validation.spread import shown
from kpi.workbook.report import Column, Reading

_HABIT = 3  # levels that make a habit
_PART = 5  # times: a level that was a habit does not fall to so small a part of itself
_SMALL_PART = 10  # the same where the level is known of fewer months
_SWITCHED_PART = 2  # the same where the other column was used so far
_LARGE, _VERY_LARGE = 50, 100  # below, a stock may well be used up
_SEASON = Decimal("2.5")  # times: as low a year ago, and it is the season


def level_breaks_off(sheet: Sheet) -> Iterator[Finding]:
    """A stock that is a small part of what it is in the other months: the month's addition may stand for the level."""
    for measure in sheet.measures:
        reading = sheet.standing(measure.code)
        if measure.kind is not MeasureKind.STOCK or measure.signed or reading is None or reading.value.number is None:
            continue
        levels = _levels(sheet, measure)
        number = reading.value.number
        if not levels or not _breaks_off(sheet, measure, reading, number, levels):
            continue
        usual = shown(float(median(levels.values())))
        where = "在本月数一栏填" if reading.column is Column.MONTH else ""
        yield Finding(
            "level-breaks-off",
            Severity.CHECK,
            reading.place,
            f"{measure.name}{where} {number}{measure.unit}，其他月份约 {usual}{measure.unit}",
            "本项应填月末的总数，是否填成了本月新增？确实减少这么多的，请写明原因",
            measures=(measure.code,),
        )


def _breaks_off(sheet: Sheet, measure: Measure, reading: Reading, number: Decimal, levels: Mapping[Month, Decimal]) -> bool:
    usual = median(levels.values())
    a_year_ago = levels.get(sheet.period.plus(-12))
    if a_year_ago is not None and number * _SEASON >= a_year_ago:
        return False
    if reading.column is Column.MONTH and number and _under_ytd(sheet, measure, levels) and number * _SWITCHED_PART <= usual:
        return True
    if len(levels) >= _HABIT and number and usual >= _LARGE:
        return number * _PART <= usual
    return usual >= _VERY_LARGE and number * _SMALL_PART <= usual


def _levels(sheet: Sheet, measure: Measure) -> dict[Month, Decimal]:
    """
    The other levels of the year, before and after; in its first month those of last year, if that month is among them.

    A new year may set a stock anew, so that only what it was at this time of last year tells what it is like.
    """
    known = _known(sheet, measure)
    same = {month: level for month, level in known.items() if month.year == sheet.period.year}
    ago = sheet.period.plus(-12)
    if same:
        return same | ({ago: known[ago]} if ago in known else {})
    return {month: level for month, level in known.items() if month.year == ago.year} if ago in known else {}


def _known(sheet: Sheet, measure: Measure) -> dict[Month, Decimal]:
    if sheet.background.filed is None:
        history = sheet.background.history.get(measure.code, {})
        return {month: known.ytd for month, known in history.items() if known.ytd is not None}
    months = {month for column in (Column.YTD, Column.MONTH) for month in sheet.filed.get((measure.code, column), {})} - {sheet.period}
    cells = {month: sheet.level(measure.code, month) for month in months if abs(month.year - sheet.period.year) <= 1}
    return {month: cell.value.number for month, cell in cells.items() if cell is not None and cell.value.number is not None}


def _under_ytd(sheet: Sheet, measure: Measure, levels: Mapping[Month, Decimal]) -> bool:
    """Whether every other level stands under 本年累计."""
    cells = sheet.filed.get((measure.code, Column.YTD), {})
    return all((cell := cells.get(month)) is not None and cell.value.number is not None for month in levels)
