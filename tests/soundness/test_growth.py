"""Comparisons with a base of nothing, of less than nothing, of another scope, or of none at all."""

from datetime import datetime
from decimal import Decimal as D

import pytest

from kpi.period import Month, Span
from kpi.present import row_words
from kpi.present.row_words import Spoken
from tests.soundness.catalog import target


@pytest.mark.parametrize(
    ("base", "now", "yoy", "said"),
    [
        ("0", "5", None, "上年同期为 0"),
        ("0", "0", None, "持平"),
        ("-5", "5", None, "由负转正"),
        ("5", "-5", None, "由正转负"),
        ("-5", "-2", None, "减亏"),
        ("-5", "-8", None, "增亏"),
        ("5", "5", 0, "持平"),
        ("4", "10", 150, "+150.00%，是上年同期的 2.5 倍"),
        ("4", "8", 100, "+100.00%"),
    ],
)
def test_bases_without_a_percentage(small, base, now, yoy, said):
    """A base of 0 or below has no per cent; above 100 % it is also said how many times."""
    small.report("2022-01", net=f"– {base}")
    small.report("2023-01", net=f"– {now}")

    row = small.row("net", "2023-01")

    assert (row.last_year.yoy, Spoken(row, 0).yoy) == (yoy, said)


def test_a_rate_from_nothing_has_points(small):
    """0 % to 5 % is +5 个百分点: a base of 0 stops only percentages."""
    small.report("2022-01", failed="0", tested="10")
    small.report("2023-01", failed="1", tested="20")

    assert (small.row("complaint_rate", "2023-01").last_year.yoy, small.row("complaint_rate", "2023-01").last_year.yoy_unit) == (5, "个百分点")


def test_a_missing_base_names_the_sheet(small):
    """Which report lacks the figure, so that somebody can ask for it."""
    small.report("2023-03", tested="– 20")

    row = small.row("tested", "2023-03")

    assert (row.last_year.yoy, row.last_year.yoy_words) == (None, "缺上年同期数（2022 年 3 月质量科月报表没有这项数）")
    assert "同比缺上年同期数（2022 年 3 月质量科月报表没有这项数）" in row_words.row_sentence(row)


def test_a_withheld_base_is_not_a_missing_one(small):
    """Last year's report came and said 未公开."""
    small.report("2022-03", tested="– 未公开")
    small.report("2023-03", tested="– 20")

    assert small.row("tested", "2023-03").last_year.yoy_words == "缺上年同期数（2022 年 3 月未公开）"


def test_a_prior_month_that_was_not_reported_is_no_zero(small):
    """January 10, nothing in February, March 12: 环比 has no base; it is neither from 10 nor from 0."""
    small.months(2023, tested="10||12")

    row = small.row("tested", "2023-03")

    assert (row.month.mom, row.month.mom_words) == (None, "缺上月数（2023 年 2 月质量科月报表没有这项的本月数）")


def test_january_is_compared_with_december(small):
    """12 after December's 10: +20 %; the cumulative fell from 60 to 12 and says nothing."""
    small.report("2022-12", tested="10 60")
    small.report("2023-01", tested="12 12")

    assert small.row("tested", "2023-01").month.mom == 20


def test_a_restated_base_is_the_base_and_the_published_one_stands_beside(small):
    """264 against 240 as restated is +10 %, against our 250 it would be +5.6 %; who restated it, when and why is said."""
    small.report("2022-03", shops="– 250")
    stored = small.filed("2023-03", shops="– 264 240", note="上年有 10 户划给邻区", by="王统计")

    row = small.row("shops", "2023-03")
    [base] = row.caveats.restated

    assert (row.last_year.value, row.last_year.own, row.last_year.yoy) == (240, 250, 10)
    assert (base.measure, base.stated, base.recorded, base.note, base.by, base.submission) == ("shops", 240, 250, "上年有 10 户划给邻区", "王统计", stored.seq)
    assert base.at == stored.at
    assert isinstance(base.at, datetime)
    assert "「在册户数」上年同期用同口径数 240，上年报送为 250（王统计 " in row_words.row_sentence(row)
    assert "报，说明：上年有 10 户划给邻区）" in row_words.row_sentence(row)


@pytest.mark.parametrize(
    ("passed", "tested", "prior", "part", "said"),
    [
        ("– 45 30", "– 50", 75, "分子", "上年同期的率分子为同口径数、分母为上年报送数"),
        ("– 45", "– 50 36", 90, "分母", "上年同期的率分母为同口径数、分子为上年报送数"),
        ("– 45 30", "– 50 36", D(3000) / 36, None, None),
        ("– 45", "– 50", 81, None, None),
    ],
)
def test_a_rate_whose_base_is_of_two_scopes_says_so(small, passed, tested, prior, part, said):
    """Recorded 32.4 of 40: with 30 restated above it is 30/40, with 36 below 32.4/36, with both 30/36 and nothing to be said."""
    small.report("2022-03", passed="– 32.4", tested="– 40")
    small.report("2023-03", passed=passed, tested=tested)

    row = small.row("plain_rate", "2023-03")

    assert (row.figure.value, row.last_year.value, row.last_year.restated_part) == (90, prior, part)
    assert ("分母为" in row_words.row_sentence(row)) is (part is not None)
    assert said is None or said in row_words.row_sentence(row)


def test_a_base_stated_as_recorded_is_not_called_restated(small):
    small.report("2022-03", shops="– 250")
    small.report("2023-03", shops="– 264 250")

    assert (small.row("shops", "2023-03").caveats.restated, small.row("shops", "2023-03").last_year.own) == ((), None)


def test_a_base_corrected_a_second_time_names_the_second(small):
    """The first sheet restated 240, its correction 245: the base in force is of the correction."""
    small.report("2022-03", shops="– 250")
    small.report("2023-03", shops="– 264 240", note="一")
    small.report("2023-03", shops="– 264 245", note="二")

    [base] = small.row("shops", "2023-03").caveats.restated

    assert (base.stated, base.note) == (245, "二")


def test_a_cumulative_base_says_nothing_of_the_single_month(small):
    """上年同期累计 30 is no base for the month of 12, whose own record is 10."""
    small.months(2022, tested="10|10|10")
    small.report("2023-03", tested="12 36 30")

    row = small.row("tested", "2023-03", Span.MONTH)

    assert (row.last_year.value, row.last_year.yoy, row.caveats.restated) == (10, 20, ())


def test_an_adjustment_stands_in_its_month_and_in_no_other(small):
    """10, then 5 with 18 in all: 3 are booked in February with their 说明, and no month is changed by it."""
    small.report("2023-01", tested="10 10")
    small.report("2023-02", tested="5 18", note="补录 1 月漏报 3 批次", by="王统计")
    small.report("2023-03", tested="2 20")

    [booked] = small.row("tested", "2023-03").caveats.adjustment

    assert (booked.period, booked.amount, booked.note, booked.by) == (Month(2023, 2), 3, "补录 1 月漏报 3 批次", "王统计")
    assert small.values("tested", "2023-01", "2023-03", Span.MONTH) == [10, 5, 2]
    assert [[one.amount for one in point.adjustment] for point in small.points("tested", "2023-01", "2023-03")] == [[], [3], []]
    assert "「检验批次」2023 年 2 月有调整数 +3，说明：补录 1 月漏报 3 批次" in row_words.row_sentence(small.row("tested", "2023-03"))


def test_a_falling_cumulative_is_an_adjustment_and_no_negative_month(small):
    """From 10 to 8: −2 booked, and no month of −2."""
    small.report("2023-01", tested="– 10")
    small.report("2023-02", tested="– 8", note="复核剔除 2 批次")

    row = small.row("tested", "2023-02")

    assert (row.figure.value, row.month.value, [one.amount for one in row.caveats.adjustment]) == (8, None, [-2])
    assert "有调整数 -2，说明：复核剔除 2 批次" in row_words.row_sentence(row)


def test_an_adjustment_belongs_to_the_span_that_holds_its_month(small):
    """Booked in February: part of the first quarter and of the year, not of March."""
    small.report("2023-01", tested="10 10")
    small.report("2023-02", tested="5 18")
    small.report("2023-03", tested="2 20")

    said = {span: len(small.row("tested", "2023-03", span).caveats.adjustment) for span in (Span.YTD, Span.QUARTER, Span.MONTH)}

    assert said == {Span.YTD: 1, Span.QUARTER: 1, Span.MONTH: 0}


def test_an_adjustment_of_either_part_of_a_rate_is_named(small):
    """The rate 18/25 holds 3 adjusted passed batches."""
    small.report("2023-01", passed="10", tested="15")
    small.report("2023-02", passed="5 18", tested="10 25")

    assert [(one.measure, one.amount) for one in small.row("plain_rate", "2023-02").caveats.adjustment] == [("passed", 3)]


def test_a_withdrawn_correction_takes_its_adjustment_back(small):
    """What is withdrawn adjusts nothing."""
    from kpi.filing.submissions import withdraw

    small.report("2023-01", tested="10 10")
    stored = small.filed("2023-02", tested="5 18")
    withdraw(small.bureau, stored.seq, "王统计", "报错了")
    small.report("2023-03", tested="2")

    assert small.row("tested", "2023-03").caveats.adjustment == ()


def test_growth_asked_of_a_negative_base_is_not_met_by_its_sign(held):
    """A floor of 0 on a net figure that went from −5 to −8 is missed, whatever −8/−5 − 1 = +60 % says."""
    small = held({2023: target("net", "growth", "0")})
    small.report("2022-01", net="– -5")
    small.report("2023-01", net="– -8")

    assert (small.row("net", "2023-01").status, small.row("net", "2023-01").last_year.yoy) == ("未达标", None)


def test_a_growth_rate_over_nothing_is_not_infinite(small):
    """户数增长率 over a base of 0 has no value and is not 0 % either."""
    small.report("2022-01", shops="– 0")
    small.report("2023-01", shops="– 8")

    row = small.row("shops_growth", "2023-01")

    assert (row.figure.value, row.figure.state, row.figure.state_words) == (None, "不适用", "不能算增长率：上年同期为 0")


def test_ten_tenths_are_one(small):
    """Ten months of 0.1 万元 are exactly 1: no binary fraction is in between."""
    small.months(2023, fines="|".join(["0.1"] * 10))

    assert small.row("fines", "2023-10").figure.value == D(1)


def test_a_tenth_and_two_tenths_reach_three_tenths(held):
    """0.1 + 0.2 meets a task of 0.3 by the year's end; in binary fractions 0.7 + 0.1 would miss 0.8."""
    small = held({2022: target("fines", "annual", "0.3"), 2023: target("fines", "annual", "0.8")})
    for year, first, last in ((2022, "0.1", "0.2"), (2023, "0.7", "0.1")):
        small.report(f"{year}-01", fines=f"{first} {first}")
        small.report(f"{year}-12", fines=f"{last} {D(first) + D(last)}")

    assert [small.row("fines", month).status for month in ("2022-12", "2023-12")] == ["达标", "达标"]


def test_a_month_against_a_bound_is_a_bound(small):
    """At least 20 after 16 is at least +25 %; 24 after at least 20 at most +20 %; at least 30 after about 24 nobody can tell."""
    small.months(2023, shops="– 16|– ≥20|– 24|– 约24|– ≥30")

    points = small.points("shops", "2023-02", "2023-05", Span.MONTH)

    assert [(point.qualifier, point.mom_qualifier, point.mom_words) for point in points] == [
        ("≥", "≥", "至少 +25.00%"),
        ("=", "≤", "至多 +20.00%"),
        ("约", "约", "大致持平"),
        ("≥", None, "不是确数，不能相比"),
    ]
    assert small.points("shops", "2023-03", "2023-03", Span.MONTH)[0] == points[1]


def test_a_month_behind_a_cumulative_that_is_no_exact_one_is_about_so_much(small):
    """10 in January, 22 or so by February: about 12 in it, about +20 %."""
    small.months(2023, tested="10 10|– 约22|11 33")

    points = small.points("tested", "2023-02", "2023-03")

    assert [(point.mom_qualifier, point.mom_words) for point in points] == [("约", "约 +20.00%"), ("约", "约 -8.33%")]
