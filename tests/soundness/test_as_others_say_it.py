"""
What two other makers of indicators can say of a figure, said in our formulas: DHIS2 (health) and MetricFlow (metrics as data).

The cases are of the kinds that their own tests have, drawn anew with figures of our own and worked by hand.  Where they turn
what is missing into nothing, or take fewer months for more, we do not; those cases say what stands instead.
"""

from collections.abc import Iterator
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.period import Month, Span
from kpi.value import State
from tests.bureaus import Small, opened
from tests.soundness.catalog import QUALITY, files, indicator, measure

MORE = [
    measure("clients", "来访人次", "人次"),
    measure("staff", "在岗人数", "人", "stock"),
    measure("hours", "每人工时", "小时", "standard"),
    indicator("per_thousand", "千人来访", "clients", "staff", unit="人次/千人", scale=1000),
    indicator("weighted", "加权工作量", "(tested + 2 * passed) / 4", unit="批次"),
    indicator("yearly_per_thousand", "年千人来访", "clients", "staff", unit="人次/千人", scale=1000, annualised=True, decimals=2),
    indicator("change", "比上月多", "clients@last_2m - 2 * clients@last_1m_ago_1m", unit="人次"),
    indicator("staff_before", "比上月末多", "staff - staff@ago_1m", unit="人"),
    indicator("capacity", "可用工时", "staff * hours", unit="小时"),
    indicator("per_hour", "每百工时来访", "clients", "staff * hours", unit="人次/百小时", scale=100),
    indicator("reporting_rate", "报齐率", "quality@received", "quality@due"),
    indicator("two_months", "近 2 个月来访", "clients@last_2m", unit="人次"),
    indicator("twelve_months", "近 12 个月来访", "clients@last_12m", unit="人次"),
    indicator("school_year", "9 月以来来访", "clients@since_9", unit="人次"),
    indicator("quarter_growth", "近 3 个月比前 3 个月", "clients@last_3m - clients@last_3m_ago_3m", "clients@last_3m_ago_3m"),
    indicator("since_start", "比年初", "staff - staff@year_start", "staff@year_start"),
    indicator("share", "合格占比", "passed", "tested"),
    indicator("rest", "不合格占比", "100 - share"),
    indicator("year_of_windows", "近 12 个月比上年", "clients@last_12m - clients@last_12m@ly", "clients@last_12m@ly"),
]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    with opened(tmp_path, files(quality="\n".join([QUALITY, *MORE]))) as bureau:
        yield bureau


def test_an_indicator_has_a_factor(small):
    """DHIS2, indicator types: 3 visits by 1,500 staff are 2 per thousand; a constant is part of the numerator as well."""
    small.report("2023-01", clients="3", staff="– 1500", tested="6", passed="5")

    assert (small.row("per_thousand", "2023-01").figure.value, small.row("weighted", "2023-01").figure.value) == (2, 4)


def test_an_indicator_is_annualised(small):
    """DHIS2, annualised: 9 in the 90 days to March are 36.5 a year for 1,000; of the month alone 6 in 31 days are 70.6."""
    small.months(2023, clients="1|2|6", staff="– 1000|– 1000|– 1000")

    assert small.row("yearly_per_thousand", "2023-03").figure.value == D("36.5")
    assert small.row("yearly_per_thousand", "2023-03", Span.MONTH).figure.value == pytest.approx(D(6 * 365) / 31)


def test_a_figure_of_the_period_before(small):
    """DHIS2, periodOffset(-1): a count of the month before, and what stood at its end; over New Year as within it."""
    small.report("2022-12", clients="7", staff="– 40")
    small.months(2023, clients="5|9", staff="– 44|– 43")

    assert small.values("change", "2023-01", "2023-02") == [-2, 4]
    assert small.values("staff_before", "2023-01", "2023-02") == [4, -1]


def test_the_period_before_that_was_not_reported_is_not_nothing(small):
    """DHIS2, periodOffset with missing data: there the offset is skipped and the rest remains; here there is no difference to nothing."""
    small.months(2023, clients="5||9", staff="– 44||– 43")

    assert small.row("change", "2023-03").figure.state is State.UNREPORTED
    assert small.row("staff_before", "2023-03").figure.state is State.UNREPORTED


def test_data_elements_are_multiplied_before_they_are_added(small):
    """DHIS2, product of data elements with a constant as factor: 16 visits over 40 × 8 = 320 hours are 5 in a hundred."""
    small.months(2023, clients="6|10", staff="– 50|– 40", hours="– 8|– 8")

    assert (small.row("capacity", "2023-02").figure.value, small.row("per_hour", "2023-02").figure.value) == (320, 5)


def test_the_reporting_rate_of_a_data_set(small):
    """DHIS2, R{…REPORTING_RATE} with ACTUAL and EXPECTED: 3 of 4 sheets; a sheet sent twice is one."""
    small.months(2023, clients="1|2||4")
    small.report("2023-02", clients="3", note="更正")

    row = small.row("reporting_rate", "2023-04")

    assert (row.figure.numerator, row.figure.denominator, row.figure.value) == (3, 4, 75)


def test_an_indicator_is_made_of_another(small):
    """DHIS2, N{…}: there the value is put in, and a year's is made of mean values; here 9 of 10 and 60 of 90 leave 31 of 100, not 21.7 %."""
    small.months(2023, tested="10|90", passed="9|60")

    assert small.row("rest", "2023-02").figure.value == 31


def test_a_cumulative_metric_has_a_window(small):
    """MetricFlow, cumulative with window: 2 months ending with each; the first month has no window of two."""
    small.months(2023, clients="4|6|1|9")

    assert small.values("two_months", "2023-01", "2023-04") == [None, 10, 7, 10]


def test_a_window_does_not_grow_over_what_is_missing(small):
    """MetricFlow, cumulative over sparse time: there a day without rows adds nothing; here a month that nobody told is not nothing."""
    small.year(2022, clients=["2"] * 12)
    small.months(2023, clients="3||3")

    assert small.values("twelve_months", "2023-01", "2023-03") == [25, None, None]


def test_a_metric_is_counted_to_the_date_of_its_grain(small):
    """MetricFlow, grain_to_date: the year and the quarter so far begin anew, 9 and 5 in May; the twelve months do not, 9 + 7 × 1."""
    small.year(2022, clients=["1"] * 12)
    small.months(2023, clients="1|1|2|2|3")

    spans = [small.row("clients", "2023-05", span).figure.value for span in (Span.YTD, Span.QUARTER)]

    assert (spans, small.row("twelve_months", "2023-05").figure.value) == ([9, 5], 16)


def test_a_metric_is_counted_to_the_date_of_a_year_that_begins_in_september(small):
    """MetricFlow, grain_to_date of a fiscal year; DHIS2, financial years: 1 a month of 2022, 2 and 3 since; in September one month, in August twelve."""
    small.year(2021, clients=["1"] * 12)
    small.year(2022, clients=["1"] * 12)
    small.months(2023, clients="2|3||||||||")

    assert [point.value for point in small.points("school_year", "2022-07", "2022-10")] == [11, 12, 1, 2]
    assert small.values("school_year", "2023-01", "2023-03") == [6, 9, None]
    row = small.row("school_year", "2023-02")
    assert (row.last_year.value, row.last_year.yoy) == (6, 50)


def test_a_metric_is_set_against_itself_some_time_before(small):
    """MetricFlow, derived with offset_window of 3 months: 24 in April to June against 16 in January to March, half as many more."""
    small.months(2023, clients="4|6|6|8|8|8")

    assert small.row("quarter_growth", "2023-06").figure.value == 50
    assert small.row("quarter_growth", "2023-05").figure.state is State.UNREPORTED  # December is not known


def test_an_offset_window_of_a_year_meets_the_like_window(small):
    """MetricFlow, offset_window of a year on a cumulative metric: 12 × 3 against 12 × 2."""
    small.year(2021, clients=["2"] * 12)
    small.year(2022, clients=["3"] * 12)

    assert small.row("year_of_windows", "2022-12").figure.value == 50


def test_a_metric_is_set_against_the_start_of_its_grain(small):
    """MetricFlow, offset_to_grain year: 50 at the end of last year, 55 and 60 since: 10 % and 20 %."""
    small.report("2022-12", staff="– 50")
    small.months(2023, staff="– 55|– 60")

    assert small.values("since_start", "2023-01", "2023-02") == [10, 20]


def test_what_is_not_there_is_filled_only_where_the_catalogue_says_so(tmp_path):
    """MetricFlow, fill_nulls_with 0, and DHIS2, missing value strategy: of a sheet that came, never of one that did not."""
    letters = [measure("letters", "来信件数", "件", blank_is_zero=True), indicator("letters", "来信件数", "letters", unit="件")]
    with opened(tmp_path, files(quality="\n".join([QUALITY, *letters]))) as small:
        small.months(2023, letters="2||", tested="5|5||5")

        row = small.row("letters", "2023-04")

        assert (row.figure.value, row.caveats.missing, row.caveats.blank[0].months) == (2, (Month(2023, 3),), (Month(2023, 2), Month(2023, 4)))
