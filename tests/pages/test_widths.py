"""How wide the columns of a table are: nothing is cut on a screen of 1920."""

import pytest

from pages.widgets import widths


@pytest.mark.parametrize(
    ("header", "cells", "need"),
    [
        ("指标", ["新登记市场主体"], 116),  # 7 × 14 + 18
        ("指标名称", ["", None], 74),
        ("同比", ["+27.11%"], 75),
        ("状态", [["■ 未达标"]], 91),  # 4 × 14, a space, 12 of the badge and 18
    ],
)
def test_a_column_needs_what_its_longest_text_does(header, cells, need):
    assert widths.needed(header, cells) == pytest.approx(need, abs=3)


def test_what_fits_has_what_it_needs():
    needs = {"指标": 200, "原因": 600}
    assert widths.fitted(needs) == needs
    assert widths.row_height(needs, widths.fitted(needs)) is None


def test_the_longest_give_way_and_wrap():
    """Of 1456 the short one leaves 1256, which the two long ones share; 1800 then takes three lines, 700 two."""
    needs = {"指标": 200, "公式": 1800, "分母": 700}
    fitted = widths.fitted(needs)
    assert fitted == {"指标": 200, "公式": 628, "分母": 628}
    assert widths.row_height(needs, fitted) == 4 * 20 + 14  # with room for words that do not break


def test_a_column_keeps_room_for_seven_characters():
    assert min(widths.fitted({str(number): 400 for number in range(20)}).values()) == 110
