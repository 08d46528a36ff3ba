"""The dumb-bells of two years: one line for last year, the same scale for all rows, an arrow for what goes further."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.present.html.dumbbell import NARROW_ROWS, WIDE_ROWS, ComparedYears, dumbbells, reach_of


def years(name: str, amount: str, **more) -> ComparedYears:
    return ComparedYears(name, "100 件", "110 件", f"{amount}% 变差", D(amount), **more)


@pytest.mark.parametrize("sheet", [WIDE_ROWS, NARROW_ROWS])
def test_a_rise_goes_right_a_fall_left_and_both_as_far_as_they_are(sheet):
    drawn = dumbbells("变差", "数量", [years("甲", "10"), years("乙", "-20"), years("丙", "0")], D(20), sheet)
    up, down, level = drawn.rows
    middle = drawn.axis.x + drawn.axis.width / 2
    assert up.before == down.before == level.before == level.now == middle
    assert up.now - middle == drawn.axis.width / 4
    assert middle - down.now == drawn.axis.width / 2
    assert up.y < down.y < level.y < drawn.height


def test_what_goes_further_than_the_axis_ends_in_an_arrow():
    """Of 136 % on an axis to 50 % the way ends at its end; the figure is printed whole."""
    [row] = dumbbells("好转", "数量", [years("甲", "136.36")], D(50), WIDE_ROWS).rows
    assert row.now == WIDE_ROWS.end
    assert row.beyond.startswith("M800 ")
    assert "136.36% 变差" in {text.text for _, text in row.texts}


def test_a_miss_has_its_shape_before_its_name():
    plain, missed = dumbbells("变差", "数量", [years("甲", "1"), years("乙", "1", shape="■", kind="missed")], D(5), WIDE_ROWS).rows
    assert ("k-shape-missed", "■") in [(kind, text.text) for kind, text in missed.texts]
    assert not any(kind.startswith("k-shape") for kind, _ in plain.texts)


def test_a_long_name_is_shortened_on_the_picture_alone():
    name = "发展线下七天无理由退货单位和放心消费承诺单位的经营者合计"
    [row] = dumbbells("变差", "数量", [years(name, "1")], D(5), NARROW_ROWS).rows
    assert row.texts[0][1].text.endswith("…")
    assert row.words.startswith(f"{name}：上年同期 100 件，今年 110 件")


@pytest.mark.parametrize(
    ("amounts", "reach"),
    [
        (["-14.29", "-12.12", "-10.58", "-5.66", "-1.49"], "20"),
        (["1", "1", "1", "1", "900"], "2"),  # one odd change does not press the others against the line
        (["0", "0"], "1"),
        (["0.02"], "0.02"),
        ([], "1"),
    ],
)
def test_an_axis_goes_to_a_round_number(amounts, reach):
    assert reach_of([D(amount) for amount in amounts]) == D(reach)


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=20))
def test_four_of_five_changes_lie_on_the_axis(amounts):
    """For every set of changes: and no way leaves it."""
    reach = reach_of(amounts)
    assert sum(abs(amount) <= reach for amount in amounts) * 5 >= len(amounts) * 4
    rows = dumbbells("", "", [ComparedYears("甲", "", "", "", amount) for amount in amounts], reach, WIDE_ROWS).rows
    assert all(WIDE_ROWS.start <= row.now <= WIDE_ROWS.end for row in rows)
