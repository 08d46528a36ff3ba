"""A meeting from its freezing to what became of its decisions, as a leader and a statistician walk it in a browser."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kpi.bureau import Bureau
from kpi.period import Month
from tests.pages.serving import ON_DEMAND, choose, click, new_window, served, settled

NOVEMBER = Month(2023, 11)
DECISION = "行风问题本月全部整改，办公室每周通报"
PATIENCE = 60_000  # ms; the machine may be busy

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, demo_copy: Path) -> Iterator[Page]:
    """未达标 over a demo that the test may change."""
    for base in served(ON_DEMAND, demo_copy):
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN", base_url=base)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto("targets?period=2023-11")
        settled(page)
        yield page
        context.close()


def corrected(demo: Bureau) -> bytes:
    """The sheet of 办公室 as it was sent, with the fourth of the four problems mended, in this month."""
    book = openpyxl.load_workbook(io.BytesIO(demo.store.original(demo.store.current("general_office", NOVEMBER).sha256)))
    sheet = book["办公室月报表"]
    rows = {row[9].value: row for row in sheet.iter_rows(min_col=1, max_col=10)}
    found, mended = rows["conduct_problems_found"], rows["conduct_problems_rectified"]
    assert (found[5].value, mended[4].value, mended[5].value) == (4, 0, 3)
    mended[4].value, mended[5].value = 1, 4
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def said(page: Page, sentence: str) -> None:
    expect(page.get_by_text(sentence).first).to_be_visible(timeout=PATIENCE)


def answer(page: Page) -> Locator:
    """The first line of the page."""
    return page.locator(".k-answer")


def go(page: Page, name: str) -> None:
    """Follow a link of the navigation."""
    click(page.locator(".k-nav").get_by_role("link", name=name, exact=True))
    expect(page.get_by_role("heading", level=1)).to_contain_text(name, timeout=PATIENCE)
    settled(page)


def test_a_meeting_freezes_presents_decides_follows_up_and_sees_it_recover(page: Page, demo: Bureau) -> None:
    """未达标 → 定稿 → 大屏 by keyboard → 决定 → 督办 → a corrected sheet → 已恢复; and a problem that a leader signs."""
    expect(answer(page)).to_have_text("7 项未达标：信用监管科 4 项，质量监管科、知识产权科、办公室各 1 项")
    row = page.locator("tr").filter(has_text="行风问题整改率")
    expect(row.get_by_role("link", name="登记督办")).to_be_visible()

    code = freeze(page)
    present(page, code)
    decide(page)
    number = follow_up(page)
    recover(page, demo)
    see_it_recovered(page, number)
    close(page)


def freeze(page: Page) -> str:
    """Freeze the board for a meeting; its code."""
    go(page, "会议版")
    click(page.get_by_role("button", name="定稿…"))
    page.get_by_label("姓名").fill("王统计")
    page.get_by_label("会议", exact=True).fill("12 月局务会")
    click(page.get_by_role("button", name="确认定稿"))
    said(page, "2023 年 11 月会议版第 1 版已定稿")
    page.wait_for_url(re.compile("edition=2023-11-"))
    settled(page)
    return re.search(r"edition=([^&]+)", page.url)[1]


def present(page: Page, code: str) -> None:
    """Turn the screens with the keys of a keyboard and of a remote."""
    wall = new_window(page, page.get_by_role("link", name="投到大屏"))
    wall.wait_for_load_state()  # its script has run
    place, shown = wall.locator("#w-page"), wall.locator(".w-screen:not([hidden]) h1")
    expect(wall.locator(".w-foot")).to_contain_text(f"编号 {code}")
    count = wall.locator(".w-screen").count()
    expect(place).to_have_text(f"1 / {count}")
    expect(shown).to_have_text("这个月怎么样")
    for key, number in (("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("End", count), ("ArrowRight", count), ("Home", 1), ("PageUp", 1), (" ", 2)):
        wall.keyboard.press(key)
        expect(place).to_have_text(f"{number} / {count}")
    wall.keyboard.press("5")
    wall.keyboard.press("Enter")
    expect(place).to_have_text(f"5 / {count}")
    expect(shown).to_have_text("比上月变了什么")
    wall.keyboard.press("f")
    wall.wait_for_function("document.fullscreenElement !== null")
    wall.keyboard.press("F")
    wall.wait_for_function("document.fullscreenElement === null")
    wall.close()


def decide(page: Page) -> None:
    """Type what was decided; without a name it is refused."""
    page.get_by_label("会上怎样说").fill(DECISION)
    click(page.get_by_role("button", name="记下"))
    said(page, "会议决定没有登记：没有写记录人")
    page.get_by_label("记录人").fill("记录员")
    click(page.get_by_role("button", name="记下"))
    said(page, "会议决定已记下")
    note = page.locator(".k-notes li").filter(has_text=DECISION)
    expect(note).to_be_visible()
    click(note.get_by_role("link", name="登记督办"))
    page.wait_for_url(re.compile(r"follow-ups\?.*note=\d+"))
    settled(page)


def follow_up(page: Page) -> str:
    """Give the decision to an office; the number under which it is followed up."""
    expect(page.get_by_role("heading", name=f"登记督办：{DECISION}")).to_be_visible()
    form = page.get_by_test_id("stForm").filter(has_text="登记督办").first
    form.get_by_label("登记人").fill("王统计")
    choose(page, "哪个指标恢复就算办好", "行风问题整改率")
    choose(page, "责任科室", "办公室")
    click(form.get_by_role("button", name="登记督办"))
    said(page, "督办没有登记：没有写责任人")
    form.get_by_label("责任人").fill("赵主任")
    form.get_by_label("答应什么").fill("剩下 1 个问题月底前整改")
    form.get_by_label("步骤，一行一步，末尾可以写日期").fill("每周五通报")
    click(form.get_by_role("button", name="登记督办"))
    said(page, "已登记第")
    page.wait_for_url(re.compile(r"row=\d+"))
    settled(page)
    expect(page.locator(".k-follow-up")).to_contain_text("进行中（绿）")
    click(page.get_by_role("button", name="登记进展…"))
    page.get_by_label("姓名").fill("赵主任")
    page.get_by_label("办到哪一步").fill("第四个问题已经进场整改")
    click(page.get_by_role("button", name="登记", exact=True))
    said(page, "进展已登记")
    expect(page.locator(".k-history li").last).to_contain_text("赵主任：进展：第四个问题已经进场整改")
    number = re.search(r"row=(\d+)", page.url)[1]

    go(page, "未达标")
    row = page.locator("tr").filter(has_text="行风问题整改率")
    expect(row.get_by_role("link", name="督办：赵主任")).to_be_visible()
    go(page, "总览")
    expect(page.get_by_role("link", name="督办 1 件在办")).to_be_visible()
    return number


def recover(page: Page, demo: Bureau) -> None:
    """The statistician drops the corrected sheet."""
    go(page, "报表导入")
    page.set_input_files("input[type=file]", [{"name": "办公室更正.xlsx", "mimeType": "application/octet-stream", "buffer": corrected(demo)}])
    page.get_by_label("报送人").fill("钱统计")
    page.get_by_label("报送人").press("Tab")
    click(page.get_by_role("button", name="入库 1 份"))
    said(page, "已入库 1 份报表，看板已经更新。")


def see_it_recovered(page: Page, number: str) -> None:
    """The figure that is good closes it, on every page that shows it; the next meeting begins with it."""
    go(page, "督办")
    expect(answer(page)).to_have_text("督办 1 件：1 件已办结。")
    click(page.locator("summary").filter(has_text="1 件"))
    click(page.locator("tr").filter(has_text=DECISION).get_by_role("link").first)
    page.wait_for_url(re.compile(f"row={number}"))
    settled(page)
    sheet = page.locator(".k-follow-up")
    expect(sheet).to_contain_text("已恢复（绿）")
    expect(sheet).to_contain_text("11 月更正后达标")
    expect(page.get_by_role("button", name="重新督办…")).to_be_visible()
    page.goto("offices?period=2023-11&office=general_office")
    settled(page)
    expect(page.locator("tr").filter(has_text=DECISION)).to_contain_text("已恢复")
    page.goto("targets?period=2023-11")
    settled(page)
    expect(answer(page)).to_have_text("6 项未达标：信用监管科 4 项，质量监管科、知识产权科各 1 项")
    page.goto("wall?period=2023-11")
    expect(page.locator(".w-screen:not([hidden])")).to_contain_text("上次会议答应 1 件，办结 1 件")
    expect(page.locator(".w-screen:not([hidden])")).to_contain_text("已恢复（绿）")


def close(page: Page) -> None:
    """A problem of the summary has no figure: a leader closes it, with a reason."""
    page.goto("follow-ups?period=2023-11")
    settled(page)
    click(page.locator("summary").filter(has_text="登记总结中的问题"))
    page.get_by_label("总结里怎样写").fill("整改 2 项完成 1 项，预计 12 月完成")
    page.get_by_label("登记人").fill("王统计")
    choose(page, "责任科室", "办公室")
    page.get_by_label("责任人").fill("赵主任")
    click(page.get_by_role("button", name="登记督办"))
    said(page, "已登记第")
    settled(page)
    click(page.get_by_role("button", name="领导签字办结…"))
    page.get_by_label("姓名").fill("刘局长")
    click(page.get_by_role("button", name="登记", exact=True))
    said(page, "没有写理由")
    page.get_by_label("理由", exact=True).fill("余下一项转入下年度计划")
    click(page.get_by_role("button", name="登记", exact=True))
    said(page, "签字办结已登记")
    expect(page.locator(".k-follow-up")).to_contain_text("签字办结：余下一项转入下年度计划")
    expect(answer(page)).to_have_text("督办 2 件：2 件已办结。")
