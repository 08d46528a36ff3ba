"""Beyond the status, on the demo bureau: needed, projection, signal and few cases, each followed back to its months."""

from decimal import Decimal as D
from fractions import Fraction as F

import pytest

from kpi.bureau import Bureau
from kpi.compute.outlook import NoBase, Outlook, Projection, Reach
from kpi.compute.row import BoardRow
from kpi.compute.signal import limits
from kpi.period import Month, Span
from kpi.present import verdicts
from kpi.present.row_words import spoken
from kpi.review.board import board
from kpi.review.prospects import compared, outlooks, signalled
from kpi.review.scoring import score, totals
from kpi.review.series import _point, series
from kpi.value import State
from tests.kpi.present.rows import with_fields

NOVEMBER = Month(2023, 11)


@pytest.fixture(scope="module")
def rows(demo: Bureau) -> dict[str, BoardRow]:
    return {row.indicator: row for row in board(demo, NOVEMBER)}


@pytest.fixture(scope="module")
def found(demo: Bureau, rows: dict[str, BoardRow]) -> dict[str, Outlook]:
    return outlooks(demo, list(rows.values()))


def test_trademarks_need_more_than_any_month_brought(demo, rows, found):
    """246 of 300: 54 in the one month left, against 25 at best this year and 32 last year."""
    needed, said = found["trademarks_registered_new"].needed, spoken(rows["trademarks_registered_new"], demo.catalog)

    assert (needed.left, needed.each, needed.best.amount, needed.best_before.amount, needed.reach) == (54, 54, 25, 32, Reach.BEYOND)
    assert verdicts.need(said, found["trademarks_registered_new"]) == (
        "离全年目标还差 54 件，12 月需 54 件；今年最好的一个月（9 月）25 件，上年最好的一个月（12 月）32 件：靠现有进度完不成"
    )
    assert verdicts.need_briefly(said, found["trademarks_registered_new"]) == "照此完不成：12 月需 54 件，最多做过 32 件"


def test_a_figure_within_a_month_counts_the_days_that_are_left(demo, rows, found):
    """103 of 120 by 23 November: 17 in 37/30 months are 13.8 a month."""
    needed = found["individual_to_enterprise_conversions"].needed

    assert (needed.left, needed.months, needed.each) == (17, F(37, 30), F(510, 37))
    assert "今后每月需 14 户（还剩 1 个月零 7 天）" in verdicts.need(
        spoken(rows["individual_to_enterprise_conversions"], demo.catalog), found["individual_to_enterprise_conversions"]
    )


def test_a_completion_rate_needs_what_it_counts(demo, rows, found):
    """9 of 14 checks: 5 more in a month, against 2 at best this year and 3 last year."""
    needed = found["double_random_own_completion_rate"].needed

    assert (needed.left, needed.best.amount, needed.best_before.amount, needed.reach) == (5, 2, 3, Reach.BEYOND)


def test_the_year_ends_along_last_years_course(demo, rows, found):
    """287 of last year's 319 stood by November: 246 / (287/319) = 273.4."""
    projection = found["trademarks_registered_new"].projection

    assert isinstance(projection, Projection)
    assert (projection.share, projection.estimate, projection.errors) == (F(287, 319), F(246 * 319, 287), {})
    assert projection.low < projection.estimate < projection.high
    assert verdicts.projection(rows["trademarks_registered_new"], found["trademarks_registered_new"], 0).startswith("照上年的进度推算，全年约 273 件（")


def test_the_first_year_has_no_base(demo):
    first = outlooks(demo, board(demo, Month(2022, 11)))

    assert first["trademarks_registered_new"].projection is NoBase.NO_LAST_YEAR


def test_rates_and_stocks_are_not_projected(found):
    assert found["food_sampling_pass_rate"].projection is None
    assert found["certificates_total"].projection is None


def test_the_limits_are_those_of_the_months(demo, rows, found):
    """Recomputed from the months that 趋势 shows: 23 of them, none of them a cumulative."""
    months = series(demo, "trademarks_registered_new", Month(2022, 1), NOVEMBER, Span.MONTH)
    drawn = limits([F(point.value) for point in months.points])

    assert found["trademarks_registered_new"].signal.limits == drawn
    assert found["trademarks_registered_new"].judged == NOVEMBER


def test_a_month_that_is_not_over_is_not_judged(found):
    """New market entities run to 23 November: the last whole month is October."""
    assert found["market_entities_new"].judged == Month(2023, 10)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("enterprise_registration_time", "不是逐月发生的数，不作波动判断"),  # a promise
        ("annual_report_rate_enterprise", "不是逐月发生的数，不作波动判断"),  # grows with the year like a cumulative
        ("market_entities_new_growth_yoy", "逐月数不足 12 个月，暂不作波动判断"),  # eleven months have a year before them
    ],
)
def test_why_months_are_not_judged(rows, found, code, why):
    assert verdicts.signal(rows[code], found[code], 1) == why


def test_few_cases_prove_nothing(rows, found):
    """43 of 50 against 85 %: anything from 73.8 % to 93.0 % may lie behind it."""
    said = verdicts.signal(rows["industrial_sampling_pass_rate"], found["industrial_sampling_pass_rate"], 0)

    assert said.endswith("43/50，95% 区间 73.8%～93.0%，样本少，差异不能说明问题")


def test_many_cases_have_no_interval(found):
    assert found["food_sampling_pass_rate"].interval is None


def test_every_row_of_the_board_gets_its_signal(demo, rows):
    said = signalled(demo, list(rows.values()))

    assert [row.indicator for row in said] == list(rows)
    assert all(row.signal for row in said)
    assert signalled(demo, []) == []


def test_a_series_says_it_of_each_month(demo):
    """The last point says what the board of that month says."""
    points = series(demo, "trademarks_registered_new", Month(2023, 1), NOVEMBER).points

    assert all(point.signal for point in points)
    assert points[-1].signal == "正常波动（16～33 件）"
    assert series(demo, "enterprise_registration_time", NOVEMBER, NOVEMBER).points[0].signal is None


def test_what_is_promised_or_typed_in_is_no_process(demo):
    assert compared(demo.catalog, "food_rapid_tests")
    assert not compared(demo.catalog, "enterprise_registration_time")


def test_the_lines_of_a_page(demo, rows, found):
    """The document and the way the pace is counted come first; a target changed within the year says since when."""
    loans = verdicts.lines(spoken(rows["ip_pledge_loans"], demo.catalog), found["ip_pledge_loans"])

    assert (
        loans["目标依据"] == "2023 年年中目标调整通知（演示用，虚构）（2023-07-01 起执行），全年 1,000 万元；序时进度按天数，91.51%；差 5 个百分点以内算滞后。"
    )
    assert loans["还需"] == "全年目标已完成。"


def test_points_of_the_demo(demo, rows):
    """
    个转企 103 of 120 × 327/365 due: 95.8 % of 5 points.  97.788 % against 97.8 %: one begun step costs 1 of 8.  Coal is open.
    """
    scored = {one.row.indicator: one for one in score(demo, list(rows.values()))}

    assert scored["individual_to_enterprise_conversions"].points == D(103 * 365 * 5) / (120 * 327)
    assert scored["food_sampling_pass_rate"].points == 7
    assert scored["ip_pledge_loans"].points == 5
    assert (scored["coal_sampling_pass_rate"].points, scored["coal_sampling_pass_rate"].words) == (None, "结果未定，暂不计分")


def test_what_may_not_assess_never_scores(demo, rows):
    assert not {one.row.indicator for one in score(demo, list(rows.values()))} & {code for code, row in rows.items() if not row.may_assess}


def test_an_offices_points_leave_out_what_is_open(demo, rows):
    by_office = {total.office: total for total in totals(score(demo, list(rows.values())))}

    assert (by_office["product_quality"].points, by_office["product_quality"].scored, by_office["product_quality"].open) == (0, 0, 4)
    assert by_office["food_coordination"].scored == 7


def test_what_was_not_reported_scores_nothing_and_loses_nothing(empty):
    scored = score(empty, board(empty, NOVEMBER))

    assert {(one.points, one.words) for one in scored} == {(None, "未报，暂不计分")}


def test_what_was_not_reported_has_no_day_of_its_own(rows):
    """A part that stands runs to a day; the figure that is 未报 does not."""
    row = next(row for row in rows.values() if row.figure.value is not None and row.figure.as_of)
    gone = with_fields(row, state=State.UNREPORTED, value=None, reported_value=None)

    assert _point(row, None).as_of == row.figure.as_of
    assert (_point(gone, None).as_of, _point(gone, None).as_of_latest) == (None, None)
