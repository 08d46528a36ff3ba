"""
What the store has about the reports of a batch.

The organisations, offices and months of a batch are known before the first report is checked, so every question is put to
the store once for all of them: a query costs some milliseconds, whether it is about one sheet or about nineteen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.period import Month
from kpi.place import Place
from kpi.store.decision import Decision, lock_in_force
from kpi.store.earlier_figures import Background, EarlierFigure, FiledCell
from kpi.store.reader import StoreReader
from kpi.store.submission import Submission
from kpi.validation.ties import tied_measures
from kpi.value import Value
from kpi.workbook.report import Column, Report

HISTORY = 24  # months looked back


class BatchRecords:
    """
    The records of the organisations, offices and months that a batch reports on.

    What is entered meanwhile may be missing; whoever stores the batch asks for the submissions in force once more.
    """

    def __init__(self, store: StoreReader, catalog: Catalog, reports: Iterable[Report]) -> None:
        self._store, self._catalog = store, catalog
        self._offices: defaultdict[str, set[str]] = defaultdict(set)
        self._periods: defaultdict[str, set[Month]] = defaultdict(set)
        for report in reports:
            if report.org is not None and report.office is not None and report.period is not None and report.period.comparable:
                self._offices[report.org].add(report.office)
                self._periods[report.org].add(report.period)
        self._backgrounds: dict[tuple[str, Month], Background] = {}
        self._histories: dict[str, dict[str, dict[str, dict[Month, EarlierFigure]]]] = {}
        self._cells: dict[str, dict[str, dict[int, list[FiledCell]]]] = {}

    def submissions(self, org: str, period: Month, office: str | None = None) -> list[Submission]:
        """The submissions of an organisation and a month that count, of one office or of all, in log order."""
        return [submission for submission in self._submissions.get((org, period), ()) if office in (None, submission.office)]

    def background(self, period: Month, org: str = BUREAU) -> Background:
        """The figures of all offices in a month, the month before and a year before; without history."""
        if (org, period) not in self._backgrounds:
            self._backgrounds[org, period] = self._store.background(period, org)
        return self._backgrounds[org, period]

    def history(self, office: str, period: Month, org: str = BUREAU) -> dict[str, dict[Month, EarlierFigure]]:
        """What an office reported in the two years before a month, by measure and ascending month."""
        if org not in self._histories:
            self._histories[org] = self._read_history(org)
        first, last = period.plus(-HISTORY), period.plus(-1)
        every = self._histories[org].get(office, {})
        within = {code: {month: known for month, known in months.items() if first <= month <= last} for code, months in every.items()}
        return {code: months for code, months in within.items() if months}

    def cells(self, org: str, office: str, years: Iterable[int]) -> list[FiledCell]:
        """The cells of some years that count, of all measures that an office's sheet has to agree with."""
        if org not in self._cells:
            self._cells[org] = self._read_cells(org)
        of_measure, tied = self._cells[org], tied_measures(self._catalog, office)
        return [cell for year in years for code in tied if code in of_measure for cell in of_measure[code].get(year, ())]

    def counterparts(self, office: str, period: Month, template: str, org: str) -> Mapping[tuple[str, Column], tuple[Value, str, Place]]:
        """The numbers that an office states for a month elsewhere than in a template, each with its file and cell."""
        elsewhere = any(submission.template != template for submission in self.submissions(org, period, office))
        return self._store.counterparts(office, period, template, org) if elsewhere else {}

    def locked(self, office: str, period: Month, org: str) -> Decision | None:
        """The lock that keeps an office's month from changing; None while it is open."""
        return lock_in_force(self._decisions, office, period, org)

    @cached_property
    def months(self) -> tuple[Month, Month] | None:
        """The first and the last month of which the store has anything."""
        return self._store.months()

    @cached_property
    def _submissions(self) -> Mapping[tuple[str, Month], list[Submission]]:
        submissions: defaultdict[tuple[str, Month], list[Submission]] = defaultdict(list)
        for submission in self._store.current_among(list(self._periods), set().union(*self._periods.values())):
            submissions[submission.org, submission.period].append(submission)
        return submissions

    @cached_property
    def _decisions(self) -> list[Decision]:
        return self._store.decisions()

    def _read_history(self, org: str) -> dict[str, dict[str, dict[Month, EarlierFigure]]]:
        """By office, measure and month, of all offices that report."""
        first, last = min(self._periods[org]).plus(-HISTORY), max(self._periods[org]).plus(-1)
        read: defaultdict[str, dict[str, dict[Month, EarlierFigure]]] = defaultdict(dict)
        for code, months in self._store.history(sorted(self._offices[org]), first, last, org).items():
            read[self._catalog.measures[code].office][code] = months
        return read

    def _read_cells(self, org: str) -> dict[str, dict[int, list[FiledCell]]]:
        """By measure and year, of all offices that report and the years around theirs."""
        year = self._catalog.year
        years = set(map(year.of, self._periods[org]))
        read: dict[str, dict[int, list[FiledCell]]] = {}
        if self.months is None or year.of(self.months[1]) < min(years) - 1 or year.of(self.months[0]) > max(years) + 1:
            return read
        codes = set().union(*(tied_measures(self._catalog, office) for office in self._offices[org]))
        for cell in self._store.filed_cells(sorted(codes), year.first(min(years) - 1), year.last(max(years) + 1), org):
            read.setdefault(cell[0], {}).setdefault(year.of(cell[2]), []).append(cell)
        return read
