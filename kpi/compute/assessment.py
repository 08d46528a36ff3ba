"""
The assessment of a figure: the figure itself, what it can still be, what it is held to, and the status that follows.

A board needs all of it and much beside; whoever asks for nothing but the statuses of many months makes this alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kpi.compute.parts import Parts
from kpi.compute.range_left_open import Range, pending, possible
from kpi.compute.rate import exact_value
from kpi.compute.row import Status
from kpi.compute.subject import Subject
from kpi.compute.target_in_force import TargetInForce, due_by
from kpi.compute.verdict import Verdict, judge
from kpi.period import Month
from kpi.value import REASONS, State


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a figure comes to at one point."""

    exact: Fraction | None  # the figure; None where the state says why
    can_be: Range | None  # what it can still be
    results: Range | None  # between what it can end while results are pending
    due: Sequence[tuple[TargetInForce, date]]  # what it is held to, on the days it runs to
    verdict: Verdict
    state: State
    status: Status


def assess(subject: Subject, parts: Parts, point: Month, targets: Sequence[TargetInForce]) -> Assessment:
    """The assessment of an indicator whose parts are summed; ``targets`` is everything it is held to at the point."""
    year = subject.year.days(subject.year.of(point))
    exact = exact_value(parts, subject, year)
    can_be, results = possible(parts, subject, year, exact), pending(parts, subject)
    due = due_by(targets, parts.as_of, parts.as_of_latest, point, subject.year)
    verdict = judge(can_be, exact, due)
    state = _state(exact, parts, subject, open_results=results is not None)
    return Assessment(exact, can_be, results, due, verdict, state, _status(state, due, verdict))


def _state(exact: Fraction | None, parts: Parts, subject: Subject, *, open_results: bool) -> State:
    """The face of a figure; of a rate of nothing yet, of which results are open, that it is under way."""
    if exact is not None:
        return State.NUMBER if exact else State.ZERO
    if open_results:
        return State.PENDING
    if parts.numerator is not None and parts.denominator is not None and parts.denominator <= 0:
        return State.NOT_APPLICABLE if subject.growth else State.NOT_STARTED
    return REASONS.get(parts.reason, State.UNREPORTED)


def _status(state: State, due: Sequence[tuple[TargetInForce, date]], verdict: Verdict) -> Status:
    """A target without a verdict is open: the figure is there but withheld, pending or of nothing done."""
    if state is State.UNREPORTED:
        return Status.UNREPORTED
    if not due:
        return Status.NO_TARGET
    return Status.UNDECIDED if verdict.status is None else verdict.status
