"""A year against the year before it: 上年同期 as the office states it and as we recorded it."""

from collections.abc import Iterator

from kpi.finding import Finding, Severity
from kpi.period import year_earlier
from kpi.validation.sheet import Sheet
from kpi.value import Qualifier
from kpi.workbook.report import Column


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
