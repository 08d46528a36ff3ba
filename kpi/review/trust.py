"""
How far the figures of a month are to be believed (可信度): which are old, missing, stored with an open finding, or of another definition.

Each list names the indicators and says of each why it is in it, in a sentence without a full stop.  Nothing here changes a figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from kpi.bureau import Bureau
from kpi.compute.row import BoardRow, Status
from kpi.finding import Finding, Severity
from kpi.present import definition_words, figure_notes, organisation_words, trust_words
from kpi.review.absent_figures import why_absent
from kpi.review.source import Source, sources
from kpi.store.submission import Submission

CellsByCode = Mapping[str, Sequence[Source]]
_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Doubt:
    """An indicator in one of the lists, and why."""

    indicator: str
    name: str
    office: str
    sentences: tuple[str, ...]  # at least one
    days: int = 0  # of an old figure, by how many days it ends before the month does

    @property
    def sentence(self) -> str:
        """All of it as one line."""
        return "；".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Trust:
    """The lists of one month and organisation; each in the order of the board, old figures by their age."""

    stale: tuple[Doubt, ...]  # 陈旧: they end before the day to which the month is reported; the oldest first
    unreported: tuple[Doubt, ...]  # 未报
    incomplete: tuple[Doubt, ...]  # 不全: there is a figure, and months or organisations are missing from it
    flagged: tuple[Doubt, ...]  # 带核对意见: stored with a 说明, and the finding still stands
    redefined: tuple[Doubt, ...]  # 定义变动: target, base, organisations or formula are not what they were

    @property
    def lists(self) -> dict[str, tuple[Doubt, ...]]:
        """The lists under the names that pages give them: 陈旧, 未报, …"""
        return {"陈旧": self.stale, "未报": self.unreported, "不全": self.incomplete, "带核对意见": self.flagged, "定义变动": self.redefined}


def trust(bureau: Bureau, rows: Sequence[BoardRow], redefined: Mapping[str, Sequence[str]] = _NOTHING, cells: CellsByCode | None = None) -> Trust:
    """
    The lists of a board.

    Args:
        bureau: The bureau.
        rows: The board of one month and organisation, year to date; of none the lists are empty.
        redefined: By indicator what else is known of its definition, as `kpi.meeting.definition_changes` gives it.
        cells: The cells behind every code of the catalogue in that month and organisation, where they are known already.

    """
    if not rows:
        return Trust((), (), (), (), ())
    of_board = _CellsOfBoard(bureau, rows, cells)
    return Trust(
        stale=tuple(sorted(_stale(rows), key=lambda doubt: -doubt.days)),
        unreported=tuple(_doubt(row, [of_board.why_absent(row)]) for row in rows if row.status is Status.UNREPORTED),
        incomplete=tuple(_doubts((row, _missing(row)) for row in rows)),
        flagged=tuple(_doubts((row, of_board.findings(row)) for row in rows)),
        redefined=tuple(_doubts((row, [*_changed(bureau, row), *redefined.get(row.indicator, ())]) for row in rows)),
    )


def _doubt(row: BoardRow, sentences: Iterable[str]) -> Doubt:
    return Doubt(row.indicator, row.name, row.office, tuple(dict.fromkeys(sentences)))


def _doubts(pairs: Iterable[tuple[BoardRow, Sequence[str]]]) -> Iterator[Doubt]:
    """One for each row of which there is anything to say."""
    return (_doubt(row, sentences) for row, sentences in pairs if sentences)


def _stale(rows: Sequence[BoardRow]) -> Iterator[Doubt]:
    """The figures that end before the latest day to which any of the month runs: what all of it lacks is no figure's own fault."""
    month = rows[0].period
    dated = [(row, row.figure.as_of) for row in rows if row.status is not Status.UNREPORTED and row.figure.as_of is not None]
    reported_to = min(max((row.figure.as_of_latest or day for row, day in dated), default=month.last_day), month.last_day)
    for row, day in dated:
        if day < reported_to:
            days = (month.last_day - day).days
            partly = row.figure.as_of_latest not in (None, day)
            sentence = trust_words.old(day, month, partly=partly)
            yield Doubt(row.indicator, row.name, row.office, (sentence,), days)


def _missing(row: BoardRow) -> list[str]:
    """What a figure that is there lacks of the year so far, or of those below."""
    if row.status is Status.UNREPORTED:
        return []
    return [note for note in (figure_notes.without(row), figure_notes.gapped(row)) if note]


def _changed(bureau: Bureau, row: BoardRow) -> list[str]:
    """What of a definition the store and the catalogue know to be another since last year: targets, bases, organisations."""
    catalog = bureau.catalog
    targets = [target for target in catalog.targets_of(row.indicator, row.year_called, row.org) if target.first_day(row.year) <= row.period.last_day]
    changes = [
        *(trust_words.target_changed(row.year, before, after, catalog.wanted(before), catalog.wanted(after), row.unit) for before, after in pairwise(targets)),
        *(figure_notes.restated(base) for base in row.caveats.restated),
        *(definition_words.changes(catalog.indicators[row.indicator], catalog.measures, row.period.plus(-11), row.period)),
        figure_notes.restated_below(row),
        figure_notes.mixed_base(row),
        *organisation_words.moved(row),
    ]
    return [change for change in changes if change]


class _CellsOfBoard:
    """The cells behind the rows of a board, and the findings that stand at them."""

    def __init__(self, bureau: Bureau, rows: Sequence[BoardRow], cells: CellsByCode | None) -> None:
        self._bureau, self._period, self._org = bureau, rows[0].period, rows[0].org
        self._cells = sources(bureau, _codes(bureau, rows), self._period, self._org) if cells is None else cells
        self._explained = self._submissions(row.indicator for row in rows)

    def why_absent(self, row: BoardRow) -> str:
        """Why there is no figure, and to which day the last one ran."""
        words = why_absent(self._bureau.catalog, row.indicator, self._period, self._cells.__getitem__)
        last = row.figure.as_of
        return words + (f"，{trust_words.last_known(last, self._period)}" if last is not None and last < self._period.first_day else "")

    def findings(self, row: BoardRow) -> list[str]:
        """The findings at the cells that a figure rests on, each with the 说明 it was stored with."""
        sentences: list[str] = []
        for seq, cells in _by_submission(self._cells[row.indicator]).items():
            if submission := self._explained.get(seq):
                standing = [finding for finding in submission.findings if finding.severity is Severity.CHECK]
                sentences += [self._stands(finding, submission) for finding in standing if any(_concerns(finding, cell) for cell in cells)]
        return sentences

    def _stands(self, finding: Finding, submission: Submission) -> str:
        whose = self._bureau.catalog.called(submission.office, submission.org) if submission.org != self._org else ""
        return trust_words.stands(finding.seen, submission.note, whose, submission.period if submission.period != self._period else None)

    def _submissions(self, codes: Iterable[str]) -> dict[int, Submission]:
        """The submissions that the cells stand in, those with a finding that had to be explained."""
        places = {(cell.org, cell.period) for code in codes for cell in self._cells[code]}
        filed = self._bureau.store.current_among({org for org, _ in places}, {month for _, month in places})
        return {submission.seq: submission for submission in filed if any(finding.severity is Severity.CHECK for finding in submission.findings)}


def _codes(bureau: Bureau, rows: Sequence[BoardRow]) -> list[str]:
    """The indicators of a board, and all that the offices owe of whose indicators one is not there."""
    absent = {row.office for row in rows if row.status is Status.UNREPORTED}
    owed = [measure.code for measure in bureau.catalog.measures.values() if measure.office in absent]
    return list(dict.fromkeys([*(row.indicator for row in rows), *owed]))


def _by_submission(cells: Iterable[Source]) -> dict[int, list[Source]]:
    by_submission: defaultdict[int, list[Source]] = defaultdict(list)
    for cell in cells:
        by_submission[cell.submission].append(cell)
    return by_submission


def _concerns(finding: Finding, cell: Source) -> bool:
    """Whether a finding is about a cell: about its measure, or where it names none, about its place."""
    if finding.measures:
        return cell.measure in finding.measures
    return (finding.place.sheet, finding.place.cell) == (cell.sheet, cell.cell)
