"""
Slips of the unit: a figure that is its own usual level times or through a power of ten.

元 for 万元, a share for a percentage, a decimal point lost.  Put as a question, for a level may truly have changed.  万
and 亿 are so far from any change that they must be answered, from the first month that has anything to compare with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.validation import thresholds
from kpi.validation.checked_sheet import CheckedSheet, SheetRule
from kpi.validation.dispersion import power_of_ten
from kpi.validation.finding_words import counted, shown
from kpi.validation.leaps import Leap, fall, leap
from kpi.validation.levels import level_breaks_off
from kpi.validation.misplaced import columns_the_same
from kpi.validation.months import cumulative_falls, cumulative_not_reset
from kpi.validation.task_and_target import expected
from kpi.validation.zeros import figures_fall_to_zero
from kpi.workbook.report import Column, Reading

_OF_MONTHS = "此前各月的中位数"


@dataclass(frozen=True, slots=True)
class _Level:
    """
    A figure beside what it is usually like; ``past`` is every earlier value, where those are its equals.

    ``hints`` are what else it may be held against where it has no usual level yet, in the words of ``basis``.
    """

    reading: Reading
    value: float
    usual: tuple[float, ...]
    past: tuple[float, ...] = ()
    hints: tuple[float, ...] = ()
    basis: str = "平常"


def slip_of_scale(sheet: CheckedSheet) -> Iterator[Finding]:
    """A figure in another unit than its own past, its target or the rows beside it, or far above or below all of them; once for each measure."""
    broken_off = {code for finding in sheet.findings(level_breaks_off) if finding.severity is Severity.CHECK for code in finding.measures}
    for measure in sheet.measures:
        slip = next(_in_other_unit(sheet, measure, broken_off), None) or _far_above(sheet, measure) or _far_below(sheet, measure)
        if slip is not None:
            yield slip


def _in_other_unit(sheet: CheckedSheet, measure: Measure, broken_off: set[str]) -> Iterator[Finding]:
    for level in _levels(sheet, measure):
        power = _slip(measure, level)
        if power is not None and measure.code not in broken_off:
            yield _finding(sheet, measure, level, power)
    yield from _beside_sisters(sheet, measure)


def _far_above(sheet: CheckedSheet, measure: Measure) -> Finding | None:
    """A flow's month, or the months since its last cumulative, far above its own past, last year and the year's target."""
    jump = leap(sheet, measure)
    if jump is None or _explained(sheet, measure, cumulative_not_reset, columns_the_same):
        return None
    way_out = "确实有这么多的，请写明原因" if jump.severity is Severity.CHECK else "情况属实的不必改动"
    return _unlike("far-above-known", measure, jump, f"是否多写了位数，或按别的单位填写了？{way_out}")


def _far_below(sheet: CheckedSheet, measure: Measure) -> Finding | None:
    """A flow's month far below several others, a cumulative far below 上年同期 beside it."""
    drop = fall(sheet, measure)
    if drop is None or _explained(sheet, measure, cumulative_falls, figures_fall_to_zero):
        return None
    return _unlike("far-below-known", measure, drop, "是否少写了位数，或按别的单位填写了？情况属实的不必改动")


def _explained(sheet: CheckedSheet, measure: Measure, *rules: SheetRule) -> bool:
    """Whether something better is said of a measure."""
    return any(measure.code in finding.measures for rule in rules for finding in sheet.findings(rule))


def _unlike(code: str, measure: Measure, jump: Leap, remedy: str) -> Finding:
    seen = f"{measure.name}{jump.reading.column.chinese} {counted(jump.reading.value.number, measure.unit)}{jump.brought}，{jump.words}"
    return Finding(code, jump.severity, jump.reading.place, seen, remedy, measures=(measure.code,))


def _finding(sheet: CheckedSheet, measure: Measure, level: _Level, power: int) -> Finding:
    column = level.reading.column.chinese if measure.kind is MeasureKind.FLOW else ""
    times = f"{10**power} 倍" if power > 0 else f"{10**-power} 分之一"
    usual = (level.usual or level.hints)[0]
    seen = f"{measure.name}{column} {counted(level.reading.value.number, measure.unit)}，约为{level.basis}（{counted(shown(usual), measure.unit)}）的 {times}"
    far = power > 0 and (jump := leap(sheet, measure)) is not None and jump.severity is Severity.CHECK
    severity = Severity.CHECK if far or abs(power) >= thresholds.CERTAIN else Severity.HINT
    return Finding("unit-slip", severity, level.reading.place, seen, _suspicion(measure, power), measures=(measure.code,))


def _beside_sisters(sheet: CheckedSheet, measure: Measure) -> Iterator[Finding]:
    """An amount far above all others of its sheet, where nothing else is known of it."""
    for column in (Column.MONTH, Column.YTD):
        reading = sheet.cells.get((measure.code, column))
        if reading is None or not reading.value.number or not measure.unit.startswith(("万", "亿")) or any(_known(level) for level in _levels(sheet, measure)):
            continue
        sisters = [float(n) for other, _, n in sheet.numbers(column) if other.unit == measure.unit and other.code != measure.code and n > 0]
        if len(sisters) >= thresholds.SISTERS and float(reading.value.number) >= max(sisters) * thresholds.ABOVE_ALL:
            stated, most = counted(reading.value.number, measure.unit), counted(shown(max(sisters)), measure.unit)
            seen = f"{measure.name}{column.chinese} {stated}，本表其他以{measure.unit}计的最大是 {most}"
            yield Finding("unit-slip", Severity.CHECK, reading.place, seen, _suspicion(measure, 4), measures=(measure.code,))
            return


def _known(level: _Level) -> bool:
    return bool(level.usual or level.hints)


def _levels(sheet: CheckedSheet, measure: Measure) -> Iterator[_Level]:
    """Where a slip shows: of a flow in the month and in the cumulative, of all else in the level."""
    history, past = sheet.background.history.get(measure.code, {}), sheet.past(measure)
    month, ytd = (sheet.number(measure.code, column) for column in (Column.MONTH, Column.YTD))
    last_year = history.get(sheet.period.plus(-12))
    if measure.kind is MeasureKind.FLOW and month is not None:
        level = (median(past),) if len(past) >= thresholds.LEVEL else ()
        season = (float(last_year.month),) if last_year and last_year.month is not None else ()
        few = ((median(past),), _OF_MONTHS) if past else expected(sheet, measure, Column.MONTH)
        yield _Level(
            sheet.cells[measure.code, Column.MONTH], float(month), level + season, past, *_instead(level + season, few, _OF_MONTHS if level else "上年同月")
        )
    if ytd is not None:
        before, earlier = sheet.before(measure), sheet.background.last_year.get(measure.code)
        flow = measure.kind is MeasureKind.FLOW
        grown = sheet.month_number / (sheet.month_number - 1) if flow and sheet.month_number > 1 else 1.0
        level = (float(before.ytd) * grown,) if before and before.ytd is not None else ()
        season = (float(earlier.ytd),) if earlier and earlier.ytd is not None else ()
        basis = ("按上月累计推算" if flow else "上月") if level else "上年同期"
        yield _Level(
            sheet.cells[measure.code, Column.YTD],
            float(ytd),
            level + season,
            () if flow else past,
            *_instead(level + season, _so_far(sheet, measure, past) or expected(sheet, measure, Column.YTD), basis),
        )


def _so_far(sheet: CheckedSheet, measure: Measure, past: tuple[float, ...]) -> tuple[tuple[float, ...], str] | None:
    """What earlier months make likely: their level, or of a flow as many months of it as the year has had."""
    flow = measure.kind is MeasureKind.FLOW
    return ((median(past) * (sheet.month_number if flow else 1),), "按此前各月推算" if flow else _OF_MONTHS) if past else None


def _instead(usual: tuple[float, ...], few: tuple[tuple[float, ...], str], basis: str) -> tuple[tuple[float, ...], str]:
    """What stands in for a usual level that there is not yet, and the words for what the figure is compared with."""
    return ((), basis) if usual else few


def _slip(measure: Measure, level: _Level) -> int | None:
    """The power of ten a figure is off by, where figures of its kind and size do slip."""
    inside = bool(level.past) and min(level.past) <= level.value <= max(level.past)
    known = level.usual or level.hints
    if measure.signed or not known or inside:
        return None
    if measure.kind is MeasureKind.RATE:
        return power_of_ten(level.value, level.usual, (-2,), thresholds.WITHIN) if level.value <= 1 and level.usual else None
    sizeable = measure.decimals > 0 or min(level.value, *known) >= thresholds.FEW or max(level.value, *known) >= thresholds.THOUSAND
    if not sizeable:
        return None
    near = power_of_ten(level.value, level.usual, thresholds.POWERS, thresholds.WITHIN) if level.usual else None
    return near if near is not None else power_of_ten(level.value, known, thresholds.WIDE_POWERS, thresholds.WIDE)


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
