"""Sizes and stretches of time in words."""

from datetime import timedelta

import pytest

from kpi.present.size_words import size_words, stretch_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 KB"),
        (45_999, "45 KB"),
        (99_999, "99 KB"),
        (100_000, "0.1 MB"),
        (450_000, "0.4 MB"),
        (9_999_999, "9.9 MB"),
        (10_000_000, "10 MB"),
        (999_999_999, "999 MB"),
        (10**9, "1.0 GB"),
        (35_290_000_000, "35.2 GB"),
    ],
)
def test_a_size_is_never_more_than_there_is(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(-5, "0 分"), (59, "0 分"), (60, "1 分"), (7500, "2 小时 5 分"), (86_399, "23 小时 59 分"), (86_400 * 3 + 4 * 3600, "3 天 4 小时")]
)
def test_a_stretch_is_said_in_its_two_largest_units(seconds: int, words: str) -> None:
    assert stretch_words(timedelta(seconds=seconds)) == words
