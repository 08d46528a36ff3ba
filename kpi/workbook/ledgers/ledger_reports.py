"""
From ledger sheets to one report per month: what was read, what is on file of it, and what is wrong with it.

A month is reported where the ledger covers it, where a row of it is added to what is on file, and where a cumulative
that was stated before changes with an earlier month.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import PurePath

import numpy as np

from kpi.catalog.ledger import Ledger, LedgerFigure
from kpi.catalog.model import Catalog
from kpi.errors import RequestError, WorkbookError
from kpi.finding import Finding
from kpi.period import Month, ReportingYear, months
from kpi.place import Place
from kpi.workbook.answer_mapping import stable
from kpi.workbook.forms.sheet_statements import Statement
from kpi.workbook.forms.whose_organisation import Whose, check_requested_org, whose_ledger
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.ledgers.case_columns import Ints, ordinal_of
from kpi.workbook.ledgers.case_counting import FigureCounter, readings, unsettled_findings
from kpi.workbook.ledgers.case_faults import WRITTEN_OUT, faults_of, without_unusable
from kpi.workbook.ledgers.cases import Cases, index_of, month_of, read_cases
from kpi.workbook.ledgers.cases_on_file import FiledMonth, Together, figures_of, put_together, same_cases
from kpi.workbook.ledgers.coverage import Coverage
from kpi.workbook.ledgers.joined_cases import joined
from kpi.workbook.ledgers.kept_cases import kept_cases
from kpi.workbook.ledgers.lacking_columns import about_columns, about_keys, about_parts
from kpi.workbook.ledgers.ledger_faults import about_empty_months, about_name, about_sheets
from kpi.workbook.ledgers.ledger_money import with_units
from kpi.workbook.ledgers.ledger_sheet import LedgerSheet, UnreadSheet
from kpi.workbook.ledgers.on_file_faults import ADDS, about_filed, asking
from kpi.workbook.ledgers.once_only import about_once
from kpi.workbook.report import Column, KeptCases, Mate, Reading, Report

__all__ = ["WRITTEN_OUT", "Register", "open_ledgers"]

_NOTHING_FILED: Mapping[Month, FiledMonth] = {}


def open_ledgers(
    sheets: Sequence[LedgerSheet],
    unread: Sequence[UnreadSheet],
    catalog: Catalog,
    *,
    today: date,
    office: str | None = None,
    period: Month | None = None,
    org: str | None = None,
    hints: tuple[str, ...] = (),
) -> "list[Register]":
    """
    Read the ledgers of a workbook.

    Args:
        sheets: As `Parser.read` gives them.
        unread: The sheets beside them.
        catalog: Its ledgers.
        today: Nothing can have happened later.
        office: Whose ledger it should be; None takes any.
        period: Which month alone is wanted; None takes every month that is covered.
        org: The organisation it should be of; None lets titles and the names of sheets, file and folders say.
        hints: The name of the file, then those of its folders, the nearest first.

    Returns:
        One register per ledger; at least one.

    Raises:
        WorkbookError: The ledger is another office's, or holds no case of the time asked for.
        RequestError: The office or organisation does not exist, or it does not report itself.

    """
    check_requested_org(catalog, org)
    if office is not None and office not in catalog.offices:
        raise RequestError(f"没有代码为「{office}」的科室；请从指标目录中选一个科室。")
    registers = []
    for code in dict.fromkeys(sheet.ledger for sheet in sheets):
        ledger = catalog.ledgers[code]
        if office not in (None, ledger.office):
            owner, requested = catalog.offices[ledger.office].name, catalog.offices[office or ""].name
            raise WorkbookError(f"这是{owner}的{ledger.name}，不是{requested}的；请改选{owner}。")
        own = [sheet for sheet in sheets if sheet.ledger == code]
        titles = [Statement(text, CellKind.TEXT, Place(sheet.name, cell)) for sheet in own for text, cell in sheet.titles]
        names = [Statement(sheet.name, CellKind.TEXT, Place(sheet.name)) for sheet in own]
        owner_of = partial(whose_ledger, catalog, org, [*titles, *names], hints, names[0].place)
        own = [with_units(sheet, ledger, [sheet.name, *(PurePath(hint).stem for hint in hints[:1])]) for sheet in own]
        registers.append(Register(ledger, own, unread, catalog, today, owner_of, period, hints[0] if hints else ""))
    if not any(register.months for register in registers):
        if period:
            raise WorkbookError(f"台账里没有 {period.chinese}的数据；请核对所选月份和标题中的期间。")
        raise WorkbookError("台账里没有可以计入的行：日期没有写、在将来、太早，或不在标题所写的期间；请核对日期一列和标题中的期间。")
    return registers


def in_order(reports: Sequence[Report]) -> list[Report]:
    """The reports of a workbook by month."""
    return sorted(reports, key=lambda report: (str(report.period), report.template))


class Register:
    """One ledger of a file, over all its sheets."""

    def __init__(
        self,
        ledger: Ledger,
        sheets: Sequence[LedgerSheet],
        unread: Sequence[UnreadSheet],
        catalog: Catalog,
        today: date,
        owner_of: Callable[[Sequence[Month]], Whose],
        period: Month | None,
        file: str,
    ) -> None:
        self.ledger, self.file = ledger, file
        self._unread, self._catalog, self._today, self._period = unread, catalog, today, period
        self._cases, self._unusable = without_unusable(read_cases(sheets, ledger), today)
        self._coverage = Coverage(self._cases, today, [period] if period else _months_named(file), requested=period is not None)
        self.months = tuple(month for month in self._coverage.months if period in (None, month))
        self._owner = owner_of(self.months)
        self.org = self._owner.org

    def reports(
        self, filed: Mapping[Month, FiledMonth] = _NOTHING_FILED, answer: str = "", closed: Collection[Month] = (), beside: Collection[Month] = ()
    ) -> list[Report]:
        """
        One report per month that is covered, or that changes with what is covered.

        Args:
            filed: The months of this ledger and organisation that are on file.
            answer: Whether the cases are counted besides those on file that the ledger lacks (`ADDS`) or instead of them;
                empty where nobody has answered.
            closed: Months that cannot take anything in, a locked one: the others are counted with what is on file of them.
            beside: Months that other files of the batch report, in front of it or behind.

        """
        together = put_together(self._cases, self._coverage, filed, adds=answer == ADDS, closed=closed, beside=beside)
        once = list(about_once(self._cases, self._coverage, together))
        as_of = self._as_of(filed, together)
        together = replace(together, stays=[row for row in together.stays if row.month.month in as_of])
        cases = joined(self._cases, together.stays)
        counts = np.concatenate([together.counts, np.ones(len(together.stays), dtype=np.bool_)])
        indexes = np.where(cases.sheet >= 0, np.concatenate([self._coverage.month, np.full(len(together.stays), -1)]), cases.months())
        counter = FigureCounter(cases, counts, indexes)
        total = self._total(filed, as_of)
        by_month: dict[Month, list[Finding]] = {}
        figures_of_month: dict[Month, list[Reading]] = {month: [] for month in as_of}
        for figure in counter.figures():
            parts, unknown = counter.count(figure), counter.unknown(figure) | self._without(figure, as_of, filed)
            for month, own in readings(cases, figure, parts, unknown, as_of, self._catalog.year, total).items():
                figures_of_month[month] += own
            for index, finding in unsettled_findings(cases, figure, parts, self._catalog.measures[figure.measure].name):
                by_month.setdefault(month_of(index), []).append(finding)
        for month, finding in (*once, *about_parts(cases, counts, indexes, self._catalog)):
            by_month.setdefault(month, []).append(finding)
        reports = []
        for month in as_of:
            if self._period not in (None, month):
                continue
            on_file = filed.get(month)
            positions = np.flatnonzero(counts & (indexes == index_of(month)))
            columns = self._columns_kept(cases, month, positions, on_file if month not in self.months else None)
            kept = kept_cases(cases, together, positions, columns)
            asks = answer == ADDS and together.asks(month)
            same = on_file is not None and not asks and same_cases(kept, on_file.cases) and figures_of(figures_of_month[month]) == on_file.figures
            if month in self.months or not same:
                mates = _mates(self._catalog.year, month, figures_of_month[month], filed)
                reports.append(self._report(month, figures_of_month[month], kept, on_file if same else None, mates))
        return self._with_findings(reports, by_month, together, filed, answer)

    def takes_away(self, key: str, day: date) -> bool:
        """Whether a case on file of that key and day leaves its month where the ledger replaces what is on file."""
        month, counted = Month.of(day), self._months_of.get(key, set())
        return month in self.months and bool(self._coverage.on_covered_day(np.array([ordinal_of(day)]))[0]) and not counted & {-1, index_of(month)}

    @cached_property
    def _months_of(self) -> Mapping[str, set[int]]:
        """By key the months, by index, of its rows that count; -1 where it has none that does."""
        months_of: defaultdict[str, set[int]] = defaultdict(set)
        for key, month in zip(self._cases.keys, np.where(self._coverage.valid, self._coverage.month, -1).tolist(), strict=True):
            months_of[key].add(month)
        return {key: indexes - {-1} or {-1} for key, indexes in months_of.items()}

    @property
    def question_key(self) -> str:
        """What the answer about it is kept under: kind, organisation, and the name of the file without dates and numbers."""
        return "|".join((self.ledger.code, self.org or "", stable(PurePath(self.file).stem)))

    def _report(self, month: Month, figures: Sequence[Reading], kept: KeptCases, same: FiledMonth | None, mates: tuple[Mate, ...]) -> Report:
        return Report(
            self.ledger.office, month, tuple(figures), {}, (), self._owner.questions, template=self.ledger.code, cases=kept, org=self.org,
            same_as=same.called if same else "", rests_on=mates,
        )  # fmt: skip

    def _as_of(self, filed: Mapping[Month, FiledMonth], together: Together) -> dict[Month, date]:
        """The months that are known, of the years that are covered or added to, and the day each runs to; in their order."""
        covered = self._coverage.as_of()
        days = dict(covered)
        touched = {*days, *(month_of(int(self._coverage.month[at])) for at in np.flatnonzero(together.counts & ~self._coverage.inside))}
        years = set(map(self._catalog.year.of, touched))
        for month, on_file in filed.items():
            latest = max((day for _, day in on_file.figures.values()), default=month.last_day)
            if month not in days and self._catalog.year.of(month) in years:
                days[month] = latest
            elif month in days and self._coverage.part(month):
                days[month] = max(days[month], latest)
        return dict(sorted(days.items()))

    def _total(self, filed: Mapping[Month, FiledMonth], known: Collection[Month]) -> set[Month]:
        """The months of which 本年累计 is stated: the ledger covers their year up to them, or it is on file."""
        covered, year = set(self._coverage.months), self._catalog.year
        own = {month for month in covered if covered.issuperset(year.so_far(month))}
        stated = {month for month in filed if any(column is Column.YTD for _, column in filed[month].figures)}
        return {month for month in own | stated if set(known).issuperset(year.so_far(month))}

    def _without(self, figure: LedgerFigure, known: Collection[Month], filed: Mapping[Month, FiledMonth]) -> set[int]:
        """The months, by index, without a row, whose sheets or ledger have not the columns that a figure needs."""
        with_rows = set(self._coverage.month[self._coverage.valid].tolist())
        covered = [month for month in self._coverage.months if index_of(month) not in with_rows and not self._columns_of(month).issuperset(figure.columns)]
        others = [month for month in known if month not in self._coverage.months and not all(name in filed[month].cases.columns for name in figure.columns)]
        return {index_of(month) for month in (*covered, *others)}

    def _columns_of(self, month: Month) -> set[str]:
        """The columns that all sheets which cover a month have."""
        numbers = self._coverage.sheets_of(month) or range(len(self._cases.sheets))
        return set.intersection(*(set(self._cases.sheets[number].fields) for number in numbers))

    # ── findings ──

    def _with_findings(
        self,
        reports: Sequence[Report],
        by_month: dict[Month, list[Finding]],
        together: Together,
        filed: Mapping[Month, FiledMonth],
        answer: str,
    ) -> list[Report]:
        """The reports with what is wrong in their months; what belongs to none goes with the last."""
        if not reports:
            return []
        reported = [report.period for report in reports if report.period is not None]
        general = [*about_sheets(self._cases, self._coverage, self._unread), *about_name(self._cases, self._coverage, self.file)]
        columns = about_columns(self._cases, self._coverage, reported, self._catalog)
        for month, finding in (*columns, *about_keys(self._cases, self._coverage), *self._of_cells(together, adds=answer == ADDS)):
            if month in reported:
                by_month.setdefault(month, []).append(finding)
            elif month is None:
                general.append(finding)
        for month, finding in about_filed(self._cases, self._coverage, together, filed, answer):
            by_month.setdefault(month, []).append(finding)
        fresh = {report.period for report in reports if report.period and report.has_no_case and not report.same_as}
        for month, finding in about_empty_months(self._coverage, self._cases.first_sheet, fresh):
            by_month.setdefault(month, []).append(finding)
        question = asking(self._cases, self.question_key, self.file, answer)
        missing = {month for month in together.missing if month in reported}
        done = []
        for report in reports:
            own = tuple(by_month.get(report.period, ())) if report.period else ()
            findings = (*self._owner.findings, *own, *(general if report is reports[-1] else ()))
            questions = (*report.questions, question) if report.period in missing else report.questions
            done.append(replace(report, findings=findings, questions=questions))
        return done

    def _of_cells(self, together: Together, *, adds: bool) -> Iterator[tuple[Month | None, Finding]]:
        strays = together.strays if self._period is None else []
        belongs = np.where(self._coverage.inside | together.counts, self._coverage.month, -1)
        matched = [at for at, _ in (*together.same, *together.alike)] if adds else []
        for faults in faults_of(self._cases, self._coverage, self._unusable, strays, matched, self._today):
            owners = belongs[faults.at]
            for owner in np.unique(owners).tolist():
                month = None if owner < 0 else month_of(owner)
                yield from ((month, finding) for finding in faults.written(self._cases, faults.at[owners == owner].tolist()))

    def _columns_kept(self, cases: Cases, month: Month, positions: Ints, on_file: FiledMonth | None) -> list[str]:
        """The columns that are kept of a month; of one without a case those of what is ``on_file`` of it, else of this ledger."""
        if len(positions):
            return [name for name in cases.cells if not cases.without([name])[positions].all()]
        return list(on_file.cases.columns) if on_file else [name for name in self._cases.cells if name in self._columns_of(month)]


def _mates(year: ReportingYear, month: Month, figures: Sequence[Reading], filed: Mapping[Month, FiledMonth]) -> tuple[Mate, ...]:
    """What the batch brings of a month, and of those before it where 本年累计 counts them: without it the figures are others."""
    first = year.opening(month) if any(reading.column is Column.YTD for reading in figures) else month
    return tuple(mate for period in months(first, month) if period in filed and (mate := filed[period].mate))


def _months_named(file: str) -> tuple[Month, ...]:
    """The months that the name of a file says its ledger covers, where it names their year; none where it names a day."""
    named = find_months(PurePath(file).stem)
    if named.year is None or named.last is None or named.scattered or named.day is not None:
        return ()
    return months(Month(named.year, named.first or named.last), Month(named.year, named.last))
