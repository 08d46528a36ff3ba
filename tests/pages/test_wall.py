"""大屏: one question a screen, large type, turned by keyboard, remote or clock; as one file it needs no server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.w-screen:not([hidden]) *, .w-foot *')]
  .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && element.offsetParent)
  .map(element => parseFloat(getComputedStyle(element).fontSize)))"""

LENGTHEN = """() => document.querySelector('.w-missed').querySelectorAll('li > div:first-child b').forEach(
  (name, place) => { name.textContent = place ? '食品生产企业落实日管控周排查月调度机制的覆盖率（含小作坊）按许可证计' : 'W'.repeat(200); })"""


@pytest.fixture(scope="module")
def window(browser) -> Iterator[Page]:
    """A window for all tests; 大屏 keeps nothing in it."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def wall(window, address):
    """Open 大屏 in a window of a size."""

    def opened(query: str = "period=2023-11", width: int = 1920, height: int = 1080) -> Page:
        window.set_viewport_size({"width": width, "height": height})
        window.goto("about:blank")
        window.goto(f"{address}/wall?{query}")
        return window

    return opened


def heading(page: Page) -> str:
    """The question of the screen that is seen."""
    return page.locator(".w-screen:not([hidden]) h1").inner_text()


@pytest.mark.parametrize(("width", "height", "least"), [(1920, 1080, 28), (3840, 2160, 56), (1366, 768, 19)])
def test_type_is_large_and_nothing_is_cut_off(wall, width, height, least):
    page = wall("period=2023-11&with=trademarks_registered_new,food_sampling_pass_rate,nothing", width, height)
    for number in range(page.locator(".w-screen").count()):
        assert page.evaluate(SMALLEST) >= least, number
        over = page.locator(".w-screen:not([hidden]) .w-content").evaluate("content => content.scrollHeight - content.clientHeight")
        assert over <= 1, heading(page)
        page.keyboard.press("PageDown")


def over(page: Page) -> list[int]:
    """By how many pixels what the screen says is higher and wider than there is room."""
    edges: list[int] = page.locator(".w-screen:not([hidden]) .w-content").evaluate("it => [it.scrollHeight - it.clientHeight, it.scrollWidth - it.clientWidth]")
    return edges


def test_names_as_long_as_people_write_them_are_drawn_smaller_and_not_cut_off(wall):
    """Six of forty signs, and one without a blank; the next screen has its own size again."""
    page = wall()
    page.evaluate(LENGTHEN)
    page.keyboard.press("ArrowRight")
    assert heading(page) == "哪些没有达标（1/3）"
    assert max(over(page)) <= 1
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SMALLEST) >= 28


def test_a_place_that_is_none_shows_the_nearest_screen(wall, address):
    """A part of a number, a word, one past the last."""
    page = wall()
    count = page.locator(".w-screen").count()
    for place, shown in (("1.5", 1), ("x", 1), ("-3", 1), ("0", 1), ("1e9", count)):
        page.goto("about:blank")
        page.goto(f"{address}/wall?period=2023-11#{place}")
        assert page.locator("#w-page").inner_text() == f"{shown} / {count}", place
        assert page.locator(".w-screen:not([hidden])").count() == 1


def test_chosen_figures_have_a_screen_each(wall):
    """In the order in which they were chosen; a code that is none is left out."""
    page = wall("period=2023-11&with=food_sampling_pass_rate,nothing,trademarks_registered_new")
    page.keyboard.press("End")
    assert heading(page) == "新增商标注册"
    page.keyboard.press("ArrowLeft")
    assert heading(page) == "食品抽检合格率"
    assert page.locator(".w-screen:not([hidden]) .w-lead").inner_text() == "食品抽检合格率：截至 2023 年 11 月 97.79%，上年同期 97.41%，目标 ≥97.8%。"
    assert page.locator(".w-screen:not([hidden]) svg.k-trend").is_visible()


def test_keys_of_a_remote_turn_the_screens(wall):
    page = wall()
    count = page.locator(".w-screen").count()
    assert heading(page) == "这个月怎么样"
    for key, place in (("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("ArrowLeft", 3), ("PageUp", 2), ("End", count), ("Home", 1)):
        page.keyboard.press(key)
        assert page.locator("#w-page").inner_text() == f"{place} / {count}", key
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    assert page.locator("#w-page").inner_text() == f"3 / {count}"
    page.locator(".w-foot nav a", has_text="同比").click()
    assert heading(page) == "比上年同期怎么样"
    page.reload()
    assert heading(page) == "比上年同期怎么样"


def test_whose_figures_of_which_day_they_are_is_always_seen(wall):
    foot = wall().locator(".w-foot").inner_text()
    for words in ("区市场监管局", "2023 年 11 月", "截至 2023-09-30～11-30", "更新于 ", "演示数据（虚构）"):
        assert words in foot


def test_it_opens_from_a_file_without_a_server(browser, address, tmp_path):
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    taken = context.request.get(f"{address}/wall?period=2023-11&download=1")
    assert "attachment" in taken.headers["content-disposition"]
    file = tmp_path / "wall.html"
    file.write_bytes(taken.body())
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.keyboard.press("ArrowRight")
    assert heading(page) == "哪些没有达标（1/3）"
    assert page.locator(".w-screen:not([hidden]) .k-bullet").count() == 5
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
