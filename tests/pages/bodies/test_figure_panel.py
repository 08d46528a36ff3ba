"""The panel of a figure: whose figure it shows, and how old the cells are that it was read from."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from kpi.bureau import LiveBureau
from pages.bodies import figure_panel
from pages.view import View
from tests.bureaus import opened
from tests.kpi.province import report
from tests.pages.conftest import _over
from tests.pages.fragments import texts, view_of, words
from tests.soundness.catalog import files


@pytest.fixture
def two(province: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> LiveBureau:
    """A province of which two bureaus have reported."""
    _over(province, monkeypatch)
    province.store.commit([report(org, "food", "2023-11", food_tested="– 100", food_passed=f"– {passed}") for org, passed in (("donghu", 98), ("gangkou", 97))])
    return province


def panel(view: View) -> LexborHTMLParser:
    return LexborHTMLParser(figure_panel.panel(view))


def test_the_figure_of_a_measure_is_that_of_the_organisation_of_the_page(two: LiveBureau) -> None:
    """东湖 tested 100, both of them 200; of 南湖 nothing came, so that it has no day either."""
    where = {"period": "2023-11", "code": "food_tested", "figure": "food_tested"}

    assert words(panel(view_of("trends", org="donghu", **where)).css_first(".k-figure")) == "100 批次"
    assert words(panel(view_of("trends", org=two.catalog.root, **where)).css_first(".k-figure")) == "200 批次"
    assert "食品抽检批次 未报。" in texts(panel(view_of("trends", org="nanhu", **where)), "p")


def test_a_figure_of_a_page_of_one_that_reports_is_of_that_one(two: LiveBureau) -> None:
    """勾稽核对 of 港口 leads to the figure of 港口, not of the province."""
    page = panel(view_of("quality", unit="gangkou", period="2023-11", figure="food_pass_rate"))

    assert words(page.css_first(".k-figure")) == "97.0%"
    assert texts(page, ".k-soft")[0] == "港口区市场监管局 食品科 · 2023 年 11 月"


def test_a_cell_is_as_old_as_it_ends_before_its_own_month_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """5 of October, and 50 to 20 November: the month of October is none too old for November."""
    with opened(tmp_path, files({})) as small:
        small.report("2023-10", tested="5 –")
        small.report("2023-11", tested="50 –@2023-11-20")
        _over(small.bureau, monkeypatch)

        cells = texts(panel(view_of("trends", code="tested", period="2023-11", figure="tested")), 'td[data-head="数据截止日"]')
    assert cells == ["11 月 20 日 比 11 月末早 10 天"] * 2 + ["10 月 31 日"]  # 本月数, 本年累计 that nobody wrote, and October
