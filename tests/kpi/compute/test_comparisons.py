"""A figure beside last year, the end of last year and the month before, or the words for why there is nothing beside it."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.catalog.formula import Term
from kpi.compute.comparisons import last_year, single_month
from kpi.period import Month
from kpi.value import Qualifier, State
from tests.kpi.compute.ingredients import ingredients, parts, subject

COUNT, SHARE = subject(), subject(divided=True)
YEARLY = subject(divided=True, unit="次/年", scale=1, share=False, annualised=True)


def test_months_that_are_not_alike_are_told_beside_their_change():
    """90 against 100 is −10 %."""
    month = single_month(ingredients(COUNT, parts(month_numerator=D(90), before_numerator=D(100)), unlike="本月只到 25 日"))

    assert (month.value, month.mom, month.mom_words) == (90, -10, "本月只到 25 日")


@pytest.mark.parametrize(("now", "before"), [(None, D(100)), (None, None)], ids=["no month", "neither month"])
def test_where_there_is_no_single_month_nothing_is_told_of_it(now, before):
    month = single_month(
        ingredients(COUNT, parts(month_numerator=now, before_numerator=before), unlike="本月只到 25 日", month_qualifier=Qualifier.ABOUT),
    )

    assert (month.value, month.mom, month.mom_words, month.qualifier) == (None, None, "", Qualifier.EXACT)


def test_a_single_month_without_one_before_says_which_sheet_lacks_it():
    month = single_month(
        ingredients(COUNT, parts(month_numerator=D(90), before_reason=State.UNREPORTED.weight), unlike="本月只到 25 日", month_qualifier=Qualifier.ABOUT),
    )

    assert (month.value, month.mom) == (90, None)
    assert month.mom_words == "缺上月数（2023 年 10 月试验科月报表没有这项的本月数）"
    assert month.qualifier == Qualifier.ABOUT


def test_what_stands_at_an_end_has_no_single_month_to_lack():
    stock = subject(flows={"numerator": False})
    month = single_month(ingredients(stock, parts(month_numerator=D(90), before_reason=State.UNREPORTED.weight)))

    assert month.mom_words == "缺上月数（2023 年 10 月试验科月报表没有这项数）"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (0, "缺上月数（不是每家两个月都有数，不能比）"),
        (State.PENDING.weight, "缺上月数（2023 年 10 月在检/在办）"),
        (State.WITHHELD.weight, "缺上月数（2023 年 10 月未公开）"),
    ],
)
def test_why_the_month_before_is_no_base(reason, words):
    assert single_month(ingredients(COUNT, parts(month_numerator=D(90), before_reason=reason))).mom_words == words


def test_a_rate_of_nothing_done_in_the_month_before_was_not_done():
    """Both parts are known: 0 of 0."""
    month = single_month(ingredients(SHARE, parts(month_numerator=D(9), month_denominator=D(10), before_numerator=D(0), before_denominator=D(0))))

    assert (month.value, month.mom_words) == (90, "缺上月数（2023 年 10 月未开展）")


def test_a_base_of_last_year_that_is_computed_from_the_one_before_has_no_words():
    growth = subject(divided=True, terms=(Term("a", D(1)), Term("a", D(1), 1)), growth=True)

    assert last_year(ingredients(growth, parts(numerator=D(1), denominator=D(2))), D(50)).yoy_words == "缺上年同期数"


def test_of_several_sheets_at_least_one_lacks():
    several = subject(sheets=("甲科月报表", "乙科月报表"))
    words = last_year(ingredients(several, parts(prior_reason=State.UNREPORTED.weight)), D(5)).yoy_words

    assert words == "缺上年同期数（2022 年 11 月甲科月报表、2022 年 11 月乙科月报表至少一份没有这项数）"


def test_a_rate_per_year_of_a_month_counts_the_days_of_the_month():
    """3 on 10 devices in the 24 days up to 24 November: 3 × 365 / (10 × 24) = 4.5625 a year; in October 2 in 31 days: 2 × 365 / 310."""
    month = single_month(
        ingredients(
            YEARLY,
            parts(
                month_numerator=D(3),
                month_denominator=D(10),
                counted_to=date(2023, 11, 24),
                before_numerator=D(2),
                before_denominator=D(10),
                before_counted_to=date(2023, 10, 31),
            ),
        )
    )

    assert month.value == D("4.5625")
    assert month.mom == (D("4.5625") / (D(730) / D(310)) - 1) * 100


@pytest.mark.parametrize("counted_to", [None, date(2023, 10, 31)], ids=["no day", "a day before the month"])
def test_a_rate_per_year_of_no_days_is_none(counted_to):
    assert single_month(ingredients(YEARLY, parts(month_numerator=D(3), month_denominator=D(10), counted_to=counted_to))).value is None


def test_only_a_plain_stock_is_set_against_the_end_of_last_year():
    """110 against 100 at the end of last year is +10 %."""
    summed = parts(year_end=D(100))
    stock = last_year(ingredients(subject(flows={"numerator": False}), summed, year_end_qualifier=Qualifier.ABOUT), D(110))
    flow = last_year(ingredients(COUNT, summed, year_end_qualifier=Qualifier.ABOUT), D(110))

    assert (stock.year_end_value, stock.since_year_end, stock.year_end_qualifier) == (100, 10, Qualifier.ABOUT)
    assert (flow.year_end_value, flow.since_year_end, flow.year_end_qualifier) == (None, None, Qualifier.EXACT)


def test_a_base_that_is_restated_stands_beside_the_one_on_record():
    """Now 90 of 100, last year 80 of 100 as stated and 75 of 100 as recorded: +10 points, 分子 restated."""
    row = last_year(ingredients(SHARE, parts(prior_numerator=D(80), prior_denominator=D(100), own_numerator=D(75), own_denominator=D(100))), D(90))

    assert (row.value, row.own, row.yoy, row.restated_part) == (80, 75, 10, "分子")


@pytest.mark.parametrize(
    ("own", "part"),
    [((D(80), D(100)), None), ((D(80), D(90)), "分母"), ((D(75), D(90)), None), ((None, None), None), ((None, D(100)), None)],
    ids=["neither", "denominator", "both", "nothing on record", "no numerator on record"],
)
def test_which_part_of_a_base_is_restated(own, part):
    row = last_year(ingredients(SHARE, parts(prior_numerator=D(80), prior_denominator=D(100), own_numerator=own[0], own_denominator=own[1])), D(90))

    assert row.restated_part == part


def test_of_a_growth_the_alike_part_alone_is_compared():
    """90 in all, 60 of those that reported both years, against 50: +20 %."""
    row = last_year(ingredients(COUNT, parts(prior_numerator=D(50), like_numerator=D(60), prior_qualifier=Qualifier.AT_LEAST)), D(90))

    assert (row.yoy, row.like_value, row.qualifier) == (20, 60, Qualifier.AT_LEAST)


def test_without_a_base_nothing_is_told_of_it():
    row = last_year(ingredients(COUNT, parts(like_numerator=D(60), prior_qualifier=Qualifier.AT_LEAST, prior_as_of=date(2022, 11, 30))), D(90))

    assert (row.value, row.as_of, row.like_value, row.qualifier, row.restated_part) == (None, None, None, Qualifier.EXACT, None)


def test_a_rate_per_year_is_compared_with_last_year_by_the_days_of_that_year():
    """Leap year: 3 on 3,660 days of exposure in 2024 are 0.3 a year; the same a year later by 365 days."""
    row = last_year(ingredients(YEARLY, parts(prior_numerator=D(3), prior_denominator=D(10), prior_exposure=D(3660)), Month(2025, 11)), D(1))

    assert row.value == D("0.3")
