"""网页填报 in a browser: a sheet without a file, with a block pasted as from Excel; then one figure of it is corrected, and its origin says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.serving import COMMANDS, click, served, settled

BLOCK = '78\t78\r\n54\t54\r\n44\t44\r\n"7"\t7\r\n\t27\r\n'  # of the coal rows 本月数 and 本年累计; what is in hand has no figure of a month
PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
SHEET = "fill?form=product_quality"

PATIENCE = 30_000  # milliseconds: a file is read, the store is written, the page is drawn anew

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A visitor to an empty store."""
    for base in served(COMMANDS["python"], tmp_path / "served"):
        context = browser.new_context(viewport={"width": 1920, "height": 1000}, locale="zh-CN", base_url=base)
        yield context.new_page()
        context.close()


def cell(page: Page, measure: str, column: str = "ytd"):
    return page.locator(f'input[name="{measure} {column}"]')


def texts(page: Page) -> list[str]:
    """What stands in 本年累计 of the coal rows."""
    return [cell(page, f"coal_samples_{name}").input_value() for name in ("taken", "tested", "passed", "failed", "pending")]


def opened(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)


def test_a_sheet_is_filled_in_pasted_sent_corrected_and_traced(page: Page) -> None:
    """What does not add up is said at its row, waits for a 说明, and is kept with the figures."""
    fill_in(page)
    send(page)
    opened(page, "?figure=coal_samples_passed")
    panel = page.locator("[data-panel]")
    expect(panel.locator(".k-figure")).to_have_text("44 批次", timeout=PATIENCE)
    expect(panel.get_by_text("「网页填报_")).to_be_visible(timeout=PATIENCE)
    expect(panel.locator("td", has_text="F11")).to_be_visible(timeout=PATIENCE)
    correct(page)
    opened(page, "?figure=coal_samples_passed")
    expect(panel.locator(".k-figure")).to_have_text("47 批次", timeout=PATIENCE)
    expect(panel.get_by_text("「网页填报_更正第1号_")).to_be_visible(timeout=PATIENCE)
    expect(panel.get_by_text("更正：漏录 3 批次；原说明：3 批次在检")).to_be_visible(timeout=PATIENCE)


def fill_in(page: Page) -> None:
    """Paste, take it back, paste again, walk by keys; after a reload all of it is still there."""
    opened(page, SHEET)
    first = cell(page, "coal_samples_taken", "month")
    first.focus()
    first.evaluate(PASTE, BLOCK)
    expect(page.get_by_text("粘贴了 9 格；按 Ctrl+Z 可以退回。")).to_be_visible(timeout=PATIENCE)
    assert texts(page) == ["78", "54", "44", "7", "27"]
    page.keyboard.press("Control+z")
    assert texts(page) == [""] * 5
    first.evaluate(PASTE, BLOCK)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(cell(page, "coal_samples_tested")).to_be_focused()
    expect(page.get_by_text("草稿已保存")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".k-fill-findings li", has_text="商品煤合格批次 44 + 商品煤不合格批次 7 = 51")).to_be_visible(timeout=PATIENCE)
    opened(page, SHEET)
    assert texts(page) == ["78", "54", "44", "7", "27"]
    expect(page.locator(".k-answer")).to_contain_text("草稿里填了 9 格，还没有报。", timeout=PATIENCE)


def send(page: Page) -> None:
    """What lacks is asked for before anything is sent."""
    button, alert = page.get_by_role("button", name="入库", exact=True), page.get_by_role("alert")
    button.click()
    expect(alert.filter(has_text="请先写明报送人。")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("报送人").fill("王统计")
    button.click()
    expect(alert.filter(has_text="有请核对的问题，请先写明说明。")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("说明（").fill("3 批次在检")
    button.click()
    expect(page.get_by_text("已入库，第 1 号报送")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".k-answer")).to_contain_text("已经报过（第 1 号", timeout=PATIENCE)


def correct(page: Page) -> None:
    """From the origin of the figure to the form of its correction."""
    click(page.get_by_role("link", name="更正这个数"))
    settled(page)
    form = page.get_by_test_id("stExpander").filter(has_text="更正一个数")
    for label, text in (("改为", "47"), ("理由", "漏录 3 批次"), ("姓名", "王统计")):
        form.get_by_role("textbox", name=label).fill(text)
    click(page.get_by_role("button", name="确认更正"))
    expect(page.get_by_text("已更正，第 2 号代替第 1 号，看板已经更新。")).to_be_visible(timeout=PATIENCE)
