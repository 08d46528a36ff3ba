"""好转 and 变差 go by the catalogue's direction, and only by what is certain."""

import pytest

from kpi.catalog.measure import Better
from kpi.present.turns import YearTurn, grouped, sentence, turn
from tests.kpi.present.rows import row


@pytest.mark.parametrize(
    ("yoy", "better", "more", "expected"),
    [
        ("5", Better.HIGHER, {}, YearTurn.BETTER),
        ("5", Better.LOWER, {}, YearTurn.WORSE),
        ("-5", Better.LOWER, {}, YearTurn.BETTER),
        ("5", Better.NEUTRAL, {}, YearTurn.LEVEL),
        ("0", Better.HIGHER, {}, YearTurn.LEVEL),
        ("5", Better.HIGHER, {"qualifier": "≤"}, YearTurn.OPEN),  # at most so much: it may have fallen
        (None, Better.HIGHER, {}, YearTurn.ABSENT),
    ],
)
def test_a_change_is_good_by_the_direction_of_its_indicator(yoy, better, more, expected):
    assert turn(row(yoy=yoy, **more), better) is expected


def test_what_became_worse_is_named_the_largest_first():
    rows = [row(indicator=code, name=code, yoy=yoy, yoy_unit="%") for code, yoy in (("甲", "-1"), ("乙", "-9"), ("丙", "3"), ("丁", "-4"), ("戊", "-2"))]
    groups = grouped(rows, dict.fromkeys("甲乙丙丁戊", Better.HIGHER))
    assert [each.name for each in groups[YearTurn.WORSE]] == ["乙", "丁", "戊", "甲"]
    assert sentence(groups) == "变差 4 项：乙 -9.00%、丁 -4.00%、戊 -2.00%等；好转 1 项"


def test_where_nothing_became_worse_that_is_said():
    assert sentence(grouped([row(yoy="3")], {"food_sampling_pass_rate": Better.HIGHER})) == "没有变差的；好转 1 项"
    assert sentence(grouped([row(yoy=None)], {"food_sampling_pass_rate": Better.HIGHER})) == "没有可以相比的指标；无法相比 1 项"
