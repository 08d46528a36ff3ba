"""
From ledger sheets to one report per month: what was read, what it covers, and what is wrong with it.

What a ledger covers is what its title says, else the months from its first to its last date; a month without rows is
zero only inside that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from kpi.catalog.model import Catalog, Ledger, LedgerColumn, Role
from kpi.errors import RequestError, WorkbookError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name, column_letters
from kpi.workbook.cases import NO_DAY, Cases, Cells, Flags, Ints, day_of, index_of, month_of, ordinal_of, read_cases
from kpi.workbook.counting import FigureCounter, readings, unsettled_findings
from kpi.workbook.coverage import EARLIEST, Coverage
from kpi.workbook.grid import CellKind
from kpi.workbook.ledger import LedgerSheet
from kpi.workbook.organisation import check_told, whose
from kpi.workbook.report import KeptCases, Report, limited_format
from kpi.workbook.said import Said

WRITTEN_OUT = 5  # findings of one kind about one column; the rest are counted
_NOT_COUNTED = "这一行没有计入"
_AS_A_DATE = "请写成 2023-11-23 的样式"


def read_ledgers(
    sheets: Sequence[LedgerSheet],
    unread: Sequence[str],
    catalog: Catalog,
    *,
    today: date,
    office: str | None = None,
    period: Month | None = None,
    org: str | None = None,
    hints: tuple[str, ...] = (),
) -> list[Report]:
    """
    Read the ledgers of a workbook.

    Args:
        sheets: As `Parser.read` gives them.
        unread: The names of the sheets beside them.
        catalog: Its ledgers.
        today: Nothing can have happened later.
        office: Whose ledger it should be; None takes any.
        period: Which month alone is wanted; None takes every month that is covered.
        org: The organisation it should be of; None lets the names of sheets, file and folders say.
        hints: The name of the file, then those of its folders, the nearest first.

    Returns:
        One report per ledger and month, by month.

    Raises:
        WorkbookError: The ledger is another office's, or holds no case of the time asked for.
        RequestError: The told office or organisation does not exist, or it does not report itself.

    """
    check_told(catalog, org)
    if office is not None and office not in catalog.offices:
        raise RequestError(f"没有代码为「{office}」的科室；请从指标目录中选一个科室。")
    reports = []
    for code in dict.fromkeys(sheet.ledger for sheet in sheets):
        ledger = catalog.ledgers[code]
        if office not in (None, ledger.office):
            owner, told = catalog.offices[ledger.office].name, catalog.offices[office or ""].name
            raise WorkbookError(f"这是{owner}的{ledger.name}，不是{told}的；请改选{owner}。")
        register = _Register(ledger, [sheet for sheet in sheets if sheet.ledger == code], unread, catalog, today)
        named = [Said(sheet.name, CellKind.TEXT, Place(sheet.name)) for sheet in sheets if sheet.ledger == code]
        owner_of = whose(catalog, org, None, named, hints, named[0].place)
        reports += [
            replace(report, org=owner_of.org, findings=(*owner_of.findings, *report.findings), questions=owner_of.questions)
            for report in register.reports(period)
        ]
    if not reports:
        raise WorkbookError(f"台账里没有{f' {period.chinese}' if period else ''}的数据；请核对所选月份和标题中的期间。")
    return sorted(reports, key=lambda report: (str(report.period), report.template))


@dataclass(frozen=True)
class _Faults:
    """What is wrong with the cells of one column in some rows, all in the same way."""

    column: str
    code: str
    at: Ints  # the rows, as positions among the cases
    seen: Callable[[int], str]
    remedy: str


class _Register:
    """One ledger of a file, over all its sheets."""

    def __init__(self, ledger: Ledger, sheets: Sequence[LedgerSheet], unread: Sequence[str], catalog: Catalog, today: date) -> None:
        self._ledger, self._unread, self._catalog, self._today = ledger, unread, catalog, today
        self._cases, self._late = _without_future(read_cases(sheets, ledger), today)
        self._coverage = Coverage(self._cases, today)

    def reports(self, period: Month | None) -> list[Report]:
        wanted = [month for month in self._coverage.months if period in (None, month)]
        if not wanted:
            return []
        counter = FigureCounter(self._cases, self._coverage.valid, self._coverage.month)
        as_of = self._coverage.as_of()
        counted = [(figure, counter.count(figure)) for figure in counter.figures()]
        found = [readings(self._cases, figure, parts, self._coverage.months, as_of) for figure, parts in counted]
        skipped = [figure for figure in self._ledger.figures if figure not in counter.figures()]
        by_month, general = self._findings(wanted, [figure.measure for figure in skipped])
        for figure, parts in counted:
            for index, finding in unsettled_findings(self._cases, figure, parts, self._catalog.measures[figure.measure].name):
                by_month.setdefault(month_of(index), []).append(finding)
        reports = []
        for month in wanted:
            findings = (*by_month.get(month, ()), *(general if month == wanted[-1] else ()))
            own = tuple(reading for figure in found for reading in figure[month])
            reports.append(Report(self._ledger.office, month, own, {}, findings, template=self._ledger.code, cases=self._kept(month)))
        return reports

    # ── what is wrong ──

    def _findings(self, wanted: Sequence[Month], skipped: Sequence[str]) -> tuple[dict[Month, list[Finding]], list[Finding]]:
        """By month, and those that belong to none, which go with the last."""
        by_month: dict[Month, list[Finding]] = {}
        general = list(self._about_sheets(skipped))
        belongs = np.where(self._coverage.inside, self._coverage.month, -1)
        for faults in self._faults():
            owners = belongs[faults.at]
            for owner in np.unique(owners).tolist():
                findings = self._written(faults, faults.at[owners == owner].tolist())
                if owner < 0:
                    general += findings
                elif (month := month_of(owner)) in wanted:
                    by_month.setdefault(month, []).extend(findings)
        return by_month, general

    def _written(self, faults: _Faults, rows: Sequence[int]) -> Iterator[Finding]:
        for at in rows[:WRITTEN_OUT]:
            yield Finding(faults.code, Severity.CHECK, self._cases.place(at, faults.column), faults.seen(at), faults.remedy)
        if rest := rows[WRITTEN_OUT:]:
            seen = f"「{faults.column}」一列还有 {len(rest)} 处同样的问题"
            yield Finding(faults.code, Severity.CHECK, self._cases.place(rest[0], faults.column), seen, faults.remedy)

    def _faults(self) -> Iterator[_Faults]:
        yield from self._about_days()
        yield from self._about_keys()
        for cells in self._cases.cells.values():
            if cells.column.name != self._ledger.date:
                yield from self._about(cells)

    def _about_days(self) -> Iterator[_Faults]:
        """Rows that count in no month."""
        cases, name = self._cases, self._ledger.date
        cells = cases.cells[name]
        lost = ~self._coverage.inside & ~cases.continued
        dated = cells.codes != NO_DAY
        early, late = dated & (cells.codes < ordinal_of(EARLIEST)), cells.codes > ordinal_of(self._today)

        def day(at: int) -> date:
            return day_of(int(cells.codes[at]))

        yield _Faults(name, "bad-date", np.flatnonzero(lost & cells.bad), lambda _: f"「{name}」不是日期，{_NOT_COUNTED}", _AS_A_DATE)
        nothing = np.flatnonzero(lost & ~dated & ~cells.bad)
        yield _Faults(name, "missing-date", nothing, lambda _: f"没有写「{name}」，{_NOT_COUNTED}", "请补上日期后重新上传")
        yield _Faults(name, "future-date", np.flatnonzero(lost & late), lambda at: f"「{name}」是 {day(at)}，晚于今天，{_NOT_COUNTED}", "请改正日期后重新上传")
        old = np.flatnonzero(lost & early)
        yield _Faults(name, "implausible-date", old, lambda at: f"「{name}」是 {day(at)}，早于 {EARLIEST.year} 年，{_NOT_COUNTED}", "请改正日期后重新上传")
        outside = np.flatnonzero(lost & self._coverage.dated)
        seen = "不在标题所写的期间内"
        yield _Faults(name, "outside-period", outside, lambda at: f"「{name}」是 {day(at)}，{seen}，{_NOT_COUNTED}", "请核对标题中的期间和这一行的日期")

    def _about_keys(self) -> Iterator[_Faults]:
        cases, name = self._cases, self._ledger.keys[0]
        cells = cases.cells[name]
        unkeyed = np.flatnonzero(~cells.filled & self._coverage.inside & ~cases.continued)
        yield _Faults(name, "missing-key", unkeyed, lambda _: f"没有写「{name}」，这一行已计入，但查不出是否重复", "请补上编号")
        doubled = np.flatnonzero(self._coverage.inside & ~self._coverage.valid & ~cases.continued)

        def same(at: int) -> str:
            return f"与 {cases.place(int(cases.first_of[at]), name)} 是同一件，只计了一次"

        yield _Faults(name, "duplicate-case", doubled, same, "请核对是否重复登记；确是两件的，请改正编号")

    def _about(self, cells: Cells) -> Iterator[_Faults]:
        column = cells.column
        code, seen, remedy = _wrong(column)
        yield _Faults(column.name, code, np.flatnonzero(cells.bad & self._coverage.inside), lambda _: seen, remedy)
        if column.role is not Role.DATE:
            return
        late = np.flatnonzero(self._late[column.name] & self._coverage.inside)
        yield _Faults(column.name, "future-date", late, lambda _: f"「{column.name}」晚于今天，按空白处理", "请核对日期")
        if column.not_before in self._cases.cells:
            before = self._cases.cells[column.not_before].codes
            reversed_ = np.flatnonzero(cells.filled & (before != NO_DAY) & (cells.codes < before) & self._coverage.inside)
            yield _Faults(column.name, "dates-reversed", reversed_, lambda _: f"「{column.name}」早于「{column.not_before}」", "请核对这两个日期")

    def _about_sheets(self, skipped: Sequence[str]) -> Iterator[Finding]:
        for sheet in self._cases.sheets:
            where = Place(sheet.name)
            if sheet.dropped:
                seen = f"只读取了 {len(sheet.fields)} 列，其余 {sheet.dropped} 列不在允许保留之列，没有读取"
                yield Finding("columns-not-kept", Severity.HINT, where, seen, "这是为了不留存个人信息，不必处理")
            for field in sheet.fields.values():
                if not field.certain:
                    seen = f"列名「{field.heading}」按「{field.name}」读取"
                    yield Finding(
                        "similar-heading", Severity.HINT, Place(sheet.name, cell_name(sheet.first - 1, field.index)), seen, f"请把列名改为「{field.name}」"
                    )
            if sheet.total_rows:
                seen = f"第 {'、'.join(str(row + 1) for row in sheet.total_rows[:WRITTEN_OUT])} 行等 {len(sheet.total_rows)} 行是合计，没有计入"
                yield Finding("total-row", Severity.HINT, where, seen, "合计由系统计算，不必处理")
            if sheet.continued_rows:
                seen = f"有 {len(sheet.continued_rows)} 行与上一行合并了编号，作为同一件只计一次"
                yield Finding("merged-case", Severity.HINT, where, seen, "确是几件的，请取消合并并各写编号")
            for name, rows in sheet.masked.items():
                place = Place(sheet.name, cell_name(rows[0], sheet.fields[name].index))
                if self._ledger.column(name).role is Role.CODE:
                    seen = f"「{name}」一列有 {len(rows)} 处写法像证件号、电话或姓名，只留存认得出同一个编号的摘要，计数不受影响"
                    yield Finding("personal-data", Severity.HINT, place, seen, "确是业务编号的不必处理；不是的，请在原表中换成业务编号")
                else:
                    yield Finding("personal-data", Severity.HINT, place, f"「{name}」一列有 {len(rows)} 处电话、证件号等个人信息，已遮盖", "请在原表中删去")
            if not sheet.complete:
                yield limited_format(sheet.name)
        for name in self._unread:
            yield Finding("sheet-not-read", Severity.HINT, Place(name), "这张工作表不是台账，没有读取", "汇总表请另存为一个文件报送")
        for measure in skipped:
            lacking = next(figure for figure in self._ledger.figures if figure.measure == measure).columns
            names = "、".join(f"「{name}」" for name in lacking if name not in self._cases.cells)
            seen = f"没有{names}一列，没有计算「{self._catalog.measures[measure].name}」"
            yield Finding("missing-column", Severity.HINT, Place(self._cases.sheets[0].name), seen, "需要由台账得出的，请补上这一列", measures=(measure,))

    # ── what is kept ──

    def _kept(self, month: Month) -> KeptCases:
        cases = self._cases
        positions = np.flatnonzero(self._coverage.valid & (self._coverage.month == index_of(month)))
        leading = cases.sheets[0].fields[self._ledger.keys[0]].index
        return KeptCases(
            ledger=self._ledger.code,
            covers=self._coverage.months,
            keys=[cases.keys[at] for at in positions.tolist()],
            days=[day_of(ordinal) for ordinal in cases.day[positions].tolist()],
            sheets=[cases.sheets[number].name for number in cases.sheet[positions].tolist()],
            rows=(cases.row[positions] + 1).tolist(),
            columns={name: _values(cells, positions.tolist()) for name, cells in cases.cells.items()},
            place=column_letters(leading),
        )


def _without_future(cases: Cases, today: date) -> tuple[Cases, dict[str, Flags]]:
    """What lies in the future has not happened: of dates other than the row's own it counts as nothing; which rows held it."""
    late = {name: cells.codes > ordinal_of(today) for name, cells in cases.cells.items() if cells.column.role is Role.DATE and name != cases.ledger.date}
    ended = {name: replace(cases.cells[name], codes=np.where(flags, NO_DAY, cases.cells[name].codes)) for name, flags in late.items()}
    return replace(cases, cells={**cases.cells, **ended}), late


def _wrong(column: LedgerColumn) -> tuple[str, str, str]:
    """What is said of a cell that cannot be read; never what stands in it."""
    match column.role:
        case Role.CATEGORY:
            return "unknown-value", f"「{column.name}」的写法不认识，按空白处理", f"请改为其中一种：{'、'.join(column.values)}"
        case Role.DATE:
            return "bad-date", f"「{column.name}」不是日期，按空白处理", _AS_A_DATE
        case _:
            return "bad-number", f"「{column.name}」不是数字，按空白处理", "请只填数字"


def _values(cells: Cells, positions: Sequence[int]) -> list[str | date | Decimal | None]:
    codes = cells.codes[positions].tolist() if len(positions) else []
    match cells.column.role:
        case Role.DATE:
            known: dict[int, date | None] = {code: None if code == NO_DAY else day_of(code) for code in set(codes)}
            return [known[code] for code in codes]
        case Role.CATEGORY:
            return [cells.words[code] if code >= 0 else None for code in codes]
        case Role.NUMBER:
            return [cells.numbers[code] for code in codes]
        case _:
            return [cells.words[code] or None for code in codes]
