"""
The verdict on a figure: exact fractions of its parts against the limit that is due on its own day.

Nothing is rounded on the way, so 1724 of 1763 does not meet 97.8 %, however it prints.  A figure of which something lacks,
is pending or only about so much has a range; a verdict is given where the whole of it leads to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kpi.catalog.target import TargetKind
from kpi.compute.range_left_open import Range
from kpi.compute.row import Status
from kpi.compute.target_in_force import TargetInForce, gap


@dataclass(frozen=True, slots=True)
class Verdict:
    """``status`` None: nothing can be compared; ``lacking`` is the part of the target that is missing, negative when there is some to spare."""

    status: Status | None
    lacking: Fraction | None = None


def judge(range_: Range | None, value: Fraction | None, due: Sequence[tuple[TargetInForce, date]]) -> Verdict:
    """
    Compare a figure with what it is held to.

    Args:
        range_: What the figure can be; None where there is none.
        value: The figure itself.
        due: What it is held to on the earliest and on the latest of the days to which its parts run, within the year of the target.

    Returns:
        达标 on the good side of every limit, the limit itself included; 滞后 short of it by at most the tolerance; 未达标 beyond;
        未定 where what lacks, is pending or still to come, or which of the days is taken, can decide.  Where it is sure that the
        target is not met, but not by how much, 未达标.

    """
    if range_ is None or not due:
        return Verdict(None)
    entry, day = due[0]
    lacking = -_lead(value, entry, day) / Fraction(entry.limit) if value is not None and entry.limit else None
    statuses = {status for entry, day in due for status in _over(range_, entry, day)}
    if len(statuses) == 1:
        return Verdict(statuses.pop(), lacking)
    return Verdict(Status.MISSED if all(status.late for status in statuses) else Status.UNDECIDED, lacking)


def _over(range_: Range, entry: TargetInForce, day: date) -> set[Status]:
    """The verdicts at both ends of a range; of one that reaches over both limits of a target, what lies between as well."""
    low, high = range_.low, range_.high
    statuses = {_at(low, entry, day, up=False, below=False)}
    if range_.exact is None:
        statuses.add(_at(high, entry, day, up=True, below=range_.below))
    upper = entry.target.upper
    if upper is not None and (low is None or low < entry.limit) and (high is None or high > upper):
        statuses.add(Status.MET)
    return statuses


def _at(value: Fraction | None, entry: TargetInForce, day: date, *, up: bool, below: bool) -> Status:
    """The verdict on one end of a range; on one without a bound that of what has no end."""
    target = entry.target
    if value is None:
        good = up and target.upper is None if target.kind is not TargetKind.CEILING else not up
        return Status.MET if good else _early(entry, day) or Status.MISSED
    lead = _lead(value, entry, day)
    short = lead < 0 or (below and lead == 0 and target.kind is not TargetKind.CEILING)
    if not short:
        return Status.MET
    slack = Fraction(target.tolerance) * (Fraction(entry.limit) / 100 if target.paced else 1)
    return _early(entry, day) or (Status.BEHIND if -lead <= slack and (slack or lead) else Status.MISSED)


def _early(entry: TargetInForce, day: date) -> Status | None:
    """What is not due yet is open."""
    due = entry.target.due
    return Status.UNDECIDED if due is not None and day < due else None


def _lead(value: Fraction, entry: TargetInForce, day: date) -> Fraction:
    """How far the value is on the good side of the nearer limit."""
    upper = entry.target.upper
    return -gap(entry.target.kind, value, Fraction(entry.limit) * entry.stretch.due(day), None if upper is None else Fraction(upper))
