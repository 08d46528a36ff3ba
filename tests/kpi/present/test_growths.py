"""A change between figures that are no exact numbers: said with what is known of it, and counted only where it is certain."""

from decimal import Decimal as D

import pytest

from kpi.present import growths
from kpi.present.row_words import Spoken, row_sentence
from kpi.value import Qualifier
from tests.kpi.present.rows import row

RATE = {"unit": "%", "yoy_unit": "个百分点"}
COUNT = {"unit": "户", "yoy_unit": "%"}


@pytest.mark.parametrize(
    ("now", "base", "how"),
    [
        ("=", "=", "="),
        ("≤", "=", "≤"),
        ("=", "≥", "≤"),  # less at least so much
        ("≤", "≥", "≤"),
        ("≥", "=", "≥"),
        ("=", "≤", "≥"),
        ("约", "=", "约"),
        ("=", "≈", "≈"),
        ("约", "≈", "约"),
        ("≤", "≤", None),
        ("≥", "≥", None),
        ("≤", "≈", None),
        ("约", "≥", None),
    ],
)
def test_how_a_difference_is_meant(now, base, how):
    """A bound less a bound of the same side may be anything."""
    assert growths.qualifier_of_change(now, base) == how


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (RATE | {"qualifier": "≤", "value": "100", "prior_value": "99.35", "yoy": "0.65"}, "至多 +0.65 个百分点"),
        (RATE | {"qualifier": "≥", "value": "100", "prior_value": "99.35", "yoy": "0.65"}, "至少 +0.65 个百分点"),
        (RATE | {"qualifier": "≤", "value": "90", "prior_value": "92", "yoy": "-2"}, "至少下降 2.00 个百分点"),
        (RATE | {"qualifier": "≥", "value": "90", "prior_value": "92", "yoy": "-2"}, "至多下降 2.00 个百分点"),
        (RATE | {"qualifier": "约", "value": "90", "prior_value": "92", "yoy": "-2"}, "约 -2.00 个百分点"),
        (COUNT | {"qualifier": "约", "value": "110", "prior_value": "100", "yoy": "10"}, "约 +10.00%"),
        (COUNT | {"prior_qualifier": "≈", "value": "110", "prior_value": "100", "yoy": "10"}, "约 +10.00%"),
        (
            COUNT | {"qualifier": "≥", "value": "240", "prior_value": "100", "yoy": "140", "yoy_words": "是上年同期的 2.4 倍"},
            "至少 +140.00%，至少是上年同期的 2.4 倍",
        ),
        (COUNT | {"qualifier": "≤", "value": "1", "prior_value": "1", "yoy": "0", "yoy_words": "持平"}, "至多持平"),
        (COUNT | {"qualifier": "≥", "value": "1", "prior_value": "1", "yoy": "0", "yoy_words": "持平"}, "至少持平"),
        (COUNT | {"qualifier": "约", "value": "1", "prior_value": "1", "yoy": "0", "yoy_words": "持平"}, "大致持平"),
        (COUNT | {"qualifier": "≤", "prior_qualifier": "≤", "value": "1", "prior_value": "1", "yoy": "0", "yoy_words": "持平"}, "不是确数，不能相比"),
        (COUNT | {"qualifier": "≤", "value": "0", "prior_value": "0", "yoy_words": "持平"}, "至多持平"),
        (COUNT | {"qualifier": "约", "value": "5", "prior_value": "0", "yoy_words": "上年同期为 0"}, "上年同期为 0"),
        (COUNT | {"qualifier": "≤", "value": "5", "prior_value": "-5", "yoy_words": "由负转正"}, "不是确数，不能相比"),
        (COUNT | {"qualifier": "约", "value": "5", "yoy_words": "缺上年同期数"}, "缺上年同期数"),
        (COUNT | {"value": "110", "prior_value": "100", "yoy": "10"}, "+10.00%"),
    ],
)
def test_a_change_says_what_is_known_of_it(fields, said):
    """At most 100 % against 99.35 % has risen by at most 0.65, and may have fallen; the number alone never stands for it."""
    board_row = row(**fields)
    assert Spoken(board_row, 0).yoy == said
    assert growths.yoy_words(board_row) in (said, board_row.last_year.yoy_words if said == "+10.00%" else said)
    assert said in row_sentence(board_row, 0)


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"yoy": "1"}, "up"),
        ({"yoy": "-1"}, "down"),
        ({"yoy": "0"}, "level"),
        ({"yoy": "1", "qualifier": "≥"}, "up"),
        ({"yoy": "-1", "qualifier": "≤"}, "down"),
        ({"yoy": "1", "qualifier": "≤"}, "open"),
        ({"yoy": "-1", "qualifier": "≥"}, "open"),
        ({"yoy": "0", "qualifier": "≤"}, "open"),
        ({"yoy": "0", "qualifier": "约"}, "open"),
        ({"yoy": "10", "qualifier": "约"}, "open"),
        ({"yoy": "10", "prior_qualifier": "≈"}, "open"),
    ],
)
def test_a_rise_counts_only_where_it_is_certain(fields, way):
    """At most so much more may be less; about so much more counts as neither."""
    assert growths.way(row(prior_value="100", **fields)) == way


def test_the_counts_name_what_nobody_can_tell():
    rows = [row(yoy="1"), row(yoy="1", qualifier="≤"), row(yoy="-1"), row(yoy="0"), row()]
    assert growths.moves(rows).words == "1 项上升，1 项下降，1 项持平，1 项不是确数、升降不定，1 项无法相比"


def test_what_stands_since_the_year_began_is_meant_as_the_figure_is():
    assert growths.since_year_end(row(since_year_end=D("3.5"), yoy_unit="%", qualifier="≤")) == "至多 +3.50%"
    assert growths.since_year_end(row(since_year_end=D("3.5"), yoy_unit="%")) == "+3.50%"
    assert growths.since_year_end(row()) == ""


def test_last_year_and_the_gap_say_how_they_are_meant():
    """At most 90 % is at least 7.8 short of 97.8 %."""
    spoken = Spoken(row(value="90", qualifier="≤", prior_value="92", prior_qualifier="≈", target="97.8", gap="7.8"), 1)
    assert (spoken.printed, spoken.last_year, spoken.gap) == ("≤90.0%", "约 92.0%", "至少差 7.8 个百分点")
    assert Spoken(row(value="90", qualifier=Qualifier.ABOUT, target="97.8", gap="7.8"), 1).gap == "差约 7.8 个百分点"


@pytest.mark.parametrize(
    ("now", "base", "said"),
    [
        (D(100), D(97) + D("0.16"), ("100.00%", "97.16%", "+2.84 个百分点")),
        (D("97.784"), D("97.376"), ("97.784%", "97.376%", "+0.41 个百分点")),  # 97.78 - 97.38 would be 0.40
        (D("97.5"), D("97.4996"), ("97.5000%", "97.4996%", "+0.0004 个百分点")),
        (D("97.5"), D("97.5"), ("97.50%", "97.50%", "持平")),
    ],
)
def test_two_rates_have_the_digits_their_difference_needs(now, base, said):
    """Who takes one off the other on the page finds the number beside them."""
    shown = Spoken(row(value=now, prior_value=base, yoy=now - base, yoy_words="" if now != base else "持平", **RATE), 0).beside_change
    assert (shown.value, shown.last_year, shown.yoy) == said


def test_a_count_keeps_its_digits_beside_a_percentage():
    shown = Spoken(row(value=D(110), prior_value=D(100), yoy=D(10), **COUNT), 0).beside_change
    assert (shown.value, shown.last_year, shown.yoy) == ("110 户", "100 户", "+10.00%")
