"""Every page over a store whose people write markup: what they wrote is read as they wrote it, and does nothing."""

import io
from collections.abc import Iterator

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, BrowserContext, Page

from kpi.store import clock
from kpi.workbook.personal.masking import mask
from tests.marked import MARK, marked_catalog, marked_folder
from tests.pages.serving import ON_DEMAND, served, settled

PAGES = ("", "targets", "trends", "compare", "offices", "submissions", "completeness", "quality", "meeting", "known", "indicators", "imports", "follow-ups")
MADE = """() => [
  ...document.querySelectorAll('a[href*="a.cn"], a[href*="b.cn"], a[href^="mailto"], .katex, [data-testid="stMain"] img:not([alt=""])'),
  ...[...document.querySelectorAll('strong, em, del, b, code, span, h1, h2, h3, h4')]
    .filter(e => ['粗', '体', '码', '删', '红', '题', 'home', '😄'].includes(e.textContent.trim())),
].map(e => e.outerHTML)"""

pytestmark = pytest.mark.browser


def dropped() -> bytes:
    """A form with a row that nobody knows, and parts larger than their whole."""
    book = Workbook()
    sheet = book.active
    sheet.title = "表~~删~~ `码` www.b.cn"
    for row in [["质量科月报表"], ["2023年12月"], ["指标", "本月数", "本年累计"], ["检验批次", 5, 210], ["合格批次", 9, 230], [MARK, 3, 4]]:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def raw(page: Page) -> int:
    """How often the mark stands on the page as it was written, or as it is kept: without the e-mail address."""
    text = page.evaluate("document.body.textContent")
    return text.count(MARK) + text.count(mask(MARK))


def drawn(page: Page, path: str) -> None:
    """Wait for a page; that of imports ends with a table in a closed frame, which is not drawn before somebody opens it."""
    if path == "imports":
        page.get_by_text("下载空白报表").wait_for()
    else:
        settled(page)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, int]]:
    """The address of the pages, the code of the edition, the number of the follow-up."""
    folder = tmp_path_factory.mktemp("marked")
    catalog = marked_catalog(folder / "catalog")
    code, follow_up = marked_folder(folder / "data", catalog)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_CATALOG", str(catalog))
        for base in served(ON_DEMAND, folder / "data"):
            yield base, code, follow_up


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window that reads the scripts of the pages once."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    yield context
    context.close()


def test_what_people_wrote_is_read_as_they_wrote_it(context: BrowserContext, marked: tuple[str, str, int]) -> None:
    """On every page; the address may carry markup as well."""
    base, code, follow_up = marked
    page = context.new_page()
    for path in PAGES:
        query = {"follow-ups": f"?row={follow_up}", "meeting": f"?edition={code}", "known": f"?day={clock.today().isoformat()}"}.get(
            path, "?period=**粗**%20www.b.cn%20:red[红]"
        )
        page.goto(f"{base}/{path}{query}")
        drawn(page, path)
        assert page.evaluate(MADE) == [], path
        assert raw(page) >= (1 if path == "quality" else 2), path  # the bureau in the sidebar, and what the page itself says
        assert page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').count() == 0, path
    page.close()


def test_on_the_wall_it_is_read_as_they_wrote_it_too(context: BrowserContext, marked: tuple[str, str, int]) -> None:
    """Live, as an edition, and as a file."""
    base, code, _ = marked
    page = context.new_page()
    for query in ("period=2023-11&with=pass_rate", f"edition={code}"):
        page.goto(f"{base}/wall?{query}")
        assert page.evaluate(MADE) == [], query
        assert raw(page) >= 3, query
    page.set_content(page.request.get(f"{base}/wall?edition={code}&download=1").text())
    assert page.evaluate(MADE) == []
    assert raw(page) >= 3
    page.close()


def test_a_file_is_read_as_it_is_named(context: BrowserContext, marked: tuple[str, str, int]) -> None:
    """Its name, its sheet, its rows and what is said of them."""
    page = context.new_page()
    page.goto(f"{marked[0]}/imports")
    drawn(page, "imports")
    name = "**粗** www.b.cn [点](x) `码` :red[红].xlsx"
    page.set_input_files("input[type=file]", [{"name": name, "mimeType": "application/octet-stream", "buffer": dropped()}])
    page.get_by_text("收到 1 份").wait_for()
    page.get_by_role("button", name="移除这一份").wait_for()
    assert page.evaluate(MADE) == []
    text = page.evaluate("document.body.textContent")
    assert name in text
    assert f"「{mask(MARK)}」" in text
    page.close()
