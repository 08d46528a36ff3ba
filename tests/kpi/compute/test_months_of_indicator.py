"""The single months of an indicator that can be compared with one another."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F

from kpi.compute.months_of_indicator import singles
from kpi.period import Month
from tests.kpi.compute.targets import year

JANUARY, FEBRUARY, MARCH = (Month(2023, month) for month in (1, 2, 3))


def test_a_flow_is_the_number_of_each_month():
    assert singles(year(2023, [10, 12, 15]), 1, divided=False) == [(JANUARY, F(10)), (FEBRUARY, F(12)), (MARCH, F(15))]


def test_the_last_month_is_still_under_way_until_its_end():
    assert singles(year(2023, [10, 12, 15], date(2023, 3, 30)), 1, divided=False) == [(JANUARY, F(10)), (FEBRUARY, F(12)), (MARCH, None)]


def test_a_month_that_is_not_whole_is_not_known():
    months = year(2023, [10, 12, 15])
    months[1] = replace(months[1], whole=False)

    assert singles(months, 1, divided=False) == [(JANUARY, F(10)), (FEBRUARY, None), (MARCH, F(15))]


def test_what_stands_at_an_end_counts_by_its_change():
    """10, then 12, then 15: the first has none before it; 3 came in March."""
    stock = [replace(month, flow=False) for month in year(2023, [10, 12, 15])]

    assert singles(stock, 1, divided=False) == [(JANUARY, None), (FEBRUARY, F(2)), (MARCH, F(3))]
    stock[1] = replace(stock[1], numerator=None)
    assert singles(stock, 1, divided=False) == [(JANUARY, None), (FEBRUARY, None), (MARCH, None)]


def test_a_rate_is_the_months_own():
    """15 of 20 are 75 %; a month of nothing done has no rate."""
    months = [replace(month, denominator=of, flow=False) for month, of in zip(year(2023, [10, 0, 15]), (D(10), D(0), D(20)), strict=True)]

    assert singles(months, 100, divided=True) == [(JANUARY, F(100)), (FEBRUARY, None), (MARCH, F(75))]


def test_of_no_months_there_are_none():
    assert singles([], 1, divided=False) == []
