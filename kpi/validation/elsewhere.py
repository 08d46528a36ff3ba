"""One sheet under two organisations: the same form, or several cases of the same ledger, sent for both would be counted twice."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity, few
from kpi.period import Month
from kpi.place import Place
from kpi.store.reader import StoreReader
from kpi.store.submission import Submission
from kpi.workbook.report import Column, Report

_SOME = 10  # below, two bureaus count the same every other month
_TWO = 2  # figures of some size agree by chance with those of hardly anybody
_SEVERAL = 2  # cases of one number and day
_SERIAL = 4  # digits of a number that a bureau may have given by itself, from 1 on
_DAYS = ("%Y%m%d", "%y%m%d", "%Y%m", "%y%m", "%Y")  # how a number says its day
_Case = tuple[str, date]  # a case by its key and its day
_Numbers = Mapping[tuple[str, Column], Decimal]


class Elsewhere:
    """Holds one report after the other against those of other organisations; `add` each that may yet be stored."""

    def __init__(self, store: StoreReader, catalog: Catalog) -> None:
        self._store, self._catalog = store, catalog
        self._known: dict[tuple[str, str, Month], list[tuple[Submission, frozenset[_Case] | None]]] = {}
        self._reports: defaultdict[tuple[str, Month | None, str], list[tuple[str, str, Report]]] = defaultdict(list)

    def findings(self, report: Report, digest: str) -> tuple[Finding, ...]:
        """A CHECK that names the other submission, where a report of another organisation says the very same or holds the same cases."""
        numbers = _numbers(report)
        if report.org is None or report.office is None or report.period is None or not numbers or not self._catalog.branched:
            return ()
        others = chain(self._in_batch(report, numbers, digest), self._in_store(report, report.org, report.office, report.period, numbers, digest))
        place = report.readings[0].place
        if other := next(others, None):
            remedy = "请核对是否把同一份表报到了两个单位；确实相同的，写明原因后可以入库"
            return (Finding("same-as-other-org", Severity.CHECK, place, f"全部 {len(numbers)} 个数与{other}完全相同", remedy),)
        return tuple(self._shared(report, report.org, report.office, report.period, place)) if report.cases else ()

    def _shared(self, report: Report, org: str, office: str, period: Month, place: Place) -> Iterator[Finding]:
        """One finding for each other organisation that has several of the cases, by number and day; a CHECK where it is hardly by chance."""
        own = _keys(report)
        known = [(words, keys) for other, words, keys in self._ledgers(office, period, report.template) if other != org]
        for words, keys in known:
            if keys is None:
                remedy = "请管理员从备份恢复它的台账明细；确实没有重复的，写明说明后可以入库"
                yield Finding("cases-of-other-org", Severity.CHECK, place, f"{words}的台账明细缺失或已损坏，没有核对这份里的件是不是它也有", remedy)
                continue
            both = sorted(own & keys)
            half = bool(both) and 2 * len(both) >= min(len(own), len(keys))
            shared = [(key, day) for key, day in both if half or not _trivial(key)]
            if not half and len(shared) < _SEVERAL:
                continue
            certain = half or sum(_identifying(key, day) for key, day in shared) >= _SEVERAL
            names = tuple(key.replace("|", " ") for key, _ in shared)
            seen = f"这份的 {len(own)} 件中有 {len(shared)} 件在{words}里也有（编号、日期都相同）：{few(names)}；入库后两个单位各计一次"
            away = "请核对这些件是哪个单位的，从另一个单位的台账里删去后重新报送；"
            remedy = f"{away}确实不是同一件的，{'写明原因后可以入库' if certain else '不必处理'}"
            yield Finding("cases-of-other-org", Severity.CHECK if certain else Severity.HINT, place, seen, remedy, cases=names)

    def _ledgers(self, office: str, period: Month, template: str) -> Iterator[tuple[str, str, frozenset[_Case] | None]]:
        """The ledgers of a month, of the batch and on file: whose, in words, and the cases."""
        for file, _, other in self._reports[office, period, template]:
            yield other.org or "", f"本批中「{file}」（{self._catalog.called(None, other.org)}）", _keys(other)
        for submission, keys in self._filed(office, template, period):
            words = f"{self._catalog.called(None, submission.org)}的第 {submission.seq} 号报送（{period.chinese}，「{submission.file}」）"
            yield submission.org, words, keys

    def _filed(self, office: str, template: str, period: Month) -> list[tuple[Submission, frozenset[_Case] | None]]:
        """What is on file of a ledger and month, read once."""
        if (office, template, period) not in self._known:
            self._known[office, template, period] = self._store.filed_keys(office, template, period)
        return self._known[office, template, period]

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
        return any(submission.seq == other.seq and keys == _keys(report) for submission, keys in self._filed(other.office, other.template, other.period))


def _numbers(report: Report) -> _Numbers:
    return {(reading.measure, reading.column): reading.value.number for reading in report.readings if reading.value.number is not None}


def _keys(report: Report) -> frozenset[_Case]:
    """The keys of the cases of a ledger, each with its day."""
    return frozenset((key, day) for key, day in zip(report.cases.keys, report.cases.days, strict=True) if key) if report.cases else frozenset()


def _trivial(key: str) -> bool:
    """Whether every bureau has a case of such a number: one that counts from 1."""
    number = key.partition("|")[0]
    return number.isdecimal() and len(number) <= _SERIAL


def _identifying(key: str, day: date) -> bool:
    """Whether a number is one bureau's alone: more than the day, a few letters and what counts from 1."""
    number = re.sub(r"^[^\W\d_]+", "", re.sub(r"[\W_]", "", key.partition("|")[0]))
    written = next((f"{day:{form}}" for form in _DAYS if f"{day:{form}}" in number), "")
    return len(number.replace(written, "", 1).lstrip("0")) > _SERIAL


def _telling(numbers: _Numbers) -> bool:
    """Whether so many agree that it is hardly by chance."""
    return sum(abs(number) >= _SOME for number in numbers.values()) >= _TWO
