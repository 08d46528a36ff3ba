"""What is known in part decides as far as it goes: at a node, in a rate, in a growth, beside what is hidden or restated."""

import pytest

from kpi.period import Span
from kpi.present.row_words import Spoken
from tests.soundness.catalog import target


def test_a_growth_leaves_out_the_month_that_last_year_hides(small):
    """February 2022 is 未公开: 30 against 20 of January and March is +50 %, in 同比 and in the growth alike."""
    small.months(2022, tested="10|未公开|10")
    small.months(2023, tested="10|10|20")

    row, growth = small.row("tested", "2023-03"), small.row("tested_growth", "2023-03")
    assert (row.last_year.yoy, growth.figure.value) == (50, 50)
    assert "上年 2 月没有数" in Spoken(growth, 0).notes


def test_a_growth_over_nothing_but_hidden_months_says_their_word(small):
    small.months(2022, tested="未公开")
    small.months(2023, tested="10")

    assert (small.row("tested_growth", "2023-01").figure.value, small.row("tested_growth", "2023-01").figure.state) == (None, "未公开")


@pytest.mark.parametrize("span", [Span.YTD, Span.QUARTER, Span.HALF])
def test_a_restated_base_is_that_of_every_span_from_january_on(held, span):
    """20 against 16 to this year's scope is +25 % in the year so far and in its first quarter; the record of 20 would be 0 %."""
    small = held({2023: target("tested_growth", "growth", "5")})
    small.report("2022-01", tested="– 10")
    small.report("2022-02", tested="– 20")
    small.report("2023-01", tested="10 10 8")
    small.report("2023-02", tested="10 20 16")

    row, growth = small.row("tested", "2023-02", span), small.row("tested_growth", "2023-02", span)
    assert (row.last_year.yoy, growth.figure.value, growth.status, [mark.stated for mark in row.caveats.restated]) == (25, 25, "达标", [16])


def test_a_restated_base_of_what_stands_is_one_of_every_span(small):
    small.report("2022-04", shops="– 100")
    small.report("2023-04", shops="– 110 88")

    assert {small.row("shops", "2023-04", span).last_year.yoy for span in Span} == {25}


def test_a_quarter_that_begins_later_has_its_own_base(small):
    """The cumulative 36 of last year says nothing of April alone, whose record is 10."""
    small.months(2022, tested="10|10|10|10")
    small.report("2023-04", tested="12 44 36")

    row = small.row("tested", "2023-04", Span.QUARTER)
    assert (row.last_year.value, row.last_year.yoy, row.caveats.restated) == (10, 20, ())


@pytest.mark.parametrize(
    ("taken", "limit", "status"),
    [("100", "64", "达标"), ("100", "65", "未定"), ("– 300@2023-03-20", "64", "未定")],
)
def test_a_rate_is_judged_over_all_that_was_taken(held, taken, limit, status):
    """192 of 300 are 64 %, whatever February's results are; what was taken after the 20th is not seen."""
    small = held({2023: target("pass_rate", "floor", limit)})
    small.months(2023, taken="100|100", tested="100|100", passed="96", failed="4")
    small.report("2023-03", taken=taken, tested="100", passed="96", failed="4")

    assert small.row("pass_rate", "2023-03").status == status


@pytest.mark.parametrize(("february", "limit", "status"), [("", "100", "达标"), ("", "101", "未定"), ("0", "101", "未达标")])
def test_a_growth_can_only_rise_over_a_whole_base(held, february, limit, status):
    """60 of this year without February on 30 of last year: +100 % at least."""
    small = held({2023: target("tested_growth", "growth", limit)})
    small.months(2022, tested="10|10|10")
    small.months(2023, tested=f"50|{february}|10")

    assert small.row("tested_growth", "2023-03").status == status


def test_the_month_of_a_sum_counts_a_term_that_had_nothing_to_count_as_nothing(small):
    """5 of food in March, none tested: the sum of March is 5 in the year's row as in the month's own, and April is compared with it."""
    small.months(2023, tested="10|10|未开展|10", food_tested="5|5|5|5")

    march, april = small.row("both", "2023-03"), small.row("both", "2023-04")
    assert (march.figure.value, march.month.value, small.row("both", "2023-03", Span.MONTH).figure.value) == (35, 5, 5)
    assert (april.month.value, april.month.mom, april.month.mom_words) == (15, 200, "是上月的 3 倍")


def test_a_figure_that_is_not_there_has_no_days_to_compare(small):
    """Nothing of March: last year's day beside it says nothing."""
    small.report("2022-03", as_of="2022-03-20", tested="– 10")
    small.report("2023-02", tested="– 10")
    small.report("2023-03", passed="1")

    row = small.row("tested", "2023-03")
    assert (row.figure.value, [note for note in Spoken(row, 0).notes if "上年截至" in note]) == (None, [])


def test_a_month_is_not_held_to_what_is_asked_of_the_year(held):
    """At most 10 in a year: 11 by March are too many, the 4 of March alone are neither."""
    small = held({2023: target("accidents", "ceiling", "10")})
    small.months(2023, failed="3|4|4")

    status = {span: small.row("accidents", "2023-03", span).status for span in (Span.YTD, Span.QUARTER, Span.MONTH)}
    assert status == {Span.YTD: "未达标", Span.QUARTER: "无目标", Span.MONTH: "无目标"}


@pytest.mark.parametrize(
    ("code", "kind", "limit", "numerator", "status"),
    [
        ("complaint_rate", "ceiling", "10", {"failed": "30|未公开|2"}, "未达标"),
        ("complaint_rate", "ceiling", "11", {"failed": "30|未公开|2"}, "未定"),
        ("plain_rate", "floor", "63", {"passed": "95|– 在检/在办|95"}, "达标"),
        ("plain_rate", "floor", "64", {"passed": "95|– 在检/在办|95"}, "未定"),
    ],
)
def test_a_rate_of_which_a_part_is_hidden_is_judged_by_what_is_known(held, code, kind, limit, numerator, status):
    """32 of 300 are 10.7 % at least and 190 of 300 63.3 %, whatever February hides."""
    small = held({2023: target(code, kind, limit)})
    small.months(2023, tested="100|100|100", **numerator)

    row = small.row(code, "2023-03")
    assert (row.figure.value, row.status) == (None, status)
