"""Months, cumulatives and years that are added up, compared or carried where they should not be."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.period import Month, Span
from kpi.present import row_words
from kpi.value import State
from tests.soundness.catalog import target


def test_a_stock_is_not_summed_over_months(small):
    """200, 210, 220 shops are 220, in the quarter as in the year."""
    small.months(2023, shops="200|210|220")

    assert [small.row("shops", "2023-03", span).figure.value for span in (Span.YTD, Span.QUARTER, Span.MONTH)] == [220, 220, 220]


def test_a_flow_over_spans(small):
    """Months 1 to 12: June alone 6, its quarter 4 + 5 + 6, its half-year 21, the year 78."""
    small.months(2023, tested="|".join(str(n) for n in range(1, 13)))

    june = [small.row("tested", "2023-06", span).figure.value for span in (Span.MONTH, Span.QUARTER, Span.HALF, Span.YTD)]

    assert june == [6, 15, 21, 21]
    assert [small.row("tested", "2023-12", span).figure.value for span in (Span.QUARTER, Span.HALF, Span.YEAR)] == [33, 57, 78]


def test_a_missing_month_keeps_the_last_cumulative_and_is_marked(small):
    """本月 –, 1, 2, –, 3, –: 累计 –, 1, 3, 3, 6, 6, with the months that each of them lacks."""
    small.months(2023, tested="|1|2||3|")
    small.report("2023-06", shops="– 9")

    points = small.points("tested", "2023-01", "2023-06")

    assert [point.value for point in points] == [None, 1, 3, 3, 6, 6]
    assert [point.carried for point in points] == [False, False, False, True, False, True]
    assert [[month.month for month in point.missing] for point in points] == [[], [1], [1], [1, 4], [1, 4], [1, 4, 6]]


def test_a_series_that_begins_within_the_year_carries_what_stood_before(small):
    """Asked from April on, April still stands at March's 3."""
    small.months(2023, tested="|1|2||3|")

    assert small.values("tested", "2023-04", "2023-05") == [3, 6]


def test_a_year_to_date_over_a_missing_month_says_so(small):
    """1 and 3 without February are 4 known of the year, and the sentence names February."""
    small.months(2023, tested="1||3")

    row = small.row("tested", "2023-03")

    assert (row.figure.value, row.caveats.missing) == (4, (Month(2023, 2),))
    assert "本年累计缺 2 月" in row_words.row_sentence(row)


def test_a_base_that_lacks_a_month_says_so(small):
    """4 this year against 4 of last year without its February is no 持平 without a word."""
    small.months(2022, tested="1||3")
    small.months(2023, tested="1|0|3")

    row = small.row("tested", "2023-03")

    assert (row.last_year.yoy, row.caveats.missing, row.caveats.prior_missing) == (0, (), (Month(2022, 2),))
    assert "上年 2 月没有数" in row_words.row_sentence(row)


def test_a_stated_cumulative_mends_the_gap(small):
    """1, nothing, and then 累计 6: nothing is missing any more."""
    small.months(2023, tested="1||3 6")

    assert (small.row("tested", "2023-03").figure.value, small.row("tested", "2023-03").caveats.missing) == (6, ())


def test_the_month_before_is_not_carried_into_a_silent_month(small):
    """March's board says 未报, not February's 25."""
    small.months(2023, tested="10|15")
    small.report("2023-03", shops="– 1")

    assert (small.row("tested", "2023-03").figure.state, small.row("tested", "2023-03").figure.value) == (State.UNREPORTED, None)


def test_the_year_starts_from_nothing(small):
    """60 in December, 4 in January: the new year has 4, and January is compared with December's 5, not with 60."""
    small.report("2022-12", tested="5 60")
    small.report("2023-01", tested="4")

    row = small.row("tested", "2023-01")

    assert (row.figure.value, row.month.mom) == (4, -20)


def test_a_new_year_is_not_carried_from_december(small):
    """January's silence has no cumulative, whatever December had."""
    small.report("2022-12", tested="5 60")
    small.report("2023-01", shops="– 1")

    assert small.values("tested", "2022-12", "2023-01") == [60, None]


def test_month_on_month_is_not_of_cumulatives(small):
    """10 then 5: −50 %, though the cumulative rose by half."""
    small.months(2023, tested="10 10|5 15")

    assert small.row("tested", "2023-02").month.mom == -50


def test_two_months_in_one_sheet_make_no_january(small):
    """1—2 月 50 together: January unknown, February's year 50, its month unknown, not 50."""
    small.report("2023-02", tested="– 50")
    small.report("2023-03", tested="– 80")

    assert small.values("tested", "2023-01", "2023-03", Span.MONTH) == [None, None, 30]
    assert small.values("tested", "2023-01", "2023-03") == [None, 50, 80]


def test_two_months_in_one_sheet_against_last_years_two_sheets(small):
    """1—2 月: 50 against 15 + 25: +25 %."""
    small.months(2022, tested="15|25")
    small.report("2023-02", tested="– 50")

    assert (small.row("tested", "2023-02").last_year.value, small.row("tested", "2023-02").last_year.yoy) == (40, 25)


def test_march_after_two_months_in_one_says_why_it_has_no_month_before(small):
    """30 in March; February has no month of its own to compare it with."""
    small.report("2023-02", tested="– 50")
    small.report("2023-03", tested="– 80")

    row = small.row("tested", "2023-03")

    assert (row.month.value, row.month.mom) == (30, None)
    assert row.month.mom_words == "缺上月数（2023 年 2 月质量科月报表没有这项的本月数）"


def test_two_months_in_one_are_no_outlier_of_the_months(small):
    """Thirteen months of 10 and a January and February of 20 together: the signal looks at single months only."""
    small.months(2022, tested="|".join(["10"] * 12))
    small.report("2023-02", tested="– 20")
    small.report("2023-03", tested="10 30")

    signals = [point.signal for point in small.points("tested", "2022-01", "2023-03")]

    assert signals[13] is None  # February 2023
    assert {text for text in signals if text} == {"正常波动（10～10 批次）"}


def test_a_quarter_with_two_months_in_one_is_known_all_the_same(small):
    """First quarter 80 from the cumulative, and second from 80 to 200 though May was not told."""
    small.report("2023-02", tested="– 50")
    small.report("2023-03", tested="– 80")
    small.report("2023-06", tested="– 200")

    assert [small.row("tested", month, Span.QUARTER).figure.value for month in ("2023-03", "2023-06")] == [80, 120]
    assert small.row("tested", "2023-06", Span.HALF).figure.value == 200


def test_a_quarter_with_a_hole_in_its_cumulative_stays_unknown(small):
    """January 10 and March 10 without a cumulative say nothing of the quarter."""
    small.months(2023, tested="10||10")

    assert small.row("tested", "2023-03", Span.QUARTER).figure.state is State.UNREPORTED


def test_quarters_of_a_stock_are_not_differences(small):
    """200 in March, 210 in June with nothing between: the second quarter ends at 210."""
    small.report("2023-03", shops="– 200")
    small.report("2023-06", shops="– 210")

    assert small.row("shops", "2023-06", Span.QUARTER).figure.value == 210


def test_a_whole_year_is_not_compared_with_part_of_one(small):
    """To 30 June: 60 of this year against the 55 of last June, not against its 130."""
    small.months(2022, tested="|".join(["10 10", "10 20", "10 30", "10 40", "10 50", "5 55", *[f"– {55 + 12.5 * n:g}" for n in range(1, 7)]]))
    small.report("2023-06", tested="– 60")

    row = small.row("tested", "2023-06", Span.YEAR)

    assert (row.last_year.value, row.last_year.as_of) == (55, date(2022, 6, 30))


def test_a_figure_of_the_23rd_against_one_of_the_30th_says_both_days(small):
    """100 to 23 November against 100 to 30 November is no standstill without a word."""
    small.report("2022-11", tested="– 100")
    small.report("2023-11", as_of="2023-11-23", tested="– 100")

    row = small.row("tested", "2023-11")

    assert (row.figure.as_of, row.last_year.as_of, row.last_year.yoy) == (date(2023, 11, 23), date(2022, 11, 30), 0)
    assert "今年截至 11 月 23 日，上年截至 11 月 30 日" in row_words.row_sentence(row)


def test_a_stale_figure_is_compared_with_its_own_day(small):
    """November's sheet repeats the figures of 31 October: last year's October 80 is the base, not its November 95."""
    small.report("2022-10", tested="– 80")
    small.report("2022-11", tested="– 95")
    small.report("2023-11", as_of="2023-10-31", tested="– 88")

    row = small.row("tested", "2023-11")

    assert (row.last_year.value, row.last_year.as_of, row.last_year.yoy) == (80, date(2022, 10, 31), 10)


def test_of_two_days_of_last_year_equally_near_that_of_the_same_month_is_the_base(small):
    """10 June lies ten days after 31 May and ten before 20 June: the base is last year's June 66, not its May 50."""
    for month in range(1, 6):
        small.report(f"2022-{month:02}", tested=f"10 {10 * month}")
    small.report("2022-06", as_of="2022-06-20", tested="16 66")
    small.report("2023-06", as_of="2023-06-10", tested="– 99")

    row = small.row("tested", "2023-06")

    assert (row.last_year.value, row.last_year.as_of, row.last_year.yoy) == (66, date(2022, 6, 20), 50)


def test_a_stale_figure_is_held_to_the_pace_of_its_own_day(held):
    """88 of 100 to 19 October, 292 of 365 days, meets 80 in November's board too."""
    small = held({2023: target("tested", "annual", "100")})
    small.report("2023-11", as_of="2023-10-19", tested="– 80")

    assert (small.row("tested", "2023-11").target.pace, small.row("tested", "2023-11").status) == (80, "达标")


def test_parts_of_different_days_are_named(small):
    """Passed to the 20th of tested to the 30th."""
    small.report("2023-11", passed="– 44@2023-11-20", tested="– 54")

    row = small.row("plain_rate", "2023-11")

    assert (row.figure.as_of, row.figure.as_of_latest) == (date(2023, 11, 20), date(2023, 11, 30))
    assert "截至 11 月 20 日至 11 月 30 日" in row_words.row_sentence(row)


def test_a_sum_of_two_offices_to_different_days_is_named(small):
    """100 to the 15th and 50 to the 30th are 150, and both days are said."""
    small.report("2023-11", as_of="2023-11-15", tested="– 100")
    small.report("2023-11", "food", food_tested="– 50")

    row = small.row("both", "2023-11")

    assert (row.figure.value, row.figure.as_of, row.figure.as_of_latest) == (150, date(2023, 11, 15), date(2023, 11, 30))


def test_a_growth_computed_from_a_base_of_another_day_says_so(small):
    """户数增长率 divides by last year's @ly, which ran to the 15th."""
    small.report("2022-11", as_of="2022-11-15", shops="– 200")
    small.report("2023-11", shops="– 210")

    row = small.row("shops_growth", "2023-11")

    assert (row.figure.value, row.figure.base_as_of) == (5, date(2022, 11, 15))
    assert "增长率的今年截至 11 月 30 日，上年截至 11 月 15 日" in row_words.row_sentence(row)


def test_a_leap_day_is_like_the_28th(small):
    """29 February 2024 against 28 February 2023, without a remark."""
    small.report("2023-02", tested="– 20")
    small.report("2024-02", tested="– 22")

    row = small.row("tested", "2024-02")

    assert (row.figure.as_of, row.last_year.as_of, row.last_year.yoy) == (date(2024, 2, 29), date(2023, 2, 28), 10)
    assert "上年截至" not in row_words.row_sentence(row)


def test_a_leap_year_has_366_days(held):
    """By 29 February 60 of 366 days: 6 of 36.6 are due."""
    small = held({2024: target("tested", "annual", "36.6")})
    small.report("2024-02", tested="– 6")

    row = small.row("tested", "2024-02")

    assert (row.target.pace, row.status, row.target.gap) == (D(60) * 100 / 366, "达标", 0)


def test_a_month_is_not_made_from_two_figures_of_the_same_day(small):
    """February repeats the figures of 31 January: nothing is known of February, and it is not 0."""
    small.report("2023-01", tested="– 10")
    small.report("2023-02", as_of="2023-01-31", tested="– 10")

    assert small.row("tested", "2023-02").month.value is None


def test_a_month_is_not_made_across_a_gap(small):
    """累计 10 in January and 40 in March: March alone is not 30."""
    small.report("2023-01", tested="– 10")
    small.report("2023-03", tested="– 40")

    assert small.row("tested", "2023-03").month.value is None


def test_a_report_on_the_year_before_names_its_year(small):
    """年报率 filed in 2023 is about 2022, and so is its comparison: 2022 年度 against 2021 年度."""
    small.report("2022-06", reported="– 80", due="– 100")
    small.report("2023-06", reported="– 86", due="– 100")

    row = small.row("report_rate", "2023-06")

    assert (row.data_year, row.figure.value, row.last_year.yoy) == (2022, 86, 6)
    sentence = row_words.row_sentence(row)
    assert sentence.startswith("年报率（2022 年度） 86")
    assert "对比的是 2022 年度与 2021 年度" in sentence


@pytest.mark.parametrize("span", [Span.MONTH, Span.QUARTER, Span.HALF])
def test_a_target_of_the_year_does_not_hold_a_month(held, span):
    """10 in June is no miss of 1200 a year."""
    small = held({2023: target("tested", "annual", "1200")})
    small.months(2023, tested="|".join(["100"] * 5 + ["10"]))

    assert small.row("tested", "2023-06", span).target.value is None


def test_nothing_is_projected_from_one_month(held):
    """January 30 of 1000, and no last year: no estimate of the year's end."""
    from kpi.compute.outlook import NoBase
    from kpi.review.prospects import outlooks

    small = held({2023: target("tested", "annual", "1000")})
    small.report("2023-01", tested="30")

    assert outlooks(small.bureau, [small.row("tested", "2023-01")])["tested"].projection is NoBase.NO_LAST_YEAR


def test_signals_are_of_months_and_never_of_cumulatives(small):
    """Fourteen months of 10 climb as cumulatives and stand still as months."""
    small.months(2022, tested="|".join(["10"] * 12))
    small.months(2023, tested="10|10")

    assert {point.signal for point in small.points("tested", "2022-01", "2023-02")} == {"正常波动（10～10 批次）"}


def test_a_stock_is_also_compared_with_the_end_of_last_year(small):
    """200 last March, 210 at the year's end, 231 now: +15.5 % over the year and +10 % since its end; a flow has no 较上年末."""
    small.report("2022-03", shops="– 200", tested="– 50")
    small.report("2022-12", shops="– 210", tested="– 210")
    small.report("2023-03", shops="– 231", tested="– 60")

    row = small.row("shops", "2023-03")

    assert (row.last_year.yoy, row.last_year.year_end_value, row.last_year.since_year_end) == (D("15.5"), 210, 10)
    assert "同比 +15.50%，较上年末 +10.00%" in row_words.row_sentence(row)
    assert small.row("tested", "2023-03").last_year.since_year_end is None


def test_a_stale_december_is_not_the_end_of_the_year(small):
    """Nothing in December: October's 210 is not what stood at the year's end."""
    small.report("2022-10", shops="– 210")
    small.report("2023-03", shops="– 231")

    assert small.row("shops", "2023-03").last_year.year_end_value is None


def test_a_neighbouring_month_does_not_stand_in_for_a_missing_base(small):
    """Last July's report is missing: its June of 60 is no base for a July of 77, and the row says which report lacks."""
    small.report("2022-06", tested="– 60")
    small.report("2022-08", tested="– 80")
    small.report("2023-07", tested="– 77")

    row = small.row("tested", "2023-07")

    assert (row.last_year.value, row.last_year.yoy_words) == (None, "缺上年同期数（2022 年 7 月质量科月报表没有这项数）")


def test_a_base_to_the_very_day_is_found_though_its_month_is_missing(small):
    """November repeats 31 October; last November is missing, last October's 80 ran to the same day."""
    small.report("2022-10", tested="– 80")
    small.report("2022-12", tested="– 99")
    small.report("2023-11", as_of="2023-10-31", tested="– 88")

    assert (small.row("tested", "2023-11").last_year.value, small.row("tested", "2023-11").last_year.yoy) == (80, 10)
