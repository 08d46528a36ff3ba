"""同比: what became worse first, both years printed, and why some cannot be compared."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.kpi.province import report
from tests.pages.conftest import _over
from tests.pages.fragments import answer, body_of, links, table, texts, words

EVERY = "全部指标的同比"


def rows(page) -> dict[str, dict[str, str]]:
    """The rows of the whole table by the name of the indicator."""
    return {row["指标"].split()[0]: row for row in table(page, EVERY)}


def drawn(page, section: str) -> list[str]:
    """What the pictures of a section say of their rows, those for a wide screen."""
    part = next(part for part in page.css("section.k-section") if words(part.css_first("h2")).startswith(section))
    return [words(title) for title in part.css("svg.k-wide title")]


def test_what_became_worse_is_named_first(looking):
    page = body_of("compare")
    assert answer(page) == (
        "2023 年 1—11 月与上年同期相比：变差 14 项：药械化抽检检验完成率 -63.64 个百分点、省委巡视问题整改率 -50.00 个百分点、"
        "商品煤检测进度 -16.06 个百分点等；持平或不分好坏 13 项，好转 49 项，升降不定 2 项，无法相比 3 项。"
    )
    assert texts(page, "p")[1] == "只看方向：48 项上升，21 项下降，7 项持平，2 项不是确数、升降不定，3 项无法相比。"
    assert [title.split("（")[0] for title in texts(page, "h2")] == ["变差", "持平或不分好坏", "好转", "不能相比的 5 项", "全部指标", "注意"]
    assert len(table(page, EVERY)) == 81
    assert table(page, EVERY)[0]["好坏"] == "变差"
    assert rows(page)["新登记市场主体"]["同比"] == "+27.11%"


def test_both_years_stand_in_the_picture_with_the_way_between_them(looking):
    page = body_of("compare")
    assert "新增商标注册：上年同期 287 件，今年 246 件，-14.29% 变差" in drawn(page, "变差")
    assert "企业注册登记时间：上年同期 1.0 工作日，今年 0.5 工作日，-50.00% 好转" in drawn(page, "好转")  # lower is better
    assert any(row.startswith("消费者诉求总量：") and row.endswith("+22.15%") for row in drawn(page, "持平或不分好坏"))  # neither way is better
    shown = page.css_first("svg.k-wide.k-dumbbells")
    assert words(shown.css_first(".k-title")) == "变差：2023 年 1—11 月与上年同期"
    assert words(shown.css_first(".k-shape-missed")) == "■"
    assert shown.attributes["role"] == "img"
    assert "新增商标注册 287 件 到 246 件" in shown.attributes["aria-label"]


def test_of_many_the_largest_are_drawn(looking):
    page = body_of("compare")
    assert texts(page, "figcaption") == ["只画变化最大的 15 项，全部 24 项见下表。", "只画变化最大的 15 项，全部 25 项见下表。"]
    assert len(drawn(page, "好转")) == 30


def test_a_bound_is_not_compared_as_if_it_were_a_number(looking):
    """At most 100 % against 99.35 % has risen by at most 0.65; at most 1 day in either year says nothing."""
    page = body_of("compare")
    assert rows(page)["计量器具在有效期内比率"]["同比"] == "至多 +0.65 个百分点"
    assert rows(page)["全流程企业开办时间"]["同比"] == "不是确数，不能相比"
    assert {rows(page)[name]["好坏"] for name in ("计量器具在有效期内比率", "全流程企业开办时间")} == {"升降不定"}
    why = texts(page, ".k-outlook li")
    assert "至多 +0.65 个百分点（两年里有的不是确数，升降不定）： 计量器具在有效期内比率" in why
    assert not any("计量器具" in row for section in ("变差", "持平", "好转") for row in drawn(page, section))


def test_rates_are_printed_so_that_they_can_be_subtracted(looking):
    """97.79 - 97.41 = 0.38: both rates with the two digits of their difference."""
    food = rows(body_of("compare"))["食品抽检合格率"]
    assert (food["今年"].split("（")[0], food["上年同期"], food["同比"]) == ("97.79%", "97.41%", "+0.38 个百分点")


def test_different_data_dates_are_named(looking):
    assert "数据截止日不一致" in texts(body_of("compare"), ".k-fresh")[0]


def test_what_cannot_be_compared_says_why(looking):
    """Nothing of 2021 is on record; one reason is said once, of many its first fifteen are named."""
    page = body_of("compare", period="2022-01")
    assert answer(page) == "2022 年 1 月与上年同期相比：没有可以相比的指标；无法相比 81 项。"
    why = texts(page, ".k-section:not(:last-of-type) .k-outlook li")
    [food] = [line for line in why if line.startswith("缺上年同期数（2021 年 1 月食品安全协调科月报表没有这项数）")]
    assert "食品抽检合格率" in food
    assert len({line.split("：")[0] for line in why}) == len(why)
    assert not page.css("svg")


def test_only_the_missed_the_leading_ones_or_an_office(looking):
    late = body_of("compare", which="late")
    assert len(table(late, EVERY)) == 14
    key = body_of("compare", which="key")
    assert len(table(key, EVERY)) == 12
    office = body_of("compare", office="food_coordination", span="quarter")
    assert answer(office).startswith("食品安全协调科 2023 年 10—11 月与上年同期相比：变差 1 项：食品快检合格率 -0.02 个百分点；")
    assert {row["指标"].split()[1] for row in table(office, EVERY)} == {"食品安全协调科"}


@pytest.mark.parametrize(
    ("period", "span", "said"),
    [
        ("2023-02", "ytd", "2023 年 1—2 月与上年同期相比"),
        ("2023-06", "half", "2023 年上半年与上年同期相比"),
        ("2023-09", "quarter", "2023 年第 3 季度与上年同期相比"),
        ("2023-08", "quarter", "2023 年 7—8 月与上年同期相比"),
        ("2023-11", "month", "2023 年 11 月与上年同期相比"),
    ],
)
def test_the_months_that_are_compared_are_named(looking, period, span, said):
    assert answer(body_of("compare", period=period, span=span)).startswith(said)


def test_january_and_february_are_offered_together(looking):
    """The spring festival moves between them; together they are the year so far of February."""
    page = body_of("compare", period="2023-02", span="month")
    query = dict(parse_qsl(urlsplit(links(page)["看 1—2 月合计"]).query))
    assert (query["period"], query["span"]) == ("2023-02", "ytd")
    assert "看 1—2 月合计" not in links(body_of("compare", period="2023-02"))
    assert "看 1—2 月合计" not in links(body_of("compare", period="2023-11", span="month"))


def test_a_row_leads_to_its_figure(looking):
    query = dict(parse_qsl(urlsplit(links(body_of("compare"))["新增商标注册"]).query))
    assert (query["figure"], query["period"]) == ("trademarks_registered_new", "2023-11")


def test_a_node_is_named_and_its_rows_say_why_they_cannot_be_compared(province, monkeypatch):
    _over(province, monkeypatch)
    province.store.commit([report(org, "food", "2023-11", food_passed="– 98", food_tested="– 100") for org in ("gangkou", "yuntai")])
    page = body_of("compare", org="haizhou", period="2023-11")
    assert answer(page) == "海州市市场监管局 2023 年 1—11 月与上年同期相比：没有可以相比的指标；无法相比 4 项。"
    assert any("食品抽检合格率" in line and "上年同期" in line for line in texts(page, ".k-outlook li"))
