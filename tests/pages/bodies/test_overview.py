"""总览: the answer first, with names; what changed; the worst rows; every office in every month; the figures that leaders follow."""

import re

import pytest

from kpi.period import Month
from pages.bodies import overview, targets
from pages.widgets import session
from tests.bureaus import opened
from tests.kpi.province import report
from tests.pages.conftest import _over
from tests.pages.fragments import answer, body_of, table, texts, view_of, words
from tests.soundness.catalog import QUALITY, files


def card(page, name: str):
    """A card by the name of its figure."""
    return next(card for card in page.css(".k-card") if words(card.css_first("h3")) == name)


@pytest.fixture
def page(looking):
    return body_of("", period="2023-11")


def test_the_answer_names_whose_they_are(page):
    assert answer(page) == "7 项未达标：信用监管科 4 项，质量监管科、知识产权科、办公室各 1 项"


def test_the_tiles_lead_to_the_rows_of_their_status(page):
    tiles = {words(tile): tile.attributes["href"] for tile in page.css(".k-tiles a")}
    assert list(tiles) == ["7 ■ 未达标", "7 ▲ 滞后", "2 ◆ 未定", "45 ● 达标"]
    assert tiles["7 ▲ 滞后"] == "/targets?period=2023-11&status=behind"


def test_what_changed_since_last_month_is_named(page):
    changed = words(page.css_first(".k-since"))
    assert "与 10 月比。" in changed
    assert "转为达标 1 项：加油站诚信计量承诺率" in changed
    assert "连续未达标 7 项：本部门抽查任务完成率（11 个月）" in changed


def test_the_worst_rows_have_figure_bullet_target_gap_last_year_and_line(page):
    rows = table(page, "未达标和滞后")
    assert len(rows) == 8
    assert rows[0] == {
        "状态": "■ 未达标",
        "指标": "双随机结果及时填报率 信用监管科",
        "完成": "53.05%",
        "进度": "",
        "目标": "≥90%",
        "差距": "差 36.95 个百分点",
        "上年同期": "62.65% 同比 -9.60 个百分点",
        "近 13 个月": "",
    }
    first = page.css_first("table tbody tr")
    assert first.css_first(".k-bullet").attributes["aria-label"] == "双随机结果及时填报率：53.05%，目标 ≥90%，差 36.95 个百分点"
    assert first.css_first("svg.k-spark path.k-asked")
    assert first.css_first("th a").attributes["href"] == "/?period=2023-11&group=office&figure=double_random_timely_entry_rate"


def test_every_office_in_every_month_leads_to_what_it_missed_then(page):
    heat = page.css_first(".k-heat")
    assert texts(heat, "thead th") == ["2022 年 12 月", "2023 年 1 月", *(f"{month} 月" for month in range(2, 12))]
    assert [words(mark) for mark in heat.parent.parent.css("p .k-badge")] == ["■ 未达标", "▲ 滞后", "◆ 未定", "□ 未报", "○ 无目标", "● 达标"]
    first = heat.css_first("tbody tr")
    assert words(first.css_first("th")) == "信用监管科"
    last = first.css("td a")[-1]
    assert words(last) == "■ 4"
    assert last.attributes["title"] == "信用监管科 2023 年 11 月：4 项未达标，1 项滞后，3 项无目标，2 项达标"
    assert last.attributes["href"] == "/targets?period=2023-11&status=all&office=credit"
    assert len(heat.css("tbody tr")) == 18


def test_a_card_has_its_status_alone_for_a_colour_and_says_better_or_worse_in_words(page):
    food = card(page, "食品抽检合格率")
    assert words(food.css_first(".k-badge")) == "▲ 滞后"
    assert words(food.css_first(".k-figure")) == "97.788%"  # 97.8 would read as if the target of 97.8 were met
    assert "目标 ≥97.8%，差 0.012 个百分点" in texts(food, "p")
    assert "同比 +0.38 个百分点，好转" in texts(food, "p")
    assert "同比 -14.29%，变差" in texts(card(page, "新增商标注册"), "p")


def test_a_long_figure_is_rounded_for_reading_with_the_exact_one_beside(page):
    assert words(card(page, "挽回经济损失").css_first(".k-figure")) == "37.8 万元 37.7663 万元"


def test_the_line_of_a_card_is_the_figure_of_the_card_and_breaks_at_new_year(page):
    """Not single months below the figure of the year so far."""
    assert card(page, "新增商标注册").css_first(".k-new-year")
    assert card(page, "新增商标注册").css_first(".k-line").attributes["d"].count("M") == 2


def test_a_card_says_why_its_verdict_is_open(page):
    coal = card(page, "商品煤抽检合格率")
    assert words(coal.css_first(".k-badge")) == "◆ 未定"
    assert "还有结果未出，最后在 56.4～91.0% 之间" in texts(coal, "p")
    assert not any("差 3.5" in text for text in texts(coal, "p"))  # nobody knows that it is missed
    assert "本年累计，截至 11 月 30 日" in texts(card(page, "新增商标注册"), "p")
    assert not any("本年累计" in text for text in texts(card(page, "企业年报率"), "p"))


@pytest.mark.usefixtures("looking")
def test_a_card_without_a_figure_says_what_lacks():
    """A figure that the office typed and that cannot be computed is not left with 未报 alone."""
    page = body_of("", period="2022-11")
    growth = texts(card(page, "市场主体总量同比增长率"), "p")
    assert "大字是科室的填报值" in growth
    assert "算不出，缺上年同期的「期末在业市场主体总量」" in growth
    assert "同比缺上年同期数（2021 年 11 月食品安全协调科月报表没有这项数）" in texts(card(page, "食品抽检合格率"), "p")


def test_what_the_board_does_not_list_is_named(page, looking):
    [hidden] = [i.name for i in looking.catalog.indicators.values() if i.code not in {row.indicator for row in session.rows(Month(2023, 11))}]
    assert any(f"还有 1 项没有列出：{hidden}" in text for text in texts(page, "p"))


def test_relations_that_do_not_hold_are_a_link(page):
    [link] = [link for link in page.css("a") if "勾稽关系不成立" in words(link)]
    assert words(link) == "5 条勾稽关系不成立"
    assert link.attributes["href"] == "/quality?period=2023-11"


def test_what_belongs_to_no_area_has_a_row_of_its_own_and_the_rows_add_up(tmp_path, monkeypatch):
    """One indicator names 安全, the others and their office nothing; each row leads to so many rows as it counts."""
    areas = '[[area]]\ncode = "safety"\nname = "安全"\norder = 1\n'
    quality = QUALITY.replace('numerator = "tested"\n', 'numerator = "tested"\narea = "safety"\n')
    with opened(tmp_path, files(quality=quality) | {"areas.toml": areas}) as small:
        small.report("2023-11", tested="5 50")
        _over(small.bureau, monkeypatch)
        heat = body_of("", period="2023-11", group="area").css_first(".k-heat")

        counted = {words(row.css_first("th")): row.css("td a")[-1].attributes["title"] for row in heat.css("tbody tr")}
        assert counted["安全"] == "安全 2023 年 11 月：1 项无目标"
        assert sum(int(count) for title in counted.values() for count in re.findall(r"(\d+) 项", title)) == len(session.rows(Month(2023, 11)))
        assert next(iter(counted)) == "未分板块"
        assert len(targets.rows(view_of("targets", period="2023-11", area="none"))) == len(session.rows(Month(2023, 11))) - 1


def test_what_counts_the_bureau_does_not_lead_to_one_office(looking):
    """An office that was chosen on another page is carried in the address, and narrows no number of this one."""
    page = body_of("", period="2023-11", office="credit")
    leading = [*page.css(".k-tiles a"), *(link for link in page.css("a") if words(link).startswith("全部 "))]
    assert len(leading) == 5
    assert all("office=" not in link.attributes["href"] for link in leading)


def test_broken_relations_are_those_of_the_organisation_of_the_page(province, monkeypatch):
    """Of 港口 they are listed under 港口, not under the first bureau of the tree."""
    province.store.commit([report("gangkou", "food", "2023-11", food_tested="– 100", food_passed="– 97")])
    _over(province, monkeypatch)
    monkeypatch.setattr(overview, "broken", lambda _: 2)
    [link] = [link for link in body_of("", org="gangkou", period="2023-11").css("a") if words(link) == "2 条勾稽关系不成立"]
    assert "unit=gangkou" in link.attributes["href"]


def test_a_board_without_targets_leads_to_its_figures(tmp_path, monkeypatch):
    """A new bureau has no target and no figure that leaders follow: the first page would show no number and no way to one."""
    with opened(tmp_path, files()) as small:
        small.report("2023-11", taken="10 10")
        _over(small.bureau, monkeypatch)
        page = body_of("", period="2023-11")
        assert [link.attributes["href"] for link in page.css(".k-followed a")] == ["/targets?period=2023-11&status=all", "/catalog?period=2023-11&noun=target"]
