"""
The bullet (靶条): a bar to what was reached, a mark where the target and where the pace stand, what is missing hatched.

After S. Few's bullet graph.  A figure far from 0 with its target close by would show no gap on an axis that begins at 0:
there the axis begins near the figures, is drawn as broken, and the figure is a mark, not a bar.
"""

from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.target import TargetKind
from kpi.compute.row import BoardRow
from kpi.present.statuses import PACED

_NEAR = Decimal("0.8")  # of the largest figure: where the smallest is above it, the axis is broken
_AROUND = Decimal("0.12")  # of what is drawn, left free on either side


@dataclass(frozen=True, slots=True)
class BarPiece:
    """A piece of the axis: where it begins and how long it is, in per cent of the width."""

    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Bullet:
    """The positions in per cent of the width; None where there is nothing to mark."""

    bar: BarPiece  # what was reached; of a figure that is still open, between its bounds
    open: bool
    lacking: BarPiece | None  # between the figure and what it should be
    target: float | None
    pace: float | None
    last_year: float | None
    broken: bool  # whether the axis does not begin at 0


def bullet(row: BoardRow) -> Bullet | None:
    """The bullet of a row; None of one that has no figure or nothing to compare it with."""
    figure, target = row.figure, row.target.value
    ends = [figure.value] if figure.value is not None else [bound for bound in (figure.low, figure.high) if bound is not None]
    if not ends or target is None:
        return None
    pace = target * row.target.pace / 100 if row.target.kind in PACED and row.target.pace is not None else None
    upper = row.target.upper if row.target.upper is not None and ends[-1] > target else None
    wanted = upper if upper is not None else target if pace is None else pace
    last_year = row.last_year.value
    drawn = [number for number in (*ends, target, upper, pace, last_year) if number is not None]
    low, high = min(drawn), max(drawn)
    broken = low > 0 and low > high * _NEAR
    room = (high - low if broken else high) * _AROUND or Decimal(1)
    first = low - room * 2 if broken else min(low, Decimal(0))
    width = high + room - first

    def place(number: Decimal) -> float:
        return round(float((number - first) / width * 100), 2)

    def stretch(start: Decimal, end: Decimal) -> BarPiece:
        return BarPiece(place(min(start, end)), round(abs(place(end) - place(start)), 2))

    above = row.target.kind is TargetKind.CEILING or upper is not None
    misses = figure.value is not None and (figure.value > wanted if above else figure.value < wanted)
    return Bullet(
        bar=stretch(ends[0], ends[-1]) if len(ends) > 1 else stretch(first if broken else Decimal(0), ends[0]),
        open=figure.value is None,
        lacking=stretch(ends[0], wanted) if misses else None,
        target=place(upper if upper is not None else target),
        pace=None if pace is None else place(pace),
        last_year=None if last_year is None else place(last_year),
        broken=broken,
    )
