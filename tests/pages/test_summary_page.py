"""总结生成: what the page answers, its preview, and in a browser a file that is downloaded and a template that is filled."""

import io
import zipfile

from playwright.sync_api import Page, expect

from tests.pages.fragments import answer, body_of, links, texts, view_of
from tests.pages.serving import settled
from pages.bodies import summary_opening
from selectolax.lexbor import LexborHTMLParser


def preview(**query: str) -> LexborHTMLParser:
    view = view_of("summary", **query)
    return LexborHTMLParser(summary_opening.preview(view, summary_opening.summary_of(view)))


def test_the_answer_counts_figures_and_gaps(looking):
    assert answer(body_of("summary", period="2023-11", office="catering")) == "区市场监管局餐饮监管科2023年1—11月工作总结：23 个数，没有缺数的地方。"


def test_each_figure_of_the_preview_leads_to_where_it_comes_from(looking):
    page = preview(period="2023-11", office="food_coordination")
    assert links(page)["1763"].startswith("/summary?") and "figure=food_samples_tested" in links(page)["1763"]
    assert texts(page, "h3")[:1] == ["一、民生安全"]


def test_a_choice_without_figures_is_answered(looking):
    """An office of one chapter in another chapter."""
    said = answer(body_of("summary", period="2023-11", office="catering", area="party_building"))
    assert said == "2023 年 11 月没有可以写进总结的数；请先导入报表，或换一个期间。"
