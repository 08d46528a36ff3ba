"""What lacks never decides: months, organisations and words for no number in sums, rates, growth and verdicts."""

from decimal import Decimal as D
from fractions import Fraction

import pytest

from kpi.compute.outlook import NoBase
from kpi.period import Month, Span
from kpi.present.figure_notes import half_month
from kpi.present.row_words import Spoken
from kpi.review.prospects import outlooks
from kpi.review.scoring import score
from tests.soundness.catalog import target

FEBRUARY = (Month(2023, 2),)


def parts(row):
    return row.figure.numerator, row.figure.denominator, row.caveats.missing


def test_a_rate_is_over_the_months_of_which_both_parts_are_known(held):
    """96 of 100, 97 of ?, 96 of 100 are 192 of 200, without February; 289/200 would be 144.5 %, and no verdict can be given."""
    small = held({2023: target("pass_rate", "floor", "97.8") + target("plain_rate", "floor", "95")})
    small.months(2023, taken="100|100|100", tested="100||100", passed="96|97|96", failed="4|3|4")

    for code in ("pass_rate", "plain_rate"):
        row = small.row(code, "2023-03")
        assert (parts(row), row.figure.value, row.status) == ((192, 200, FEBRUARY), 96, "未定")
    assert "2 月缺分子或分母，没有计入" in Spoken(small.row("plain_rate", "2023-03"), 1).notes


def test_a_rate_is_not_made_too_low_by_a_numerator_that_lacks(held):
    """Of 300 tested 192 are known to have passed, of 200: 96 %.  At least 64 % passed whatever February brings: a floor of 60 is met."""
    small = held({2023: target("plain_rate", "floor", "60")})
    small.months(2023, tested="100|100|100", passed="96||96")

    row = small.row("plain_rate", "2023-03")
    assert (parts(row), row.figure.value, row.status) == ((192, 200, FEBRUARY), 96, "达标")


def test_what_the_months_that_lack_cannot_mend_is_missed(held):
    """10 of 200, and at most 110 of 300 (36.7 %): a floor of 40 cannot be met any more."""
    small = held({2023: target("plain_rate", "floor", "40")})
    small.months(2023, tested="100|100|100", passed="5||5")

    assert small.row("plain_rate", "2023-03").status == "未达标"


def test_a_quarter_leaves_the_same_month_out(small):
    """The second quarter without May: 20 of 20 upon 10 of 30."""
    small.months(2023, tested="1|1|1|20|50|30", passed="1|1|1|20||10")

    row = small.row("plain_rate", "2023-06", Span.QUARTER)
    assert (row.figure.numerator, row.figure.denominator, row.caveats.missing) == (30, 50, (Month(2023, 5),))


def test_cumulatives_stated_again_are_whole_again(small):
    """March states both cumulatives: 290 of 300, nothing is left out."""
    small.months(2023, tested="100||100 300", passed="96|97|97 290")

    assert parts(small.row("plain_rate", "2023-03")) == (290, 300, ())


def test_last_years_rate_is_of_common_months_too(small):
    """2022 lacks February's tested: 50 of 100 each in January and March, 60 of 100 this year: +10 个百分点 over the two months."""
    small.months(2022, tested="100||100", passed="50|99|50")
    small.months(2023, tested="100|100|100", passed="60|90|60")

    row = small.row("plain_rate", "2023-03")
    assert (row.figure.value, row.last_year.like_value, row.last_year.value, row.last_year.yoy) == (70, 60, 50, 10)
    assert (row.caveats.missing, row.caveats.prior_missing) == ((), (Month(2022, 2),))


@pytest.mark.parametrize(
    ("limit", "status"),
    [("10", "未定"), ("7", "未定"), ("6", "未达标")],
    ids=["a month could break it", "so could one more", "already broken"],
)
def test_a_ceiling_over_a_month_that_lacks(held, limit, status):
    """3, nothing known, 4: at least 7, and nobody knows how many more."""
    small = held({2023: target("accidents", "ceiling", limit)})
    small.months(2023, failed="3||4")

    row = small.row("accidents", "2023-03")
    assert (row.figure.value, row.caveats.missing, row.status) == (7, FEBRUARY, status)


@pytest.mark.parametrize(("task", "status"), [("120", "未定"), ("80", "达标")])
def test_a_task_over_a_month_that_lacks(held, task, status):
    """20 by the end of March of 120 (30 due) and of 80 (20 due): what is reached stays reached, what is not may have been."""
    small = held({2023: target("tested", "annual", task)})
    small.months(2023, tested="10||10")

    assert small.row("tested", "2023-03").status == status


def test_a_rate_per_year_counts_only_the_days_of_its_months(held):
    """3 in January's 31 days and 3 in April's 30 of 1,000 shops are 6 · 365 / 61 a year; all 120 days at the least 18.25."""
    small = held({2023: target("failed_per_shop", "ceiling", "30")})
    small.months(2023, failed="3|||3", shops="– 1000|||– 1000")

    row = small.row("failed_per_shop", "2023-04")
    assert (Fraction(row.figure.value).limit_denominator(1000), row.figure.annualised_days, row.status) == (Fraction(6 * 365, 61), 61, "未定")


def test_a_rate_per_year_already_broken_stays_broken(held):
    """18.25 even over all days is more than 18."""
    small = held({2023: target("failed_per_shop", "ceiling", "18")})
    small.months(2023, failed="3|||3", shops="– 1000|||– 1000")

    assert small.row("failed_per_shop", "2023-04").status == "未达标"


def test_last_years_holes_make_no_growth(held):
    """30 in November 2022 alone, 25 in every month of 2023: 25 against 30 of the one month that both years have, and no verdict."""
    small = held({2023: target("tested_growth", "growth", "5")})
    small.report("2022-11", tested="30")
    small.months(2023, tested="|".join(["25"] * 12))

    row, plain = small.row("tested_growth", "2023-12"), small.row("tested", "2023-12")
    assert (round(row.figure.value, 2), row.status) == (D("-16.67"), "未定")
    assert (row.caveats.missing, [month.month for month in row.caveats.prior_missing]) == ((), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12])
    assert (plain.figure.value, plain.last_year.like_value, plain.last_year.value, round(plain.last_year.yoy, 2)) == (300, 25, 30, D("-16.67"))


def test_a_growth_and_the_comparison_of_its_measure_go_by_the_same_day(held):
    """To 23 November: 110 against 100 to 23 November last year, filed under October; never against 130 to the 30th."""
    small = held({2023: target("tested_growth", "growth", "5")})
    small.report("2022-10", as_of="2022-11-23", tested="– 100")
    small.report("2022-11", as_of="2022-11-30", tested="– 130")
    small.report("2023-11", as_of="2023-11-23", tested="– 110")

    row, plain = small.row("tested_growth", "2023-11"), small.row("tested", "2023-11")
    assert (row.figure.value, row.status, plain.last_year.yoy) == (10, "达标", 10)


def test_each_part_of_a_rate_is_compared_to_its_own_day(small):
    """Passed to 31 October, tested to 15 November; last year's to the same two days: 40 of 100 against 30 of 100."""
    small.report("2022-10", passed="– 30@2022-10-31", tested="– 90@2022-10-31")
    small.report("2022-11", passed="– 50@2022-11-15", tested="– 100@2022-11-15")
    small.report("2023-11", passed="– 40@2023-10-31", tested="– 100@2023-11-15")

    row = small.row("plain_rate", "2023-11")
    assert (row.figure.value, row.last_year.value, row.last_year.yoy) == (40, 30, 10)


def test_a_base_to_the_like_day_that_lacks_months_is_no_base(small):
    """Last October ran to the very day but lacks months: 100 of December alone would make +1,150 %."""
    small.report("2022-10", as_of="2022-11-23", tested="8")
    small.report("2022-11", as_of="2022-11-30", tested="– 120")
    small.report("2023-11", as_of="2023-11-23", tested="– 100")

    row = small.row("tested", "2023-11")
    assert (row.last_year.value, row.last_year.as_of.day) == (120, 30)


def test_a_pace_by_last_years_course_goes_by_last_years_days(held):
    """Last June's 60 ran to 15 June: by 30 June 60 + 40 · 15/46 of 120 were due, so that 57 are too few, and half would be enough."""
    small = held({2023: target("tested", "annual", "120", pace="profile")})
    for month, figure in enumerate((10, 20, 30, 40, 50, 60, 100, 105, 110, 113, 116, 120), 1):
        small.report(f"2022-{month:02}", as_of="2022-06-15" if month == 6 else "", tested=f"– {figure}")
    small.report("2023-06", tested="– 62")

    row = small.row("tested", "2023-06")
    assert round(row.target.pace * D("1.2"), 4) == round(D(60) + D(40) * 15 / 46, 4)
    assert row.status == "未达标"


@pytest.mark.parametrize(
    ("tested", "limit", "status"),
    [("约100", "100", "未定"), ("约120", "100", "达标"), ("约80", "100", "未达标"), ("≤100", "100", "未达标"), ("≥100", "100", "达标"), ("≥90", "100", "未定")],
)
def test_a_qualifier_decides_with_the_number(held, tested, limit, status):
    """约 leaves it open at the border, 不超过100 does not reach 100, 100余 does."""
    small = held({2023: target("tested", "annual", limit)})
    small.report("2023-12", tested=f"– {tested}")

    row = small.row("tested", "2023-12")
    assert (row.status, row.figure.qualifier) == (status, tested[0])
    assert Spoken(row, 0).printed.startswith(tested[0])


def test_lots_that_are_pending_leave_a_ceiling_open(held):
    """2 failed and 44 passed of 78 taken: between 2.6 % and 43.6 % can have failed, so that 5 % is open and 44 % sure."""
    small = held({2023: target("failed_share", "ceiling", "5")})
    small.report("2023-11", failed="– 2", tested="– 46", passed="– 44", taken="– 78")

    row = small.row("failed_share", "2023-11")
    assert (round(row.figure.low, 1), round(row.figure.high, 1), row.status) == (D("2.6"), D("43.6"), "未定")
    assert "已锁定" not in Spoken(row, 1).pending


def test_nothing_is_rounded_into_a_target(held):
    """9,999.9999 万元 are 0.99999999 亿元, six decimals would make them 1."""
    small = held({2023: target("fines_billion", "floor", "1")})
    small.report("2023-12", fines="– 9999.9999")

    row = small.row("fines_billion", "2023-12")
    assert (row.figure.value, row.status) == (D("0.99999999"), "未达标")


def test_growth_over_a_negative_base_has_words_only(held):
    """−10 → −20 is no growth of 100 %: it is 增亏, and open."""
    small = held({2023: target("net_growth", "growth", "5")})
    small.report("2022-12", net="– -10")
    small.report("2023-12", net="– -20")

    row = small.row("net_growth", "2023-12")
    assert (row.figure.value, row.status, row.figure.state_words) == (None, "未定", "不能算增长率：增亏")


def test_a_month_of_nothing_to_count_is_said_and_lacks_nothing(held):
    """3, 未开展, 4: seven, February named as 未开展 and not as 未报, and the ceiling of 10 is kept."""
    small = held({2023: target("accidents", "ceiling", "10")})
    small.months(2023, failed="3|未开展|4")

    row, february = small.row("accidents", "2023-03"), small.row("accidents", "2023-02")
    assert (row.figure.value, row.caveats.missing, row.status) == (7, (), "达标")
    assert "「不合格批次」2 月未开展，没有计入" in Spoken(row, 0).notes
    assert (february.figure.value, february.figure.state) == (3, "数值")


def test_a_sum_of_which_one_office_had_nothing_to_count_is_the_others(small):
    """5 tested and 未开展 in the food office: five, and who had nothing is said."""
    small.report("2023-01", tested="5")
    small.report("2023-01", "food", food_tested="未开展")

    row = small.row("both", "2023-01")
    assert (row.figure.value, row.figure.state) == (5, "数值")
    assert "「食品检验批次」未开展，没有计入" in Spoken(row, 0).notes


def test_a_rate_leaves_out_a_month_of_which_one_part_had_nothing_to_count(small):
    """合格 未开展 of 100 tested is not 0 of 100: 192 of 200 without February."""
    small.months(2023, tested="100|100|100", passed="96|未开展|96")

    assert parts(small.row("plain_rate", "2023-03")) == (192, 200, FEBRUARY)


def test_a_signed_flow_that_falls_keeps_its_month(small):
    """Cumulative 10, then 4: the month is −6, and nothing is booked as a correction."""
    small.months(2023, net="– 10|– 4")

    row = small.row("net", "2023-02")
    assert (row.figure.value, row.month.value, row.caveats.adjustment) == (4, -6, ())


def test_a_rate_per_mille_moves_in_its_own_points(small):
    """3 ‰ after 2 ‰ is +1 个千分点, not +50 %."""
    small.report("2022-12", failed="– 2", tested="– 1000")
    small.report("2023-12", failed="– 3", tested="– 1000")

    row = small.row("failed_permille", "2023-12")
    assert (row.last_year.yoy, row.last_year.yoy_unit) == (1, "个千分点")


def test_the_month_of_a_cut_off_day_is_called_half(small):
    """November to the 23rd against the whole of October."""
    small.report("2023-10", tested="30 30")
    small.report("2023-11", as_of="2023-11-23", tested="20 50")

    row = small.row("tested", "2023-11")
    assert half_month(row.period, row.month.mom, row.figure.as_of, row.figure.as_of_latest) == "2023 年 11 月的环比用的本月数只到 11 月 23 日，不是整月"
    october = small.row("tested", "2023-10")
    assert half_month(october.period, october.month.mom, october.figure.as_of, october.figure.as_of_latest) == ""


@pytest.mark.parametrize(("task", "earned"), [("120", None), ("80", 10)])
def test_a_score_waits_for_what_lacks(held, task, earned):
    """20 of 30 due without February: no points; the 20 due of 80 are reached, and whatever February brings all ten points are earned."""
    small = held({2023: target("tested", "annual", task) + "score = { points = 10 }\n"})
    small.months(2023, tested="10||10")

    [scored] = score(small.bureau, [small.row("tested", "2023-03")])
    assert scored.points == earned


def test_a_quarter_says_that_a_correction_is_no_part_of_it(small):
    """January 10, February 5 with a cumulative of 13: the year is 16 with March's 3, the three months are 18, and why is said."""
    small.months(2023, tested="10 10|5 13|3 16")

    year, quarter = small.row("tested", "2023-03"), small.row("tested", "2023-03", Span.QUARTER)
    assert (year.figure.value, quarter.figure.value) == (16, 18)
    assert any("调整数 -2" in note and "按月相加的数里没有它" in note for note in Spoken(quarter, 0).notes)
    assert not any("按月相加" in note for note in Spoken(year, 0).notes)


def test_a_projection_from_a_year_that_lacks_months_says_so(held):
    """2022 is whole; this year lacks February: what cannot be projected is this year's, and last year's is not called 0."""
    small = held({2023: target("tested", "annual", "120")})
    small.year(2022, tested=["10"] * 12)
    small.months(2023, tested="10||10")

    [outlook] = outlooks(small.bureau, [small.row("tested", "2023-03")]).values()
    assert (outlook.projection, outlook.needed) == (NoBase.LACKING, None)


def test_a_part_of_last_year_is_never_the_base_of_a_whole(small):
    """2022 has February's 10 alone; this year's January states its base, 23 against 30, and February 9: February alone is 9 against 10."""
    small.report("2022-02", tested="10")
    small.report("2023-01", tested="– 23 30")
    small.report("2023-02", tested="9")

    row = small.row("tested", "2023-02")
    assert (row.figure.value, row.last_year.like_value, row.last_year.value, row.last_year.yoy) == (32, 9, 10, -10)


def test_a_base_stated_for_an_earlier_month_is_not_that_of_a_later_one(small):
    """January states 30 for last January; February states none, and last year sent nothing: there is no base, whatever else came."""
    small.report("2023-01", tested="– 23 30")
    small.report("2023-02", tested="– 32")
    small.report("2024-07", taken="–")

    assert (small.row("tested", "2023-02").last_year.value, small.row("tested", "2023-02").last_year.yoy) == (None, None)


def test_a_word_under_the_cumulative_takes_nothing_away(small):
    """124 by April; May says 未开展 under 本年累计: nothing was to count in May, the year stays at 124."""
    small.report("2023-04", tested="– 124")
    small.report("2023-05", tested="– 未开展")
    small.report("2023-05", "food", food_tested="– 64")

    row = small.row("tested", "2023-05")
    assert (row.figure.value, [month.month for month in row.caveats.idle[0].months]) == (124, [5])
    assert small.row("both", "2023-05").figure.value == 188


@pytest.mark.parametrize("change", [{"taken": "100||100"}, {"taken": "100|未公开|100"}, {"taken": "100|在检/在办|100"}, {"failed": "5||5"}, {"failed": "||"}])
def test_what_lacks_of_pending_lots_makes_no_verdict_surer(held, change):
    """90 of 95 tested and 100 taken each month: between 90 and 95 %, open against 92; so it stays with less known of it."""
    small = held({2023: target("pass_rate", "floor", "92")})
    small.months(2023, **{"passed": "90|90|90", "tested": "95|95|95", "failed": "5|5|5", "taken": "100|100|100"} | change)

    assert small.row("pass_rate", "2023-03").status == "未定"


def test_lots_pending_of_about_so_many_are_open(held):
    """约90 of 95 and 5 more pending: 85.5 could be as well as 94.5."""
    small = held({2023: target("pass_rate", "floor", "90")})
    small.report("2023-01", taken="100", tested="95", passed="约90", failed="5")

    assert small.row("pass_rate", "2023-01").status == "未定"


@pytest.mark.parametrize(("base", "status"), [("约100", "未定"), ("≥100", "未定"), ("≤100", "达标")])
@pytest.mark.parametrize("stated", [True, False], ids=["on this year's sheet", "last year"])
def test_a_base_that_is_about_so_many_decides_no_growth(held, base, status, stated):
    """110 against 约100 is about 10 %: open against 10, and said; against 不超过100 it is 10 % or more."""
    small = held({2023: target("tested_growth", "growth", "10")})
    small.report("2022-01", tested="90 90" if stated else f"– {base}")
    small.report("2023-01", tested=f"– 110 {base}" if stated else "– 110")

    assert (small.row("tested_growth", "2023-01").status, small.row("tested", "2023-01").last_year.yoy) == (status, 10)
    assert "上年同期数不是确数，同比只是约数" in Spoken(small.row("tested", "2023-01"), 0).notes


def test_a_growth_over_another_day_is_not_judged(held):
    """13 to 5 February against 10 to 31 January: between −35 and +30 %, who knows."""
    small = held({2023: target("tested_growth", "growth", "10")})
    small.months(2022, tested="10|10")
    small.report("2023-01", tested="10")
    small.report("2023-02", as_of="2023-02-05", tested="3")

    assert small.row("tested_growth", "2023-02").status == "未定"


def test_a_month_goes_by_its_own_qualifier(held):
    """20 余 were tested in the month though the cumulative is exact: 12 of them are at most 60 %, which may be 60 or less."""
    small = held({2023: target("plain_rate", "floor", "60")})
    small.months(2023, passed="– 41|– 53", tested="– 46|≥20 66")

    row = small.row("plain_rate", "2023-02", Span.MONTH)
    assert (row.figure.value, row.figure.qualifier, row.status) == (60, "≤", "未定")


def test_a_quarter_between_two_cumulatives_keeps_its_days_and_its_pending_lots(held):
    """3 by February in 59 days although January is not known; and 4 of 165 lots without a result."""
    small = held({2023: target("pass_rate", "floor", "95")})
    small.report("2023-02", failed="1 3", shops="– 1000")
    assert round(small.row("failed_per_shop", "2023-02", Span.QUARTER).figure.value, 6) == round(D(3 * 365) / 59, 6)

    small.report("2023-09", taken="– 531", tested="– 524", passed="– 503", failed="– 21")
    small.report("2023-11", taken="– 696", tested="– 685", passed="– 658", failed="– 27")
    row = small.row("pass_rate", "2023-11", Span.QUARTER)
    assert (row.figure.numerator, row.figure.denominator, round(row.figure.low, 2), round(row.figure.high, 2), row.status) == (
        155,
        161,
        D("93.94"),
        D("96.36"),
        "未定",
    )


def test_what_stood_in_another_month_is_no_base(small):
    """Shops were told in May 2022 and not in July: July 2023 has nothing to be compared with."""
    small.report("2022-05", shops="– 996", failed="1")
    small.report("2022-07", failed="1")
    small.report("2023-07", shops="– 1050", failed="2")

    assert small.row("coverage", "2023-07").last_year.value is None
    assert small.row("failed_per_shop", "2023-07").last_year.value is None


def test_a_quarter_that_is_withheld_says_so(small):
    """May alone, and that is 在检: so is the quarter."""
    small.report("2023-05", net="– 在检/在办")

    assert small.row("net", "2023-05", Span.QUARTER).figure.state == "在检/在办"


def test_a_month_left_out_is_out_of_both_parts_whatever_last_year_ran_to(small):
    """July's 未开展 of 37 tested is left out, also where last year's base is of another day: 20 of 40, not 20 of 77."""
    small.report("2022-02", as_of="2022-02-20", passed="– 5", tested="– 10")
    small.report("2022-03", as_of="2022-03-31", passed="– 9", tested="– 20")
    small.months(2023, passed="10|10|未开展", tested="20|20|37")

    assert parts(small.row("plain_rate", "2023-03")) == (20, 40, (Month(2023, 3),))


@pytest.mark.parametrize(("failed", "word"), [("3|不适用|3", "2 月不适用"), ("3|未开展|3", "2 月未开展"), ("3|未开展|3|不适用", "2 月、4 月未开展或不适用")])
def test_months_without_a_number_are_named_by_their_own_word(small, failed, word):
    """未开展 was to come and did not, 不适用 cannot come: neither is called by the other's name."""
    small.months(2023, failed=failed)

    last = f"2023-{failed.count('|') + 1:02}"
    assert f"「不合格批次」{word}，没有计入" in Spoken(small.row("accidents", last), 0).notes


@pytest.mark.parametrize(
    ("failed", "status"),
    [
        ("11|未公开|3", "未达标"),
        ("12|在检/在办", "未达标"),
        ("11|– 未公开|3", "未达标"),
        ("12|3 在检/在办", "未达标"),
        ("3|未公开|3", "未定"),
        ("–|未公开", "未定"),
    ],
)
def test_a_ceiling_once_broken_is_broken_though_a_later_month_is_not_told(held, failed, status):
    """What a hidden month holds can only add to the eleven of January: more than ten they are; of three and three nobody can say."""
    small = held({2023: target("accidents", "ceiling", "10")})
    small.months(2023, failed=failed)

    row = small.row("accidents", f"2023-{failed.count('|') + 1:02}")
    assert (row.figure.value, row.status) == (None, status)


@pytest.mark.parametrize("february", ["未公开", "– 未公开", "5 在检/在办"])
def test_a_task_once_done_is_done_though_a_later_month_is_not_told(held, february):
    """130 of the 120 of the year in January: February cannot take them back."""
    small = held({2023: target("tested", "annual", "120")})
    small.months(2023, tested=f"130|{february}")

    row = small.row("tested", "2023-02")
    assert (row.figure.value, row.figure.state, row.status) == (None, february.split()[-1], "达标")
