"""What a ledger does to the cases on file that would change a figure without a word: named, counted, and asked about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

import numpy as np

from kpi.finding import Finding, Severity, few
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.ledgers.case_versions import about_versions
from kpi.workbook.ledgers.cases import Cases, index_of, month_of
from kpi.workbook.ledgers.cases_on_file import FiledMonth, FiledRow, Together
from kpi.workbook.ledgers.coverage import Coverage
from kpi.workbook.report import Question, QuestionKind, Report

MISSING = "cases-missing"
ADDS, REPLACES = "adds", "replaces"  # what may be answered
LAYOUT = "台账的件"  # what answers about the cases of ledgers are kept under


def replaces(report: Report) -> bool:
    """Whether the sender has answered that the cases of a ledger count instead of those on file."""
    return any(question.kind is QuestionKind.CASES and question.candidates == ((REPLACES, 1.0),) for question in report.questions)


def asking(cases: Cases, key: str, file: str, answer: str) -> Question:
    """Whether the cases of a ledger count besides those on file that it lacks, or instead of them."""
    place = cases.first_sheet
    likely = ((answer, 1.0),) if answer else ((ADDS, 0.5), (REPLACES, 0.5))
    return Question(QuestionKind.CASES, place, PurePath(file).stem or cases.sheets[0].name, likely, LAYOUT, key)


def about_filed(cases: Cases, coverage: Coverage, together: Together, filed: Mapping[Month, FiledMonth], answer: str) -> Iterator[tuple[Month, Finding]]:
    """The findings of each month."""
    place = cases.first_sheet
    for month, rows in together.missing.items():
        yield month, _about_missing(cases, coverage, together, filed[month], rows, answer, place)
        if answer == ADDS:
            yield from ((month, finding) for finding in _about_own_missing(month, together.own_missing(month), place))
    if answer == ADDS:
        yield from _about_nameless(cases, together)
    yield from about_versions(cases, coverage, together)
    added = sorted({month_of(index) for index in coverage.month[together.counts & ~coverage.inside].tolist()})
    for month in filed:
        if month not in coverage.months and month not in added:
            seen = f"这份台账不含 {month.chinese}的件；前面月份的件有变动，这个月的本年累计随之重算，件没有变"
            yield month, Finding("total-follows", Severity.HINT, place, seen, "不必处理")
    for month in coverage.months:
        part = coverage.part(month)
        beside = any(row.month.month == month for row in together.stays)
        if part is not None and part[0].day > 1 and not beside:
            seen = f"台账只到 {month.chinese}的 {part[0].day}—{part[1].day} 日，这个月别的日子没有在库的件，只计了这几天的"
            yield month, Finding("part-of-month", Severity.CHECK, place, seen, "请把这个月其余日子的台账也报上来；确实没有的，写明说明后可以入库")


def _about_missing(cases: Cases, coverage: Coverage, together: Together, filed: FiledMonth, rows: Sequence[FiledRow], answer: str, place: Place) -> Finding:
    on_file = f"{'本批「' + filed.mate.file + '」有' if filed.mate else '在库'} {len(filed.cases.keys)} 件"
    fresh = _fresh(cases, coverage, together, filed, rows)
    new = f"，另有 {fresh} 件是新的" if fresh else ""
    every = tuple(row.called for row in rows)
    seen = f"{filed.month.chinese}{on_file}：其中 {len(rows)} 件这份里没有{new}；没有的是 {few(every)}"
    if answer == ADDS:
        remedy = "确要换成这一份的，请改选「替换在库的」"
        return Finding("cases-added-to", Severity.HINT, place, f"{seen}；按「这些也算」，照旧计入", remedy, cases=every)
    if answer == REPLACES:
        words = f"{seen}；按「替换在库的」，入库后这 {len(rows)} 件不再计"
        return Finding(MISSING, Severity.CHECK, place, words, "确要替换的，请为这一份单独写明说明", cases=every)
    remedy = "是另一个所或另一批的，请选「这些也算」，在库的照旧计；确要替换的，请选「替换在库的」，或为这一份单独写明说明"
    return Finding(MISSING, Severity.CHECK, place, f"{seen}；入库后这 {len(rows)} 件不再计", remedy, cases=every)


def _fresh(cases: Cases, coverage: Coverage, together: Together, filed: FiledMonth, missing: Sequence[FiledRow]) -> int:
    """How many cases of a month are not on file."""
    on_file = set(filed.cases.keys)
    own = np.flatnonzero(together.counts & (coverage.month == index_of(filed.month))).tolist()
    nameless = sum(not cases.keys[at] for at in own)
    matched = sum(not key for key in filed.cases.keys) - sum(not row.key for row in missing)
    return sum(bool(cases.keys[at]) and cases.keys[at] not in on_file for at in own) + max(nameless - matched, 0)


def _about_own_missing(month: Month, own: Sequence[FiledRow], place: Place) -> Iterator[Finding]:
    """The cases of an earlier version of this very sheet that it lacks now, where those on file are counted as well."""
    if own:
        every = tuple(row.called for row in own)
        seen = f"{month.chinese}有 {len(own)} 件在这份台账以前报的里面有，这份里没有：{few(every)}；按「这些也算」，照旧计入"
        remedy = "漏了的，请补上后再报；仍要照旧计的，写明说明后可以入库；已经删去的，请把各所的台账合成一份，选「替换在库的」再报"
        yield Finding("own-cases-missing", Severity.CHECK, place, seen, remedy, cases=every)


def _about_nameless(cases: Cases, together: Together) -> Iterator[tuple[Month, Finding]]:
    """Rows without a key that say what a row on file says: they are one case, or two, and nobody but the sender knows."""
    key = cases.ledger.keys[0]
    once = "按已在库的计，不再另计", "写明说明后可以入库；确是另外的件，请补上编号后重新上传"
    both = "按「这些也算」，两边都计", "请核对是不是同一件；不是的，写明说明后可以入库；是同一件的，请从这一份里删去后重新上传"
    for code, pairs, (counted, remedy) in (("nameless-on-file", together.same, once), ("nameless-alike", together.alike, both)):
        by_month: defaultdict[Month, list[tuple[int, FiledRow]]] = defaultdict(list)
        for at, row in sorted(pairs, key=lambda pair: pair[0]):
            by_month[row.month.month].append((at, row))
        for month, own in by_month.items():
            rows = [row for _, row in own]
            numbers = few([str(int(cases.row[at]) + 1) for at, _ in own])
            seen = f"有 {len(own)} 行没有写「{key}」（第 {numbers} 行），与在库的逐格相同：{few([row.called for row in rows])}；{counted}"
            yield month, Finding(code, Severity.CHECK, cases.place(own[0][0], key), seen, remedy, cases=tuple(row.called for row in rows))
