"""Ticks are round, evenly spaced and around all that is drawn; texts break where Chinese may."""

from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.present.html.axis import Axis, lines_of, tick_texts, ticks, width_of


@pytest.mark.parametrize(
    ("drawn", "most", "expected"),
    [
        (["97.24", "98.76", "97.8"], 6, ["97", "97.5", "98", "98.5", "99"]),  # 0.2 would need eight intervals
        (["23", "319"], 6, ["0", "100", "200", "300", "400"]),
        (["-3", "12"], 5, ["-5", "0", "5", "10", "15"]),
    ],
)
def test_ticks_are_the_finest_round_numbers_that_are_few_enough(drawn, most, expected):
    assert list(ticks([D(number) for number in drawn], most)) == [D(tick) for tick in expected]


def test_columns_begin_at_nothing():
    assert ticks([D(16), D(33)], 6, from_zero=True)[0] == 0
    assert ticks([D(16), D(33)], 6)[0] == 15


def test_what_is_counted_has_no_half():
    """Between one case and two there is none; of a rate there is."""
    assert ticks([D(1), D(2)], 6, whole=True) == (D(1), D(2))
    assert ticks([D(1), D(2)], 6)[1] == D("1.2")


@pytest.mark.parametrize("only", ["0", "53.05", "-4", "100"])
def test_one_number_lies_between_two_ticks(only):
    shown = ticks([D(only)], 6)
    assert len(shown) > 1
    assert shown[0] <= D(only) <= shown[-1]


NUMBERS = st.lists(st.decimals(-(10**9), 10**9, places=3, allow_nan=False), min_size=1, max_size=40)


@given(NUMBERS, st.integers(3, 8), st.booleans(), st.booleans())
def test_ticks_hold_all_numbers_evenly(drawn, most, from_zero, whole):
    """For every set of numbers."""
    shown = ticks(drawn, most, from_zero=from_zero, whole=whole)
    assert shown[0] <= min(drawn)
    assert max(drawn) <= shown[-1]
    assert 2 <= len(shown) <= most + 1
    assert len({after - before for before, after in pairwise(shown)}) == 1
    assert not from_zero or shown[0] <= 0 <= shown[-1]


def test_an_axis_is_drawn_upwards():
    axis = Axis((D(0), D(50), D(100)), 400.0, 100.0)
    assert [axis.place(D(number)) for number in (0, 25, 100)] == [400.0, 325.0, 100.0]


def test_ticks_are_printed_alike_and_long_ones_in_large_units():
    assert tick_texts([D(97), D("97.5"), D(98)], "%") == ["97.0", "97.5", "98.0"]
    assert tick_texts([D(0), D(100000), D(200000)], "户") == ["0", "10 万", "20 万"]
    assert tick_texts([D(0), D(200000)], "万元") == ["0", "200,000"]


def test_a_line_is_never_broken_within_a_number_or_before_a_stop():
    assert lines_of("平均 1,460 批次，自然界限 988～1,932 批次", 10, 110) == ("平均 1,460 批次，自然", "界限 988～1,932 批次")
    assert lines_of("知识产权质押融资 100.0（1,000.00 万元）", 10, 130)[1].startswith("（1,000.00")
    assert lines_of("", 10, 100) == ("",)


@given(st.text("甲乙 0123.,（）", max_size=30))
def test_no_sign_is_lost_by_a_break(text):
    assert "".join(lines_of(text, 10, 40)).replace(" ", "") == text.replace(" ", "")
    assert width_of(text, 10) >= 0
