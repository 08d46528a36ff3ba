"""Sheets and figures for months in which there was no such office, or no such measure: before it began, after it ended."""

from collections.abc import Iterator

from kpi.catalog.measure import Measure
from kpi.catalog.organisation import absence
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.validation.checked_sheet import CheckedSheet
from kpi.value import State
from kpi.workbook.report import Column


def no_such_office(sheet: CheckedSheet) -> Iterator[Finding]:
    """Nothing can be reported by an office that was not there; whoever carries on is named."""
    offices = sheet.catalog.offices
    office = offices.get(sheet.report.office or "")
    if office is None or office.holds(sheet.period):
        return
    heir = offices.get(office.successor)
    seen = f"{absence(office, heir, sheet.period)}，没有 {sheet.period.chinese}的数"
    carried_on = f"确是这个月的，填在{heir.name}的报表里" if heir and not _before(office.first, sheet.period) else ""
    yield Finding("office-not-there", Severity.BLOCK, sheet.place(), seen, "；".join(filter(None, ["请核对表上的月份", carried_on])))


def no_such_measure(sheet: CheckedSheet) -> Iterator[Finding]:
    """A figure of a measure that does not stand on the sheet of the month; that of last year is one of its own year."""
    for (code, column), reading in sheet.cells.items():
        measure = sheet.catalog.measures[code]
        if column is not Column.PRIOR and reading.value.state is not State.UNREPORTED and not measure.holds(sheet.period):
            heir = sheet.catalog.measures.get(measure.successor)
            remedy = f"请清空这一格；数填在「{heir.name}」一行" if heir and not _before(measure.first, sheet.period) else "请核对表上的月份，或清空这一格"
            yield Finding("measure-not-there", Severity.BLOCK, reading.place, _absence(measure, heir, sheet.period), remedy, measures=(code,))


def _absence(measure: Measure, heir: Measure | None, month: Month) -> str:
    if _before(measure.first, month):
        return f"「{measure.name}」{measure.first.chinese if measure.first else ''}才开始统计，没有 {month.chinese}的数"
    return f"「{measure.name}」只到 {measure.last.chinese if measure.last else ''}{f'，此后由「{heir.name}」承接' if heir else ''}，没有 {month.chinese}的数"


def _before(first: Month | None, month: Month) -> bool:
    """Whether a month lies before the first one."""
    return first is not None and month < first
