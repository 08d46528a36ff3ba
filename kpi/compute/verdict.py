"""
The verdict on a figure: exact fractions of its parts against the limit that is due on its own day.

Nothing is rounded on the way, so 1724 of 1763 does not meet 97.8 %, however it prints.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.target import TargetKind
from kpi.compute.held import Held
from kpi.compute.row import Status

_BOUNDED = (TargetKind.FLOOR, TargetKind.PER_CAPITA)  # held to the bounds while results are pending


@dataclass(frozen=True, slots=True)
class Counted:
    """The exact parts of one figure; ``denominator`` is 1 for an indicator that is no ratio."""

    numerator: Decimal | None
    denominator: Decimal | None
    failed: Decimal | None
    total: Decimal | None
    scale: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """``status`` None: nothing can be compared; ``lacking`` is the part of the target that is missing, negative when there is some to spare."""

    status: Status | None
    lacking: Fraction | None = None


def judge(parts: Counted, entry: Held, day: date) -> Verdict:
    """
    Compare a figure with what it is held to.

    Args:
        parts: What the figure is made of.
        entry: The target in force on its day.
        day: The day the figure runs to, within the year of the target.

    Returns:
        达标 on the good side of every limit, the limit itself included; 滞后 short of it by at most the tolerance;
        未达标 beyond; 未定 while pending results, or a day still to come, can decide.

    """
    limit, target = Fraction(entry.limit), entry.target
    lead = _lead(parts, entry, day, limit)
    lacking = -lead / limit if lead is not None and limit else None
    if target.kind in _BOUNDED and (locked := _locked(parts, limit)) is not None:
        return Verdict(locked, lacking)
    if lead is None:
        return Verdict(None)
    if lead >= 0:
        return Verdict(Status.MET, lacking)
    if target.due is not None and day < target.due:
        return Verdict(Status.UNDECIDED, lacking)
    slack = Fraction(target.tolerance) * (limit / 100 if target.paced else 1)
    return Verdict(Status.BEHIND if -lead <= slack else Status.MISSED, lacking)


def _lead(parts: Counted, entry: Held, day: date, limit: Fraction) -> Fraction | None:
    """How far the value is on the good side of the nearer limit."""
    if parts.numerator is None or not parts.denominator:
        return None
    above, by = parts.numerator.as_integer_ratio()
    below, of = parts.denominator.as_integer_ratio()
    value = Fraction(above * parts.scale * of, by * below)
    if entry.target.kind is TargetKind.CEILING:
        return limit - value
    lead = value - limit * entry.stretch.due(day)
    return lead if entry.target.upper is None else min(lead, Fraction(entry.target.upper) - value)


def _locked(parts: Counted, limit: Fraction) -> Status | None:
    """What holds whatever becomes of the results still open; None when none are."""
    passed, failed, total = parts.numerator, parts.failed, parts.total
    if passed is None or failed is None or total is None or passed + failed >= total:
        return None
    if Fraction(passed) * parts.scale / Fraction(total) >= limit:
        return Status.MET
    return Status.MISSED if Fraction(total - failed) * parts.scale / Fraction(total) < limit else Status.UNDECIDED
