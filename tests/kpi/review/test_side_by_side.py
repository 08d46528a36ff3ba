"""Series beside one another: as they are where units agree, else as shares of the first month that all have."""

from decimal import Decimal as D

from kpi.period import Month, Span
from kpi.review.series import series
from kpi.review.side_by_side import side_by_side

JANUARY, NOVEMBER = Month(2023, 1), Month(2023, 11)


def test_figures_of_one_unit_are_drawn_as_they_are(demo):
    lines = [series(demo, code, JANUARY, NOVEMBER) for code in ("food_sampling_pass_rate", "coal_sampling_pass_rate")]
    together = side_by_side(lines)
    assert (together.indexed, together.base) == (False, None)
    assert together.courses[0][-1] == lines[0].points[-1].value


def test_figures_of_other_units_begin_at_a_hundred(demo):
    """1,142 tests in January of the year so far, 17,017 in November."""
    lines = [series(demo, code, JANUARY, NOVEMBER) for code in ("food_rapid_tests", "trademarks_registered_new")]
    together = side_by_side(lines)
    assert (together.indexed, together.base) == (True, JANUARY)
    assert [course[0] for course in together.courses] == [100, 100]
    first, last = lines[0].points[0].value, lines[0].points[-1].value
    assert together.courses[0][-1] == last / first * 100


def test_the_first_month_is_the_first_that_all_have(demo):
    """质押融资 stands at 0 until September: nothing can be divided by that."""
    lines = [series(demo, code, JANUARY, NOVEMBER) for code in ("trademarks_registered_new", "ip_pledge_loans")]
    assert side_by_side(lines).base == Month(2023, 9)
    short = [series(demo, code, JANUARY, Month(2023, 3)) for code in ("trademarks_registered_new", "ip_pledge_loans")]
    assert side_by_side(short).courses == ((None,) * 3, (None,) * 3)


def test_a_series_knows_what_is_drawn_around_it(demo):
    """Open results, the target's kind, and the limits of single months: of what stands at an end (a change a month) there are none to draw."""
    coal = series(demo, "coal_sampling_pass_rate", NOVEMBER, NOVEMBER).points[0]
    assert (round(coal.low, 1), round(coal.high, 1), coal.target_kind) == (D("56.4"), D("91.0"), "floor")
    assert round(series(demo, "trademarks_registered_new", NOVEMBER, NOVEMBER, Span.MONTH).limits.mean) == 25
    assert series(demo, "x_market_entities_stock", NOVEMBER, NOVEMBER, Span.MONTH).limits is None


def test_a_quarter_is_counted_from_its_first_month_on(demo):
    """October and November of the fourth quarter: both months together."""
    months = {point.period: point.value for point in series(demo, "food_rapid_tests", Month(2023, 9), NOVEMBER, Span.MONTH).points}
    quarter = series(demo, "food_rapid_tests", Month(2023, 10), NOVEMBER, Span.QUARTER).points
    assert [point.value for point in quarter] == [months[Month(2023, 10)], months[Month(2023, 10)] + months[NOVEMBER]]
