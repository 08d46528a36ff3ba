"""
What else was filed about the same things: a sheet beside a ledger.

A figure that sheet and ledger both state must be one figure; the one filed later counts, so whoever files it is asked.
"""

from collections import defaultdict
from collections.abc import Iterator

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.validation.batch_records import BatchRecords
from kpi.value import Qualifier
from kpi.workbook.report import Report


class Counterparts:
    """Holds one report after the other against what is filed; `add` each that may yet be."""

    def __init__(self, recorded: BatchRecords, catalog: Catalog) -> None:
        self._recorded = recorded
        self._catalog = catalog
        self._reports: defaultdict[tuple[str, str, Month], list[tuple[str, Report]]] = defaultdict(list)

    def findings(self, report: Report) -> tuple[Finding, ...]:
        """Where a report does not agree with what else there is."""
        if report.office is None or report.period is None or report.org is None:
            return ()
        return tuple(self._differing(report, report.org, report.office, report.period))

    def add(self, file: str, report: Report) -> None:
        """Let the rest of the batch be held against a report."""
        if report.office is not None and report.period is not None and report.org is not None:
            self._reports[report.org, report.office, report.period].append((file, report))

    def _differing(self, report: Report, org: str, office: str, period: Month) -> Iterator[Finding]:
        others = dict(self._recorded.counterparts(office, period, report.template or self._catalog.offices[office].template, org))
        for file, other in self._reports[org, office, period]:
            if other.template != report.template:
                others |= {(r.measure, r.column): (r.value, file, r.place) for r in other.readings if r.value.number is not None}
        for reading in report.readings:
            value, file, place = others.get((reading.measure, reading.column), (reading.value, "", reading.place))
            exact = Qualifier.EXACT in (value.qualifier, reading.value.qualifier) and value.qualifier is reading.value.qualifier
            if exact and reading.value.number is not None and value.number != reading.value.number:
                name = self._catalog.measures[reading.measure].name
                seen = f"{name}的{reading.column.chinese}：这里是 {reading.value.number:f}，「{file}」的 {place} 是 {value.number:f}"
                remedy = "报表和台账应一致，请核对；写明说明后入库的，以后报的这一份为准"
                yield Finding("sheet-and-ledger-differ", Severity.CHECK, reading.place, seen, remedy, measures=(reading.measure,))
