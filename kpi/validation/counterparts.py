"""
What else was filed about the same things: a sheet beside a ledger, a case that stands in another month's ledger too.

A figure that sheet and ledger both state must be one figure; the one filed later counts, so whoever files it is asked.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Protocol

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.submission import Submission
from kpi.value import Qualifier, Value
from kpi.workbook.report import Column, KeptCases, Report

WRITTEN_OUT = 5
_Stated = Mapping[tuple[str, Column], tuple[Value, str, Place]]


class Filed(Protocol):
    """What the store can tell."""

    def counterparts(self, office: str, period: Month, template: str, org: str) -> _Stated:
        """The numbers stated elsewhere, with file and cell."""
        ...

    def filed_cases(self, office: str, template: str, org: str) -> list[tuple[Submission, dict[str, int]]]:
        """The submissions of a ledger that count, with the rows of their keys."""
        ...


class Counterparts:
    """Holds one report after the other against what is filed; `add` each that may yet be."""

    def __init__(self, store: Filed, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog
        self._reports: defaultdict[tuple[str, str, Month], list[tuple[str, Report]]] = defaultdict(list)
        self._ledgers: defaultdict[tuple[str, str], list[tuple[str, Month, KeptCases]]] = defaultdict(list)
        self._filed: dict[tuple[str, str, str], list[tuple[Submission, dict[str, int]]]] = {}

    def findings(self, file: str, report: Report) -> tuple[Finding, ...]:
        """Where a report does not agree with what else there is."""
        if report.office is None or report.period is None or report.org is None:
            return ()
        differing = self._differing(report, report.org, report.office, report.period)
        return (*differing, *(self._doubled(file, report.org, report.office, report.period, report.cases) if report.cases else ()))

    def add(self, file: str, report: Report) -> None:
        """Let the rest of the batch be held against a report."""
        if report.office is not None and report.period is not None and report.org is not None:
            self._reports[report.org, report.office, report.period].append((file, report))
            if report.cases is not None:
                self._ledgers[report.org, report.template].append((file, report.period, report.cases))

    def _differing(self, report: Report, org: str, office: str, period: Month) -> Iterator[Finding]:
        others = dict(self._store.counterparts(office, period, report.template or self._catalog.offices[office].template, org))
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

    def _doubled(self, file: str, org: str, office: str, period: Month, cases: KeptCases) -> Iterator[Finding]:
        """Cases that another month's ledger holds, unless this file brings that month anew."""
        found: dict[str, str] = {}
        for submission, rows in self._submissions(org, office, cases.ledger):
            if submission.period not in cases.covers:
                said = f"第 {submission.seq} 号报送（{submission.period.chinese}，「{submission.file}」）"
                found |= {key: f"{said}第 {rows[key]} 行" for key in rows.keys() & set(cases.keys)}
        for other, month, kept in self._ledgers[org, cases.ledger]:
            if other != file and month != period:
                places = kept.places
                found |= {key: f"本批「{other}」的 {places[key]}" for key in places.keys() & set(cases.keys)}
        if not found:
            return
        at = [(place, found[key]) for key, place in cases.places.items() if key in found]
        remedy = "请核对是否重复登记；同一件只应在一个月的台账里"
        for place, other in at[:WRITTEN_OUT]:
            yield Finding("case-filed-before", Severity.CHECK, place, f"与{other}是同一件", remedy)
        if rest := at[WRITTEN_OUT:]:
            yield Finding("case-filed-before", Severity.CHECK, rest[0][0], f"还有 {len(rest)} 件也在别的月份的台账里", remedy)

    def _submissions(self, org: str, office: str, ledger: str) -> list[tuple[Submission, dict[str, int]]]:
        if (org, office, ledger) not in self._filed:
            self._filed[org, office, ledger] = self._store.filed_cases(office, ledger, org)
        return self._filed[org, office, ledger]
