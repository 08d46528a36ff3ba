"""A year against the year before it: 上年同期 as the office states it and as we recorded it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kpi.catalog.model import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month, year_earlier
from kpi.validation.sheet import Sheet
from kpi.value import Qualifier
from kpi.workbook.report import Column, Reading


def base_differs(sheet: Sheet) -> Iterator[Finding]:
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
                f"{measure.name}上年同期填 {base}，系统记录为 {known.value.number}",
                "口径有调整的请写明原因，同比按可比口径计算；填错的请改正",
                measures=(measure.code,),
            )


def base_moves(sheet: Sheet) -> Iterator[Finding]:
    """A correction that changes what a sheet of next year is compared with, where that sheet states no base of its own; once for all of them."""
    if not sheet.background.replaced:
        return
    before = Sheet(replace(sheet.report, readings=()), sheet.period, sheet.catalog, replace(sheet.background, filed=sheet.filed_before), sheet.today)
    moved: dict[Month, tuple[Reading, str]] = {}
    for measure in sheet.measures:
        reading = sheet.standing(measure.code)
        for month in _compared(sheet, measure) if reading is not None else ():
            was, now = _base(before, measure, month), _base(sheet, measure, month)
            if reading is not None and was is not None and now is not None and was != now:
                moved.setdefault(month, (reading, f"{measure.name}由 {was} 变为 {now}"))
    if moved:
        first = min(moved)
        reading, words = moved[first]
        cells = (sheet.filed.get((reading.measure, column), {}).get(first) for column in (Column.YTD, Column.MONTH))
        cell = next(cell for cell in cells if cell is not None and cell.value.number is not None)
        more = f"等 {len(moved)} 个月" if len(moved) > 1 else ""
        yield Finding(
            "base-moves",
            Severity.CHECK,
            reading.place,
            f"{first.chinese}{more}的报表（「{cell.file}」{cell.place}）已按原来的数作同比：{words}",
            "请核对本月的数；确需更正的请写明原因，这些月份的同比和增长率会随之变动",
            measures=(reading.measure,),
        )


def _compared(sheet: Sheet, measure: Measure) -> list[Month]:
    """The months of next year that have a number, and no base beside it."""
    months = {
        month
        for column in (Column.YTD, Column.MONTH)
        for month, cell in sheet.filed.get((measure.code, column), {}).items()
        if month.year == sheet.period.year + 1 and cell.value.number is not None
    }
    stated = {month for month, cell in sheet.filed.get((measure.code, Column.PRIOR), {}).items() if cell.value.number is not None}
    return sorted(months - stated)


def _base(sheet: Sheet, measure: Measure, month: Month) -> Decimal | None:
    """What a month of next year is compared with: the cumulative of a flow a year before, the level of all else."""
    if measure.kind is MeasureKind.FLOW:
        total = sheet.course(measure.code).total(month.month)
        return total.number if total is not None else None
    cell = sheet.level(measure.code, month.plus(-12))
    return cell.value.number if cell is not None else None
