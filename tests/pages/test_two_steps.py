"""Two steps in a browser: a 填报员 sends a correction, a 审核员 returns it, it is sent again and accepted, and the record says who did what."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kpi.access.account import Account
from kpi.access.roles import AccountRole
from kpi.bureau import open_bureau
from kpi.period import Month
from tests.pages.people import forget, log_in, windows, with_people
from tests.pages.serving import ON_DEMAND, click, served
from tests.pages.test_browser import accessible, whole_and_chinese

OFFICE, NOVEMBER = "food_coordination", Month(2023, 11)
PEOPLE = (Account("filer", "王统计", AccountRole.FILER, office=OFFICE), Account("reviewer", "李审核", AccountRole.REVIEWER))

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with a 填报员 and a 审核员."""
    return with_people(demo_data, tmp_path_factory.mktemp("steps") / "data", PEOPLE)


@pytest.fixture(scope="module")
def corrected(data: Path) -> bytes:
    """The sheet of November with 2,317 in the place of the first cumulative figure over 1,000."""
    with open_bureau(data) as bureau:
        [submission] = bureau.store.current_submissions(NOVEMBER, OFFICE)
        book = openpyxl.load_workbook(io.BytesIO(bureau.store.original(submission.sha256)))
    cell = next(cell for (cell,) in book.worksheets[0].iter_rows(min_col=6, max_col=6) if isinstance(cell.value, int | float) and cell.value > 1000)
    assert cell.value == 2316
    cell.value = 2317
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


@pytest.fixture(scope="module")
def base(data: Path, corrected: bytes) -> Iterator[str]:
    yield from served(ON_DEMAND, data, KPI_TWO_STEPS="yes")


@pytest.fixture(scope="module")
def contexts(browser: Browser, base: str) -> Iterator[list[BrowserContext]]:
    yield from windows(browser, base, people=2)


def enter(context: BrowserContext, account: str) -> Page:
    page = context.new_page()
    page.goto("referrals")
    log_in(page, account)
    return page


def refer(page: Page, corrected: bytes) -> None:
    page.goto("imports")
    page.locator("input[type=file]").set_input_files({"name": "更正.xlsx", "mimeType": "application/octet-stream", "buffer": corrected})
    click(page.get_by_role("button", name="送审 1 份"))
    expect(page.get_by_text("已送审 1 份报表，等审核员审核")).to_be_visible()


def test_the_navigation_of_who_sees_most_stays_on_one_line(contexts: list[BrowserContext]) -> None:
    page = enter(contexts[1], "reviewer")
    for width in (1280, 1366, 1501, 1760, 1920):
        page.set_viewport_size({"width": width, "height": 768})
        tops = page.locator(".k-groups > li").evaluate_all("groups => groups.map(group => Math.round(group.getBoundingClientRect().top))")
        assert len(tops) == 5
        assert len(set(tops)) == 1, width
        assert page.locator(".k-nav").evaluate("shown => shown.getBoundingClientRect().height") < 60, width
    forget(contexts[1])


def test_a_correction_is_returned_sent_again_and_accepted(contexts: list[BrowserContext], corrected: bytes) -> None:
    filer, reviewer = enter(contexts[0], "filer"), enter(contexts[1], "reviewer")
    refer(filer, corrected)

    reviewer.goto("")
    expect(reviewer.get_by_text("1 件送审等待审核，见审核。")).to_be_visible()
    reviewer.goto("referrals")
    expect(reviewer.locator("td", has_text="2,317 家")).to_be_visible()
    whole_and_chinese(reviewer, "审核")
    accessible(reviewer)
    click(reviewer.get_by_text("退回…"))
    reviewer.get_by_role("textbox", name="理由").fill("请附说明")
    click(reviewer.get_by_role("button", name="确认"))
    expect(reviewer.get_by_text("已退回，送审的人在这一页看得到理由。")).to_be_visible()

    filer.goto("referrals")
    expect(filer.get_by_text("退回，理由：请附说明")).to_be_visible()
    refer(filer, corrected)

    reviewer.goto("referrals")
    click(reviewer.get_by_text("审核入库…"))
    click(reviewer.get_by_role("button", name="确认入库"))
    expect(reviewer.get_by_text("已审核入库 1 份报表，看板已经更新。")).to_be_visible()
    filer.goto(f"submissions?period=2023-11&office={OFFICE}&standing=all&row=438")
    expect(filer.get_by_text(re.compile("王统计于 .* 送审，李审核于 .* 审核入库"))).to_be_visible()
    for context in contexts:
        forget(context)
