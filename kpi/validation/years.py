"""A year against the year before it: 上年同期 as the office states it and as we recorded it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month, year_earlier
from kpi.validation.checked_sheet import CheckedSheet
from kpi.value import Qualifier
from kpi.workbook.report import Column


def base_differs(sheet: CheckedSheet) -> Iterator[Finding]:
    """上年同期 against our own record of last year, to the same day."""
    for measure, reading, base in sheet.numbers(Column.PRIOR):
        known = sheet.recorded(measure)
        if known is None or known.value.number is None or known.as_of != year_earlier(reading.as_of):
            continue
        exact = known.value.qualifier is reading.value.qualifier is Qualifier.EXACT
        if exact and known.value.number != base:
            yield Finding(
                "base-differs",
                Severity.CHECK,
                reading.place,
                f"{measure.name}上年同期填 {base}，系统记录的 {sheet.period.plus(-12).chinese}是 {known.value.number}",
                "口径有调整的请写明原因，同比按可比口径计算；填错的请改正",
                measures=(measure.code,),
            )


def base_moves(sheet: CheckedSheet) -> Iterator[Finding]:
    """A correction that changes what a sheet of next year is compared with, where that sheet states no base of its own; once for all of them."""
    if not sheet.background.replaced:
        return
    before = CheckedSheet(replace(sheet.report, readings=()), sheet.period, sheet.catalog, replace(sheet.background, filed=sheet.filed_before), sheet.today)
    moved = moved_base(before, sheet, [measure for measure in sheet.measures if sheet.standing(measure.code) is not None])
    if moved is not None:
        measure, seen = moved
        reading = sheet.standing(measure.code)
        yield Finding(
            "base-moves",
            Severity.CHECK,
            reading.place if reading is not None else sheet.place(),
            seen,
            "请核对本月的数；确需更正的请写明原因，这些月份的同比和增长率会随之变动",
            measures=(measure.code,),
        )


def moved_base(before: CheckedSheet, now: CheckedSheet, measures: Sequence[Measure]) -> tuple[Measure, str] | None:
    """
    The first month of next year that is compared with another figure than before and states no base of its own.

    Args:
        before: The cells as they were, of the year that changes.
        now: The same as they are.
        measures: Those to look at.

    Returns:
        A measure of it, and what is seen of it and how many months there are; None where no base moves.

    """
    moved: dict[Month, tuple[Measure, str]] = {}
    for measure in measures:
        for month in _compared(now, measure):
            was, is_now = _base(before, measure, month), _base(now, measure, month)
            if was is not None and is_now is not None and was != is_now:
                moved.setdefault(month, (measure, f"{measure.name}由 {was} 变为 {is_now}"))
    if not moved:
        return None
    month = min(moved)
    measure, words = moved[month]
    more = f"等 {len(moved)} 个月" if len(moved) > 1 else ""
    return measure, f"{month.chinese}{more}的报表{_cell(now, measure, month)}已按原来的数作同比：{words}"


def _cell(sheet: CheckedSheet, measure: Measure, month: Month) -> str:
    """The file and cell in which a measure has a number."""
    cells = (sheet.filed.get((measure.code, column), {}).get(month) for column in (Column.YTD, Column.MONTH))
    cell = next(cell for cell in cells if cell is not None and cell.value.number is not None)
    return f"（「{cell.file}」{cell.place}）"


def _compared(sheet: CheckedSheet, measure: Measure) -> list[Month]:
    """The months of next year that have a number, and no base beside it."""
    months = {
        month
        for column in (Column.YTD, Column.MONTH)
        for month, cell in sheet.filed.get((measure.code, column), {}).items()
        if sheet.catalog.year.of(month) == sheet.year + 1 and cell.value.number is not None
    }
    stated = {month for month, cell in sheet.filed.get((measure.code, Column.PRIOR), {}).items() if cell.value.number is not None}
    return sorted(months - stated)


def _base(sheet: CheckedSheet, measure: Measure, month: Month) -> Decimal | None:
    """What a month of next year is compared with: the cumulative of a flow a year before, the level of all else."""
    if measure.kind is MeasureKind.FLOW:
        total = sheet.course(measure.code).total(sheet.catalog.year.number(month))
        return total.number if total is not None else None
    cell = sheet.level(measure.code, month.plus(-12))
    return cell.value.number if cell is not None else None
