"""One sheet under two organisations: the same ledger or form sent for both would be counted twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Protocol

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.store.submission import Submission
from kpi.workbook.report import Column, Report

_SOME = 10  # below, two bureaus count the same every other month
_TWO = 2  # figures of some size agree by chance with those of hardly anybody
_Numbers = Mapping[tuple[str, Column], Decimal]


class Filed(Protocol):
    """What the store can tell."""

    def alike(self, org: str, office: str, period: Month, template: str, numbers: _Numbers) -> list[Submission]:
        """The submissions of other organisations that state exactly these numbers."""
        ...

    def filed_cases(self, office: str, template: str, org: str) -> list[tuple[Submission, dict[str, int]]]:
        """The submissions of a ledger that count, with the rows of their keys."""
        ...


class Elsewhere:
    """Holds one report after the other against those of other organisations; `add` each that may yet be stored."""

    def __init__(self, store: Filed, catalog: Catalog) -> None:
        self._store, self._catalog = store, catalog
        self._reports: defaultdict[tuple[str, Month | None, str], list[tuple[str, str, Report]]] = defaultdict(list)

    def findings(self, report: Report, digest: str) -> tuple[Finding, ...]:
        """A CHECK that names the other submission, where a report of another organisation says the very same."""
        numbers = _numbers(report)
        if report.org is None or report.office is None or report.period is None or not numbers or not self._catalog.branched:
            return ()
        others = chain(self._in_batch(report, numbers, digest), self._in_store(report, report.org, report.office, report.period, numbers, digest))
        other = next(others, None)
        if other is None:
            return ()
        remedy = "请核对是否把同一份表报到了两个单位；确实相同的，写明原因后可以入库"
        return (Finding("same-as-other-org", Severity.CHECK, report.readings[0].place, f"全部 {len(numbers)} 个数与{other}完全相同", remedy),)

    def add(self, file: str, digest: str, report: Report) -> None:
        """Let the rest of the batch be held against a report."""
        self._reports[report.office or "", report.period, report.template].append((file, digest, report))

    def _in_batch(self, report: Report, numbers: _Numbers, digest: str) -> Iterator[str]:
        for file, same, other in self._reports[report.office or "", report.period, report.template]:
            if other.org == report.org or _numbers(other) != numbers:
                continue
            if same == digest or (_keys(other) == _keys(report) if report.cases else _telling(numbers)):
                yield f"本批中「{file}」（{self._catalog.called(None, other.org)}）"

    def _in_store(self, report: Report, org: str, office: str, period: Month, numbers: _Numbers, digest: str) -> Iterator[str]:
        template = report.template or self._catalog.offices[office].template
        for other in self._store.alike(org, office, period, template, numbers):
            if other.sha256 == digest or (self._same_cases(report, other) if report.cases else _telling(numbers)):
                yield f"{self._catalog.called(None, other.org)}的第 {other.seq} 号报送（{period.chinese}，「{other.file}」）"

    def _same_cases(self, report: Report, other: Submission) -> bool:
        filed = self._store.filed_cases(other.office, other.template, other.org)
        return any(submission.seq == other.seq and set(rows) == _keys(report) for submission, rows in filed)


def _numbers(report: Report) -> _Numbers:
    return {(reading.measure, reading.column): reading.value.number for reading in report.readings if reading.value.number is not None}


def _keys(report: Report) -> set[str]:
    return {key for key in report.cases.keys if key} if report.cases else set()


def _telling(numbers: _Numbers) -> bool:
    """Whether so many agree that it is hardly by chance."""
    return sum(abs(number) >= _SOME for number in numbers.values()) >= _TWO
