"""The pages as a browser shows them: Chinese throughout, on this machine only, behind the shell, on a phone too, readable by everybody."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kpi.access.caller import WITHOUT_LOGIN
from pages.site import PAGES as EVERY
from tests.pages.serving import COMMANDS, ROOT, asked, served, settled

PAGES = {page.path: page.title for page in EVERY if page.open_to(WITHOUT_LOGIN)}
MONTHLY = {page.path for page in EVERY if {"period", "month", "owed"} & set(page.choices)}
FIGURE = "targets?period=2023-11&figure=double_random_timely_entry_rate"
SHOWN = """() => {
  const shown = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      const icon = parent.closest('[data-testid="stIconMaterial"]');
      if (!icon && !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName)) shown.push(node.data.trim());
    } else {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
        if (node.hasAttribute(name)) shown.push(node.getAttribute(name).trim());
      }
    }
  }
  return shown.filter(text => text);
}"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_chinese_whole_and_accessible(visit, path):
    """And nothing of a table lies beyond the edge of a small screen."""
    page = visit(path, width=1366)
    whole_and_chinese(page, PAGES[path])
    over = page.evaluate("[...document.querySelectorAll('.k-table')].filter(e => e.offsetParent).map(e => e.scrollWidth - e.clientWidth)")
    assert all(pixels <= 1 for pixels in over), over
    accessible(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_dark_phone_needs_no_sideways_scrolling(visit, path):
    """And what it shows is whole and Chinese as well, and of the month that the address names."""
    page = visit(f"{path}?period=2023-09" if path in MONTHLY else path, width=390, theme="dark")
    if path in MONTHLY:
        assert asked(page)["period"] == "2023-09"
        assert "2023 年 9 月" in page.locator("h1").inner_text()
    whole_and_chinese(page, PAGES[path])
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("(() => { const main = document.querySelector('[data-testid=stMain]'); return main.scrollWidth - main.clientWidth; })()") == 0
    accessible(page)


def whole_and_chinese(page: Page, title: str) -> None:
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().startswith(title)
    assert page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    dictionary = json.loads((ROOT / "pages" / "widgets" / "zh.json").read_text(encoding="utf-8"))["exact"]
    shown = page.evaluate(SHOWN)
    english = [text for text in shown if text in dictionary or (text.isascii() and re.search(r"[A-Za-z]{3,}", text) and not file_or_code(text))]
    assert english == []


def file_or_code(text: str) -> bool:
    """A file name, a code, or a name the trade writes in Latin letters."""
    return re.fullmatch(r"\S+\.xlsx|[A-Z]{2,5}|R\d{3}|[a-z0-9_]+", text) is not None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_of_ours_in_an_opened_figure(visit, theme):
    accessible(visit(FIGURE, theme=theme))


def accessible(page: Page, part: str = ".k") -> None:
    """Contrast, order of headings, names of what can be used; what the page library draws by itself is its own."""
    page.evaluate("document.activeElement?.blur()")
    faults = Axe().run(page, context=part).response["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in faults] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_address_reaches_a_page_without_the_shell(browser, tmp_path, command):
    """The first visit after a start is the one that could pass it by."""
    for base in served(COMMANDS[command], tmp_path / "data"):
        page = browser.new_page(viewport={"width": 1920, "height": 1000}, locale="zh-CN")
        for path in ("overview", "shell", "filing/imports.py", "pages/review/trend_page"):
            page.goto(f"{base}/{path}")
            settled(page)
            assert [link for link in page.locator(".k-groups a").all_inner_texts() if link != "大屏"] == list(PAGES.values()), path
        page.close()


def test_scripts_travel_packed_and_answers_carry_the_guards(visit, address):
    page = visit("")
    script = page.locator('script[type="module"]').first.get_attribute("src") or ""
    answer = page.request.get(f"{address}/{script.removeprefix('./')}", headers={"Accept-Encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_the_page_library_is_asked_for_when_all_of_the_first_screen_is_there(visit):
    """Asked for while the document is read, its sixty files hold the first paint back."""
    read, fetched = visit("targets").evaluate("""() => [
      performance.getEntriesByType('navigation')[0].domContentLoadedEventStart,
      Math.min(...performance.getEntriesByType('resource').filter(({ name }) => name.includes('/static/js/')).map(({ startTime }) => startTime)),
    ]""")
    assert read <= fetched


def test_a_page_asks_after_the_servers_health_once_and_at_the_root(visit, address):
    requested: list[str] = []
    page = visit("targets")
    page.on("request", lambda request: requested.append(request.url))
    page.reload()
    settled(page)
    assert [url for url in requested if url.endswith("/health")] == [f"{address}/_stcore/health"]


def test_the_first_line_stands_before_any_script_of_the_page_library_has_run(browser, address):
    """With JavaScript off all there is is what came with the document."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/targets?period=2023-10")
    assert page.locator(".k-answer").inner_text().startswith("9 项未达标：")
    assert page.locator("h1").inner_text().endswith("2023 年 10 月")
    context.close()


def test_a_sheet_can_be_dropped_and_is_answered(visit):
    page = visit("imports")
    page.set_input_files("input[type=file]", [{"name": "会议纪要.docx", "mimeType": "application/octet-stream", "buffer": b"x"}])
    page.get_by_text("收到 1 份：1 份需要修改。").wait_for()


def test_new_data_take_nothing_away_that_somebody_types(visit):
    """A page that only shows is drawn anew by itself; while a field of it holds words it says so, and is drawn once they are gone."""
    page = visit("targets?period=2023-11", width=1366)
    box, said = page.locator("[data-search]"), page.locator("[data-outdated]").first
    box.fill("spcj")
    page.route("**/kpi/version", lambda route: route.fulfill(body="999999"))
    expect(said).to_be_visible(timeout=20_000)
    assert box.input_value() == "spcj"
    box.fill("")
    expect(said).to_be_hidden(timeout=20_000)
    page.unroute("**/kpi/version")
