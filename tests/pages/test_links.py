"""The address is the view: it names all that is shown, every link carries it, going back undoes a choice, a reload changes nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from kpi.access.caller import WITHOUT_LOGIN
from pages.site import PAGES
from tests.pages.serving import asked, settled

ALONE_AND_WITH_FORMS = ["targets", "submissions"]  # a page that is read alone, a page with forms
VERSION = "document.querySelector('[data-page]').dataset.version"

pytestmark = pytest.mark.browser


def shows(page: Page, title: str, month: str) -> None:
    """Wait until a page and a month are shown."""
    page.locator("h1", has_text=title).filter(has_text=month).wait_for()
    settled(page)


@pytest.mark.parametrize("path", ALONE_AND_WITH_FORMS)
def test_a_reload_keeps_the_month_that_the_address_names(visit, path):
    """That every page keeps it is tried where all are opened on a phone."""
    page = visit(f"{path}?period=2023-09")
    page.reload()
    settled(page)
    assert asked(page)["period"] == "2023-09"
    assert "2023 年 9 月" in page.locator("h1").inner_text()


@pytest.mark.parametrize("path", ALONE_AND_WITH_FORMS)
def test_a_page_that_is_asked_for_no_month_names_the_one_it_shows(visit, path):
    page = visit(path)
    assert asked(page)["period"] == page.locator("[data-choice=period]").input_value()


def test_every_link_of_the_navigation_carries_month_and_office(visit):
    """From one page to the next, all round; the office stays although some pages do not ask for it."""
    page = visit("targets?period=2023-09&office=credit")
    for title in [*(page.title for page in PAGES if page.path != "targets" and page.open_to(WITHOUT_LOGIN)), "未达标"]:
        page.locator(".k-groups a", has_text=title).first.click()
        page.locator("h1", has_text=title).wait_for()
        settled(page)
        assert (asked(page)["period"], asked(page)["office"]) == ("2023-09", "credit"), title
    assert "信用监管科" in page.locator(".k-answer").inner_text()


def test_going_back_undoes_a_choice_and_going_forward_makes_it_again(visit):
    page = visit("targets?period=2023-09")
    page.locator("[data-choice=period]").select_option("2023-08")
    shows(page, "未达标", "2023 年 8 月")
    page.locator("[data-choice=office]").select_option("credit")
    page.locator(".k-answer", has_text="信用监管科：").wait_for()
    page.go_back()
    page.wait_for_function("() => document.querySelector('[data-choice=office]').value === 'all'")
    shows(page, "未达标", "2023 年 8 月")
    page.go_back()
    shows(page, "未达标", "2023 年 9 月")
    assert asked(page)["period"] == "2023-09"
    page.go_forward()
    shows(page, "未达标", "2023 年 8 月")


def test_a_choice_that_is_undone_at_once_leaves_the_picker_as_it_was(visit):
    page = visit("targets?period=2023-09")
    page.locator("[data-choice=office]").select_option("credit")
    page.go_back()
    page.wait_for_function("() => document.querySelector('[data-choice=office]').value === 'all'")
    settled(page)
    expect(page.locator(".k-answer")).to_have_text(re.compile("^11 项未达标"), timeout=60_000)


def test_an_address_that_is_only_filled_in_is_no_step_to_go_back(visit):
    visit("targets?period=2023-10")
    page = visit("?period=2023-9")
    assert asked(page)["period"] == "2023-09"
    page.locator("[data-choice=period]").select_option("2023-08")
    shows(page, "总览", "2023 年 8 月")
    page.go_back()
    shows(page, "总览", "2023 年 9 月")
    page.go_back()  # one step further is what was open before
    shows(page, "未达标", "2023 年 10 月")


def test_a_row_opens_where_it_is_clicked_and_closes_by_key(visit):
    page = visit("targets?period=2023-11")
    page.locator("tbody tr", has_text="新增商标注册").locator("td").nth(3).click()
    panel = page.get_by_role("dialog")
    panel.locator("h2", has_text="新增商标注册").wait_for()
    assert asked(page)["figure"] == page.locator("tr[aria-current]").locator("a").first.get_attribute("href").split("figure=")[1]
    assert panel.locator("tbody tr").count() >= 1
    page.locator("[data-search]").focus()
    page.keyboard.type("spcj")
    page.locator("#k-found [role=option]").first.wait_for()
    page.keyboard.press("Escape")  # closes what was found, and leaves the panel
    page.locator("#k-found").wait_for(state="hidden")
    assert panel.is_visible()
    page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    assert "figure" not in asked(page)


def test_a_table_is_sorted_by_value_with_the_keyboard(visit):
    """Shares of the target, not texts: 29 件 comes before 36.95 个百分点 only where less is lacking."""
    page = visit("targets?period=2023-11&status=missed")
    head = page.locator("thead th", has_text="完成").first
    head.locator("[data-sort]").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    figures = [
        float(cell.removeprefix("n")) for cell in page.locator("tbody tr td.k-number:nth-child(3)").evaluate_all("cells => cells.map(c => c.dataset.by)")
    ]
    assert figures == sorted(figures)


def test_what_is_looked_for_is_found_by_initials_and_opened_by_key(visit):
    page = visit("?period=2023-09")
    page.locator("[data-search]").fill("spcjhgl")
    page.locator("#k-found li", has_text="食品抽检合格率").first.wait_for()
    page.keyboard.press("Enter")
    shows(page, "趋势", "2023 年 9 月")
    assert asked(page)["code"] == "food_sampling_pass_rate"


def test_new_data_are_said_where_somebody_may_be_at_work(visit):
    """The page is not drawn anew under their hands: a line offers it."""
    page = visit("submissions")
    line = page.locator("[data-outdated]")
    assert not line.is_visible()
    page.route("**/kpi/version", lambda route: route.fulfill(body="999999"))
    line.wait_for()
    page.unroute("**/kpi/version")


def test_two_windows_do_not_disturb_each_other(visit):
    wide, narrow = visit("targets?period=2023-09"), visit("targets?period=2023-10", width=1366)
    wide.locator("[data-choice=period]").select_option("2023-08")
    shows(wide, "未达标", "2023 年 8 月")
    assert "2023 年 10 月" in narrow.locator("h1").inner_text()
    assert asked(narrow)["period"] == "2023-10"
