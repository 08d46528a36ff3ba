"""The pages as a browser shows them: Chinese throughout, on this machine only, behind the shell, on a phone too."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, WebSocket

from tests.pages.serving import COMMANDS, ROOT, served, settled

PAGES = {
    "": "总览",
    "targets": "未达标",
    "trends": "趋势",
    "compare": "同比",
    "offices": "科室与单位",
    "imports": "报表导入",
    "submissions": "报送记录",
    "completeness": "报送情况",
    "quality": "勾稽核对",
    "meeting": "会议版",
    "follow-ups": "督办",
    "known": "当时所知",
    "indicators": "指标口径",
}
SAID = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      const icon = parent.closest('[data-testid="stIconMaterial"]');
      if (!icon && !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName)) said.push(node.data.trim());
    } else {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
        if (node.hasAttribute(name)) said.push(node.getAttribute(name).trim());
      }
    }
  }
  return said.filter(text => text);
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def address(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the demo, as ``python app.py`` serves it."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(demo_data, folder)
    yield from served(COMMANDS["python"], folder)


@pytest.fixture(scope="session")
def screens(browser: Browser) -> Callable[[int, str], Page]:
    """The page of a screen; one that is there has read the scripts once and need not do so for every test."""

    @cache
    def screen(width: int, theme: str) -> Page:
        return browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=theme, locale="zh-CN").new_page()

    return screen


@pytest.fixture
def visit(screens: Callable[[int, str], Page], address: str) -> Iterator[Callable[..., Page]]:
    """Open a page as one who was never here and wait until it is drawn; at the end no request of any page may have left this machine."""
    asked: list[str] = []
    visited: list[Page] = []

    def request(sent: Request) -> None:
        asked.append(sent.url)

    def websocket(opened: WebSocket) -> None:
        asked.append(opened.url.replace("ws://", "http://"))

    def go(path: str, width: int = 1920, theme: str = "light") -> Page:
        page = screens(width, theme)
        page.on("request", request)
        page.on("websocket", websocket)
        visited.append(page)
        page.goto(f"{address}/{path}")
        settled(page)
        return page

    yield go
    for page in visited:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto("about:blank")
        page.context.clear_cookies()
        page.remove_listener("request", request)
        page.remove_listener("websocket", websocket)
    assert any(url.startswith(address) for url in asked)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_chinese_and_whole(visit, path):
    """And the columns of every table that is seen are together no wider than it."""
    page = visit(path)
    whole_and_chinese(page, path)
    over = page.evaluate("[...document.querySelectorAll('.dvn-scroller')].filter(e => e.clientWidth > 50).map(e => e.scrollWidth - e.clientWidth)")
    assert all(pixels <= 2 for pixels in over), over


@pytest.mark.parametrize(("width", "table", "entries"), [(1920, True, False), (390, False, True)])
def test_a_phone_has_a_list_where_a_screen_has_a_table(visit, width, table, entries):
    page = visit("compare", width)
    assert page.locator('[data-testid="stDataFrame"]').first.is_visible() is table
    assert page.locator("li", has_text="新登记市场主体").first.is_visible() is entries


@pytest.mark.parametrize("path", PAGES)
def test_a_dark_phone_needs_no_sideways_scrolling(visit, path):
    """And what it shows is whole and Chinese as well."""
    page = visit(path, width=390, theme="dark")
    whole_and_chinese(page, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("(() => { const main = document.querySelector('[data-testid=stMain]'); return main.scrollWidth - main.clientWidth; })()") == 0


def whole_and_chinese(page: Page, path: str) -> None:
    assert page.locator("h1").first.inner_text() == PAGES[path]
    assert page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    dictionary = json.loads((ROOT / "pages" / "widgets" / "zh.json").read_text(encoding="utf-8"))["exact"]
    said = page.evaluate(SAID)
    english = [text for text in said if text in dictionary or (text.isascii() and re.search(r"[A-Za-z]{3,}", text) and not file_or_code(text))]
    assert english == []


def file_or_code(text: str) -> bool:
    """A file name, a code, or a name the trade writes in Latin letters."""
    return re.fullmatch(r"\S+\.xlsx|[A-Z]{2,5}|R\d{3}|[a-z0-9_]+", text) is not None


@pytest.mark.parametrize("command", COMMANDS)
def test_no_address_reaches_a_page_without_the_shell(browser, tmp_path, command):
    """The first visit after a start is the one that could pass it by."""
    for base in served(COMMANDS[command], tmp_path / "data"):
        page = browser.new_page(viewport={"width": 1920, "height": 1000}, locale="zh-CN")
        for path in ("review/overview", "overview", "shell", "widgets/welcome", "filing/imports.py", "pages/review/targets"):
            page.goto(f"{base}/{path}")
            settled(page)
            links = page.locator('[data-testid="stSidebarNavLink"]').all_inner_texts()
            assert [link.splitlines()[-1] for link in links] == list(PAGES.values()), path
        page.close()


def test_scripts_travel_packed_and_answers_carry_the_guards(visit, address):
    page = visit("")
    script = page.locator('script[type="module"]').first.get_attribute("src") or ""
    answer = page.request.get(f"{address}/{script.removeprefix('./')}", headers={"Accept-Encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_link_opens_the_same_view(visit):
    page = visit("trends?code=食品安全协调科 · 食品快检批次&period=2023-10&span=本月数")
    assert page.locator("h3").first.inner_text().startswith("食品快检批次：2023 年 10 月当月 ")


def test_a_link_of_the_navigation_keeps_the_month(visit):
    """The month stays in sight and in the address, from the first link on."""
    page = visit("?period=2023-09")
    for name in ("趋势", "未达标"):
        page.locator('[data-testid="stSidebarNavLink"]', has_text=name).click()
        page.wait_for_url("**period=2023-09*")
        page.locator("h1", has_text=name).wait_for()
        settled(page)
        assert "2023 年 9 月" in page.locator("h3").first.inner_text()


def test_a_chosen_row_leads_to_its_cells(visit):
    page = visit("targets")
    table = page.locator('[data-testid="stDataFrame"]').first
    table.click(position={"x": 16, "y": 52})
    page.get_by_text("双随机结果及时填报率的趋势").wait_for()
    assert page.locator('[data-testid="stDataFrame"]').count() >= 2


def test_a_sheet_can_be_dropped_and_is_answered(visit):
    page = visit("imports")
    page.set_input_files("input[type=file]", [{"name": "会议纪要.docx", "mimeType": "application/octet-stream", "buffer": b"x"}])
    page.get_by_text("收到 1 份：1 份需要修改。").wait_for()
