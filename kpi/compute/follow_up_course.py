"""
How a follow-up (督办) stands on a day, and which colour its slip has: from its days, its signatures and what the board has shown.

Nothing here is kept.  A follow-up is closed by its figure, or by a leader, and by nothing else; what was overdue once is
never green again, however good the figure is later.  Only ends of days are looked at: what is mended on the day on which
it is due is in time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kpi.catalog.measure import Better
from kpi.period import Month, ReportingYear

DUE_SOON = 7  # days before the day that is promised, from which on a follow-up is 即将到期


class FollowUpStatus(StrEnum):
    """How a follow-up stands; the order is the order of urgency."""

    OVERDUE = "逾期"
    BEHIND = "滞后"
    DUE_SOON = "即将到期"
    RUNNING = "进行中"
    RECOVERED_LATE = "逾期后恢复"
    RECOVERED = "已恢复"
    SIGNED = "已办结"

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self in (FollowUpStatus.RECOVERED, FollowUpStatus.RECOVERED_LATE, FollowUpStatus.SIGNED)


class Lamp(StrEnum):
    """The colour of a slip; always beside its word."""

    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"


@dataclass(frozen=True, slots=True)
class Observation:
    """What the board of a month says of the thing that is followed up; none of a month that was never decided (未定, 未报)."""

    month: Month
    good: bool | None  # None: it decides nothing any more, its sheet was withdrawn
    known: datetime  # since when


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that was promised, from a moment on."""

    since: datetime
    due: date
    month: Month | None = None  # the last whole month up to it, whose figure tells whether the promise was kept; None: no figure does
    figures_by: date | None = None  # the day on which the sheet of that month is owed

    @property
    def decided_by(self) -> date:
        """The last day on which nobody can know yet that it was not kept."""
        return max(self.due, self.figures_by or self.due)


@dataclass(frozen=True, slots=True)
class FollowUpTurn:
    """A leader's signature, or the end of it: the follow-up is taken up again."""

    at: datetime
    closed: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of a follow-up; each in the order in which it came."""

    opened: datetime
    deadlines: Sequence[Deadline]  # never empty
    turns: Sequence[FollowUpTurn] = ()
    observations: Sequence[Observation] = ()
    steps: Sequence[date] = ()  # the days of the steps that are not done
    slow: bool = False  # whether the figure is worse than what was promised for its day


@dataclass(frozen=True, slots=True)
class FollowUpCourse:
    """How a follow-up stands at the end of a day."""

    status: FollowUpStatus
    due: date
    overdue_once: bool  # now, or before it recovered, was signed or was promised anew
    recovered: Month | None = None  # the month whose board closed it; None where none did, or a later one took that back
    relapsed: Month | None = None  # the month that was not met after one that was
    waits_for: Month | None = None  # the day is past, and the figure that tells is not owed yet
    late_steps: int = 0
    slow: bool = False

    @property
    def lamp(self) -> Lamp:
        """Red while it is overdue; yellow while it is due soon, behind, or was overdue once; else green."""
        if self.status is FollowUpStatus.OVERDUE:
            return Lamp.RED
        return Lamp.YELLOW if self.overdue_once or self.status in (FollowUpStatus.BEHIND, FollowUpStatus.DUE_SOON) else Lamp.GREEN


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is known at the end of a day."""

    deadline: Deadline
    signed: bool
    seen: dict[Month, Observation] = field(default_factory=dict)  # since the follow-up was opened or taken up again, the latest word on each month

    @property
    def recovered(self) -> Month | None:
        """The first of the months that are good to the last."""
        first = None
        for month in sorted(self.seen, reverse=True):
            if not self.seen[month].good:
                break
            first = month
        return first

    @property
    def relapsed(self) -> Month | None:
        """The first of the months that are not good to the last, where a good one lies before it."""
        first = None
        for month in sorted(self.seen, reverse=True):
            if self.seen[month].good:
                return first
            first = month
        return None

    def overdue(self, day: date) -> bool:
        """Whether the promise was not kept, as far as can be known on a day."""
        if self.signed or self.recovered or day <= self.deadline.due:
            return False
        judged = self.deadline.month is not None and any(month >= self.deadline.month for month in self.seen)
        return judged or day > self.deadline.decided_by


def course(facts: Facts, day: date) -> FollowUpCourse:
    """
    How a follow-up stands at the end of a day.

    Args:
        facts: What is on record by then; what came later is left aside.
        day: The day, not before that on which it was opened.

    """
    now = _at(facts, day)
    late = any(_at(facts, other).overdue(other) for other in _changes(facts, day))
    recovered, relapsed = now.recovered, now.relapsed
    late_steps = sum(due < day for due in facts.steps)
    behind = facts.slow or bool(late_steps) or relapsed is not None
    overdue = now.overdue(day)
    waits = now.deadline.month if day > now.deadline.due and not (overdue or now.signed or recovered) else None
    if now.signed:
        status = FollowUpStatus.SIGNED
    elif recovered:
        status = FollowUpStatus.RECOVERED_LATE if late else FollowUpStatus.RECOVERED
    elif overdue:
        status = FollowUpStatus.OVERDUE
    elif behind:
        status = FollowUpStatus.BEHIND
    else:
        status = FollowUpStatus.DUE_SOON if (now.deadline.due - day).days <= DUE_SOON else FollowUpStatus.RUNNING
    return FollowUpCourse(status, now.deadline.due, late, recovered, relapsed, waits, late_steps, facts.slow)


def _at(facts: Facts, day: date) -> _Moment:
    """What is known at the end of a day."""
    end = datetime.combine(day, time.max)
    deadline = [deadline for deadline in facts.deadlines if deadline.since <= end or deadline is facts.deadlines[0]][-1]
    turns = [turn for turn in facts.turns if turn.at <= end]
    start = max([facts.opened, *(turn.at for turn in turns if not turn.closed)])
    seen: dict[Month, Observation] = {}
    for observation in sorted(facts.observations, key=lambda other: other.known):
        if start < observation.known <= end:
            seen.pop(observation.month, None)
            if observation.good is not None:
                seen[observation.month] = observation
    return _Moment(deadline, bool(turns) and turns[-1].closed, seen)


def _changes(facts: Facts, day: date) -> list[date]:
    """The days up to one on which a follow-up can have become overdue: whatever is between two of them is as on the first."""
    moments = [facts.opened, *(observation.known for observation in facts.observations), *(turn.at for turn in facts.turns)]
    days = {day, *(moment.date() for moment in moments), *(deadline.since.date() for deadline in facts.deadlines)}
    for deadline in facts.deadlines:
        days |= {deadline.due + timedelta(1), deadline.decided_by + timedelta(1)}
    return sorted(other for other in days if facts.opened.date() <= other <= day)


def promised_by(start: Decimal, first: date, promised: Decimal, due: date, day: date, year: ReportingYear, *, restarts: bool) -> Fraction:
    """
    What a figure should have reached on a day to be on the way to what was promised: evenly from the one to the other.

    From 76 on 30 November to 91 on 31 December: 30 of 31 days later, 76 + 15 × 30/31 = 90.516….

    Args:
        start: The figure when the follow-up was opened.
        first: The day to which that ran.
        promised: What was promised.
        due: For which day.
        day: The day to which the figure runs now.
        year: The year over which it adds up.
        restarts: Whether the figure begins anew with each year: after the end of a year its way begins at nought.

    """
    begin = Fraction(start)
    if restarts and year.of_day(first) < year.of_day(due):
        begin, first = Fraction(0), year.last_day(year.of_day(due) - 1)
    whole, gone = (due - first).days, (min(day, due) - first).days
    return begin + (Fraction(promised) - begin) * gone / whole if 0 <= gone < whole else begin if gone < 0 else Fraction(promised)


def worse(value: Decimal, other: Fraction, better: Better) -> bool:
    """Whether a figure is on the bad side of another number; False where neither side is better."""
    return Fraction(value) < other if better is Better.HIGHER else Fraction(value) > other if better is Better.LOWER else False
