"""Rates that come out wrong although every part is right."""

from decimal import Decimal as D

import pytest

from kpi.period import Span
from kpi.value import State
from tests.soundness.catalog import target


def test_a_mean_of_rates_in_place_of_the_pooled_rate(small):
    """6 months of 83 + 83 + 83 + 83 + 83 + 82 of 92 + 92 + 92 + 93 + 93 + 93: 497/555 = 89.55 %; a month of 1/2 moves it little."""
    small.months(2023, passed="83|83|83|83|83|82|1", tested="92|92|92|93|93|93|2")

    assert small.row("plain_rate", "2023-06").figure.value == D(497) * 100 / D(555)
    assert small.row("plain_rate", "2023-07").figure.value == D(498) * 100 / D(557)


def test_a_quarter_is_the_rate_of_its_batches(small):
    """1/1, 80/99 and 0/0 are 81 %, not the mean of 100 and 80.8."""
    small.months(2023, passed="1|80|0", tested="1|99|0")

    assert small.row("plain_rate", "2023-03", Span.QUARTER).figure.value == 81


def test_a_rate_with_one_part_missing(small):
    """Passed without tested is no rate at all, neither 0 % nor last month's."""
    small.months(2023, passed="9|8", tested="10|")

    row = small.row("plain_rate", "2023-02")

    assert (row.figure.state, row.figure.value, row.figure.numerator, row.figure.denominator) == (State.UNREPORTED, None, 17, None)


def test_a_zero_denominator_is_not_zero_per_cent(small):
    """Nothing tested is not nothing passed: 未开展."""
    small.report("2023-01", passed="0", tested="0")

    assert (small.row("plain_rate", "2023-01").figure.state, small.row("plain_rate", "2023-01").figure.value) == (State.NOT_STARTED, None)


def test_pending_lots_are_not_failed_lots(held):
    """44 passed, 7 failed, 27 of 78 open: 86.3 % of the 51 tested, between 56.4 and 91.0; against 85 % undecided and not missed."""
    small = held({2023: target("pass_rate", "floor", "85")})
    small.report("2023-11", passed="– 44", failed="– 7", tested="– 51", taken="– 78")

    row = small.row("pass_rate", "2023-11")

    assert (row.figure.value, row.figure.low, row.figure.high) == (D(4400) / 51, D(4400) / 78, D(7100) / 78)
    assert row.status == "未定"


def test_rounding_does_not_decide_a_verdict(held):
    """1724/1763 = 97.788 prints as 97.8 and misses 97.8; 1725 meets it."""
    small = held({2023: target("plain_rate", "floor", "97.8")})
    small.report("2023-10", passed="– 1724", tested="– 1763")
    small.report("2023-11", passed="– 1725", tested="– 1763")

    assert [small.row("plain_rate", month).status for month in ("2023-10", "2023-11")] == ["未达标", "达标"]


def test_an_exact_third_meets_a_target_of_its_own_digits(held):
    """2/3 is below 66.67 and not below 66.6: no rounding of the quotient decides, whichever way it goes."""
    small = held({2022: target("plain_rate", "floor", "66.67"), 2023: target("plain_rate", "floor", "66.66")})
    small.report("2022-11", passed="– 2", tested="– 3")
    small.report("2023-11", passed="– 2", tested="– 3")

    assert [small.row("plain_rate", month).status for month in ("2022-11", "2023-11")] == ["未达标", "达标"]


def test_a_typed_rate_never_stands_in_for_the_computed_one(small):
    """填报值 98.0 beside 9 of 10: the figure is 90, the typed one is kept apart, and the sentence says that they differ."""
    small.report("2023-01", passed="9", tested="10", pass_rate="– 98.0")

    row = small.row("pass_rate", "2023-01")

    assert (row.figure.value, row.figure.reported_value) == (90, 98)


def test_a_rate_over_a_hundred_is_not_cut_off(small):
    """12 visits to 10 shops are 120 %."""
    small.report("2023-01", inspected="12", shops="– 10")

    assert small.row("coverage", "2023-01").figure.value == 120


def test_percent_and_percentage_points(small):
    """From 80 % to 84 % is +4 个百分点; +5 % would be the growth of a count."""
    small.report("2022-03", passed="– 80", tested="– 100")
    small.report("2023-03", passed="– 84", tested="– 100")

    row = small.row("plain_rate", "2023-03")

    assert (row.last_year.yoy, row.last_year.yoy_unit) == (4, "个百分点")


def test_a_lower_rate_is_good_where_less_is_better(held):
    """5 % failed against at most 4 %: missed by 1, though it is more."""
    small = held({2023: target("complaint_rate", "ceiling", "4")})
    small.report("2023-01", failed="5", tested="100")

    row = small.row("complaint_rate", "2023-01")

    assert (row.status, row.target.gap) == ("未达标", 1)


def test_units_in_which_both_parts_are_counted_leave_the_rate(small):
    """9 of 10, or 90 000 of 100 000: 90 % both times, to the last digit."""
    small.report("2023-01", passed="9", tested="10")
    small.report("2023-02", passed="– 90000", tested="– 100000")

    assert small.row("plain_rate", "2023-01").figure.value == small.row("plain_rate", "2023-02").figure.value == 90


@pytest.mark.parametrize("part", ["passed", "tested"])
def test_a_withheld_part_hides_the_rate(small, part):
    """未公开 is a number that exists: neither 0 nor absent."""
    cells = {"passed": "9", "tested": "10"} | {part: "未公开"}
    small.report("2023-01", **cells)

    assert (small.row("plain_rate", "2023-01").figure.state, small.row("plain_rate", "2023-01").figure.value) == (State.WITHHELD, None)


def test_a_small_sample_is_not_ranked(held):
    """43 of 50 may be anything from 73.8 to 93.0 %: it is said beside the rate."""
    from dataclasses import replace

    from kpi.review.prospects import signalled

    small = held({2023: target("plain_rate", "floor", "90")})
    small.report("2023-01", passed="43", tested="50")
    [row] = signalled(small.bureau, [replace(small.row("plain_rate", "2023-01"))])

    assert "95% 区间 73.8%～93.0%" in row.signal
    assert "样本少，差异不能说明问题" in row.signal
