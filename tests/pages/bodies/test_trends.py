"""趋势: the last figure with the digits that show a miss, its course in a picture, its months one by one."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from pages.bodies import trend_beside
from tests.kpi.province import report
from tests.pages.conftest import _over
from tests.pages.fragments import answer, body_of, fragments, links, table, texts, view_of, words

FOOD, BRANDS, COAL = "food_sampling_pass_rate", "trademarks_registered_new", "coal_sampling_pass_rate"


def picture(page, kind: str = "wide"):
    """The picture for a wide or a narrow screen."""
    return page.css_first(f"svg.k-{kind}")


def paths(page, kind: str) -> list[int]:
    """How many points each piece of a line has."""
    [path] = picture(page).css(f"path.k-course-{kind}")
    return [piece.count("L") + 1 for piece in path.attributes["d"].split("M")[1:]]


def dots(page, kind: str) -> list[str]:
    """What is said of the months of a line."""
    return [words(title) for title in picture(page).css(f".k-point-{kind} title")]


def months(page) -> dict[str, dict[str, str]]:
    """The rows of the table by their month."""
    name = next(words(caption) for caption in page.css("caption") if words(caption).endswith("逐月数值"))
    return {row["期间"]: row for row in table(page, name)}


def test_it_opens_on_the_worst_miss(looking):
    assert view_of("trends").get("code") == "double_random_timely_entry_rate"
    assert answer(body_of("trends")) == "双随机结果及时填报率：截至 2023 年 11 月 53.05%，上年同期 62.65%，目标 ≥90%。"


def test_every_indicator_and_measure_can_be_chosen(looking):
    catalog = looking.catalog
    [picker] = [picker for picker in view_of("trends").pickers if picker.key == "code"]
    assert len(picker.options) == len({*catalog.indicators, *catalog.measures})


@pytest.mark.parametrize("span", ["本年累计", "本月数"])
def test_a_single_month_is_asked_for_apart_from_the_cumulative(looking, span):
    starts = {"本年累计": "食品快检批次：截至 2023 年 11 月 17,017 批次", "本月数": "食品快检批次：2023 年 11 月当月 1,621 批次"}
    assert answer(body_of("trends", code="食品安全协调科 · 食品快检批次", span=span)).startswith(starts[span])


def test_a_miss_can_be_seen_in_sentence_picture_and_table(looking):
    """1724/1763 = 97.788 % beside 97.8 %: it never reads 97.8 % beside 97.8 %."""
    page = body_of("trends", code=FOOD)
    assert answer(page) == "食品抽检合格率：截至 2023 年 11 月 97.79%，上年同期 97.41%，目标 ≥97.8%。"
    for kind in ("wide", "narrow"):
        assert [words(figure) for figure in picture(page, kind).css(".k-large-figure")] == ["97.79%"]
        assert "目标 ≥97.8%" in "".join(words(label) for label in picture(page, kind).css(".k-label-asked"))
    assert dots(page, "now")[-1] == "2023 年 11 月：97.79%，上年同期 97.41%，目标 ≥97.8%"
    november = months(page)["2023 年 11 月"]
    assert (november["本年"], november["目标"], november["上年同期"]) == ("97.79%", "≥97.8%", "97.41%")


def test_the_picture_says_itself_what_it_is_of(looking):
    """It is printed and taken away alone: title, unit, span and months are in it, and what it shows is said to those who do not see it."""
    shown = picture(body_of("trends", code=FOOD))
    assert [words(text) for text in shown.css(".k-title")] == ["食品抽检合格率"]
    assert words(shown.css_first(".k-axis")) == "单位：% · 本年累计 · 2023 年与 2022 年 · 纵轴不从 0 起"
    assert shown.attributes["role"] == "img"
    assert "97.79%" in shown.attributes["aria-label"]
    assert not shown.css("script, [onclick], a")


def test_this_year_stands_above_last_year(looking):
    """Eleven months of this year, all twelve of last year; what this year is compared with and where last year ended are both named."""
    page = body_of("trends", code=BRANDS)
    assert (paths(page, "now"), paths(page, "before"), paths(page, "pace")) == ([11], [12], [11])
    assert dots(page, "before")[-1] == "2022 年 12 月：319 件"
    labels = {kind: [words(label) for label in picture(page).css(f".k-label-{kind}")] for kind in ("now", "before", "pace", "asked")}
    assert labels["now"] == ["246 件 2023 年 11 月"]
    assert labels["before"] == ["上年同期 287 件", "2022 年 12 月 319 件"]
    assert (labels["pace"], labels["asked"]) == (["序时 275 件"], ["目标 全年 300 件"])


def test_a_run_of_months_breaks_at_new_year(looking):
    """319 in December, 23 in January of a figure of the year so far: twelve and eleven months, and no fall between them."""
    page = body_of("trends", code=BRANDS, years="24")
    assert paths(page, "now") == [12, 11]
    assert [len(path.attributes["d"].split("M")) - 1 for path in picture(page).css(".k-course-pace")] == [2]
    assert len(picture(page).css(".k-turn")) == 1
    stock = body_of("trends", code="x_market_entities_stock", years="24")
    assert len(paths(stock, "now")) == 1  # what stands at an end goes on


def test_a_target_steps_at_new_year(looking):
    """97.5 % of 2022, 97.8 % of 2023."""
    page = body_of("trends", code=FOOD, years="24")
    assert paths(page, "asked") == [24, 22]  # each month from its beginning to its end


def test_single_months_are_columns_over_their_natural_limits(looking):
    page = body_of("trends", code=BRANDS, span="month")
    assert answer(page) == "新增商标注册：2023 年 11 月当月 23 件，上年同期 28 件。"
    assert len(picture(page).css("rect.k-column")) == 11
    assert len(picture(page).css("rect.k-limits")) == 1
    assert words(picture(page).css_first(".k-label-limits")) == "平均 25 件，自然界限 16～33 件"
    assert not body_of("trends", code=BRANDS).css("rect.k-limits")  # they are none of the year so far
    assert "按本年累计：比序时差 29 件" in texts(page, ".k-outlook li")[0]


def test_a_rate_of_single_months_is_a_line_within_them(looking):
    page = body_of("trends", code=FOOD, span="month")
    assert not picture(page).css("rect.k-column")
    assert len(picture(page).css("rect.k-limits")) == 1


def test_results_that_are_open_are_drawn_and_said(looking):
    page = body_of("trends", code=COAL)
    said = [words(title) for title in page.css("svg.k-wide g:has(.k-open-results) title")]
    assert said[-1] == "2023 年 11 月：还有结果未出，最后在 56.4～91.0% 之间"
    assert any("竖框是结果未出的月份最后可能落到的范围。" in text for text in texts(page, "p"))
    assert texts(page, ".k-outlook li")[0] == "◆ 未定 还有结果未出，最后在 56.4～91.0% 之间；等质量监管科报出全部结果"


def test_it_says_by_which_target_what_is_needed_and_where_the_year_will_end(looking):
    page = body_of("trends", code=BRANDS)
    lines = texts(page, ".k-outlook li")
    assert lines[0] == "■ 未达标 比序时差 29 件"
    assert "目标依据 ：2023 年目标任务分解表（演示用，虚构），全年 300 件；序时进度按天数，91.51%；差 5 个百分点以内算滞后。" in lines
    assert any(line.startswith("还需 ：") and line.endswith("靠现有进度完不成。") for line in lines)
    assert any(line.startswith("推算 ：照上年的进度推算，全年约 273 件") for line in lines)
    assert "波动 ：11 月正常波动（16～33 件）。" in lines
    assert months(page)["2023 年 11 月"]["当月波动"] == "正常波动（16～33 件）"


def test_a_quarter_begins_anew_and_says_so(looking):
    page = body_of("trends", code=BRANDS, span="quarter", years="13")
    assert answer(page).startswith("新增商标注册：2023 年 10—11 月 ")
    assert paths(page, "now") == [2, 3, 3, 3, 2]
    assert any("本季度初到这个月的合计" in text for text in texts(page, "p"))


def test_months_stand_latest_first_and_each_leads_to_its_cells(looking):
    page = body_of("trends", code=FOOD)
    rows = months(page)
    assert list(rows)[:2] == ["2023 年 11 月", "2023 年 10 月"]
    query = dict(parse_qsl(urlsplit(links(page)["2023 年 10 月"]).query))
    assert (query["period"], query["figure"], query["code"]) == ("2023-10", FOOD, FOOD)
    heads = [head.attributes.get("class") for head in page.css("thead th")]
    assert heads[0] is None
    assert "k-number" in heads[1]
    assert page.css_first("tbody tr").css("td")[0].attributes["data-by"].startswith("n97.78786")


def test_a_half_month_is_marked_in_the_picture_and_said_below(looking):
    page = body_of("trends", code="market_entities_new")
    assert [words(mark) for mark in picture(page).css(".k-mark")] == ["①"]
    assert texts(page, ".k-marks li") == ["① 2023 年 11 月：环比用的本月数只到 11 月 23 日，不是整月。"]


def test_a_measure_that_is_no_indicator_has_months_and_no_target(looking):
    page = body_of("trends", code="办公室 · 常住人口（数据项）")
    assert answer(page).startswith("常住人口：")
    assert not page.css(".k-outlook")
    assert not picture(page).css(".k-course-asked")


def test_an_office_that_reported_is_not_said_to_have_not(looking):
    """市场主体总量 of 2021 is not on record, so 2022 has no growth; the office typed 6.7 % and reported the total."""
    rows = months(body_of("trends", code="market_entities_growth_yoy", years="24"))
    assert rows["2022 年 11 月"]["本年"] == "算不出，缺上年同期的「期末在业市场主体总量」"
    assert rows["2022 年 11 月"]["填报值"] == "6.7%"


def test_one_month_alone_is_a_point(looking):
    page = body_of("trends", code=FOOD, period="2022-01")
    assert not picture(page).css("path.k-course-now")
    assert dots(page, "now") == ["2022 年 1 月：97.4%，目标 ≥97.5%"]
    assert list(months(page)) == ["2022 年 1 月"]


def test_figures_of_other_units_are_put_beside_one_another_as_shares(looking):
    page = body_of("trends", code=BRANDS, **{"with": "food_rapid_tests"})
    assert any(note.startswith("单位不同，各以 2023 年 1 月的数为 100 来比") for note in texts(page, ".k-note"))
    labels = [words(label) for kind in ("now", "second") for label in picture(page).css(f".k-label-{kind}")]
    assert labels[0].startswith("新增商标注册 1,069.6（246 件）")
    assert labels[1].startswith("食品快检批次 1,259.6（17,017 批次）")
    assert words(picture(page).css_first(".k-axis")).startswith("以 2023 年 1 月为 100 · 本年累计 · 2023 年")
    assert not picture(page).css(".k-course-asked, .k-course-before")


def test_what_cannot_be_put_beside_it_is_said(looking):
    """An unknown code, a fourth line; what is chosen can be taken out again."""
    page = body_of("trends", code=FOOD, **{"with": "nothing,coal_sampling_pass_rate,food_rapid_tests,ip_pledge_loans"})
    notes = texts(page, ".k-note")
    assert "地址里要一起看的「nothing」，这里没有。" in notes
    assert "一张图最多 3 条线，只画前 3 条。" in notes
    without = dict(parse_qsl(urlsplit(links(page)["商品煤抽检合格率 ✕"]).query))
    assert without["with"] == "food_rapid_tests"
    chosen = trend_beside.beside(view_of("trends", code=FOOD, **{"with": "coal_sampling_pass_rate"}))
    assert chosen.figures.indexed is False  # both in per cent
    assert chosen.more[0].heading == "单位相同（%）"
    assert chosen.more[0].value.startswith("coal_sampling_pass_rate,")


def test_the_chart_that_can_be_operated_is_asked_for(shell):
    """Only then is it drawn, between the picture and the months; the link to it is in the page."""
    shell.query_params["code"] = FOOD
    shell.run().switch_page("review/trend_page.py").run()
    assert not shell.exception
    assert not shell.get("plotly_chart")
    [link] = [href for word, href in links(fragments(shell)).items() if word == "可操作的图"]
    assert dict(parse_qsl(urlsplit(link).query))["explore"] == "1"
    shell.query_params["explore"] = "1"
    shell.run()
    assert len(shell.get("plotly_chart")) == 1
    page = fragments(shell)
    assert len(page.css("svg.k-wide.k-trend")) == 1
    assert "收起可操作的图" in links(page)
    assert len(page.css("table")) == 1


@pytest.fixture
def filled(province, monkeypatch):
    """A province of which 江城 lacks a bureau and 海州 has both."""
    _over(province, monkeypatch)
    shares = {"donghu": "970 1000", "nanhu": "980 1000", "gangkou": "990 1000", "yuntai": "40 50"}
    sheets = [(org, month, *share.split()) for org, share in shares.items() for month in ("2023-09", "2023-11")]
    province.store.commit([report(org, "food", month, food_passed=f"– {passed}", food_tested=f"– {tested}") for org, month, passed, tested in sheets])
    return province


def test_a_node_says_how_many_have_reported_and_is_not_drawn_without_them(filled):
    page = body_of("trends", code="food_pass_rate", org="haizhou", period="2023-11")
    assert answer(page) == "海州市市场监管局 食品抽检合格率：截至 2023 年 11 月 98.1%，目标 ≥97%。"
    assert months(page)["2023 年 11 月"]["已报"] == "2/2 家"
    lacking = body_of("trends", code="food_pass_rate", org="jiangcheng", period="2023-11")
    assert "（已报 2/3 家）" in answer(lacking)
    assert not lacking.css("svg")
    assert texts(lacking, ".k-note")[-1].startswith("这些月份没有可画的数")
    assert texts(lacking, ".k-marks li")[-1] == "② 2023 年 11 月：只报了 2/3 家，不连线。"


def test_a_month_between_two_without_data_is_a_gap(filled):
    """September and November: two points and no line; October is in the table, with why it has no figure."""
    page = body_of("trends", code="food_pass_rate", org="haizhou", period="2023-11")
    assert len(dots(page, "now")) == 2
    assert not picture(page).css("path.k-course-now")
    assert months(page)["2023 年 10 月"]["本年"] == "未报"


def test_organisations_are_put_beside_one_another_by_name(filled):
    page = body_of("trends", code="food_pass_rate", org="haizhou", period="2023-11", **{"with": "@gangkou,@yuntai"})
    assert words(picture(page).css_first(".k-title")) == "食品抽检合格率：海州市市场监管局、港口区市场监管局、云台区市场监管局"
    assert [words(picture(page).css_first(f".k-label-{kind}")).split()[-1] for kind in ("now", "second", "third")] == ["98.1%", "99.0%", "80.0%"]


def test_a_year_without_targets_has_none_in_the_picture(province, monkeypatch):
    """The targets of the province are of 2023."""
    _over(province, monkeypatch)
    province.store.commit([report("gangkou", "credit", month, visits=f"– {visits}") for month, visits in (("2022-01", 80), ("2022-02", 150))])
    page = body_of("trends", code="visits", org="gangkou", period="2022-02")
    assert answer(page) == "港口区市场监管局 双随机检查：截至 2022 年 2 月 150 家次。"
    assert paths(page, "now") == [2]
    assert not picture(page).css(".k-course-asked, .k-course-pace, .k-label-asked")


def test_an_indicator_of_which_nothing_came_says_why(filled):
    page = body_of("trends", code="entities", org="haizhou", period="2023-11")
    assert not page.css("svg")
    assert answer(page) == "海州市市场监管局 经营主体总量：截至 2023 年 11 月未报。"
    assert texts(page, ".k-note")[-1].startswith("这些月份没有可画的数：")
