"""The bullet: positions worked by hand, and what holds of every one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.target import TargetKind
from kpi.present.html.bullet import bullet
from tests.kpi.present import rows

FIGURES = st.decimals(min_value=0, max_value=1000, places=2)


def row(value: str | None, target: str | None, kind: TargetKind = TargetKind.FLOOR, **more):
    return rows.row(value=value, target=target, target_kind=kind, **more)


def test_an_annual_task_is_measured_against_its_pace():
    """30 of 100 at a pace of 50 %: the axis runs from 0 to 112, a bar of 30, a gap from 30 to 50, a mark at 100."""
    drawn = bullet(row("30", "100", TargetKind.ANNUAL, pace="50"))
    assert (drawn.bar.start, drawn.bar.length) == (0.0, pytest.approx(30 / 1.12, abs=0.01))
    assert (drawn.lacking.start, drawn.lacking.length) == (pytest.approx(30 / 1.12, abs=0.01), pytest.approx(20 / 1.12, abs=0.02))
    assert (drawn.pace, drawn.target) == (pytest.approx(50 / 1.12, abs=0.01), pytest.approx(100 / 1.12, abs=0.01))
    assert not drawn.broken


def test_a_rate_just_below_its_target_has_a_gap_that_can_be_seen():
    """97.788 % beside 97.8 %: an axis from 0 would show none; here the gap takes more than a fifth of the width."""
    drawn = bullet(row("97.788", "97.8"))
    assert drawn.broken
    assert drawn.lacking.length > 20


def test_a_figure_above_its_ceiling_has_the_excess_hatched():
    drawn = bullet(row("12", "10", TargetKind.CEILING))
    assert drawn.lacking.start == drawn.target
    assert bullet(row("8", "10", TargetKind.CEILING)).lacking is None


def test_an_open_figure_is_drawn_between_its_bounds():
    """44 of 78 passed, 27 unresolved: between 56.4 and 91.0 against 85; nothing is lacking for certain."""
    drawn = bullet(row(None, "85", low="56.4", high="91.0"))
    assert drawn.open
    assert drawn.lacking is None
    assert drawn.bar.length > 0


@pytest.mark.parametrize("without", [row("5", None), row(None, "5")])
def test_nothing_is_drawn_without_a_figure_or_a_target(without):
    assert bullet(without) is None


@given(FIGURES, FIGURES, FIGURES, st.sampled_from([TargetKind.FLOOR, TargetKind.CEILING, TargetKind.ANNUAL]))
def test_everything_lies_within_the_width(value, target, last_year, kind):
    drawn = bullet(row(str(value), str(target), kind, pace="60" if kind is TargetKind.ANNUAL else None, prior_value=last_year))
    places = [drawn.bar.start, drawn.bar.start + drawn.bar.length, drawn.target, drawn.last_year]
    places += [drawn.lacking.start, drawn.lacking.start + drawn.lacking.length] if drawn.lacking else []
    assert all(-0.02 <= place <= 100.02 for place in places)


@given(FIGURES, FIGURES)
def test_a_gap_is_drawn_where_there_is_one_and_nowhere_else(value, target):
    assert (bullet(row(str(value), str(target))).lacking is not None) == (value < target)
