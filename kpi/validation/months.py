"""A month against the months before it: 累计 = 上月累计 + 本月, days that move on, measures that fall silent."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kpi.catalog.model import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import months
from kpi.validation.sheet import Sheet
from kpi.validation.wording import several
from kpi.value import Qualifier, State
from kpi.workbook.report import Column, Reading

_HABIT = 6  # months in a row that make reporting a habit


def cumulative_falls(sheet: Sheet) -> Iterator[Finding]:
    """A cumulative does not fall within a year."""
    for measure, reading, now in _cumulatives(sheet):
        before = _comparable(sheet, measure, reading)
        if before is not None and now < before and not measure.signed:
            yield Finding(
                "cumulative-falls",
                Severity.CHECK,
                reading.place,
                f"{measure.name}本年累计 {now}，上月累计 {before}，减少 {before - now}",
                "累计数不应减少；确属更正的，请写明原因",
                measures=(measure.code,),
            )


def cumulative_differs(sheet: Sheet) -> Iterator[Finding]:
    """本年累计 = 上月累计 + 本月数, from nothing in January; a fall is said by itself."""
    for measure, reading, now in _cumulatives(sheet):
        before = Decimal(0) if sheet.period.month == 1 else _comparable(sheet, measure, reading)
        month = sheet.cells.get((measure.code, Column.MONTH))
        if before is None or month is None or month.value.number is None or month.value.qualifier is not Qualifier.EXACT:
            continue
        if now < before and not measure.signed:
            continue
        if before + month.value.number != now:
            yield Finding(
                "cumulative-differs",
                Severity.CHECK,
                reading.place,
                f"{measure.name}上月累计 {before} + 本月 {month.value.number} = {before + month.value.number}，本年累计为 {now}",
                f"请核对 {month.place.cell} 与 {reading.place.cell}；以前月份有更正的，请写明原因，差额记作调整数",
                measures=(measure.code,),
            )


def month_exceeds_cumulative(sheet: Sheet) -> Iterator[Finding]:
    """A month is not larger than the year it belongs to; asked where the month before is not known."""
    for measure, reading, now in _cumulatives(sheet):
        month = sheet.number(measure.code, Column.MONTH)
        unknown = sheet.period.month > 1 and _comparable(sheet, measure, reading) is None
        if unknown and month is not None and month > now and not measure.signed:
            yield Finding(
                "month-exceeds-cumulative",
                Severity.CHECK,
                reading.place,
                f"{measure.name}本月数 {month}，大于本年累计 {now}",
                "请核对这两格是否填反；本月冲减了以前月份的，请写明原因",
                measures=(measure.code,),
            )


def two_months_in_one(sheet: Sheet) -> Iterator[Finding]:
    """February's month that is also its year, and no January: 1—2 月 may have been reported together, as one month."""
    if sheet.period.month != 2:
        return
    whole = [
        month
        for measure, reading, now in _cumulatives(sheet)
        if now and sheet.number(measure.code, Column.MONTH) == now and measure.code not in sheet.background.previous
        for month in [sheet.cells[measure.code, Column.MONTH]]
    ]
    if whole:
        yield _about(
            sheet,
            "two-months-in-one",
            Severity.HINT,
            whole,
            "的本月数等于本年累计，1 月没有报过",
            "1—2 月合并报的，请把本月数留空、只填本年累计，免得两个月当成一个月；1 月确实为零的不必改动",
        )


def as_of_goes_back(sheet: Sheet) -> Iterator[Finding]:
    """Figures of this month do not end on an earlier day than those of last month; once for each pair of days."""
    for (now, before), readings in _by_days(sheet).items():
        if now < before:
            yield _about(
                sheet,
                "as-of-goes-back",
                Severity.CHECK,
                readings,
                f"的数据截止日是 {now}，上月报的已到 {before}",
                "请改正数据截止日；确实退回到较早日期的，请写明原因",
            )


def as_of_stands_still(sheet: Sheet) -> Iterator[Finding]:
    """A cumulative that grew while its day did not: the day was forgotten, or an old figure was mended."""
    for (now, before), readings in _by_days(sheet).items():
        grown = [r for r in readings if r.value.number != sheet.background.previous[r.measure].ytd]
        if now == before and grown:
            yield _about(
                sheet,
                "as-of-stands-still",
                Severity.HINT,
                grown,
                f"与上月不同，数据截止日却都是 {now}",
                "是否忘了改数据截止日？截止日不动，本月数就算不出来",
            )


def went_silent(sheet: Sheet) -> Iterator[Finding]:
    """A measure that had a number in every one of the last months, and now 未报."""
    habit = months(sheet.period.plus(-_HABIT), sheet.period.plus(-1))
    silent = []
    for measure in sheet.measures:
        history = sheet.background.history.get(measure.code, {})
        cells = [sheet.cells[measure.code, c] for c in (Column.YTD, Column.MONTH) if (measure.code, c) in sheet.cells]
        spoke = all(month in history and history[month].ytd is not None for month in habit)
        if spoke and all(cell.value.state is State.UNREPORTED for cell in cells):
            silent += cells[:1]
    if silent:
        seen = f"此前 {_HABIT} 个月都有数，本月未报"
        yield _about(sheet, "went-silent", Severity.HINT, silent, seen, "是否漏填？确实为零的请填 0，不再统计的请在备注中说明")


def _cumulatives(sheet: Sheet) -> Iterator[tuple[Measure, Reading, Decimal]]:
    """The exact cumulative figures of flows."""
    for measure, reading, now in sheet.numbers(Column.YTD):
        if measure.kind is MeasureKind.FLOW and reading.value.qualifier is Qualifier.EXACT:
            yield measure, reading, now


def _comparable(sheet: Sheet, measure: Measure, reading: Reading) -> Decimal | None:
    """Last month's exact cumulative; None when there is none, or when it runs to a later day than this one."""
    known = sheet.before(measure)
    if known is None or known.qualifier is not Qualifier.EXACT or (known.as_of is not None and known.as_of > reading.as_of):
        return None
    return known.ytd


def _by_days(sheet: Sheet) -> dict[tuple[date, date], list[Reading]]:
    """The cumulative figures that were numbers last month too, by their day and that of last month."""
    days: dict[tuple[date, date], list[Reading]] = {}
    if sheet.period.month == 1:
        return days
    for measure, reading, _ in sheet.numbers(Column.YTD):
        known = sheet.background.previous.get(measure.code)
        if measure.kind is MeasureKind.FLOW and known is not None and known.ytd is not None and known.as_of is not None:
            days.setdefault((reading.as_of, known.as_of), []).append(reading)
    return days


def _about(sheet: Sheet, code: str, severity: Severity, readings: list[Reading], seen: str, remedy: str) -> Finding:
    """One finding about several measures, at the first of them."""
    names = [sheet.measure(reading).name for reading in readings]
    return Finding(code, severity, readings[0].place, several(names) + seen, remedy, measures=tuple(r.measure for r in readings))
