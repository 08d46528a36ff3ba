"""
What is wrong with the rows of a ledger, cell by cell; never what stands in a cell, which could be anybody's name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from kpi.catalog.ledger import LedgerColumn, Role
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.workbook.ledgers.case_columns import NO_DAY, Cells, Flags, Ints, day_of, ordinal_of
from kpi.workbook.ledgers.cases import Cases, month_of
from kpi.workbook.ledgers.cases_on_file import StrayOutcome
from kpi.workbook.ledgers.coverage import EARLIEST, Coverage
from kpi.workbook.ledgers.double_rows import Double

WRITTEN_OUT = 5  # findings of one kind about one column; the rest are counted
_NOT_COUNTED = "这一行没有计入"
_AS_A_DATE = "请写成 2023-11-23 的样式"


@dataclass(frozen=True)
class Unusable:
    """Dates beside the row's own that are taken for nothing, by column: those after today, and those before the row's own."""

    late: dict[str, Flags]
    reversed: dict[str, Flags]


@dataclass(frozen=True)
class Faults:
    """What is wrong with the cells of one column in some rows, all in the same way."""

    column: str
    code: str
    at: Ints  # the rows, as positions among the cases
    seen: Callable[[int], str]
    remedy: Callable[[int], str]
    severity: Severity = Severity.CHECK

    def written(self, cases: Cases, rows: Sequence[int]) -> Iterator[Finding]:
        """The findings of some of the rows, the first few written out."""
        for at in rows[:WRITTEN_OUT]:
            yield Finding(self.code, self.severity, cases.place(at, self.column), self.seen(at), self.remedy(at))
        if rest := rows[WRITTEN_OUT:]:
            seen = f"「{self.column}」一列还有 {len(rest)} 处同样的问题"
            yield Finding(self.code, self.severity, cases.place(rest[0], self.column), seen, self.remedy(rest[0]))


def faults_of(
    cases: Cases, coverage: Coverage, unusable: Unusable, strays: Sequence[tuple[int, StrayOutcome]], compared: Sequence[int], today: date
) -> Iterator[Faults]:
    """Everything that is wrong with the rows, one kind and column after the other; of ``compared`` rows another finding says how they count."""
    yield from _about_days(cases, coverage, today)
    yield from _about_strays(cases, coverage, strays)
    yield from _about_keys(cases, coverage, compared)
    for cells in cases.cells.values():
        if cells.column.name != cases.ledger.date:
            yield from _about(cases, coverage, unusable, cells)


def _always(words: str) -> Callable[[int], str]:
    return lambda _: words


def _about_days(cases: Cases, coverage: Coverage, today: date) -> Iterator[Faults]:
    """Rows that count in no month."""
    name = cases.ledger.date
    cells = cases.cells[name]
    lost = ~coverage.inside & ~coverage.stray & ~cases.continued
    dated = cells.codes != NO_DAY
    early, late = dated & (cells.codes < ordinal_of(EARLIEST)), cells.codes > ordinal_of(today)

    def day(at: int) -> date:
        return day_of(int(cells.codes[at]))

    yield Faults(name, "bad-date", np.flatnonzero(lost & cells.bad), _always(f"「{name}」不是日期，{_NOT_COUNTED}"), _always(_AS_A_DATE))
    nothing = np.flatnonzero(lost & ~dated & ~cells.bad)
    yield Faults(name, "missing-date", nothing, _always(f"没有写「{name}」，{_NOT_COUNTED}"), _always("请补上日期后重新上传"))
    again = _always("请改正日期后重新上传")
    yield Faults(name, "future-date", np.flatnonzero(lost & late), lambda at: f"「{name}」是 {day(at)}，晚于今天，{_NOT_COUNTED}", again)
    old = np.flatnonzero(lost & early)
    yield Faults(name, "implausible-date", old, lambda at: f"「{name}」是 {day(at)}，早于 {EARLIEST.year} 年，{_NOT_COUNTED}", again)
    outside = np.flatnonzero(lost & coverage.dated)
    seen = "不在标题所写的期间内"
    remedy = _always("请核对标题中的期间和这一行的日期")
    yield Faults(name, "outside-period", outside, lambda at: f"「{name}」是 {day(at)}，{seen}，{_NOT_COUNTED}", remedy)


def _about_strays(cases: Cases, coverage: Coverage, strays: Sequence[tuple[int, StrayOutcome]]) -> Iterator[Faults]:
    """Rows of a month of which the ledger holds hardly any."""
    name, outcomes = cases.ledger.date, dict(strays)

    def seen(at: int) -> str:
        month: Month = month_of(int(coverage.month[at]))
        apart = "离其余很远" if coverage.far(at) else f"只有这样很少几行在 {month.month} 月"
        words = f"第 {int(cases.row[at]) + 1} 行的{name} {day_of(int(cases.day[at]))} {apart}"
        match outcomes[at]:
            case StrayOutcome.ADDED:
                return f"{words}；这份台账不算作 {month.chinese}的，这一件加到那个月在库的里面"
            case StrayOutcome.UPDATED:
                return f"{words}；这份台账不算作 {month.chinese}的，那个月在库的同一件按这一行更新"
            case StrayOutcome.DATED_OTHERWISE:
                return f"{words}；在库的同一件是别的日期，仍按在库的计"
            case StrayOutcome.DOUBLED:
                return f"{words}；同一件另有一行，只计那一行"
            case StrayOutcome.BESIDE:
                return f"{words}；{month.chinese}由本批另一份台账报，{_NOT_COUNTED}"
            case StrayOutcome.FAR:
                return f"{words}，{_NOT_COUNTED}"
            case _:
                return f"{words}；{month.chinese}没有在库的台账，{_NOT_COUNTED}"

    at = [at for at, _ in strays]
    settled = [row for row in at if outcomes[row] in (StrayOutcome.ADDED, StrayOutcome.UPDATED)]
    beside = [row for row in at if outcomes[row] is StrayOutcome.BESIDE]
    open_ = [row for row in at if row not in {*settled, *beside}]
    remedy = "请核对这个日期；日期没有错的，请报那个月的台账，或在标题中写明台账的起止月份"
    yield Faults(name, "lone-date", np.array(settled, dtype=np.int64), seen, _always("请核对这个日期"), Severity.HINT)
    yield Faults(name, "lone-date", np.array(open_, dtype=np.int64), seen, _always(remedy))
    there = "请核对这个日期；日期没有错的，看那一份里有没有这一件，没有的补进那一份后重新上传"
    yield Faults(name, "lone-date", np.array(beside, dtype=np.int64), seen, _always(there))


def _about_keys(cases: Cases, coverage: Coverage, compared: Sequence[int]) -> Iterator[Faults]:
    name = cases.ledger.keys[0]
    cells = cases.cells[name]
    unkeyed = np.flatnonzero(~cells.filled & ~cells.bad & coverage.inside & ~cases.continued)
    unkeyed = np.setdiff1d(unkeyed, np.array(compared, dtype=np.int64))
    yield Faults(name, "missing-key", unkeyed, _always(f"没有写「{name}」，这一行已计入，但查不出是否重复"), _always("请补上编号"))
    doubled = {double.at: double for double in coverage.doubles if not cases.continued[double.at]}
    shown: dict[int, Double] = {}
    for at, double in doubled.items():  # the later row names the earlier one, but each row that does not count is named
        shown[at if double.counted in shown else max(at, double.counted)] = double

    def same(at: int) -> str:
        double = shown[at]
        return f"与 {cases.place(double.counted if at == double.at else double.at, name)} 是同一件，只计了一次"

    def remedy(at: int) -> str:
        double = shown[at]
        row = int(cases.row[double.counted]) + 1
        if not double.differs:
            return "请核对是否重复登记；确是两件的，请改正编号"
        why = f"它的{double.later}较晚" if double.later else "看不出哪一行较晚，它写得较全"
        return f"两行写的不同，计的是第 {row} 行，{why}；请删去不要的一行，确是两件的，请改正编号"

    yield Faults(name, "duplicate-case", np.array(sorted(shown), dtype=np.int64), same, remedy)


def _about(cases: Cases, coverage: Coverage, unusable: Unusable, cells: Cells) -> Iterator[Faults]:
    column = cells.column
    code, seen, remedy = _wrong(column)
    yield Faults(column.name, code, np.flatnonzero(cells.bad & coverage.inside), _always(seen), _always(remedy))
    if cells.inexact:
        about = np.flatnonzero(np.isin(cells.codes, list(cells.inexact)) & coverage.inside)
        words = f"「{column.name}」不是确数（写了约、近、余、以上一类），合计按所写的数计"
        yield Faults(column.name, "inexact-number", about, _always(words), _always("请改为确数；只知道约数的，写明说明后可以入库"))
    if column.role is not Role.DATE:
        return
    late = np.flatnonzero(unusable.late[column.name] & coverage.inside)
    yield Faults(column.name, "future-date", late, _always(f"「{column.name}」晚于今天，按空白处理"), _always("请核对日期"))
    before = np.flatnonzero(unusable.reversed[column.name] & coverage.inside)
    words = f"「{column.name}」早于「{column.not_before}」，按没有「{column.name}」计，不算用了 0 天"
    yield Faults(column.name, "dates-reversed", before, _always(words), _always("请核对这两个日期"))


def _wrong(column: LedgerColumn) -> tuple[str, str, str]:
    """The words for a cell that cannot be read; never what stands in it."""
    match column.role:
        case Role.CATEGORY:
            return "unknown-value", f"「{column.name}」的写法不认识，按空白处理", f"请改为其中一种：{'、'.join(column.values)}；作废的请删去该行"
        case Role.DATE:
            return "bad-date", f"「{column.name}」不是日期，按空白处理", _AS_A_DATE
        case Role.CODE:
            seen = f"「{column.name}」存成了数字，超过 15 位的后几位已经丢失，认不出是哪一个编号{'，这一行已计入，但查不出是否重复' if column.key else ''}"
            return "rounded-code", seen, "请把这一列设为文本格式，从系统重新导出后再上传"
        case _:
            return "bad-number", f"「{column.name}」不是数字，按空白处理", "请只填数字"


def without_unusable(cases: Cases, today: date) -> tuple[Cases, Unusable]:
    """
    The cases without dates, other than the row's own, that cannot be: what lies in the future has not happened, and nobody
    closes a case before it came.  The rows with such a date are a second result.
    """
    late, before, cells = {}, {}, dict(cases.cells)
    for name, column in cases.cells.items():
        if column.column.role is Role.DATE and name != cases.ledger.date:
            late[name] = column.codes > ordinal_of(today)
            since = cases.cells.get(column.column.not_before)
            first = since.codes if since is not None else np.full(len(cases), NO_DAY, dtype=np.int64)
            before[name] = (column.codes != NO_DAY) & (first != NO_DAY) & (column.codes < first)
            cells[name] = replace(column, codes=np.where(late[name] | before[name], NO_DAY, column.codes))
    return replace(cases, cells=cells), Unusable(late, before)
