"""A budget is of seconds, of CPU, of an amount, or of how many times theirs ours may be."""

import pytest

from bench.measure import Timing
from bench.results import Budget, Comparison, Unit

OURS, THEIRS = Timing([0.2, 0.1, 0.3], [0.02, 0.03, 0.01]), Timing([0.8, 0.5, 0.4], [0.04, 0.02, 0.08])  # medians 0.2 of 0.5, 0.02 of 0.04


@pytest.mark.parametrize(
    ("budget", "printed", "kept"),
    [
        (Budget(0.25), "< 250 ms ✓", True),
        (Budget(0.2), "< 200 ms ✗", False),
        (Budget(0.03, of_cpu=True), "CPU < 30.0 ms ✓", True),
        (Budget(0.41, as_ratio=True), "< 0.41× ✓", True),
        (Budget(0.4, as_ratio=True), "< 0.40× ✗", False),
        (Budget(0.65, of_cpu=True, as_ratio=True), "CPU < 0.65× ✓", True),
    ],
)
def test_a_budget_is_kept_by_what_stays_below_it(budget: Budget, printed: str, kept: bool) -> None:
    compared = Comparison("a change", OURS, "the build before", THEIRS, budget)

    assert compared.kept is kept
    assert compared.cells()[-1] == printed


def test_a_ratio_to_nothing_is_never_kept() -> None:
    assert Comparison("a change", OURS, budget=Budget(0.4, as_ratio=True)).kept is False


def test_messages_are_counted_not_timed() -> None:
    compared = Comparison("a change, messages", Timing([8, 7, 9]), "the build before", Timing([63]), Budget(30), Unit.COUNT)

    assert compared.cells() == ("a change, messages", "8 (7–9)", "", "the build before", "63", "", "0.13×", "", "< 30 ✓")
    assert compared.document()["budget"] == {"limit": 30, "of": "wall", "kept": True}
    assert Comparison("c", OURS, "b", THEIRS, Budget(0.5, as_ratio=True)).document()["budget"] == {"limit": 0.5, "of": "wall ratio", "kept": True}
