"""Series beside one another in one picture (一起看): as they are where their units agree, else each as a share of its own first month."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.compute.rate import divide
from kpi.period import Month
from kpi.review.series import Series
from kpi.value import as_decimal

HUNDRED = 100  # what the first month is called where units differ
Drawables = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The course of each series, in the order of the series; ``base`` is the month that stands for 100, None where the figures are drawn as they are."""

    courses: tuple[Drawables, ...]
    indexed: bool
    base: Month | None


def side_by_side(series: Sequence[Series]) -> SideBySide:
    """
    Put series of the same months beside one another.

    Args:
        series: Each with a point for the same months.

    Returns:
        Figures as a line may draw them.  Of unlike units each is divided by its own figure of the first month in which all
        have one above 0, times 100; where there is no such month, the courses are empty.

    """
    courses = [tuple(point.drawable.value for point in line.points) for line in series]
    if len({line.unit for line in series}) == 1:
        return SideBySide(tuple(courses), indexed=False, base=None)
    months = [point.period for point in series[0].points]
    place = next((place for place in range(len(months)) if all((course[place] or 0) > 0 for course in courses)), None)
    if place is None:
        return SideBySide(tuple((None,) * len(months) for _ in courses), indexed=True, base=None)
    return SideBySide(tuple(_indexed(course, place) for course in courses), indexed=True, base=months[place])


def _indexed(course: Drawables, base: int) -> Drawables:
    shares = [divide(value, course[base], HUNDRED) for value in course]
    return tuple(None if share is None else as_decimal(share) for share in shares)
