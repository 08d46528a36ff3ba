"""当时所知: a day is chosen, and the board of that day stands beside what is known now."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

from kpi.bureau import Bureau
from tests.kpi.province import report
from tests.pages.fragments import answer, body_of, links, table, texts, view_of
from tests.pages.serving import click, settled

DIFFERING = "当时与现在不同的指标"

PATIENCE = 60_000  # milliseconds; the board of a day that nobody has asked about is computed first


def day_of(**query: str) -> str:
    """The day that the field shows."""
    [field] = [picker for picker in view_of("known", **query).pickers if picker.key == "day"]
    assert field.field == "date"
    return field.value


def test_a_board_as_known_on_a_day_beside_what_it_is_now(looking):
    """特种设备科 reported on 9 December 2023: six figures were 未报 on the 5th."""
    page = body_of("known", day="2023-12-05")
    assert answer(page) == "2023 年 11 月看板：按 2023 年 12 月 5 日所知与现在相比，6 项不同。"
    assert any("机构树、指标口径、目标和容差都用现在的指标目录，当时的不一定如此" in text for text in texts(page, "p"))
    assert "原因：补报 6 项。点一行，看是哪几格变了。" in texts(page, "p")

    differing = table(page, DIFFERING)
    assert list(differing[0]) == ["当时状态", "指标", "科室", "当时", "现在", "变动", "现在状态", "原因"]
    assert {row["科室"] for row in differing} == {"特种设备科"}
    [line] = [row for row in differing if row["指标"] == "特种设备检验率"]
    assert [line[head] for head in ("当时状态", "当时", "现在", "变动", "现在状态")] == ["□ 未报", "未报", "98.41%", "—", "● 达标"]
    assert "后来补报，" in line["原因"]

    whole = table(page, "当时的看板（2023 年 12 月 5 日）")
    assert list(whole[0]) == ["状态", "指标", "科室", "数值", "目标", "上年同期", "同比", "截至"]
    assert len(whole) == 81
    assert [row["数值"] for row in whole if row["指标"] in ("特种设备检验率", "食品抽检合格率")] == ["97.79%", "未报"]


def test_a_row_opens_its_cells(looking):
    page = body_of("known", day="2023-12-05", row="special_equipment_inspection_rate")
    assert texts(page, "h2")[0] == "特种设备检验率"
    assert {row["当时"] for row in table(page, "变动的单元格")} == {"未报"}
    assert links(page)["特种设备检验率的趋势和来源"] == "/trends?period=2023-11&code=special_equipment_inspection_rate"


def test_on_the_last_day_of_the_log_nothing_differs(looking):
    page = body_of("known", day="2023-12-09")
    assert answer(page) == "2023 年 11 月看板：按 2023 年 12 月 9 日所知与现在相比，没有不同。"
    assert texts(page, "caption") == ["当时的看板（2023 年 12 月 9 日）"]


def test_a_day_before_the_first_report_leads_to_the_day_of_the_first(looking):
    page = body_of("known", day="2023-11-30")
    assert answer(page) == "2023 年 11 月看板：按 2023 年 11 月 30 日所知，还没有任何数。"
    assert texts(page, ".k-plain") == ["2023 年 11 月的报表从 2023-12-01 起才有入库的，请选这一天或以后的日子。"]
    assert links(page) == {"看 2023-12-01 所知": "/known?period=2023-11&day=2023-12-01"}
    assert answer(body_of("known", day="2023-12-01")).startswith("2023 年 11 月看板：按 2023 年 12 月 1 日所知与现在相比，")


def test_the_day_begins_with_that_on_which_the_sheets_are_owed_and_follows_the_month_until_it_is_chosen(looking):
    """For February that is 6 March, since the 5th was a Sunday; a chosen one stays with another month."""
    assert day_of() == "2023-12-05"
    assert day_of(period="2023-02") == "2023-03-06"
    assert day_of(period="2023-10", day="2023-12-05") == "2023-12-05"
    [month, _] = view_of("known").pickers
    assert (month.key, month.drops) == ("period", "day")
    [month, _] = view_of("known", day="2023-12-06").pickers
    assert (month.key, month.drops) == ("period", "")
    assert answer(body_of("known", period="2023-10", day="2023-12-05")) == "2023 年 10 月看板：按 2023 年 12 月 5 日所知与现在相比，没有不同。"


def test_a_day_that_is_none_is_answered(looking):
    view = view_of("known", day="2023-13-05")
    assert view.notes == ("地址里要看的日子是「2023-13-05」，这里没有；下面是「2023-12-05」。",)
    assert view.get("day") == "2023-12-05"


@pytest.mark.usefixtures("province_shell")
def test_the_chosen_organisation_is_asked_about(province: Bureau):
    """南湖 and 港口 came after 东湖; nobody came of 云台."""
    for org, day, passed in (("donghu", 3, "980"), ("nanhu", 8, "970"), ("gangkou", 9, "990")):
        item = report(org, "food", "2023-11", food_passed=f"– {passed}", food_tested="– 1000")
        province.store.commit([item], at=datetime(2023, 12, day, 9, 30))  # noqa: DTZ001

    page = body_of("known", day="2023-12-05")
    assert answer(page) == "青澜省市场监管局 2023 年 11 月看板：按 2023 年 12 月 5 日所知与现在相比，1 项不同。"
    assert list(dict.fromkeys(row["单位"] for row in table(page, "变动的单元格"))) == ["南湖区市场监管局", "港口区市场监管局"]

    answers = {
        "donghu": "东湖区市场监管局 2023 年 11 月看板：按 2023 年 12 月 5 日所知与现在相比，没有不同。",
        "gangkou": "港口区市场监管局 2023 年 11 月看板：按 2023 年 12 月 5 日所知，还没有任何数。",
        "yuntai": "云台区市场监管局 2023 年 11 月看板：按 2023 年 12 月 5 日所知，还没有任何数。",
    }
    for org, expected in answers.items():
        page = body_of("known", day="2023-12-05", org=org)
        assert answer(page) == expected
    assert texts(page, ".k-plain") == ["这一天以后也没有收到 2023 年 11 月的报表，请换一个期间，或者先导入报表。"]


@pytest.mark.browser
def test_in_a_browser_a_day_is_picked_and_a_figure_leads_to_its_cells(browser: Browser, address):
    """By the link, then by the field, on a screen and on a phone; 后退 takes the day back."""
    page = browser.new_page(locale="zh-CN")
    for width in (1920, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        page.goto(f"{address}/known?day=2023-11-30")
        settled(page)
        click(page.get_by_role("link", name="看 2023-12-01 所知"))
        page.get_by_text("2023 年 11 月看板：按 2023 年 12 月 1 日所知与现在相比，").wait_for()
        page.get_by_label("按哪一天所知").fill("2023-12-05")
        expect(page.locator(".k-answer")).to_have_text("2023 年 11 月看板：按 2023 年 12 月 5 日所知与现在相比，6 项不同。", timeout=PATIENCE)
        click(page.locator("tr[data-open]").first.locator("td").last)
        page.get_by_text("的趋势和来源").wait_for()
        page.go_back()
        page.get_by_text("的趋势和来源").wait_for(state="detached")
        page.go_back()
        expect(page.locator(".k-answer")).to_contain_text("按 2023 年 12 月 1 日所知", timeout=PATIENCE)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
