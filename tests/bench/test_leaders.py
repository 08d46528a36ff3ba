"""The simulated leaders: what counts of their times, and that they speak with a page as a browser does."""

from hypothesis import given
from hypothesis import strategies as st

from bench.leaders import p95


def test_nineteen_of_twenty_have_their_answer() -> None:
    assert p95([float(place) for place in range(20, 0, -1)]) == 19.0
    assert p95([float(place) for place in range(1, 51)]) == 48.0
    assert p95([7.0]) == 7.0


@given(st.lists(st.floats(0, 100), min_size=1))
def test_no_more_than_a_twentieth_waits_longer(seconds: list[float]) -> None:
    within = p95(seconds)

    assert within in seconds
    assert sum(time > within for time in seconds) * 20 <= len(seconds)
    assert sum(time < within for time in seconds) * 20 < 19 * len(seconds)
