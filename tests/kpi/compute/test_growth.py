"""同比 and 环比: the golden vectors of the product, and the cases where no percentage may be printed."""

from decimal import Decimal as D

import pytest

from kpi.compute.growth import growth, two_year_average


def test_a_count_grows_in_per_cent():
    """16641 against 11183 is +48.81 %."""
    result = growth(D(16641), D(11183), "户")

    assert result.unit == "%"
    assert round(result.amount, 2) == D("48.81")
    assert result.words == ""


def test_a_rate_moves_in_points():
    """2.40 % (70174 of 2921763) against 2.51 % is −0.11 个百分点."""
    result = growth(D(70174) * 100 / D(2921763), D("2.51"), "%")

    assert result.unit == "个百分点"
    assert round(result.amount, 2) == D("-0.11")


@pytest.mark.parametrize(
    ("now", "base", "words"),
    [
        (D(5), D(0), "上年同期为 0"),
        (D(0), D(0), "持平"),
        (D(7), D(7), "持平"),
        (D(5), D(-5), "由负转正"),
        (D(-5), D(5), "由正转负"),
        (D(-3), D(-5), "减亏"),
        (D(-7), D(-5), "增亏"),
        (D(-5), D(-5), "持平"),
        (D(5), None, "缺上年同期数"),
        (D(25), D(10), "是上年同期的 2.5 倍"),
        (D(20), D(10), ""),
        (None, D(10), ""),
    ],
)
def test_words_where_a_percentage_would_mislead(now, base, words):
    """Zero, negative and missing bases have no percentage; more than double is also said as 倍."""
    assert growth(now, base, "件").words == words


def test_no_amount_for_a_base_of_zero():
    """A percentage of nothing is nothing, not infinity."""
    assert growth(D(5), D(0), "件").amount is None
    assert growth(D(5), D(-1), "件").amount is None


@pytest.mark.parametrize(("over_two_years", "yearly"), [("72.1", "31.2"), ("45.5", "20.6"), ("42.5", "19.4")])
def test_the_average_of_two_years_is_a_root_not_a_half(over_two_years, yearly):
    """1.721 is 1.312 squared: 31.2 % a year, not 36.05 %."""
    assert round(two_year_average(100 + D(over_two_years), D(100)), 1) == D(yearly)


def test_two_years_without_a_positive_base_have_no_average():
    assert two_year_average(D(5), D(0)) is None
    assert two_year_average(D(-5), D(10)) is None
    assert two_year_average(D("-0.5"), D(10)) is None


def test_two_years_that_end_at_nought_lost_everything():
    assert two_year_average(D(0), D(10)) == -100
