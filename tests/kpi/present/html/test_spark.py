"""The small line: broken at New Year and where a month has no figure."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kpi.period import CALENDAR_YEAR, Month
from kpi.present.html.spark import HEIGHT, WIDTH, spark


@dataclass
class Point:
    """A month of a series."""

    period: Month
    value: Decimal | None
    target: Decimal | None = None
    pace_target: Decimal | None = None


def points(first: str, *values: int | None, target: int | None = None) -> list[Point]:
    return [
        Point(Month.parse(first).plus(place), None if value is None else Decimal(value), None if target is None else Decimal(target))
        for place, value in enumerate(values)
    ]


def test_the_year_so_far_does_not_fall_from_december_to_january():
    """319 in December and 23 in January are two lines: nothing joins them."""
    drawn = spark(points("2022-11", 290, 319, 23, 50), restarts=True, year=CALENDAR_YEAR)
    assert drawn.line.count("M") == 2
    assert drawn.new_year is not None
    assert spark(points("2022-11", 290, 319, 23, 50), restarts=False, year=CALENDAR_YEAR).line.count("M") == 1


def test_a_month_without_a_figure_breaks_the_line_and_is_not_drawn_as_zero():
    drawn = spark(points("2023-01", 10, None, 30, 40), restarts=False, year=CALENDAR_YEAR)
    assert drawn.line.count("M") == 1  # 30 to 40; 10 alone is a dot
    assert len(drawn.dots) == 1
    assert drawn.dots[0][0] == 5.0


def test_nothing_is_drawn_of_nothing():
    assert spark(points("2023-01", None, None), restarts=True, year=CALENDAR_YEAR) is None


def test_a_last_month_without_a_figure_has_no_last_point():
    assert spark(points("2023-01", 1, 2, None), restarts=True, year=CALENDAR_YEAR).last is None
    assert spark(points("2023-01", 1, 2), restarts=True, year=CALENDAR_YEAR).last == (WIDTH - 5, 5.0)


@given(st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=36), st.booleans())
def test_every_point_lies_in_the_drawing(values, restarts):
    drawn = spark(points("2021-05", *values), restarts=restarts, year=CALENDAR_YEAR)
    if drawn is None:
        assert not any(value is not None for value in values)
        return
    numbers = [float(number) for piece in drawn.line.split("M")[1:] for pair in piece.split("L") for number in pair.split()]
    assert all(0 <= number <= max(WIDTH, HEIGHT) for number in numbers)
