"""
建局 in a browser: from the sheets of nineteen offices, and nothing else, to the board, each click counted.

The catalogue that comes with the project is the judge only.  It is in force until the setup has its own, and nothing that
proposes asks it; the sheets are those of the demonstration without their hidden sheet.
"""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from kpi.bureau import Bureau, open_bureau
from kpi.catalog.load import DEFAULT, load
from kpi.compute.row import BoardRow
from kpi.demo.workbooks import workbooks
from kpi.period import Month
from kpi.review.board import board
from kpi.workbook.layout.table_finder import META_SHEET
from kpi.workbook.naming import name_key
from tests.pages.serving import COMMANDS, choose, click, settled, started

pytestmark = pytest.mark.browser

MARCH = Month(2023, 3)
MONTHS = (Month(2023, 1), Month(2023, 2), MARCH)
MOST_CLICKS = 60  # ten seconds each are ten minutes
OWN_PARTS = {"工业产品抽检合格率": ("工业产品抽检合格批次（批次）", "工业产品抽检批次（批次）")}  # of the rates whose parts no figure decides


class Clicking:
    """A page, and how often somebody has clicked, chosen or typed on it."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def button(self, name: str) -> None:
        """Click a button and wait until the page has answered."""
        click(self.page.get_by_role("button", name=name).first)
        self.did()

    def did(self, clicks: int = 1) -> None:
        """Count something that was done."""
        self.clicks += clicks
        settled(self.page)

    def says(self, words: str) -> None:
        """Wait for words on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=120_000)
        settled(self.page)


def sheets() -> list[dict[str, object]]:
    """The 57 workbooks of three months as files to be dropped, without what only the writer of the product puts in."""
    files = []
    for name, _, _, data in workbooks(load(DEFAULT), MONTHS):
        book = load_workbook(BytesIO(data))
        del book[META_SHEET]
        written = BytesIO()
        book.save(written)
        files.append({"name": name, "mimeType": "application/octet-stream", "buffer": written.getvalue()})
    return files


def set_up(did: Clicking) -> None:
    """From the welcome to the last sheet taken in."""
    page = did.page
    page.goto("")
    settled(page)
    click(page.get_by_role("link", name="从报表建局"))
    did.says("把各科室的报表拖到这里")
    page.set_input_files("input[type=file]", sheets())
    did.clicks += 3  # to open the folder, to mark all, to let them fall
    did.says("57 份报表里有")
    did.button("全部接受")
    answer_questions(did)
    page.get_by_label("姓名", exact=True).first.fill("王统计")
    did.clicks += 1
    did.button("生成目录，报表入库")
    did.says("指标目录已经生效，报表已入库")
    narrow = page.evaluate("(() => { const main = document.querySelector('[data-testid=stMain]'); return main.scrollWidth - main.clientWidth; })()")
    assert narrow == 0
    if page.get_by_role("link", name="去报表导入").count():
        explain(did)
    page.goto("?period=2023-03")
    did.says("2023 年 3 月")


def answer_questions(did: Clicking) -> None:
    """Answer one question after the other, as who knows the bureau does: what the judge has is wanted, the rest is not."""
    judge, page = load(DEFAULT), did.page
    known = {name_key(indicator.name) for indicator in judge.indicators.values() if indicator.denominator}
    for _ in range(MOST_CLICKS):
        card = page.locator(".k-proposal h2")
        if not card.count():
            return
        asked = card.text_content() or ""
        kind, _, name = asked.rpartition(" ▲")[0].strip().partition("：")
        own = OWN_PARTS.get(name)
        if own:
            choose(page, "自己选的分子", own[0])
            choose(page, "自己选的分母", own[1])
            did.clicks += 4
        wanted = kind in ("科室", "数据项", "合计关系") or own or (name_key(name) in known and page.locator('[data-testid="stRadio"] input:checked').count())
        click(page.get_by_role("button", name="接受" if wanted else "不要", exact=True))
        page.wait_for_function("asked => document.querySelector('.k-proposal h2')?.textContent !== asked", arg=asked)
        did.did()
    raise AssertionError("so many questions")


def explain(did: Clicking) -> None:
    """Take in what waits for a word of its office, on the page where sheets are taken in every month."""
    click(did.page.get_by_role("link", name="去报表导入"))
    did.did()
    did.button("放到下面核对")
    did.says("写明说明后可以入库")
    did.page.get_by_label("报送人").fill("王统计")
    did.page.get_by_label("说明", exact=True).or_(did.page.get_by_label("共同的说明")).first.fill("上年的问题今年整改")
    did.clicks += 2
    did.button("入库")
    did.says("看板已经更新")


def by_office_and_name(bureau: Bureau) -> dict[tuple[str, str], BoardRow]:
    """The board of March by what its rows are called."""
    offices = {code: office.name for code, office in bureau.catalog.offices.items()}
    return {(offices[row.office], name_key(bureau.catalog.indicators[row.indicator].name)): row for row in board(bureau, MARCH)}


def test_from_sheets_to_the_board_in_ten_minutes_of_clicks(browser: Browser, demo: Bureau, tmp_path: Path) -> None:
    """Every row that both boards have shows the same figure, the rates with proved parts are among them; a typed word is a click, a choice in a list two."""
    with started(COMMANDS["python"], tmp_path / "data") as (base, _):
        context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN", base_url=base)
        did = Clicking(context.new_page())
        set_up(did)
        context.close()

    assert did.clicks <= MOST_CLICKS
    with open_bureau(tmp_path / "data") as bureau:
        own, judge = by_office_and_name(bureau), by_office_and_name(demo)
        both = own.keys() & judge.keys()
        rates = {key for key in both if bureau.catalog.indicators[own[key].indicator].denominator}
        assert {key: own[key].figure.value for key in both} == {key: judge[key].figure.value for key in both}
        assert (len(own) > 280, len(rates) >= 28) == (True, True)
        assert len(bureau.store.current_submissions()) == len(demo.catalog.offices) * len(MONTHS)
        assert bureau.store.verify() == []
