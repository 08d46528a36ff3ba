"""Rates that are far from what is set for them in a way that points at a slip: two rows the wrong way round, a digit too many or too few."""

from collections.abc import Iterator

from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Better
from kpi.catalog.target import TargetKind
from kpi.finding import Finding, Severity
from kpi.validation import thresholds
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import shown
from kpi.validation.sides import all_exact, amount_of, first_cell, keys, spoken
from kpi.workbook.report import Column

_TENFOLD = (10, 100)


def outcomes_swapped(sheet: CheckedSheet) -> Iterator[Finding]:
    """合格 4 and 不合格 96 where 97.8 % is to be reached: the other way round it would be, so the rows may be; the month first, then the year so far."""
    for indicator in sheet.catalog.indicators.values():
        floor, failed = _floor(sheet, indicator), indicator.failed
        if floor is None or failed is None or len(indicator.numerator.terms) != 1 or len(failed.terms) != 1:
            continue
        [passed_code], [failed_code] = indicator.numerator.codes, failed.codes
        measures = [sheet.catalog.measures[code] for code in (passed_code, failed_code)]
        for column, words in ((Column.MONTH, "本月数"), (Column.YTD, "按累计相减的本月数"), (Column.YTD, "本年累计")):
            derived = words.startswith("按")
            if derived and sheet.month_number == 1:
                continue
            good, bad = (sheet.month(measure) if derived else sheet.number(measure.code, column) for measure in measures)
            reading = sheet.cells.get((passed_code, column))
            if (
                reading is None
                or good is None
                or bad is None
                or good + bad < thresholds.FEW
                or good >= bad
                or float(bad) < float(good + bad) * floor / 100 * thresholds.NEARLY
            ):
                continue
            rate = shown(round(float(good) * 100 / float(good + bad), 1))
            yield Finding(
                "outcomes-swapped",
                Severity.CHECK,
                reading.place,
                f"{measures[0].name}{words} {good}，{measures[1].name} {bad}，{indicator.name}只有 {rate}%，目标是 {shown(floor)}%",
                "是否把这两行填反了？填反的请改正；数据属实的，请写明原因",
                measures=(passed_code, failed_code),
            )
            break


def first_rate_far_off(sheet: CheckedSheet) -> Iterator[Finding]:
    """A rate of which nothing is known before, a tenth or a hundredth of what is set for it: a digit too many in the whole or too few in the part."""
    for indicator in sheet.catalog.indicators.values():
        floor, whole = _floor(sheet, indicator), indicator.denominator
        reading = first_cell(sheet, indicator.numerator)
        codes = [code for code, _ in keys(indicator.numerator, whole)]
        if floor is None or whole is None or reading is None or any(sheet.background.history.get(code) for code in codes):
            continue
        figures = sheet.figures(keys(indicator.numerator, whole))
        part, total = amount_of(figures, indicator.numerator), amount_of(figures, whole)
        if part is None or total is None or part <= 0 or total < thresholds.SOME or not all_exact(figures):
            continue
        rate = float(part / total) * 100
        times = next((times for times in _TENFOLD if floor * thresholds.NEARLY <= rate * times <= min(floor / thresholds.NEARLY, 100)), None)
        if times is not None:
            sides = "、".join(spoken(side, sheet, figures) for side in (indicator.numerator, whole))
            yield Finding(
                "rate-far-off",
                Severity.HINT,
                reading.place,
                f"{sides}，{indicator.name}只有 {shown(round(rate, 2))}%，目标是 {shown(floor)}%，约差 {times} 倍",
                "是否有一个数多写或少写了位数？情况属实的不必改动",
                measures=tuple(dict.fromkeys(codes)),
            )


def _floor(sheet: CheckedSheet, indicator: Indicator) -> float | None:
    """The percentage that a share is to reach at least, None for everything else."""
    if (
        indicator.unit != "%"
        or indicator.derived
        or indicator.denominator is None
        or indicator.better is not Better.HIGHER
        or indicator.target_kind is not TargetKind.FLOOR
    ):
        return None
    target = sheet.target(indicator)
    return float(sheet.catalog.wanted(target)) if target is not None else None
