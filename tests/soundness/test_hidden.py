"""Months that are hidden or had nothing to count, bases that are restated, and numbers that are meant as bounds: beside others that are known."""

from decimal import Decimal as D

import pytest

from kpi.period import Month, Span
from kpi.value import State
from tests.soundness.catalog import target


@pytest.mark.parametrize("word", ["未开展", "不适用"])
def test_a_month_says_the_word_that_stands_under_the_cumulative_alone(small, word):
    """13 in January, 不适用 under 本年累计 of February: February itself is 不适用, not 未开展."""
    small.months(2023, tested=f"– 13|– {word}")

    assert small.row("tested", "2023-02", Span.MONTH).figure.state == word
    assert small.row("tested", "2023-02").figure.value == 13


def test_a_cumulative_withheld_last_year_leaves_its_month_out_of_the_comparison(small):
    """10 by January 2022, then 未公开, then stated again: 12 against 10, without February."""
    small.months(2022, tested="– 10|– 未公开" + "|– 30" * 10)
    small.months(2023, tested="– 12|– 30")

    row = small.row("tested", "2023-02")
    assert (row.figure.value, row.last_year.like_value, row.last_year.value, row.last_year.yoy, row.caveats.prior_missing) == (
        30,
        12,
        10,
        20,
        (Month(2022, 2),),
    )


def test_one_part_withheld_last_year_beside_one_to_another_day(small):
    """Passed of 2022 is nearest to the like day in March, tested is withheld from February on: both are compared over January, 60 against 50 %."""
    small.report("2022-01", passed="– 10", tested="– 20")
    small.report("2022-02", as_of="2022-02-10", passed="– 15", tested="– 未公开")
    small.report("2022-03", as_of="2022-03-03", passed="– 30", tested="– 未公开")
    small.months(2023, passed="– 12|– 20", tested="– 20|– 25")

    row = small.row("plain_rate", "2023-02")
    assert (row.figure.value, row.last_year.like_value, row.last_year.value, row.last_year.yoy) == (80, 60, 50, 10)


def test_a_restated_base_is_whole_beside_a_month_with_nothing_to_count(small):
    """110 by January and nothing to count in February, against 100 that the office restates: 10 %, over one lacking month before as well."""
    small.months(2023, tested="– 40||– 110|– 未开展 100")

    assert (small.row("tested_growth", "2023-04").figure.value, small.row("tested", "2023-04").last_year.yoy) == (10, 10)


def test_nothing_grows_over_a_restated_base_that_has_no_months(small):
    """3 and 33 without February, and 40 restated for all three months: the office's own 20 of January and March are another base."""
    small.months(2022, tested="10|10|10")
    small.months(2023, tested="3||33 – 40")

    assert (small.row("tested_growth", "2023-03").figure.value, small.row("tested", "2023-03").last_year.yoy) == (None, None)


def test_results_are_not_pending_of_a_figure_that_is_not_there(held):
    """95 of 100 passed and 2 failed, but what was tested is 未公开: no figure, no bounds, no verdict."""
    small = held({2023: target("pass_rate", "floor", "90")})
    small.report("2023-01", taken="100", tested="– 未公开", passed="95", failed="2")

    row = small.row("pass_rate", "2023-01")
    assert (row.figure.state, row.figure.low, row.figure.high, row.status) == ("未公开", None, None, "未定")


def test_nothing_over_however_much_is_nothing(held):
    """None failed, of at most 1,000 shops: 0 a year."""
    small = held({2023: target("failed_per_shop", "ceiling", "1")})
    small.report("2023-01", failed="0", shops="– ≤1000")

    assert small.row("failed_per_shop", "2023-01").status == "达标"


@pytest.mark.parametrize(
    ("base", "limit", "status"),
    [("≤1000", "10", "达标"), ("≤1000", "11", "未定"), ("≥1000", "10", "未定"), ("≥1000", "11", "未达标"), ("约1000", "1", "未定")],
)
def test_growth_over_at_most_or_at_least_so_many(held, base, limit, status):
    """1,100 over at most 1,000 has grown by 10 % or more, over at least 1,000 by 10 % or less."""
    small = held({2023: target("shops_growth", "growth", limit)})
    small.report("2022-01", shops=f"– {base}")
    small.report("2023-01", shops="– 1100")

    row = small.row("shops_growth", "2023-01")
    assert (row.figure.value, row.status) == (10, status)


@pytest.mark.parametrize("span", [Span.YTD, Span.HALF])
def test_a_span_goes_on_from_the_cumulative_stated_after_a_month_withheld(small, span):
    """January is withheld, February states 40 of 50, March lacks, April adds 8 of 10: 48 of 60 without March, in the half-year as in the year."""
    small.months(2023, passed="– 未公开|– 40||8", tested="– 未公开|– 50||10")

    row = small.row("plain_rate", "2023-04", span)
    assert (row.figure.numerator, row.figure.denominator, row.figure.value, row.caveats.missing) == (48, 60, 80, (Month(2023, 3),))


def test_last_years_quarter_goes_on_likewise(small):
    """51 by February 2022 after a month withheld, nothing of March: 47 against 51 in the quarter as in the year, March left out."""
    small.months(2022, tested="– 未公开|– 51")
    small.months(2023, tested="20|27|1")

    quarter, year = (small.row("tested_growth", "2023-03", span) for span in (Span.QUARTER, Span.YTD))
    assert (quarter.figure.numerator, quarter.figure.denominator, quarter.caveats.prior_missing) == (D(-4), D(51), (Month(2022, 3),))
    assert (quarter.figure.value, quarter.caveats.prior_missing) == (year.figure.value, year.caveats.prior_missing)


@pytest.mark.parametrize("span", [Span.MONTH, Span.QUARTER, Span.HALF])
def test_a_stock_that_is_withheld_at_the_end_of_a_span_is_withheld(small, span):
    """12 shops at the end of January and 未公开 at the end of March: the quarter has no other number, and nobody failed to report."""
    small.report("2023-01", shops="– 12", inspected="5 5")
    small.report("2023-03", shops="– 未公开", inspected="5 15")

    assert small.row("shops", "2023-03", span).figure.state is State.WITHHELD
    assert small.row("shops", "2023-01", span).figure.value == 12


def test_a_month_that_was_withheld_before_a_span_hides_nothing_of_it(small):
    """January is 未公开 and so is the year so far; April to June are 30, whole and known; two months of it alone are 20."""
    small.months(2023, tested="未公开|10|10|10|10|10")

    quarter = small.row("tested", "2023-06", Span.QUARTER)

    assert (quarter.figure.value, quarter.figure.state, quarter.figure.certain) == (30, State.NUMBER, True)
    assert small.row("tested", "2023-06").figure.state is State.WITHHELD
    assert small.row("tested", "2023-05", Span.QUARTER).figure.value == 20


@pytest.mark.parametrize(("then", "state"), [("未公开|10|10|||", State.UNREPORTED), ("10|10|10|未公开|未公开|未公开", State.WITHHELD)])
def test_why_a_growth_of_a_quarter_has_no_base_is_asked_of_the_quarter(small, then, state):
    """Last January is 未公开 and last April to June were not reported: the growth of the quarter lacks reports, nobody withholds them."""
    small.months(2022, tested=then)
    small.months(2023, tested="10|10|10|10|10|10")

    assert small.row("tested_growth", "2023-06", Span.QUARTER).figure.state is state
