"""当时所知: a day is chosen, and the board of that day stands beside what is known now."""

import re
from datetime import date, datetime

import pytest
from playwright.sync_api import Browser

from tests.kpi.province import report
from tests.pages.serving import COMMANDS, served, settled
from tests.pages.test_review import opened, sentence, table

PAGE = "meeting/known_page.py"


def test_a_board_as_known_on_a_day_beside_what_it_is_now(shell):
    """特种设备科 reported on 9 December 2023: six figures were 未报 on the 5th."""
    opened(shell, PAGE, day="2023-12-05")
    assert sentence(shell) == "2023 年 11 月看板：按 2023-12-05 所知与现在相比，6 项不同。"
    captions = [caption.value for caption in shell.caption]
    assert any("机构树、指标口径、目标和容差都用现在的指标目录，当时的不一定如此" in caption for caption in captions)
    assert "原因：补报 6 项。选一行，看是哪几格变了。" in captions

    differing = table(shell)
    assert list(differing.columns) == ["当时状态", "指标", "科室", "当时", "现在", "变动", "现在状态", "原因"]
    assert set(differing["科室"]) == {"特种设备科"}
    [line] = differing[differing["指标"] == "特种设备检验率"].to_dict("records")
    assert (list(line["当时状态"]), line["当时"], line["现在"], line["变动"], list(line["现在状态"])) == (["□ 未报"], "未报", "98.41%", "—", ["● 达标"])
    assert "后来补报，" in line["原因"]

    assert shell.subheader[1].value == "当时的看板（2023-12-05）"
    whole = table(shell, 1)
    assert list(whole.columns) == ["状态", "指标", "科室", "数值", "目标", "上年同期", "同比", "截至"]
    assert len(whole) == 81
    assert whole[whole["指标"] == "特种设备检验率"]["数值"].item() == "未报"
    assert whole[whole["指标"] == "食品抽检合格率"]["数值"].item() == "97.79%"


def test_on_the_last_day_of_the_log_nothing_differs(shell):
    opened(shell, PAGE, day="2023-12-09")
    assert sentence(shell) == "2023 年 11 月看板：按 2023-12-09 所知与现在相比，没有不同。"
    assert len(shell.dataframe) == 1


def test_a_day_before_the_first_report_leads_to_the_day_of_the_first(shell):
    opened(shell, PAGE, day="2023-11-30")
    assert sentence(shell) == "2023 年 11 月看板：按 2023-11-30 所知，还没有任何数。"
    assert shell.markdown[0].value == "2023 年 11 月的报表从 2023-12-01 起才有入库的，请选这一天或以后的日子。"
    assert len(shell.dataframe) == 0

    next(button for button in shell.button if button.label == "看 2023-12-01 所知").click().run()
    assert not shell.exception
    assert shell.date_input(key="day").value == date(2023, 12, 1)
    assert sentence(shell).startswith("2023 年 11 月看板：按 2023-12-01 所知与现在相比，")


def test_a_day_that_was_not_chosen_follows_the_month(shell):
    """It is the one on which the sheets are owed, for February 6 March since the 5th was a Sunday; one that was chosen stays."""
    opened(shell, PAGE)
    assert shell.date_input(key="day").value == date(2023, 12, 5)
    shell.selectbox(key="period").set_value("2023-02").run()
    assert shell.date_input(key="day").value == date(2023, 3, 6)
    shell.date_input(key="day").set_value(date(2023, 12, 5)).run()
    shell.selectbox(key="period").set_value("2023-10").run()
    assert sentence(shell) == "2023 年 10 月看板：按 2023-12-05 所知与现在相比，没有不同。"


def test_the_chosen_organisation_is_asked_about(province_shell, province):
    """南湖 and 港口 came after 东湖; nobody came of 云台."""
    for org, day, passed in (("donghu", 3, "980"), ("nanhu", 8, "970"), ("gangkou", 9, "990")):
        item = report(org, "food", "2023-11", food_passed=f"– {passed}", food_tested="– 1000")
        province.store.commit([item], at=datetime(2023, 12, day, 9, 30))  # noqa: DTZ001

    opened(province_shell, PAGE, day="2023-12-05")
    assert sentence(province_shell) == "青澜省市场监管局 2023 年 11 月看板：按 2023-12-05 所知与现在相比，1 项不同。"
    [cells] = [one.value for one in province_shell.dataframe if "单位" in one.value]
    assert list(dict.fromkeys(cells["单位"])) == ["南湖区市场监管局", "港口区市场监管局"]

    said = {
        "东湖区市场监管局": "东湖区市场监管局 2023 年 11 月看板：按 2023-12-05 所知与现在相比，没有不同。",
        "港口区市场监管局": "港口区市场监管局 2023 年 11 月看板：按 2023-12-05 所知，还没有任何数。",
        "云台区市场监管局": "云台区市场监管局 2023 年 11 月看板：按 2023-12-05 所知，还没有任何数。",
    }
    for name, expected in said.items():
        province_shell.selectbox(key="org").set_value(name).run()
        assert not province_shell.exception
        assert sentence(province_shell) == expected
    assert province_shell.markdown[0].value == "这一天以后也没有收到 2023 年 11 月的报表，请换一个期间，或者先导入报表。"


def test_the_first_start_offers_a_way_to_data(bare_shell):
    opened(bare_shell, PAGE)
    assert sentence(bare_shell) == "还没有任何数据。"


@pytest.mark.browser
def test_in_a_browser_a_day_is_picked_and_a_figure_leads_to_its_cells(browser: Browser, demo_copy):
    """By the button, then by the address, on a screen and on a phone."""
    for base in served(COMMANDS["python"], demo_copy):
        page = browser.new_page(locale="zh-CN")
        for width in (1920, 390):
            page.set_viewport_size({"width": width, "height": 1000})
            page.goto(f"{base}/known?day=2023-11-30")
            settled(page)
            page.get_by_role("button", name="看 2023-12-01 所知").click()
            page.get_by_text("2023 年 11 月看板：按 2023-12-01 所知与现在相比，").wait_for()
            page.goto(f"{base}/known")
            settled(page)
            assert page.locator("h3").first.inner_text() == "2023 年 11 月看板：按 2023-12-05 所知与现在相比，6 项不同。"
            if width == 390:
                rows = page.get_by_label("看哪一行的详情")
                rows.scroll_into_view_if_needed()  # an open list closes when the page scrolls
                rows.click()
                page.get_by_role("option").first.click()
            else:
                page.locator('[data-testid="stDataFrame"]').first.click(position={"x": 16, "y": 52})
            page.get_by_text(re.compile("的趋势和来源$")).wait_for()
            page.locator('[data-testid="stDateInput"] svg').first.click()
            page.get_by_text("十二月").first.wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
