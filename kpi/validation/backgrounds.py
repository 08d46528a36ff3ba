"""
What is known while files that came together are checked: the store's figures, and over them those of the batch so far.

A whole year dropped at once is thereby held to 累计 = 上月累计 + 本月, to last year's record and to its own history just
as it would be month by month.
"""

from collections import ChainMap, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.model import Catalog, MeasureKind
from kpi.catalog.organisation import BUREAU
from kpi.period import Month, months
from kpi.store.background import Background, History, Known
from kpi.store.records import Records
from kpi.value import UNREPORTED, State
from kpi.workbook.report import Column, Reading, Report

_HISTORY = 24  # months looked back


@dataclass(frozen=True, slots=True)
class Filed:
    """A report of the batch that may yet be stored."""

    file: str
    digest: str
    report: Report


class Backgrounds:
    """The background of one report after the other; `add` each that may yet be stored."""

    def __init__(self, store: Records, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog
        self._stored: dict[tuple[str, Month], Background] = {}
        self._batch: dict[tuple[str, Month], dict[str, Known]] = defaultdict(dict)
        self._reported: dict[tuple[str, str, Month], dict[str, Known]] = {}
        self._filed: dict[tuple[str | None, str | None, Month | None, str], Filed] = {}

    def background(self, office: str, period: Month, org: str = BUREAU) -> Background:
        """What a report of an office of an organisation and a month is checked against."""
        stored = self._of(org, period)
        return Background(
            present=ChainMap(self._batch[org, period], dict(stored.present)),
            previous=ChainMap(self._batch[org, period.plus(-1)], dict(stored.previous)),
            last_year=ChainMap(self._batch[org, period.plus(-12)], dict(stored.last_year)),
            history=self._history(org, office, period),
        )

    def filed(self, report: Report) -> "Filed | None":
        """The report of the batch so far that one would replace."""
        return self._filed.get((report.org, report.office, report.period, report.template))

    def add(self, file: str, digest: str, report: Report) -> None:
        """
        Let the rest of the batch be checked against a report whose office, month and organisation are known.

        Args:
            file: The name of its file.
            digest: The sha256 of what would be kept of the file.
            report: The report.

        """
        office, period, org = report.office, report.period, report.org
        if office is None or period is None or org is None:
            return
        self._filed[org, office, period, report.template] = Filed(file, digest, report)
        before = ChainMap(self._batch[org, period.plus(-1)], dict(self._of(org, period).previous)) if period.month > 1 else {}
        cells = {(reading.measure, reading.column): reading for reading in report.readings}
        measures = dict.fromkeys(reading.measure for reading in report.readings)
        known = {code: self._known(code, cells, before.get(code), period) for code in measures}
        self._reported[org, office, period] = self._reported.get((org, office, period), {}) | known
        self._batch[org, period] |= known

    def _of(self, org: str, period: Month) -> Background:
        if (org, period) not in self._stored:
            self._stored[org, period] = self._store.background(period, org)
        return self._stored[org, period]

    def _history(self, org: str, office: str, period: Month) -> History:
        first, last = period.plus(-_HISTORY), period.plus(-1)
        history = self._store.history(office, first, last, org)
        for month in months(first, last):
            for code, known in self._reported.get((org, office, month), {}).items():
                if known.state is State.UNREPORTED:
                    history.get(code, {}).pop(month, None)
                else:
                    history.setdefault(code, {})[month] = known
        return history

    def _known(self, code: str, cells: dict[tuple[str, Column], Reading], before: Known | None, period: Month) -> Known:
        """A measure as it will be known once the report is stored."""
        ytd, month = cells.get((code, Column.YTD)), cells.get((code, Column.MONTH))
        stated = ytd.value if ytd else UNREPORTED
        reading = ytd or month
        as_of = reading.as_of if reading else None
        if self._catalog.measures[code].kind is not MeasureKind.FLOW:
            return Known(stated.number, stated.state, as_of, stated.number, stated.qualifier)
        of_month = month.value if month else UNREPORTED
        earlier = before.ytd if before else None
        if stated.state is State.UNREPORTED and of_month.number is not None:
            total = of_month.number + (earlier or 0)
            return Known(total, State.NUMBER if total else State.ZERO, as_of, of_month.number, of_month.qualifier)
        if stated.state is State.UNREPORTED:
            stated = of_month
        step = of_month.number
        if step is None and stated.number is not None:
            step = _step(stated.number, earlier, period.month == 1, before is not None and before.as_of == as_of)
        return Known(stated.number, stated.state, as_of, step, stated.qualifier)


def _step(now: Decimal, before: Decimal | None, january: bool, stood_still: bool) -> Decimal | None:
    """The month between two cumulatives; None where it cannot be told."""
    if january:
        return now
    return now - before if before is not None and now >= before and not stood_still else None
