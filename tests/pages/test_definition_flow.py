"""A definition is changed with effect from a month, in a browser: the month before keeps its figure, the month itself has the new one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.serving import ON_DEMAND, choose, click, served, settled

PATIENCE = 60_000  # ms; the machine may be busy
NAME = "食品抽检合格率"

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, demo_copy: Path) -> Iterator[Page]:
    """A page over a demo that the test may change."""
    for base in served(ON_DEMAND, demo_copy):
        context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN", base_url=base)
        context.set_default_timeout(PATIENCE)
        yield context.new_page()
        context.close()


def figure(page: Page, month: str) -> str:
    """The figure of the indicator as its panel has it on the board of a month."""
    page.goto(f"?period={month}&figure=food_sampling_pass_rate")
    settled(page)
    return page.locator(".k-panel").inner_text()


def test_a_definition_holds_from_its_month_on(page: Page) -> None:
    """Passed of tested, 97.7 % in October and 97.8 % in November; from November on two times what was tested is below, so 48.9 %."""
    page.goto("catalog?noun=indicator&q=食品抽检合格率")
    settled(page)
    click(page.locator("tbody").get_by_role("link", name=NAME, exact=True))
    formula = page.get_by_role("textbox", name="分母", exact=True)
    formula.fill("")
    formula.press_sequentially("spcjjy")  # 食品抽检检验批次, by the first sounds
    expect(page.get_by_role("listbox", name="可以填的数据项").get_by_role("option").first).to_contain_text("食品抽检检验批次")
    formula.press("ArrowDown")
    formula.press("Enter")
    expect(formula).to_have_value("food_samples_tested")
    formula.press_sequentially(" × 2")
    formula.blur()
    expect(page.get_by_text("即：食品抽检检验批次 × 2").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("分母：由「食品抽检检验批次」改为「食品抽检检验批次 × 2」").first).to_be_visible(timeout=PATIENCE)
    november = page.locator("tr").filter(has_text="2023 年 11 月").first
    expect(november).to_contain_text("97.8%")
    expect(november).to_contain_text("48.9%")

    choose(page, "从哪个月起", "2023 年 11 月")
    october = page.locator("tr").filter(has_text="2023 年 10 月").first
    expect(october).not_to_contain_text("48.9%", timeout=PATIENCE)  # as it will be: by what held until then
    expect(november).to_contain_text("48.9%")
    saving = page.locator("form, [data-testid=stForm]").filter(has=page.get_by_role("button", name="保存，马上生效"))
    saving.get_by_role("textbox", name="姓名").fill("王统计")
    saving.get_by_role("textbox", name="理由").fill("换了抽检方案")
    click(page.get_by_role("button", name="保存，马上生效"))
    expect(page.get_by_text(f"指标「{NAME}」改好了，马上生效。")).to_be_visible(timeout=PATIENCE)
    record = page.locator("table").filter(has_text="变动记录").locator("tbody tr").first
    expect(record).to_contain_text("换了抽检方案")
    expect(record).to_contain_text("2023 年 11 月")

    assert "97.7%" in figure(page, "2023-10")
    assert "48.9%" in figure(page, "2023-11")
