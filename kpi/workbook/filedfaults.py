"""What a ledger does to the cases on file that would change a figure without a word: named, counted, and asked about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.workbook.cases import Cases, month_of
from kpi.workbook.coverage import Coverage
from kpi.workbook.filed import FiledMonth, FiledRow, Together
from kpi.workbook.report import Asked, Question

MISSING = "cases-missing"
ADDS, REPLACES = "adds", "replaces"  # what may be answered
LAYOUT = "台账的件"  # what answers about the cases of ledgers are kept under
_NAMED = 5  # cases that one sentence names
_WRITTEN_OUT = 5


def asking(cases: Cases, key: str, file: str, answer: str) -> Question:
    """Whether the cases of a ledger count besides those on file that it lacks, or instead of them."""
    place = Place(cases.sheets[0].name)
    likely = ((answer, 1.0),) if answer else ((ADDS, 0.5), (REPLACES, 0.5))
    return Question(Asked.CASES, place, PurePath(file).stem or cases.sheets[0].name, likely, LAYOUT, key)


def about_filed(cases: Cases, coverage: Coverage, together: Together, filed: Mapping[Month, FiledMonth], answer: str) -> Iterator[tuple[Month, Finding]]:
    """The findings of each month."""
    place = Place(cases.sheets[0].name)
    for month, rows in together.missing.items():
        yield month, _about_missing(cases, coverage, together, filed[month], rows, answer, place)
    yield from _about_blanked(cases, coverage, together)
    yield from _about_twice(cases, coverage, together)
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
    own = sum(month_of(index) == filed.month for index in coverage.month[together.counts].tolist())
    keys = [row.key.replace("|", " ") for row in rows if row.key][:_NAMED]
    named = f"：{'、'.join(keys)}{'等' if len(keys) < len(rows) else ''}" if keys else ""
    on_file = f"{'本批「' + filed.mate.file + '」有' if filed.mate else '在库'} {len(filed.cases.keys)} 件"
    seen = f"{filed.month.chinese}{on_file}，本台账只有 {own} 件，少 {len(rows)} 件{named}"
    if answer == ADDS:
        return Finding("cases-added-to", Severity.HINT, place, f"{seen}；按「这些也算」，少的几件照旧计入", "确要换成这一份的，请改选「替换在库的」")
    if answer == REPLACES:
        return Finding(MISSING, Severity.CHECK, place, f"{seen}；按「替换在库的」，入库后这 {len(rows)} 件不再计", "确要替换的，请为这一份单独写明说明")
    remedy = "是另一个所或另一批的，请选「这些也算」，在库的照旧计；确要替换的，请选「替换在库的」，或为这一份单独写明说明"
    return Finding(MISSING, Severity.CHECK, place, f"{seen}；入库后这 {len(rows)} 件不再计", remedy)


def _about_blanked(cases: Cases, coverage: Coverage, together: Together) -> Iterator[tuple[Month, Finding]]:
    """Cases that were closed on file and are open in the ledger: an older export over a newer one."""
    by_month: defaultdict[tuple[Month, str], list[tuple[int, FiledRow]]] = defaultdict(list)
    for at, row, columns in together.blanked:
        for column in columns:
            by_month[month_of(int(coverage.month[at])), column].append((at, row))
    for (month, column), found in by_month.items():
        keys = [row.key.replace("|", " ") for _, row in found][:_NAMED]
        seen = f"有 {len(found)} 件在库的写了「{column}」，这一份是空白：{'、'.join(keys)}{'等' if len(keys) < len(found) else ''}"
        remedy = "请核对是不是较早导出的台账；确实改回的，写明说明后可以入库"
        yield month, Finding("case-went-back", Severity.CHECK, cases.place(found[0][0], column), seen, remedy)


def _about_twice(cases: Cases, coverage: Coverage, together: Together) -> Iterator[tuple[Month, Finding]]:
    """Cases that stay on file in another month."""
    name = cases.ledger.keys[0]
    remedy = "请核对是否重复登记；同一件只应在一个月的台账里"
    by_month: defaultdict[Month, list[tuple[int, FiledRow]]] = defaultdict(list)
    for at, row in sorted(together.twice, key=lambda pair: pair[0]):
        by_month[month_of(int(coverage.month[at]))].append((at, row))
    for month, found in by_month.items():
        for at, row in found[:_WRITTEN_OUT]:
            yield month, Finding("case-filed-before", Severity.CHECK, cases.place(at, name), f"与{row.month.where(row.at)}是同一件", remedy)
        if rest := found[_WRITTEN_OUT:]:
            yield month, Finding("case-filed-before", Severity.CHECK, cases.place(rest[0][0], name), f"还有 {len(rest)} 件也在别的月份的台账里", remedy)
