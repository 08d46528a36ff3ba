"""The board on the demo bureau: the published figures of 2023-11, verdicts, order and spans."""

import csv
from collections import Counter
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.bureau import Bureau
from kpi.compute.row import BoardRow, Status
from kpi.errors import RequestError
from kpi.period import Month, Span
from kpi.review.board import board, missed, periods
from kpi.review.known_nouns import known_office

NOVEMBER = Month(2023, 11)
PUBLISHED = list(csv.DictReader(Path(__file__).with_name("published.tsv").read_text("utf-8").splitlines(), delimiter="\t"))


@pytest.fixture(scope="module")
def rows(demo: Bureau) -> dict[str, BoardRow]:
    return {row.indicator: row for row in board(demo, NOVEMBER)}


@pytest.mark.parametrize("published", [p for p in PUBLISHED if p["basis"] == "computed"], ids=lambda p: p["code"])
def test_what_the_summary_gives_both_parts_of_is_computed_exactly(rows, published):
    """To the four decimals of the published table: 97.7879, 86, 81.4815, 64.2857, 208.5384 …"""
    assert round(rows[published["code"]].figure.value, 4) == D(published["value"])


@pytest.mark.parametrize("published", [p for p in PUBLISHED if p["basis"] == "stated"], ids=lambda p: p["code"])
def test_what_the_summary_only_states_agrees_to_its_digits(rows, published):
    """Parts the summary lacks are fictional, and give the stated rate when rounded to the digits it was stated with."""
    stated = D(published["value"])

    assert rows[published["code"]].figure.value.quantize(stated, "ROUND_HALF_UP") == stated


def test_statuses_of_the_demo(rows):
    """Some met, some behind, some missed, two undecided (one of 1,200 余 in all, ≤ 100 %), some without target; nothing unreported."""
    assert Counter(row.status for row in rows.values()) == {
        Status.MET: 45,
        Status.NO_TARGET: 20,
        Status.BEHIND: 7,
        Status.MISSED: 7,
        Status.UNDECIDED: 2,
    }


def test_a_printed_figure_does_not_decide(rows):
    """1724 of 1763 prints as the target's 97.8 % and does not meet it."""
    row = rows["food_sampling_pass_rate"]

    assert (row.status, row.target.value, row.figure.reported_value) == (Status.BEHIND, D("97.8"), D("97.8"))
    assert row.figure.value < row.target.value


def test_pending_lots_leave_the_verdict_open(rows):
    """44 passed, 7 failed, 27 unresolved of 78: between 56.4 % and 91.0 %, against 85 % undecided."""
    row = rows["coal_sampling_pass_rate"]

    assert (round(row.figure.low, 1), round(row.figure.high, 1), row.status) == (D("56.4"), D("91.0"), Status.UNDECIDED)


def test_pace_is_counted_to_the_figures_own_day(rows):
    """2023-11-23 is 327 of 365 days; 31 October 304."""
    conversions, equipment = rows["individual_to_enterprise_conversions"], rows["special_equipment_inspected"]

    assert (str(conversions.figure.as_of), round(conversions.target.pace, 2)) == ("2023-11-23", D("89.59"))
    assert (str(equipment.figure.as_of), round(equipment.target.pace, 2)) == ("2023-10-31", D("83.29"))


def test_growth_as_published(rows):
    """市场主体 +13.7 %, 新设 +27.1 %; rates move in 个百分点."""
    assert round(rows["market_entities_growth_yoy"].figure.value, 1) == D("13.7")
    assert round(rows["market_entities_new_growth_yoy"].figure.value, 1) == D("27.1")
    assert round(rows["market_entities_new"].last_year.yoy, 1) == D("27.1")
    assert rows["market_entities_new"].last_year.yoy_unit == "%"
    assert rows["food_sampling_pass_rate"].last_year.yoy_unit == "个百分点"


def test_what_may_not_assess_never_counts_as_missed(demo, rows):
    """促进个体工商户发展条例: 年报率 of 个体工商户 is watched, not assessed."""
    assert not rows["annual_report_rate_individual"].may_assess
    assert rows["annual_report_rate_individual"].status is Status.NO_TARGET
    assert all(row.may_assess for row in missed(demo, NOVEMBER))


def test_missed_is_worst_first(demo):
    """未达标 before 滞后, and within each the larger share of the target lacking."""
    late = missed(demo, NOVEMBER)

    assert [row.status for row in late] == [Status.MISSED] * 7 + [Status.BEHIND] * 7
    assert late[0].indicator == "double_random_timely_entry_rate"
    shortfalls = [row.target.shortfall for row in late]
    assert shortfalls[:7] == sorted(shortfalls[:7], reverse=True)
    assert shortfalls[7:] == sorted(shortfalls[7:], reverse=True)


def test_a_single_month_is_not_held_to_the_year(demo):
    """A month's figure has no annual target and no pace; a floor still holds."""
    rows = {row.indicator: row for row in board(demo, NOVEMBER, Span.MONTH)}

    assert rows["trademarks_registered_new"].target.value is None
    assert rows["trademarks_registered_new"].status is Status.NO_TARGET
    assert rows["food_sampling_pass_rate"].target.value == D("97.8")
    assert rows["food_sampling_pass_rate"].figure.numerator == 189
    assert {code: row.figure.value for code, row in rows.items()} == {row.indicator: row.month.value for row in board(demo, NOVEMBER)}


def test_a_quarter_adds_its_months(demo):
    """October and November of the fourth quarter, and the same two months of last year."""
    quarter = {row.indicator: row for row in board(demo, NOVEMBER, Span.QUARTER)}["food_rapid_tests"]
    october, november = ({row.indicator: row for row in board(demo, month, Span.MONTH)}["food_rapid_tests"] for month in (Month(2023, 10), NOVEMBER))

    assert quarter.figure.value == october.figure.value + november.figure.value
    assert quarter.last_year.value == october.last_year.value + november.last_year.value


def test_an_office_by_any_of_its_names(demo):
    """Code, name and alias find it; a wrong one is answered with the right ones."""
    assert known_office(demo.catalog, "消保科") == known_office(demo.catalog, "consumer") == "consumer"
    assert {row.office for row in board(demo, NOVEMBER, office="consumer")} == {"consumer"}
    assert board(demo, NOVEMBER, office="消保科") == board(demo, NOVEMBER, office="consumer")
    with pytest.raises(RequestError, match="没有「消费科」这个科室"):
        board(demo, NOVEMBER, office="消费科")


def test_an_empty_store_reports_nothing_as_nothing(empty):
    """Every indicator 未报, none 0, none met."""
    found = board(empty, NOVEMBER)

    assert {row.status for row in found} == {Status.UNREPORTED}
    assert {row.figure.value for row in found} == {None}
    assert periods(empty) == ()
