"""报表导入 from the first drop to a withdrawal, as a statistician does it in a browser."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from playwright.sync_api import Browser, Page, expect

from kpi.bureau import Bureau
from kpi.period import Month
from tests.kpi.filing.test_intake import renamed, workbook
from tests.pages.serving import ON_DEMAND, click, served, settled

OCTOBER, NOVEMBER = Month(2023, 10), Month(2023, 11)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over an empty store; one test takes something in, and what the others ask does not depend on it."""
    yield from served(ON_DEMAND, tmp_path_factory.mktemp("served") / "data")


@pytest.fixture(scope="module")
def window(browser: Browser, base: str) -> Iterator[Page]:
    """A window that has read the scripts of the pages once for all tests."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="zh-CN", base_url=base, accept_downloads=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page) -> Page:
    """报表导入 as one who was never here opens it."""
    window.goto("imports")
    window.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    window.goto("imports")
    settled(window)
    return window


@pytest.fixture
def drop(tmp_path: Path) -> Callable[..., None]:
    """Drop files on a page, from the disk: a large one is not to travel through the test."""

    def drop(page: Page, *files: tuple[str, bytes]) -> None:
        for name, data in files:
            (tmp_path / name).write_bytes(data)
        page.set_input_files("input[type=file]", [tmp_path / name for name, _ in files])

    return drop


def said(page: Page, sentence: str) -> None:
    expect(page.get_by_text(sentence).first).to_be_visible(timeout=30_000)


def part(page: Page, label: str):
    """The part of the page about one file."""
    return page.locator('[data-testid="stExpander"]').filter(has_text=label)


def locked(data: bytes) -> bytes:
    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("开门三次", sink)
    return sink.getvalue()


def test_a_file_that_is_too_large_is_named_on_the_page(page: Page, empty: Bureau, drop: Callable[..., None]) -> None:
    """The page library keeps it back and shows a sign only; the sentence stands until something else is dropped, and what fits is read."""
    drop(page, ("图片很多.xlsx", b"0" * 20_040_000))
    sentence = "1 份太大，没有收：「图片很多.xlsx」20.1 MB；一份最多 20 MB，请删去图片和没有用的行，或分成几份再放入。"
    expect(page.get_by_text(sentence)).to_be_visible()
    drop(page, ("图片很多.xlsx", b"0" * 20_040_000), ("知识产权10月.xlsx", workbook(empty, "ip", OCTOBER, trademarks_registered_new=200).data))
    said(page, "收到 1 份：")
    expect(page.get_by_text(sentence)).to_be_visible()
    drop(page, ("刚好.csv", b"0" * 20_000_000))
    said(page, "收到 2 份：")
    expect(page.get_by_text("份太大")).to_be_hidden()


def test_from_a_mixed_batch_to_a_withdrawal(page: Page, empty: Bureau, drop: Callable[..., None]) -> None:  # noqa: PLR0915 - one visit, step by step, in one browser
    """Good, bad, locked and puzzling files; one answer, one password, one note; next month asks nothing; what was stored can be taken back."""
    drop(
        page,
        ("质量10月.xlsx", renamed(empty, OCTOBER, tested=54, pending=24).data),
        ("知识产权10月.xlsx", workbook(empty, "ip", OCTOBER, trademarks_registered_new=200).data),
        ("会议纪要.docx", b"x"),
        ("加密.xlsx", locked(workbook(empty, "drug", OCTOBER, retail_pharmacies_inspected=5).data)),
    )
    headline = "收到 4 份：1 份可以入库，1 份写明说明后可以入库，1 份需要密码，1 份需要修改。"
    said(page, headline)

    page.reload()
    settled(page)
    said(page, headline)
    said(page, "其中 4 份文件是先前拖入、还没有入库的")

    with page.expect_download() as download:
        click(part(page, "质量10月.xlsx").get_by_role("button", name="下载标注副本"))
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    cell = book["质量监管科月报表"]["C11"]
    assert (cell.fill.start_color.rgb, "不认识数据项「商品煤合格的批次数」" in cell.comment.text) == ("FFFFD58A", True)
    assert download.value.suggested_filename.startswith("质量10月_标注_")

    page.get_by_label("报送人").fill("王统计")
    click(page.get_by_label("这一行是哪个数据项"))
    page.get_by_role("option").first.click()
    click(page.get_by_role("button", name="记住并重新读取"))
    said(page, "记住了 1 条对应关系，文件已按它重新读取。")
    expect(page.get_by_label("这一行是哪个数据项")).to_have_count(0)

    for word, wanted in (("错的", "密码不对，请重新输入打开密码。"), ("开门三次", "● 可以入库，1 条提示：加密.xlsx")):
        box = page.locator("input[type=password]")
        expect(box).to_have_count(1)  # while parts change places, the old box stands beside the new
        box.fill(word)
        click(page.get_by_role("button", name="打开文件"))
        said(page, wanted)

    page.get_by_label("说明", exact=True).fill("3 批次已检测，尚未判定")
    click(page.get_by_role("button", name="入库 3 份"))
    said(page, "已入库 3 份报表，看板已经更新。")
    said(page, "收到 1 份：1 份需要修改。")
    remove = part(page, "会议纪要.docx").get_by_role("button", name="移除这一份")
    expect(remove).to_have_count(1)  # the parts of the files that are stored now are gone
    click(remove)
    expect(part(page, "会议纪要.docx")).to_have_count(0)
    assert "draft" not in page.url

    drop(page, ("质量11月.xlsx", renamed(empty, NOVEMBER, taken=90, tested=60, passed=50, failed=10, pending=30).data))
    said(page, "收到 1 份：1 份可以入库。")
    expect(page.get_by_label("这一行是哪个数据项")).to_have_count(0)
    click(page.get_by_role("button", name="入库 1 份"))
    said(page, "已有 2023 年 10 月到 2023 年 11 月的数据。")

    page.goto("submissions?office=质量监管科&period=2023-11")
    settled(page)
    click(page.get_by_role("button", name="撤回…"))
    asked = page.get_by_test_id("stPopoverBody")
    asked.get_by_label("姓名").fill("李主任")
    asked.get_by_label("理由", exact=True).fill("报错了月份")
    click(page.get_by_role("button", name="确认"))
    said(page, "号报送已撤回，看板已经更新。")


def test_a_reload_shows_nothing_to_who_does_not_have_the_address(page: Page, browser: Browser, empty: Bureau, drop: Callable[..., None]) -> None:
    """The draft is in the address alone; let go, the address leads nowhere."""
    drop(page, ("认证.xlsx", workbook(empty, "certification", NOVEMBER, testing_labs_inspected=5).data))
    said(page, "收到 1 份：1 份可以入库。")
    page.wait_for_url("**/imports?draft=*")
    address = page.url

    other = browser.new_context(viewport={"width": 390, "height": 900}, locale="zh-CN").new_page()
    other.goto(address.partition("?")[0])
    settled(other)
    expect(other.get_by_text("认证.xlsx")).to_have_count(0)
    other.goto(address)
    settled(other)
    said(other, "收到 1 份：1 份可以入库。")
    assert other.evaluate("(() => { const main = document.querySelector('[data-testid=stMain]'); return main.scrollWidth - main.clientWidth; })()") == 0
    click(other.get_by_role("button", name="放弃这一批"))
    click(other.get_by_role("button", name="确认放弃"))
    said(other, "这一批已放弃，没有入库。")
    other.goto(address)
    settled(other)
    said(other, "超过 7 天，请重新拖入。")
    other.context.close()
