"""A target as it applies to one point of a board, and which of several is in force on the days a figure runs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from kpi.catalog.target import Target, TargetKind
from kpi.compute.pace import Stretch
from kpi.period import Month, ReportingYear

_Number = TypeVar("_Number", Decimal, Fraction)


@dataclass(frozen=True, slots=True)
class TargetInForce:
    """A target as it applies to a point, over the days of ``stretch``; ``limit`` is what it asks for there."""

    point: Month
    target: Target
    limit: Decimal
    paced: bool
    stretch: Stretch
    basis: str  # how the pace is counted, in words; empty without one


def gap(kind: TargetKind, value: _Number, due: _Number, upper: _Number | None) -> _Number:
    """How much a value lacks to what is due, or is beyond a ceiling or a range, in its own unit; negative when there is some to spare."""
    if kind is TargetKind.CEILING:
        return value - due
    return due - value if upper is None else max(due - value, value - upper)


def in_force(entries: Sequence[TargetInForce], day: date) -> TargetInForce | None:
    """The entry that holds on a day."""
    return next((entry for entry in entries if entry.stretch.first <= day <= entry.stretch.last), None)


def due_by(entries: Sequence[TargetInForce], as_of: date | None, latest: date | None, point: Month, year: ReportingYear) -> list[tuple[TargetInForce, date]]:
    """
    What a figure is held to on the days it runs to, as they count in the year of its point.

    Args:
        entries: What it is held to, by the days over which it is.
        as_of: The earliest day of its parts; the end of the month where there is none.
        latest: The latest of them.
        point: The month.
        year: The year over which figures add up.

    Returns:
        One entry with its day; two where the parts run to several days and what is asked for differs between them.

    """
    if not entries:
        return []
    days = dict.fromkeys(year.own_day(day or point.last_day, point) for day in (as_of, latest))
    due = [(entry, day) for day in days if (entry := in_force(entries, day)) is not None]
    return due[:1] if len({_asked_for(entry, day) for entry, day in due}) == 1 else due


def _asked_for(entry: TargetInForce, day: date) -> tuple[object, ...]:
    """All that a verdict or points can depend on: of a paced target the day as well."""
    target = entry.target
    return entry.limit, target.upper, target.tolerance, target.due, target.score, day if entry.paced else None
