"""Figures: what they draw and what they must never draw."""

from dataclasses import dataclass
from decimal import Decimal as D

from kpi.period import Month
from kpi.present import charts


@dataclass
class Point:
    """One month."""

    period: Month
    value: D | None = None
    prior_value: D | None = None
    target: D | None = None
    pace_target: D | None = None
    qualifier: str = "="


def test_a_month_without_a_figure_is_a_gap_and_not_a_zero():
    figure = charts.trend([Point(Month(2023, 1), D(5)), Point(Month(2023, 2)), Point(Month(2023, 3), D(7))], "件", 0)
    assert figure.data[0].y == (5.0, None, 7.0)
    assert figure.data[0].connectgaps is False


def test_an_annual_target_is_drawn_along_its_pace():
    points = [Point(Month(2023, m), D(m), D(m), D(120), D(10 * m)) for m in (1, 2)]
    assert [trace.name for trace in charts.trend(points, "件", 0).data] == ["上年同期", "本年", "序时目标"]
    assert [trace.name for trace in charts.trend([Point(Month(2023, 1), D(98), target=D(97))], "%", 1).data] == ["本年", "目标"]


def test_the_last_figure_is_written_beside_its_point():
    figure = charts.trend([Point(Month(2023, 1), D("97.788")), Point(Month(2023, 2))], "%", 1)
    assert [note.text for note in figure.layout.annotations] == ["<b>97.8%</b>"]
    assert not charts.trend([Point(Month(2023, 1))], "%", 1).layout.annotations


def test_the_last_figure_shows_a_miss():
    """97.788 % beside 97.8 %."""
    assert charts.trend([Point(Month(2023, 1), D("97.788"), target=D("97.8"))], "%", 1).layout.annotations[0].text == "<b>97.79%</b>"


def test_a_line_breaks_where_the_figure_begins_anew():
    """319 in December, 23 in January: on New Year's Eve no line has a figure."""
    points = [Point(Month(2022, 12), D(319), D(300)), Point(Month(2023, 1), D(23), D(20))]
    figure = charts.trend(points, "件", 0, restarts=(Month(2023, 1),))
    assert [trace.y for trace in figure.data] == [(300.0, None, 20.0), (319.0, None, 23.0)]
    assert [day.isoformat() for day in figure.data[0].x] == ["2022-12-01", "2022-12-31", "2023-01-01"]


def test_the_last_figure_lies_over_no_bar_or_line_beside_it():
    """On a phone its text is as wide as a third of the months: of 1, 9, 5 with 12 last year it stands at 12, not at 5."""
    points = [Point(Month(2023, month), D(value)) for month, value in ((1, 99), (2, 1), (3, 1), (4, 9), (5, 5))]
    assert [note.y for note in charts.trend(points, "件", 0, bars=True).layout.annotations] == [9.0]
    points[-1].prior_value = D(12)
    assert [note.y for note in charts.trend(points, "件", 0).layout.annotations] == [12.0]


def test_months_are_bars_from_zero():
    figure = charts.trend([Point(Month(2023, 1), D(5))], "件", 0, bars=True)
    assert figure.data[0].type == "bar"
    assert figure.layout.yaxis.rangemode == "tozero"


def test_the_buttons_are_chinese():
    chinese = charts.CONFIG["locales"]["zh-CN"]["dictionary"].values()
    assert all(not word.isascii() for word in chinese)
