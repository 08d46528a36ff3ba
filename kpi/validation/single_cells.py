"""What is wrong with a cell by itself: a day it cannot run to, a number it cannot be."""

from collections.abc import Iterator
from datetime import date

from kpi.catalog.measure import MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.validation.bounds import largest
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import counted, number_words, several
from kpi.validation.relation_figures import possible
from kpi.workbook.report import Reading


def future_period(sheet: CheckedSheet) -> Iterator[Finding]:
    """A month that has not begun cannot be reported."""
    if sheet.period > Month.of(sheet.today):
        yield Finding(
            "future-period",
            Severity.BLOCK,
            sheet.place(),
            f"报表期间是 {sheet.period.chinese}，今天是 {sheet.today:%Y-%m-%d}",
            "请核对期间；未到的月份不能报送",
        )


def as_of_outside_period(sheet: CheckedSheet) -> Iterator[Finding]:
    """A figure of a month runs to a day of that year, not beyond the month and not beyond today; once for each wrong day."""
    last = min(sheet.period.last_day, sheet.today)
    if sheet.period > Month.of(sheet.today):
        return  # the month itself is refused
    wrong: dict[date, list[Reading]] = {}
    for reading in sheet.report.readings:
        if reading.value.number is not None and (reading.as_of > last or sheet.catalog.year.of_day(reading.as_of) != sheet.year):
            wrong.setdefault(reading.as_of, []).append(reading)
    for day, readings in wrong.items():
        measures = tuple(dict.fromkeys(reading.measure for reading in readings))
        yield Finding(
            "as-of-outside-period",
            Severity.BLOCK,
            readings[0].place,
            f"{several([sheet.catalog.measures[code].name for code in measures])}的数据截止日是 {day}",
            f"应在 {sheet.catalog.year.first_day(sheet.year)} 与 {last} 之间，请改正数据截止日",
            measures=measures,
        )


def impossible_value(sheet: CheckedSheet) -> Iterator[Finding]:
    """Shares lie between 0 and 100, counts are whole, neither is negative."""
    for reading in sheet.report.readings:
        measure = sheet.measure(reading)
        if not possible(measure, reading.value):
            share = measure.kind is MeasureKind.RATE
            yield Finding(
                "impossible-value",
                Severity.BLOCK,
                reading.place,
                f"{measure.name}的{reading.column.chinese}是 {reading.raw}",
                "比率应在 0 到 100 之间，请核对小数点和单位" if share else f"应为不小于 0 的{'数' if measure.decimals else '整数'}（{measure.unit}），请改正",
                measures=(measure.code,),
            )


def too_large(sheet: CheckedSheet) -> Iterator[Finding]:
    """A figure so large that its year, or the sum of all organisations, could not be kept; nobody counts so many."""
    bounds = largest(sheet.catalog.today)
    for reading in sheet.report.readings:
        number, bound = reading.value.number, bounds[reading.measure]
        if number is not None and abs(number) > bound:
            measure = sheet.measure(reading)
            yield Finding(
                "too-large",
                Severity.BLOCK,
                reading.place,
                f"{measure.name}的{reading.column.chinese}是 {counted(number_words(number, 6), measure.unit)}，全年合计和汇总会超出系统能保存的位数",
                f"最大可填 {counted(bound, measure.unit)}，请核对单位和位数",
                measures=(measure.code,),
            )
