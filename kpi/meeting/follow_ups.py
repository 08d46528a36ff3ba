"""
Follow-ups (督办) as they stand on a day: all of them, those of an office or an indicator, and what was promised at the last meeting.

How one stands is computed each time from the log and the board as both were known on that day, and kept nowhere; writing
is `kpi.meeting.follow_up_opening` and `kpi.meeting.follow_up_acts`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.follow_up_course import Deadline, Facts, FollowUpStatus, FollowUpTurn, course, promised_by, worse
from kpi.compute.row import BoardRow
from kpi.errors import RequestError
from kpi.figures.subject_lookup import subject_of
from kpi.filing.deadline import due_date
from kpi.meeting.follow_up_matters import Matters
from kpi.period import Month
from kpi.present import row_words
from kpi.present.follow_up_slip import Slip
from kpi.store.edition import spelled
from kpi.store.follow_up import FollowUp, Step
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry

_URGENCY = tuple(FollowUpStatus)


@dataclass(frozen=True, slots=True)
class Promises:
    """上次会议答应的事: what was promised at a meeting, and what of older ones is still open."""

    edition: str  # the code of the edition of that meeting; empty where none was ever named
    slips: tuple[Slip, ...]
    earlier: tuple[Slip, ...]  # the others that are not closed


def follow_ups(bureau: Bureau, day: date, org: str | None = None) -> list[Slip]:
    """
    Every follow-up that the caller may read as it stands at the end of a day, the most urgent first, those that are closed last.

    Args:
        bureau: The bureau.
        day: The day; what was entered later has not happened.
        org: Only those of this organisation and those below it.

    """
    then = bureau.as_known(day)
    below = _below(bureau.catalog, org) if org else None
    orgs = {follow_up.org: bureau.catalog.meant(follow_up.org) for follow_up in then.store.follow_ups()}
    shown = {org for org in orgs.values() if (below is None or org in below) and bureau.sees(org)}
    opened = [follow_up for follow_up in then.store.follow_ups() if orgs[follow_up.org] in shown]
    entries: dict[int, list[FollowUpEntry]] = {}
    for entry in then.store.follow_up_entries() if opened else ():
        entries.setdefault(entry.follow_up, []).append(entry)
    matters = Matters(then, opened)
    slips = [_slip(then, matters, follow_up, entries.get(follow_up.seq, []), day) for follow_up in opened]
    return sorted(slips, key=lambda slip: (_URGENCY.index(slip.status), slip.due, slip.number))


def find(bureau: Bureau, number: int, day: date) -> Slip:
    """
    The follow-up with a number, as it stands at the end of a day.

    Raises:
        RequestError: There is none.

    """
    for slip in follow_ups(bureau, day):
        if slip.number == number:
            return slip
    raise RequestError(f"没有第 {number} 号督办；请在督办清单中核对编号。")


def of_office(slips: Iterable[Slip], office: str) -> list[Slip]:
    """Of some follow-ups those that an office answers for, by its code."""
    return [slip for slip in slips if slip.follow_up.office == office]


def of_indicator(slips: Iterable[Slip], indicator: str, org: str | None = None) -> list[Slip]:
    """Of some follow-ups those of an indicator, of one organisation where asked."""
    return [slip for slip in slips if slip.follow_up.matter.indicator == indicator and org in (None, slip.org)]


def last_promises(bureau: Bureau, day: date, org: str | None = None, running: str = "") -> Promises:
    """
    What was promised at the last meeting, with which the next one begins.

    Args:
        bureau: The bureau.
        day: The day of the next meeting.
        org: Only follow-ups of this organisation and those below it.
        running: The code of the edition of the meeting that begins: what was promised there already is not the last one's.

    Returns:
        The follow-ups that were opened, promised anew or taken up again beside the edition that was named last, and the
        others that are still open.  Where no edition was ever named, all that are open are in ``earlier``.

    """
    slips = follow_ups(bureau, day, org)
    named = [(number, code) for slip in slips for code, number in slip.meetings.items() if spelled(code) != spelled(running)]
    last, earlier = max(named, default=(0, ""))[1], {code for _, code in named}
    promised = tuple(slip for slip in slips if last in slip.meetings)
    others = (slip for slip in slips if slip not in promised and not slip.status.closed)
    return Promises(last, promised, tuple(slip for slip in others if not slip.meetings or slip.meetings.keys() & earlier))


def _slip(bureau: Bureau, matters: Matters, follow_up: FollowUp, entries: Sequence[FollowUpEntry], day: date) -> Slip:
    catalog, org = bureau.catalog, bureau.catalog.meant(follow_up.org)
    deadlines = _deadlines(catalog, follow_up, entries)
    turns = [FollowUpTurn(entry.at, entry.act is FollowUpAct.SIGN) for entry in entries if entry.act in (FollowUpAct.SIGN, FollowUpAct.REOPEN)]
    observations = matters.observations(follow_up, deadlines)
    rows = matters.rows(follow_up)
    now = rows[-1] if rows else None
    expected = _expected(catalog, follow_up, entries, deadlines[-1].due, now)
    slow = expected is not None and now is not None and _slow(catalog, now, expected)
    facts = Facts(follow_up.at, deadlines, turns, observations, _open_steps(follow_up, entries), slow)
    office = catalog.offices[follow_up.office].name if follow_up.office in catalog.offices else follow_up.office
    spoken = row_words.spoken(now, catalog) if now else None
    whose = catalog.called(None, org) or ("" if org == catalog.root else org)
    indicator = catalog.at(follow_up.matter.period).indicators.get(follow_up.matter.indicator or "")
    return Slip(follow_up, tuple(entries), day, course(facts, day), office, org, whose, spoken, indicator.unit if indicator else "", expected)


def _deadlines(catalog: Catalog, follow_up: FollowUp, entries: Sequence[FollowUpEntry]) -> list[Deadline]:
    """The days that were promised, each with the last whole month up to it, if a figure tells of it, and when its sheet is owed."""
    promised = [(follow_up.at, follow_up.due)]
    promised += [(entry.at, entry.due) for entry in entries if entry.act in (FollowUpAct.PROMISE, FollowUpAct.REOPEN) and entry.due]
    indicator = catalog.indicators.get(follow_up.matter.indicator or "")
    if indicator is None:
        return [Deadline(since, due) for since, due in promised]
    due_day = catalog.offices[indicator.office].due_day
    whole = [(since, due, Month.of(due + timedelta(1)).plus(-1)) for since, due in promised]
    return [Deadline(since, due, month, due_date(month, due_day)) for since, due, month in whole]


def _open_steps(follow_up: FollowUp, entries: Sequence[FollowUpEntry]) -> list[date]:
    """The days of the steps that are not done; those without a day are never late."""
    steps = [*follow_up.steps, *(Step(entry.words, entry.due) for entry in entries if entry.act is FollowUpAct.ADD_STEP)]
    done = {entry.step: entry.done for entry in entries if entry.act is FollowUpAct.STEP}
    return [step.due for number, step in enumerate(steps, 1) if step.due and not done.get(number)]


def _expected(catalog: Catalog, follow_up: FollowUp, entries: Sequence[FollowUpEntry], due: date, now: BoardRow | None) -> Fraction | None:
    """What the figure should have reached by its day to keep the promised value; None where no value is promised, or one of the two figures is not known."""
    matter, promised = follow_up.matter, [follow_up.promised, *(entry.promised for entry in entries if entry.promised is not None)][-1]
    if promised is None or matter.value is None or matter.as_of is None or now is None or now.figure.as_of is None:
        return None
    if not catalog.same_definition(now.indicator, matter.period, now.period):  # what was promised is of another definition
        return None
    restarts = subject_of(catalog.at(now.period), now.indicator).sums_up
    return promised_by(matter.value, matter.as_of, promised, due, now.figure.as_of, catalog.year, restarts=restarts)


def _slow(catalog: Catalog, now: BoardRow, expected: Fraction) -> bool:
    return now.figure.value is not None and worse(now.figure.value, expected, catalog.at(now.period).indicators[now.indicator].better)


def _below(catalog: Catalog, org: str) -> set[str]:
    """An organisation and those ever below it."""
    return {org, *(code for code in catalog.orgs if org in catalog.tree.ancestors(code))}
