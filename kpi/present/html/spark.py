"""The small line (细线): the last months of an indicator, with what was asked for; broken where there is no figure and at New Year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from kpi.period import Month, ReportingYear

WIDTH, HEIGHT, _EDGE = 240, 56, 5  # of the drawing, in its own units


class SparkPoint(Protocol):
    """A month of a series, as the line needs it."""

    @property
    def period(self) -> Month: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def pace_target(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Spark:
    """What is drawn: pieces of a path, single points, the target as another path, the last point, and where the year changes."""

    line: str
    dots: tuple[tuple[float, float], ...]  # months with a figure between two without
    target: str
    last: tuple[float, float] | None
    new_year: float | None


def spark(points: Sequence[SparkPoint], restarts: bool, year: ReportingYear) -> Spark | None:
    """
    The small line of a series.

    Args:
        points: Ascending months, every one of the range.
        restarts: Whether the figure begins anew with the year, as that of the year so far does.
        year: The year over which it adds up.

    Returns:
        None where no month has a figure.

    """
    values = [point.value for point in points]
    asked = [point.target if point.pace_target is None else point.pace_target for point in points]
    drawn = [float(number) for number in (*values, *asked) if number is not None]
    if not any(value is not None for value in values):
        return None
    low, high = min(drawn), max(drawn)
    if restarts:
        low = min(low, 0.0)
    reach = high - low or 1.0

    def place(index: int, number: Decimal) -> tuple[float, float]:
        x = _EDGE + index * (WIDTH - 2 * _EDGE) / max(len(points) - 1, 1)
        return round(x, 1), round(HEIGHT - _EDGE - (float(number) - low) / reach * (HEIGHT - 2 * _EDGE), 1)

    def pieces(numbers: Sequence[Decimal | None]) -> list[list[tuple[float, float]]]:
        broken: list[list[tuple[float, float]]] = [[]]
        for index, number in enumerate(numbers):
            if number is None or (restarts and year.opens(points[index].period)):
                broken.append([])
            if number is not None:
                broken[-1].append(place(index, number))
        return [piece for piece in broken if piece]

    lines = pieces(values)
    turn = next((index for index, point in enumerate(points) if index and year.opens(point.period)), None)
    last = lines[-1][-1] if values[-1] is not None else None
    return Spark(
        line=_path(lines),
        dots=tuple(piece[0] for piece in lines if len(piece) == 1 and piece[0] != last),
        target=_path(pieces(asked)),
        last=last,
        new_year=None if turn is None else round(_EDGE + (turn - 0.5) * (WIDTH - 2 * _EDGE) / max(len(points) - 1, 1), 1),
    )


def _path(pieces: Sequence[Sequence[tuple[float, float]]]) -> str:
    """The path data of several lines; a single point makes none."""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in piece) for piece in pieces if len(piece) > 1)
