"""
What the board says of the matters of follow-ups (督办), month by month and since when: the figure of an indicator, a relation, a finding.

A figure is known since the last sheet of its offices in its year came.  Where that sheet is a correction or was taken back,
and a day that was promised lies between it and the first, the board is asked as it was known on that day and on those of
the sheets in between: a sheet that is sent again for another reason makes nothing late, one that mends the figure too late
does not make it in time, and one that is taken back does not undo that it was late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, partial

from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.follow_up_course import Deadline, Observation
from kpi.compute.row import BoardRow, Status
from kpi.figures.indicators import indicators
from kpi.figures.subject_lookup import subject_of
from kpi.finding import Finding
from kpi.period import Month, Span, months
from kpi.review.relation_results import relations
from kpi.store.follow_up import FollowUp, Matter
from kpi.store.submission import SheetDate
from kpi.validation.relation_figures import Result

_MOST = 8  # earlier days on which one month is looked at, the last ones: each may cost a whole board
_GOOD = {Status.MET: True, Status.MISSED: False, Status.BEHIND: False}  # of the others none decides


@dataclass(frozen=True, slots=True)
class _Word:
    """What a board says of a matter in a month, and the moments since the first sheet of it at which that can have changed, ascending."""

    month: Month
    good: bool | None  # None: it decides nothing, or nothing any more
    changes: Sequence[datetime]


class Matters:
    """What the boards of one bureau, as it is or was known on a day, say of some follow-ups; each board is asked once."""

    def __init__(self, bureau: Bureau, follow_ups: Sequence[FollowUp]) -> None:
        self._bureau = bureau
        self._rows: dict[tuple[str, str], list[BoardRow]] = {}  # by organisation and indicator, ascending
        by_org: dict[str, list[FollowUp]] = {}
        for follow_up in follow_ups:
            if followed(bureau.catalog, follow_up):
                by_org.setdefault(bureau.catalog.meant(follow_up.org), []).append(follow_up)
        for org, own in by_org.items():
            self._ask(org, own)
        self._dates = cache(self._sheet_dates)
        self._relations = cache(partial(_relation_results, bureau))

    def rows(self, follow_up: FollowUp) -> list[BoardRow]:
        """The rows of the indicator of a follow-up that decide, from its month on."""
        indicator = follow_up.matter.indicator or ""
        every = self._rows.get((self._bureau.catalog.meant(follow_up.org), indicator), [])
        return [row for row in every if row.period >= follow_up.matter.period and row.status in _GOOD]

    def observations(self, follow_up: FollowUp, deadlines: Sequence[Deadline]) -> list[Observation]:
        """What the board says of a follow-up, month by month; deadlines are the days that were promised for it."""
        seen: list[Observation] = []
        for word in self._words(follow_up):
            doubtful = _doubtful(word, follow_up.at, deadlines)
            seen += [self._then(follow_up, word.month, day) for day in doubtful[-_MOST:]]
            seen.append(Observation(word.month, word.good, word.changes[-1]))
        return seen

    def _words(self, follow_up: FollowUp) -> Iterator[_Word]:
        if follow_up.matter.relation or follow_up.matter.finding:
            yield from self._standing(follow_up)
            return
        catalog, org, indicator = self._bureau.catalog, self._bureau.catalog.meant(follow_up.org), follow_up.matter.indicator
        if indicator not in catalog.indicators or org not in catalog.orgs:
            return
        decided = {row.period: _GOOD[row.status] for row in self.rows(follow_up)}
        definitions = [subject_of(dated, indicator) for dated in (catalog, *catalog.dated)]
        offices = frozenset(catalog.measures[code].office for subject in definitions for term in subject.terms for code in term.codes)
        for month in sorted(decided.keys() | self._reported(org, offices, follow_up.matter.period)):
            yield _Word(month, decided.get(month), self._dates(org, offices, month))

    def _standing(self, follow_up: FollowUp) -> Iterator[_Word]:
        """Of a relation or a finding whether it still stands."""
        matter, catalog, org = follow_up.matter, self._bureau.catalog, self._bureau.catalog.meant(follow_up.org)
        if matter.relation:
            result = self._relations(org, matter.period).get(matter.relation)
            good = {Result.HOLDS: True, Result.VIOLATED: False}.get(result) if result else None
            offices = offices_of_relation(catalog, matter.relation)
        else:
            good = _finding_is_gone(self._bureau, matter)
            offices = _offices_of_finding(self._bureau, matter)
        yield _Word(matter.period, good, self._dates(org, offices, matter.period))

    def _then(self, follow_up: FollowUp, month: Month, day: date) -> Observation:
        """What the board said of a month at the end of an earlier day."""
        then = Matters(self._bureau.as_known(day), [follow_up])
        end = datetime.combine(day, time.max)
        words = [word.good for word in then._words(follow_up) if word.month == month]
        return Observation(month, words[0] if words else None, end)

    def _ask(self, org: str, follow_ups: Sequence[FollowUp]) -> None:
        """The rows of all indicators of an organisation in all months, with one question."""
        span = self._bureau.store.months()
        codes = list(dict.fromkeys(follow_up.matter.indicator for follow_up in follow_ups if follow_up.matter.indicator))
        first = min((follow_up.matter.period for follow_up in follow_ups if follow_up.matter.indicator), default=None)
        if span is None or first is None:
            return
        points = months(first, span[1])
        for row in indicators(self._bureau.store, self._bureau.catalog, points, codes, Span.YTD, org) if points else ():
            self._rows.setdefault((org, row.indicator), []).append(row)

    def _reported(self, org: str, offices: frozenset[str], first: Month) -> set[Month]:
        """The months from one on of which a sheet of the offices ever came, also those whose sheets were all taken back."""
        last = Month.of(date.max)
        dates = self._bureau.store.sheet_dates(self._bureau.catalog.leaves(org, first, last), sorted(offices), first, last)
        return {own.period for own in dates}

    def _sheet_dates(self, org: str, offices: frozenset[str], month: Month) -> list[datetime]:
        """The moments from the first sheet of a month on at which its cumulative figure can have changed; the end of the month where none of it came."""
        opening = self._bureau.catalog.year.opening(month)
        dates = self._bureau.store.sheet_dates(self._bureau.catalog.leaves(org, opening, month), sorted(offices), opening, month)
        return _since_first(dates, month) or [datetime.combine(month.last_day, time.max)]


def followed(catalog: Catalog, follow_up: FollowUp) -> bool:
    """Whether the catalogue in force still knows what a follow-up is about, so that the board can tell of it."""
    matter = follow_up.matter
    return catalog.meant(follow_up.org) in catalog.orgs and matter.indicator in {None, *catalog.indicators} and matter.relation in {None, *catalog.relations}


def offices_of_relation(catalog: Catalog, relation: str) -> frozenset[str]:
    """The offices whose figures a relation holds together; all of them of a law over every measure."""
    sides = [side for side in (catalog.relations[relation].left, catalog.relations[relation].right) if side]
    offices = frozenset(catalog.measures[code].office for side in sides for code, _ in side.codes)
    return offices or frozenset(catalog.offices)


def finding_of_matter(bureau: Bureau, matter: Matter) -> Finding | None:
    """The finding that a follow-up is about, as the submission was accepted with it; None where that is not on record."""
    submission = bureau.store.submission(matter.submission or 0)
    every = submission.findings if submission else ()
    return next((finding for finding in every if (finding.code, str(finding.place)) == (matter.finding, matter.place)), None)


def _finding_is_gone(bureau: Bureau, matter: Matter) -> bool | None:
    """Whether what counts now has no such finding; None where nothing counts, or the submission is not on record."""
    submission, finding = bureau.store.submission(matter.submission or 0), finding_of_matter(bureau, matter)
    if submission is None or finding is None:
        return None
    counts = bureau.store.current(submission.office, submission.period, submission.template, submission.org)
    return None if counts is None else not any(_same(other, finding) for other in counts.findings)


def _same(other: Finding, finding: Finding) -> bool:
    """Whether two findings are of one fault: at the same place, or about the same measures in a sheet with another form."""
    return other.code == finding.code and (other.place == finding.place or bool(finding.measures and other.measures == finding.measures))


def _offices_of_finding(bureau: Bureau, matter: Matter) -> frozenset[str]:
    submission = bureau.store.submission(matter.submission or 0)
    return frozenset([submission.office]) if submission else frozenset()


def _relation_results(bureau: Bureau, org: str, period: Month) -> dict[str, Result]:
    return {evaluated.relation.id: evaluated.result for evaluated in relations(bureau, period, org)}


def _since_first(dates: Sequence[SheetDate], month: Month) -> list[datetime]:
    first = min((own.moment for own in dates if own.period == month), default=None)
    return [own.moment for own in dates if first is not None and own.moment >= first]


def _doubtful(word: _Word, opened: datetime, deadlines: Sequence[Deadline]) -> list[date]:
    """The days on which a month may have stood otherwise than it does now, from a day that was promised on; ascending."""
    first, last = max(word.changes[0], opened), word.changes[-1]
    due = min(deadline.due for deadline in deadlines)
    days = {day for deadline in deadlines for day in (deadline.due, deadline.decided_by)}
    days |= {change.date() for change in word.changes if change.date() > due}
    return [day for day in sorted(days) if first <= datetime.combine(day, time.max) < last]
