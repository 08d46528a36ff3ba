"""Stocks that break off: what there is at the end of a month moves slowly, so a level unlike those next to it is asked about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.validation import thresholds
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import counted, shown
from kpi.workbook.report import Column, Reading

_Levels = Mapping[Month, Decimal]


@dataclass(frozen=True, slots=True)
class _Break:
    """The level that a figure breaks off from, in the words of where it stands."""

    level: Decimal
    words: str
    severity: Severity = Severity.CHECK


def level_breaks_off(sheet: CheckedSheet) -> Iterator[Finding]:
    """A stock out of the band round the levels next to it, or a small part of its habit: a digit, a unit, or the month's addition for the level."""
    for measure in sheet.measures:
        reading = sheet.standing(measure.code)
        if measure.kind is not MeasureKind.STOCK or measure.signed or reading is None or reading.value.number is None:
            continue
        number, known = reading.value.number, _known(sheet, measure)
        broken = _part_of_habit(sheet, measure, reading, number, known) or _out_of_band(sheet, measure, number, known)
        if broken is not None:
            where = "在本月数一栏填" if reading.column is Column.MONTH else ""
            yield Finding(
                "level-breaks-off",
                broken.severity,
                reading.place,
                f"{measure.name}{where} {counted(number, measure.unit)}，{broken.words} {counted(shown(float(broken.level)), measure.unit)}",
                _remedy(number, broken),
                measures=(measure.code,),
            )


def _remedy(number: Decimal, broken: _Break) -> str:
    check = broken.severity is Severity.CHECK
    if number > broken.level:
        return "是否多写了位数，或按别的单位填写了？" + ("确实增加这么多的，请写明原因" if check else "情况属实的不必改动")
    question = "本项应填月末的总数，是否填成了本月新增？" if number else "本项应填月末的总数，没有变化的照填上月的数；"
    return question + ("确实减少这么多的，请写明原因" if check else "情况属实的不必改动")


def _part_of_habit(sheet: CheckedSheet, measure: Measure, reading: Reading, number: Decimal, known: _Levels) -> _Break | None:
    """A level that is a small part of those of the other months together."""
    levels = _habit(sheet, known)
    if not levels or _in_season(sheet, number, known, falls=True):
        return None
    usual = median(levels.values())
    switched = reading.column is Column.MONTH and number and _under_ytd(sheet, measure, levels) and number * thresholds.SWITCHED_PART <= usual
    habit = len(levels) >= thresholds.HABIT and usual >= thresholds.LARGE and number * thresholds.PART <= usual
    part = usual >= thresholds.VERY_LARGE and number * thresholds.SMALL_PART <= usual
    return _Break(usual, "其他月份约") if switched or habit or part else None


def _out_of_band(sheet: CheckedSheet, measure: Measure, number: Decimal, known: _Levels) -> _Break | None:
    """A level that none of those next to it explains."""
    beside = _next_to(sheet, known) or _replaced(sheet, measure)
    if not beside or _in_season(sheet, number, known, falls=number < min(beside.values())):
        return None
    own = _own_leap(sheet, measure)
    breaks = [_unlike(sheet, measure, number, month, beside, own) for month in beside]
    first = breaks[0]
    return first if all(breaks) else None


def _unlike(sheet: CheckedSheet, measure: Measure, number: Decimal, month: Month, beside: _Levels, own: float) -> _Break | None:
    """Whether a figure is out of the band round one level, wider where only that of a year ago is known."""
    level, ago = beside[month], sheet.period.plus(-12)
    times = max(thresholds.SMALL_PART if list(beside) == [ago] else thresholds.BAND, own)
    less, more = sorted((float(number), float(level)))
    words = "更正以前是" if month == sheet.period else f"{month.chinese}是"
    if not level or more <= less * times:
        return None
    set_anew = number < level and sheet.catalog.year.of(month) < sheet.year and ago not in beside  # as a new year may do
    if not number:
        large = level >= thresholds.FEW and not set_anew
        return _Break(level, words, Severity.CHECK if large else Severity.HINT) if level >= thresholds.HABIT else None
    if measure.decimals or more >= thresholds.VERY_LARGE:
        return _Break(level, words, Severity.HINT if set_anew else Severity.CHECK)
    return _Break(level, words, Severity.HINT) if more >= thresholds.SOME and more >= less * thresholds.LEAP_OF_FEW else None


def _next_to(sheet: CheckedSheet, known: _Levels) -> dict[Month, Decimal]:
    """The levels of the year that are next before and after; before its first the last of last year, and that of a year ago."""
    before = [month for month in known if month < sheet.period]
    after = [month for month in known if month > sheet.period and sheet.catalog.year.of(month) == sheet.year]
    year = [max((month for month in before if sheet.catalog.year.of(month) == sheet.year), default=None), min(after, default=None)]
    if beside := [month for month in year if month is not None]:
        return {month: known[month] for month in beside}
    last = [month for month in before if month >= sheet.catalog.year.first(sheet.year).plus(-thresholds.CLOSE)]
    return {month: known[month] for month in dict.fromkeys([*sorted(last)[-1:], *({sheet.period.plus(-12)} & known.keys())])}


def _replaced(sheet: CheckedSheet, measure: Measure) -> dict[Month, Decimal]:
    """What stood in this month before it is corrected, where no other month is known."""
    cells = (sheet.background.replaced.get((measure.code, column), {}).get(sheet.period) for column in (Column.YTD, Column.MONTH))
    number = next((cell.value.number for cell in cells if cell is not None and cell.value.number is not None), None)
    return {sheet.period: number} if number is not None else {}


def _own_leap(sheet: CheckedSheet, measure: Measure) -> float:
    """How far the level has leapt before from one month to the next, some more; the greatest leap may itself have been a slip."""
    history = sheet.background.history.get(measure.code, {})
    pairs = [
        (known.month, history[month.plus(1)].month)
        for month, known in history.items()
        if not sheet.catalog.year.opens(month.plus(1)) and month.plus(1) in history
    ]
    steps = sorted(float(max(pair) / min(pair)) for pair in ((a, b) for a, b in pairs if a and b))
    return steps[-2] * thresholds.OWN_LEAPS if len(steps) > 1 else 0.0


def _in_season(sheet: CheckedSheet, number: Decimal, known: _Levels, *, falls: bool) -> bool:
    """Whether the level was as low, or as high, a year ago."""
    ago = known.get(sheet.period.plus(-12))
    if ago is None:
        return False
    return float(number) * thresholds.SEASON >= ago if falls else float(number) <= float(ago) * thresholds.SEASON


def _habit(sheet: CheckedSheet, known: _Levels) -> dict[Month, Decimal]:
    """
    The other levels of the year, before and after; in its first month those of last year, if that month is among them.

    A new year may set a stock anew, so that only what it was at this time of last year tells what it is like.
    """
    same = {month: level for month, level in known.items() if sheet.catalog.year.of(month) == sheet.year}
    ago = sheet.period.plus(-12)
    if same:
        return same | ({ago: known[ago]} if ago in known else {})
    return {month: level for month, level in known.items() if sheet.catalog.year.of(month) == sheet.year - 1} if ago in known else {}


def _known(sheet: CheckedSheet, measure: Measure) -> dict[Month, Decimal]:
    """Every other level from last year to the next; a year ago as this sheet states it where nothing is recorded."""
    prior = sheet.number(measure.code, Column.PRIOR)
    stated = {sheet.period.plus(-12): prior} if prior is not None else {}
    if sheet.background.filed is None:
        history = sheet.background.history.get(measure.code, {})
        return stated | {month: known.ytd for month, known in history.items() if known.ytd is not None}
    months = {month for column in (Column.YTD, Column.MONTH) for month in sheet.filed.get((measure.code, column), {})} - {sheet.period}
    cells = {month: sheet.level(measure.code, month) for month in months if abs(sheet.catalog.year.of(month) - sheet.year) <= 1}
    return stated | {month: cell.value.number for month, cell in cells.items() if cell is not None and cell.value.number is not None}


def _under_ytd(sheet: CheckedSheet, measure: Measure, levels: _Levels) -> bool:
    """Whether every other level stands under 本年累计."""
    cells = sheet.filed.get((measure.code, Column.YTD), {})
    return all((cell := cells.get(month)) is not None and cell.value.number is not None for month in levels)
