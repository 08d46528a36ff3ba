"""A month against the months before it: 累计 = 上月累计 + 本月, days that move on, measures that fall silent."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import months
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import several
from kpi.value import Qualifier, State
from kpi.workbook.report import Column, Reading

_HABIT = 6  # months in a row that make reporting a habit
_LATE = 2  # the last month whose cumulative may be the first of a year; and so many months before its end one may be the last
_FEW = 3  # cases in a whole year, as many as which a single month may well bring
_GROWN = 3  # times the year before: a cumulative that goes on from it is not so much larger
_EARLY = Decimal("0.8")  # the share of a year that came in its first month where work lies there


def cumulative_falls(sheet: CheckedSheet) -> Iterator[Finding]:
    """A cumulative does not fall within a year."""
    for measure, reading, now in _cumulatives(sheet):
        number, before = _before(sheet, measure, reading)
        if number and now < before and not measure.signed:
            when = "上月" if number == sheet.month_number - 1 else f" {sheet.month_at(number)}"
            yield Finding(
                "cumulative-falls",
                Severity.CHECK,
                reading.place,
                f"{measure.name}本年累计 {now}，{when}累计 {before}，减少 {before - now}",
                "累计数不应减少；确属更正的，请写明原因",
                measures=(measure.code,),
            )


def cumulative_differs(sheet: CheckedSheet) -> Iterator[Finding]:
    """本年累计 = 上月累计 + 本月数, from nothing in the first month of a year; a fall, and a year that goes on from the last, are said by themselves."""
    for measure, reading, now in _cumulatives(sheet):
        number, before = _before(sheet, measure, reading)
        month = sheet.cells.get((measure.code, Column.MONTH))
        if number < sheet.month_number - 1 or month is None or month.value.number is None or month.value.qualifier is not Qualifier.EXACT:
            continue
        if (now < before and not measure.signed) or _goes_on(sheet, measure, now) is not None:
            continue
        if before + month.value.number != now:
            yield Finding(
                "cumulative-differs",
                Severity.CHECK,
                reading.place,
                f"{measure.name}本年累计 {now}，应为上月累计 {before} + 本月数 {month.value.number} = {before + month.value.number}",
                f"请核对 {month.place.cell} 与 {reading.place.cell}；以前月份有更正的，请写明原因，差额记作调整数",
                measures=(measure.code,),
            )


def cumulative_not_reset(sheet: CheckedSheet) -> Iterator[Finding]:
    """The first cumulative of a year that is no less than the last of the year before: it may not have begun anew with the year."""
    for measure, reading, now in _cumulatives(sheet):
        before = _goes_on(sheet, measure, now)
        if before is not None:
            number, amount = before
            last = sheet.catalog.year.month(sheet.year - 1, number).chinese
            yield Finding(
                "cumulative-not-reset",
                Severity.CHECK,
                reading.place,
                f"{measure.name}本年累计 {now}，不小于 {last}的累计 {amount}，像是 {sheet.year_begins}没有清零",
                f"本年累计应从 {sheet.year_begins}重新计算，请改正；确实一开年就有这么多的，请写明原因",
                measures=(measure.code,),
            )


def month_exceeds_cumulative(sheet: CheckedSheet) -> Iterator[Finding]:
    """The months of a year are not more than the year; asked where a month before is not known."""
    for measure, reading, now in _cumulatives(sheet):
        number, before = _before(sheet, measure, reading)
        if sheet.month_number == 1 or number == sheet.month_number - 1 or measure.signed or now < before:
            continue
        stated = {n: m for n, m in _months(sheet, measure).items() if n > number}
        if stated and before + sum(stated.values()) > now:
            own = list(stated) == [sheet.month_number] and not number
            seen = f"本月数 {stated[sheet.month_number]}" if own else f"各月的数 {_summed(sheet, stated, number, before)}"
            remedy = "请核对这两格是否填反" if own else "请核对本年累计和这几个月的数"
            yield Finding(
                "month-exceeds-cumulative",
                Severity.CHECK,
                reading.place,
                f"{measure.name}本年累计 {now}，小于{seen}",
                f"{remedy}；本月冲减了以前月份的，请写明原因",
                measures=(measure.code,),
            )


def two_months_in_one(sheet: CheckedSheet) -> Iterator[Finding]:
    """The second month of a year that is also the year so far, and no first: 1—2 月 may have been reported together, as one month."""
    if sheet.month_number != 2:
        return
    whole = [
        sheet.cells[measure.code, Column.MONTH]
        for measure, _, now in _cumulatives(sheet)
        if now and sheet.number(measure.code, Column.MONTH) == now and measure.code not in sheet.background.previous
    ]
    if whole:
        first = sheet.month_at(1)
        yield _about(
            sheet,
            "two-months-in-one",
            Severity.HINT,
            whole,
            f"的本月数等于本年累计，{first}没有报过",
            f"{sheet.months_between(0, 2)}合并报的，请把本月数留空、只填本年累计，免得两个月当成一个月；{first}确实为零的不必改动",
        )


def as_of_goes_back(sheet: CheckedSheet) -> Iterator[Finding]:
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


def as_of_stands_still(sheet: CheckedSheet) -> Iterator[Finding]:
    """A cumulative that grew while its day did not: the day was forgotten, or an old figure was mended."""
    for (now, before), readings in _by_days(sheet).items():
        grown = [r for r in readings if (before_now := sheet.course(r.measure).total(sheet.month_number - 1)) and r.value.number != before_now.number]
        if now == before and grown:
            yield _about(
                sheet,
                "as-of-stands-still",
                Severity.HINT,
                grown,
                f"与上月不同，数据截止日却都是 {now}",
                "是否忘了改数据截止日？截止日不动，本月数就算不出来",
            )


def went_silent(sheet: CheckedSheet) -> Iterator[Finding]:
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
        form, ledger = "是否漏填？确实为零的请填 0，不再统计的请在备注中说明", "台账是否少了列或行？补齐后再报；不再统计的不必处理"
        yield _about(sheet, "went-silent", Severity.HINT, silent, seen, form if sheet.report.cases is None else ledger)


def _cumulatives(sheet: CheckedSheet) -> Iterator[tuple[Measure, Reading, Decimal]]:
    """The exact cumulative figures of flows."""
    for measure, reading, now in sheet.numbers(Column.YTD):
        if measure.kind is MeasureKind.FLOW and reading.value.qualifier is Qualifier.EXACT:
            yield measure, reading, now


def _before(sheet: CheckedSheet, measure: Measure, reading: Reading) -> tuple[int, Decimal]:
    """
    The latest exact cumulative of the year before this one's, with the number of its month; 0 and nothing where there is none.

    One that runs to a later day than this one is none to compare with.
    """
    course = sheet.course(measure.code)
    number = course.last_known(sheet.month_number)
    total, day = course.total(number), course.day(number)
    if not number or total is None or total.number is None or total.qualifier is not Qualifier.EXACT or (day is not None and day > reading.as_of):
        return 0, Decimal(0)
    return number, total.number


def _goes_on(sheet: CheckedSheet, measure: Measure, now: Decimal) -> tuple[int, Decimal] | None:
    """The last cumulative of last year, with its month, where the first of this year seems to go on from it."""
    course, last = sheet.course(measure.code), sheet.filed_course(measure.code, sheet.year - 1)
    number = last.last_known(13)
    total, month = last.total(number) if number else None, course.months.get(sheet.month_number)
    if measure.signed or sheet.month_number > _LATE or course.last_known(sheet.month_number) or total is None or total.number is None:
        return None
    if total.qualifier is not Qualifier.EXACT or number < 13 - _LATE or not 0 < total.number <= now <= total.number * _GROWN:
        return None
    stated = month.value.number if month is not None else None
    first = last.total(sheet.month_number)
    early = first is not None and first.number is not None and first.number >= total.number * _EARLY
    if stated is not None:
        return (number, total.number) if stated < now else None
    return (number, total.number) if not early and (measure.decimals or total.number >= _FEW) else None


def _months(sheet: CheckedSheet, measure: Measure) -> dict[int, Decimal]:
    """The exact single months of this year that are stated, up to this one."""
    cells = sheet.course(measure.code).months
    return {
        number: cell.value.number
        for number, cell in sorted(cells.items())
        if number <= sheet.month_number and cell.value.number is not None and cell.value.qualifier is Qualifier.EXACT
    }


def _summed(sheet: CheckedSheet, stated: dict[int, Decimal], number: int, before: Decimal) -> str:
    """A cumulative and the months after it, added up."""
    so_far = [f"{sheet.month_at(number)}累计 {before}"] if number else []
    return " + ".join([*so_far, *(f"{sheet.month_at(month)} {amount}" for month, amount in stated.items())]) + f" = {before + sum(stated.values())}"


def _by_days(sheet: CheckedSheet) -> dict[tuple[date, date], list[Reading]]:
    """The cumulative figures that were numbers last month too, by their day and that of last month."""
    days: dict[tuple[date, date], list[Reading]] = {}
    if sheet.month_number == 1:
        return days
    for measure, reading, _ in sheet.numbers(Column.YTD):
        if measure.kind is MeasureKind.FLOW:
            course = sheet.course(measure.code)
            day = course.day(sheet.month_number - 1)
            if day is not None and course.total(sheet.month_number - 1) is not None:
                days.setdefault((reading.as_of, day), []).append(reading)
    return days


def _about(sheet: CheckedSheet, code: str, severity: Severity, readings: list[Reading], seen: str, remedy: str) -> Finding:
    """One finding about several measures, at the first of them."""
    names = [sheet.measure(reading).name for reading in readings]
    return Finding(code, severity, readings[0].place, several(names) + seen, remedy, measures=tuple(r.measure for r in readings))
