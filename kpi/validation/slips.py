"""
Slips of the unit: a figure that is its own usual level times or through a power of ten.

元 for 万元, a share for a percentage, a decimal point lost.  Put as a question, for a level may truly have changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from kpi.catalog.model import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.validation.sheet import Sheet
from kpi.validation.spread import power_of_ten, shown
from kpi.workbook.report import Column, Reading

_FEW = 3  # monthly values that make a level
_WITHIN = 2.5  # how far a figure may stray from its level and still be taken for that level in another unit
_POWERS = (4, -4, 3, -3, 2, -2)


@dataclass(frozen=True, slots=True)
class _Level:
    """A figure beside what it is usually like; ``past`` is every earlier value, where those are its equals."""

    reading: Reading
    value: float
    usual: tuple[float, ...]
    past: tuple[float, ...] = ()


def unit_slip(sheet: Sheet) -> Iterator[Finding]:
    """A figure in another unit than its own past, once for each measure."""
    for measure in sheet.measures:
        for level in _levels(sheet, measure):
            power = _slip(measure, level)
            if power is not None:
                yield _finding(measure, level, power)
                break


def _finding(measure: Measure, level: _Level, power: int) -> Finding:
    column = level.reading.column.chinese if measure.kind is MeasureKind.FLOW else ""
    times = f"{10**power} 倍" if power > 0 else f"{10**-power} 分之一"
    seen = f"{measure.name}{column} {level.reading.value.number}{measure.unit}，约为平常（{shown(level.usual[0])}{measure.unit}）的 {times}"
    return Finding("unit-slip", Severity.HINT, level.reading.place, seen, _suspicion(measure, power), measures=(measure.code,))


def _levels(sheet: Sheet, measure: Measure) -> Iterator[_Level]:
    """Where a slip shows: of a flow in the month and in the cumulative, of all else in the level."""
    history, past = sheet.background.history.get(measure.code, {}), sheet.past(measure)
    month, ytd = (sheet.number(measure.code, column) for column in (Column.MONTH, Column.YTD))
    last_year = history.get(sheet.period.plus(-12))
    if measure.kind is MeasureKind.FLOW and month is not None:
        level = (median(past),) if len(past) >= _FEW else ()
        season = (float(last_year.month),) if last_year and last_year.month is not None else ()
        yield _Level(sheet.cells[measure.code, Column.MONTH], float(month), level + season, past)
    if ytd is not None:
        before, earlier = sheet.before(measure), sheet.background.last_year.get(measure.code)
        flow = measure.kind is MeasureKind.FLOW
        grown = sheet.period.month / (sheet.period.month - 1) if flow and sheet.period.month > 1 else 1.0
        level = (float(before.ytd) * grown,) if before and before.ytd is not None else ()
        season = (float(earlier.ytd),) if earlier and earlier.ytd is not None else ()
        yield _Level(sheet.cells[measure.code, Column.YTD], float(ytd), level + season, () if flow else past)


def _slip(measure: Measure, level: _Level) -> int | None:
    """The power of ten a figure is off by, where figures of its kind and size do slip."""
    inside = bool(level.past) and min(level.past) <= level.value <= max(level.past)
    if measure.signed or not level.usual or inside:
        return None
    if measure.kind is MeasureKind.RATE:
        return power_of_ten(level.value, level.usual, (-2,), _WITHIN) if level.value <= 1 else None
    sizeable = measure.decimals > 0 or min(level.value, *level.usual) >= 10 or max(level.value, *level.usual) >= 1000
    return power_of_ten(level.value, level.usual, _POWERS, _WITHIN) if sizeable else None


def _suspicion(measure: Measure, power: int) -> str:
    """What may have happened, as a question."""
    unit = measure.unit
    if measure.kind is MeasureKind.RATE:
        return "是否把百分数写成了小数？97.8% 应填 97.8"
    if power == 4 and unit.startswith("万"):
        return f"是否按{unit.removeprefix('万')}填写了？本项的单位是{unit}"
    if power == -4 and not unit.startswith("万"):
        return f"是否按万{unit}填写了？本项的单位是{unit}"
    return f"是否{'多' if power > 0 else '少'}写了 {abs(power)} 位，或点错了小数点？本项的单位是{unit}"
