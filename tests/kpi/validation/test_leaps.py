"""Months far above or below everything that is known: what they are held against."""

from datetime import date
from decimal import Decimal

from kpi.store.earlier_figures import Background, EarlierFigure
from kpi.value import State
from tests.kpi.validation.sheets import Month, found, past, said, sheet

SEPTEMBER = Month(2023, 9)


def test_last_year_is_cumulative_and_so_held_against_the_cumulative_alone() -> None:
    """30 so far of 3000 a year ago is less than a twentieth; 30 in the month is not held against eleven months of last year."""
    assert said(sheet(visits=30, visits_prior=3000)) == [
        ("走访户次本年累计 30 户次，上年同期 3000 户次", "是否少写了位数，或按别的单位填写了？情况属实的不必改动")
    ]
    assert found(sheet(visits=2900, visits_month=30, visits_prior=3000)) == []


def test_a_month_known_by_its_cumulative_alone_counts_with_its_mean() -> None:
    """900 to September are 100 a month: 2001 in November are more than twenty times that, 500 not more than five times; 未公开 tells nothing."""
    known = {"visits": {SEPTEMBER: EarlierFigure(Decimal(900), State.NUMBER, date(2023, 9, 30), None)}}
    withheld = {"visits": {SEPTEMBER: EarlierFigure(None, State.WITHHELD, date(2023, 9, 30), None)}}

    [(seen, _)] = said(sheet(visits_month=2001), Background({}, {}, {}, known))
    assert seen.endswith("已知各月最多 100 户次")
    assert found(sheet(visits_month=2001), Background({}, {}, {}, known)) == [("far-above-known", "check", "抽检!E13")]
    assert found(sheet(visits_month=500), Background({}, {}, {}, known)) == []
    assert found(sheet(visits_month=2001), Background({}, {}, {}, withheld)) == []


def test_a_short_past_notes_more_than_five_times_its_largest_month() -> None:
    """20 in September and October: 100 in November are five times that, 101 are more."""
    assert found(sheet(visits_month=100), past(visits=[20, 20])) == []
    assert found(sheet(visits_month=101), past(visits=[20, 20])) == [("far-above-known", "hint", "抽检!E13")]
