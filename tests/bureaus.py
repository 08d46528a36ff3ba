"""Small bureaus for tests: a catalogue written as its files are, an open store, and what offices send in."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpi.bureau import LiveBureau
from kpi.catalog.organisation import BUREAU
from kpi.compute.row import BoardRow
from kpi.figures.indicators import indicators
from kpi.period import Month, Span
from kpi.review.board import board
from kpi.review.series import Point, series
from kpi.store.submission import Accepted, Submission
from tests import blank
from tests.kpi.store.reports import accepted


class Small:
    """
    A bureau of a small catalogue, asked by plain texts.

    What was reported since the last question is committed together before the next; a correction after what it corrects.
    """

    def __init__(self, bureau: LiveBureau) -> None:
        self._bureau = bureau
        self._waiting: list[Accepted] = []

    @property
    def bureau(self) -> LiveBureau:
        """The bureau, with all that was reported."""
        self._commit()
        return self._bureau

    def _commit(self) -> list[Submission]:
        waiting, self._waiting = self._waiting, []
        return self._bureau.store.commit(waiting) if waiting else []

    def _wait(self, item: Accepted) -> None:
        if any(_key(other) == _key(item) for other in self._waiting):
            self._commit()
        self._waiting.append(item)

    def filed(self, period: str, office: str = "quality", **said: str) -> Submission:
        """Commit a report, written as for `report`, in its turn; what became of it."""
        self.report(period, office, **said)
        return self._commit()[-1]

    def report(
        self, period: str, office: str = "quality", *, org: str = BUREAU, template: str = "", note: str = "", as_of: str = "", by: str = "张三", **cells: str
    ) -> None:
        """A report; each measure is written ``本月数 本年累计 上年同期累计``, with ``@2023-11-23`` after them for its own day."""
        days = {code: text.partition("@")[2] for code, text in cells.items() if "@" in text}
        item = accepted(period, office, {code: text.partition("@")[0] for code, text in cells.items()}, note=note, as_of=_day(as_of))
        readings = tuple(replace(one, as_of=date.fromisoformat(days[one.measure])) if one.measure in days else one for one in item.report.readings)
        self._wait(replace(item, report=replace(item.report, readings=readings, org=org), template=template, by=by, data=_bytes(item, days, org)))

    def months(self, year: int, office: str = "quality", **cells: str) -> None:
        """A report for each month from January; of each measure the months parted by ``|``, an empty one is left out."""
        columns = {code: [text.strip() for text in texts.split("|")] for code, texts in cells.items()}
        said = [
            {code: texts[number] for code, texts in columns.items() if number < len(texts) and texts[number]}
            for number in range(max(map(len, columns.values())))
        ]
        for number, one in enumerate(said, 1):
            if one:
                self._wait(accepted(f"{year}-{number:02}", office, one))

    def year(self, year: int, office: str = "quality", **cells: Sequence[str]) -> None:
        """All twelve months; months that are not said are blank, whatever they were before."""
        said = [{code: texts[number] if number < len(texts) else "–" for code, texts in cells.items()} for number in range(12)]
        for number, one in enumerate(said, 1):
            self._wait(accepted(f"{year}-{number:02}", office, one))

    def row(self, code: str, period: str, span: Span = Span.YTD) -> BoardRow:
        """One indicator or measure at a month."""
        [found] = indicators(self.bureau.store, self.bureau.catalog, [Month.parse(period)], [code], span)
        return found

    def board(self, period: str, span: Span = Span.YTD) -> dict[str, BoardRow]:
        """The whole board by code."""
        return {row.indicator: row for row in board(self.bureau, Month.parse(period), span)}

    def points(self, code: str, first: str, last: str, span: Span = Span.YTD) -> tuple[Point, ...]:
        """A series, month by month."""
        return series(self.bureau, code, Month.parse(first), Month.parse(last), span).points

    def values(self, code: str, first: str, last: str, span: Span = Span.YTD) -> list[Decimal | None]:
        """The bare values of a series."""
        return [point.value for point in self.points(code, first, last, span)]


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Put the files of a catalogue into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@contextmanager
def opened(folder: Path, files: Mapping[str, str]) -> Iterator[Small]:
    """A bureau with nothing stored."""
    with blank.opened(folder / "data", write(folder / "catalog", files)) as bureau:
        small = Small(bureau)
        yield small
        assert small.bureau is bureau  # what was reported after the last question is committed as well


def _key(item: Accepted) -> tuple[object, ...]:
    """What a later report of the same replaces."""
    return item.report.org, item.report.office, item.report.period, item.template


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _bytes(item: Accepted, days: Mapping[str, str], org: str) -> bytes:
    """Another day, or another organisation, is another file."""
    return item.data + repr((days, org)).encode()
