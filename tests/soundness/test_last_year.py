"""What is said of last year: words for no number there, 调整数 in it, and the day it runs to."""

import pytest

from kpi.period import Month, Span
from kpi.present import row_words
from kpi.present.row_words import Spoken


def test_a_hidden_month_of_last_year_is_not_called_missing(small):
    """January 2022 had nothing to count and February is 未公开: March alone is compared, the others have no number."""
    small.months(2022, tested="未开展|未公开|10")
    small.months(2023, tested="0|5|8")

    row = small.row("tested", "2023-03")

    assert (row.last_year.value, row.last_year.yoy, row.last_year.like_value) == (10, -20, 8)
    assert "上年 1 月、2 月没有数" in Spoken(row, 0).notes


def test_idle_months_of_last_year_are_not_called_missing(small):
    """January 2022 had nothing to count: February alone is compared, and January is said to have no number."""
    small.months(2022, tested="未开展|10")
    small.months(2023, tested="4|12")

    row = small.row("tested", "2023-02")

    assert (row.last_year.value, row.last_year.yoy, row.last_year.like_value, row.caveats.prior_missing) == (10, 20, 12, (Month(2022, 1),))
    assert "上年 1 月没有数" in Spoken(row, 0).notes
    assert "累计缺" not in row_words.row_sentence(row)


@pytest.mark.parametrize("span", [Span.YTD, Span.QUARTER])
def test_an_adjustment_of_last_year_is_in_the_difference_of_its_cumulatives(small, span):
    """Last year 10, then 5 in all, then 10: the quarter is 15 with −5 in it, whatever months this year knows."""
    small.months(2022, tested="10|– 5|10")
    small.months(2023, tested="10|10|10")

    row = small.row("tested_growth", "2023-03", span)

    assert (row.figure.value, [(mark.period, mark.amount, mark.counted) for mark in row.caveats.adjustment]) == (100, [(Month(2022, 2), -5, True)])
    assert "按月相加" not in row_words.row_sentence(row)


def test_an_adjustment_is_said_not_to_be_in_a_sum_of_months(small):
    """10, then 5 with 18 in all: the quarter of 15 does not hold the 3, the year of 18 does."""
    small.report("2023-01", tested="10 10")
    small.report("2023-02", tested="5 18")

    year, quarter = (small.row("tested", "2023-02", span) for span in (Span.YTD, Span.QUARTER))

    assert [(row.figure.value, row.caveats.adjustment[0].counted) for row in (year, quarter)] == [(18, True), (15, False)]
    assert "没有说明，按月相加的数里没有它" in row_words.row_sentence(quarter)
    assert "按月相加" not in row_words.row_sentence(year)


@pytest.mark.parametrize("code", ["failed", "complaint_rate", "tested_growth"])
def test_days_are_not_compared_where_the_month_is_left_out(small, code):
    """January against January, since February 2022 lacks: that this year runs to 28 February has no bearing on it."""
    small.report("2022-01", failed="5", tested="1000")
    small.report("2023-01", failed="6", tested="1000")
    small.report("2023-02", failed="6", tested="1000")

    sentence = row_words.row_sentence(small.row(code, "2023-02"))

    assert "上年 2 月没有数" in sentence
    assert "上年截至" not in sentence


def test_a_rate_of_nothing_yet_is_under_way_while_results_are_open(small):
    """50 lots taken in February and none tested: 在检, between 0 and 100 %; with none taken it is 未开展."""
    small.report("2023-01", taken="100 100", tested="100 100", passed="100 100", failed="0 0")
    small.report("2023-02", taken="50 150", tested="0 100", passed="0 100", failed="0 0")

    row = small.row("pass_rate", "2023-02", Span.MONTH)
    assert (row.figure.value, row.figure.state, row.figure.low, row.figure.high) == (None, "在检/在办", 0, 100)

    small.report("2023-03", taken="0 150", tested="0 100", passed="0 100", failed="0 0")
    row = small.row("pass_rate", "2023-03", Span.MONTH)
    assert (row.figure.value, row.figure.state, row.figure.low) == (None, "未开展", None)


@pytest.mark.parametrize("order", [("2023-01", "2023-03"), ("2023-03", "2023-01")])
def test_the_parts_of_a_month_do_not_ask_with_which_others_they_are_summed(small, order):
    """A gap in February is none of January's: what was summed of January alone holds beside March, and `verify`, which sums years, says so."""
    cells = {"2023-01": {"passed": "90 90", "tested": "96 96 95"}, "2023-03": {"passed": "90", "tested": "96"}}
    for month in order:
        small.filed(month, **cells[month])
    assert small.bureau.store.verify() == []


def test_a_record_of_one_of_two_offices_is_no_record_of_their_sum(small):
    """Both offices state their 上年同期, 10 and 25; of the year before itself only one reported, 9: what is on record is not 9."""
    small.report("2022-01", tested="9 9")
    small.report("2023-01", tested="10 10 10")
    small.report("2023-01", "food", food_tested="20 20 25")

    row = small.row("both", "2023-01")

    assert (row.figure.value, row.last_year.value, row.last_year.own) == (30, 35, None)


def test_the_records_of_both_offices_stand_beside_what_they_state(small):
    """9 and 24 on record, 10 and 25 stated."""
    small.report("2022-01", tested="9 9")
    small.report("2022-01", "food", food_tested="24 24")
    small.report("2023-01", tested="10 10 10")
    small.report("2023-01", "food", food_tested="20 20 25")

    row = small.row("both", "2023-01")

    assert (row.last_year.value, row.last_year.own) == (35, 33)
