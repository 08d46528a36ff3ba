"""
What is known while files that came together are checked: the store's figures, and over them those of the batch so far.

A whole year dropped at once is thereby held to 累计 = 上月累计 + 本月, to last year's record and to its own history just
as it would be month by month.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.period import Month, months
from kpi.store.earlier_figures import Background, CellOnFile, CellsOnFile, EarlierFigure, FiledCell, History
from kpi.store.reader import StoreReader
from kpi.store.submission import Submission
from kpi.validation.batch_records import HISTORY, BatchRecords
from kpi.validation.ties import tied_measures
from kpi.value import UNREPORTED, State
from kpi.workbook.report import Column, Reading, Report

_MutableCells = dict[tuple[str, Column], dict[Month, CellOnFile]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report of the batch that may yet be stored."""

    file: str
    digest: str
    report: Report


class Backgrounds:
    """The background of one report after the other; `add` each that may yet be stored."""

    def __init__(self, recorded: BatchRecords, catalog: Catalog) -> None:
        self._recorded = recorded
        self._catalog = catalog
        self._batch: dict[tuple[str, Month], dict[str, EarlierFigure]] = defaultdict(dict)
        self._reported: dict[tuple[str, str, Month], dict[str, EarlierFigure]] = {}
        self._candidates: dict[tuple[str | None, str | None, Month | None, str], Candidate] = {}
        self._added: dict[str, _MutableCells] = defaultdict(lambda: defaultdict(dict))
        self._gone: set[int] = set()  # submissions that the batch so far would replace
        self._awaited: set[int] = set()  # submissions that the rest of the batch would replace

    def background(self, office: str, period: Month, org: str = BUREAU) -> Background:
        """What a report of an office of an organisation and a month is checked against."""
        stored = self._recorded.background(period, org)
        return Background(
            present=ChainMap(self._batch[org, period], dict(stored.present)),
            previous=ChainMap(self._batch[org, period.plus(-1)], dict(stored.previous)),
            last_year=ChainMap(self._batch[org, period.plus(-12)], dict(stored.last_year)),
            history=self._history(org, office, period),
        )

    def against(self, office: str, period: Month, org: str = BUREAU, current: Submission | None = None) -> Background:
        """The same with every cell it may contradict, before it and after it; ``current`` is the submission it would replace."""
        own = {current.seq} if current else set()
        self._awaited -= own
        away = self._gone | self._awaited | own
        year = self._catalog.year.of(period)
        stored = self._recorded.cells(org, office, (year - 1, year, year + 1))
        filed = self._over(org, office, [cell for cell in stored if cell[3].seq not in away], year)
        replaced = _gathered(cell for cell in stored if cell[3].seq in own)
        flagged = frozenset((finding.code, finding.seen) for finding in current.findings) if current else frozenset()
        return replace(self.background(office, period, org), filed=filed, replaced=replaced, flagged=flagged)

    def expect(self, current: Submission) -> None:
        """Take what a report of the batch would replace for gone until that report itself is checked."""
        self._awaited.add(current.seq)

    def earlier(self, report: Report) -> Candidate | None:
        """The report of the batch so far that one would replace."""
        return self._candidates.get((report.org, report.office, report.period, report.template))

    def add(self, file: str, digest: str, report: Report, current: Submission | None = None) -> None:
        """
        Let the rest of the batch be checked against a report whose office, month and organisation are known.

        Args:
            file: The name of its file.
            digest: The sha256 of what would be kept of the file.
            report: The report.
            current: The submission it would replace.

        """
        office, period, org = report.office, report.period, report.org
        if office is None or period is None or org is None:
            return
        self._candidates[org, office, period, report.template] = Candidate(file, digest, report)
        self._gone |= {current.seq} if current else set()
        for reading in report.readings:
            months = self._added[org][reading.measure, reading.column]
            if reading.value.state is not State.UNREPORTED or period not in months:
                months[period] = CellOnFile(reading.value, reading.as_of, file, reading.place)
        before = (
            ChainMap(self._batch[org, period.plus(-1)], dict(self._recorded.background(period, org).previous)) if not self._catalog.year.opens(period) else {}
        )
        cells = {(reading.measure, reading.column): reading for reading in report.readings}
        measures = dict.fromkeys(reading.measure for reading in report.readings)
        known = {code: self._known(code, cells, before.get(code), period) for code in measures}
        self._reported[org, office, period] = self._reported.get((org, office, period), {}) | known
        self._batch[org, period] |= known

    def _over(self, org: str, office: str, stored: Iterable[FiledCell], year: int) -> CellsOnFile:
        """Cells of the store, and those of the batch so far over them; a blank one silences none."""
        filed, added = _gathered(stored), self._added[org]
        for code in tied_measures(self._catalog, office) if added else ():
            for column in Column:
                for month, cell in added.get((code, column), {}).items():
                    months = filed.setdefault((code, column), {})
                    if abs(self._catalog.year.of(month) - year) <= 1 and (cell.value.state is not State.UNREPORTED or month not in months):
                        months[month] = cell
        return filed

    def _history(self, org: str, office: str, period: Month) -> History:
        history = self._recorded.history(office, period, org)
        for month in months(period.plus(-HISTORY), period.plus(-1)):
            for code, known in self._reported.get((org, office, month), {}).items():
                if known.state is State.UNREPORTED:
                    history.get(code, {}).pop(month, None)
                else:
                    history.setdefault(code, {})[month] = known
        return history

    def _known(self, code: str, cells: dict[tuple[str, Column], Reading], before: EarlierFigure | None, period: Month) -> EarlierFigure:
        """A measure as it will be known once the report is stored."""
        ytd, month = cells.get((code, Column.YTD)), cells.get((code, Column.MONTH))
        stated = ytd.value if ytd else UNREPORTED
        reading = ytd or month
        as_of = reading.as_of if reading else None
        if self._catalog.measures[code].kind is not MeasureKind.FLOW:
            return EarlierFigure(stated.number, stated.state, as_of, stated.number, stated.qualifier)
        of_month = month.value if month else UNREPORTED
        earlier = before.ytd if before else None
        if stated.state is State.UNREPORTED and of_month.number is not None:
            total = of_month.number + (earlier or 0)
            return EarlierFigure(total, State.NUMBER if total else State.ZERO, as_of, of_month.number, of_month.qualifier)
        if stated.state is State.UNREPORTED:
            stated = of_month
        step = of_month.number
        if step is None and stated.number is not None:
            step = _step(stated.number, earlier, self._catalog.year.opens(period), before is not None and before.as_of == as_of)
        return EarlierFigure(stated.number, stated.state, as_of, step, stated.qualifier)


def filed_cells(store: StoreReader, measures: Sequence[str], first: Month, last: Month, org: str) -> CellsOnFile:
    """The cells of an organisation that count, of some measures and months."""
    return _gathered(store.filed_cells(measures, first, last, org))


def _gathered(cells: Iterable[FiledCell]) -> _MutableCells:
    gathered: _MutableCells = {}
    for code, column, month, cell in cells:
        gathered.setdefault((code, column), {})[month] = cell
    return gathered


def _step(now: Decimal, before: Decimal | None, january: bool, stood_still: bool) -> Decimal | None:
    """The month between two cumulatives; None where it cannot be told."""
    if january:
        return now
    return now - before if before is not None and now >= before and not stood_still else None
