"""Noughts over what was there: a form filled with 0 where the months before had figures."""

from collections.abc import Iterator

from kpi.catalog.measure import MeasureKind
from kpi.finding import Finding, Severity
from kpi.validation import thresholds
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.copies import stale_copy
from kpi.validation.finding_words import several
from kpi.value import State
from kpi.workbook.ledgers.ledger_faults import NO_CASES
from kpi.workbook.report import Column, Reading


def figures_fall_to_zero(sheet: CheckedSheet) -> Iterator[Finding]:
    """
    A form whose figures are all 0 though the months before had some, or where nearly all work that never was 0 is 0 at once.

    A form that was all 0 before may be so again; the first of all is a hint; of a single figure `outliers` speaks, and of
    a month of a ledger that is 0 by its title alone the ledger itself.
    """
    if sheet.report.has_no_case and any(finding.code == NO_CASES for finding in sheet.report.findings):
        return
    numbers = [r for r in _stated(sheet) if r.value.number is not None]
    measures = list(dict.fromkeys(r.measure for r in numbers))
    fallen = [r for r in map(sheet.standing, measures) if r is not None and _before(sheet, r.measure) and _now_zero(sheet, r)]
    if numbers and not any(r.value.number for r in numbers):
        if fallen and len(measures) > 1 and not _was_zero(sheet, measures):
            yield _finding(sheet, Severity.CHECK, fallen, f"全表 {len(numbers)} 个数都是 0，{_names(sheet, fallen)}以前有数")
        elif len(measures) >= thresholds.HABIT and not any(sheet.background.history.get(code) for code in measures):
            yield _finding(sheet, Severity.HINT, numbers, f"全表 {len(numbers)} 个数都是 0")
        return
    flows = [code for code in measures if sheet.catalog.measures[code].kind is MeasureKind.FLOW]
    steady = [r for r in map(sheet.standing, flows) if r is not None and _before(sheet, r.measure) and not _was_zero(sheet, [r.measure])]
    at_once = [r for r in steady if r in fallen]
    if len(at_once) >= thresholds.HABIT and len(at_once) >= len(steady) * thresholds.NEARLY_ALL and not sheet.findings(stale_copy):
        yield _finding(sheet, Severity.CHECK, at_once, f"{_names(sheet, at_once)}以前每月都有数，这个月都是 0")


def figures_give_way_to_words(sheet: CheckedSheet) -> Iterator[Finding]:
    """A form without a number, 未开展 in every cell, where several measures had some."""
    stated = _stated(sheet)
    before = [r for r in stated if _before(sheet, r.measure)]
    if len({r.measure for r in before}) > 1 and all(r.value.number is None for r in stated):
        states = "、".join(dict.fromkeys(r.value.state.value for r in stated))
        yield _finding(sheet, Severity.CHECK, before, f"全表没有数，只有{states}，{_names(sheet, before)}以前有数")


def _stated(sheet: CheckedSheet) -> list[Reading]:
    """What a form says of this year: numbers and words."""
    return [r for r in sheet.report.readings if r.column is not Column.PRIOR and r.value.state is not State.UNREPORTED]


def _finding(sheet: CheckedSheet, severity: Severity, readings: list[Reading], seen: str) -> Finding:
    way_out = "确实没有的，请写明原因" if severity is Severity.CHECK else "确实没有的不必改动"
    form, ledger = "没有统计的请留空，不要填 0 或别的字样；时点数没有变化的照填上月的数", "请核对台账是否缺了行、写错了日期或结果"
    remedy = f"{form if sheet.report.cases is None else ledger}；{way_out}"
    return Finding("figures-fall-to-zero", severity, readings[0].place, seen, remedy, measures=tuple(dict.fromkeys(r.measure for r in readings)))


def _names(sheet: CheckedSheet, readings: list[Reading]) -> str:
    return several(list(dict.fromkeys(sheet.measure(reading).name for reading in readings)))


def _before(sheet: CheckedSheet, code: str) -> bool:
    """Whether the latest month in which a measure is known had more than nothing."""
    history = sheet.background.history.get(code, {})
    latest = max((month for month, known in history.items() if known.month is not None), default=None)
    return latest is not None and bool(history[latest].month)


def _now_zero(sheet: CheckedSheet, reading: Reading) -> bool:
    """Whether a month brought nothing, or nothing is there at its end."""
    measure = sheet.measure(reading)
    if measure.kind is not MeasureKind.FLOW:
        return reading.value.number == 0
    month = sheet.number(measure.code, Column.MONTH)
    return (month if month is not None else sheet.month(measure)) == 0 or reading.value.number == 0


def _was_zero(sheet: CheckedSheet, codes: list[str]) -> bool:
    """Whether there was a month in which none of some measures had anything."""
    history = [sheet.background.history.get(code, {}) for code in codes]
    months = {month for known in history for month in known}
    return any(all(known[month].month == 0 for known in history if month in known) for month in months)
