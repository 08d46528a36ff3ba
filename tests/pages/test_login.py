"""A bureau with login, in a browser: who opens what, what everybody sees of others, and that a login that ended leads back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kpi.access.account import Account
from kpi.access.roles import AccountRole
from tests.pages.people import forget, log_in, windows, with_people
from tests.pages.serving import ON_DEMAND, choose, click, served, settled
from tests.pages.test_browser import accessible, whole_and_chinese

PEOPLE = (
    Account("leader", "李局", AccountRole.LEADER),
    Account("filer", "张三", AccountRole.FILER, office="credit"),
    Account("reviewer", "王统计", AccountRole.REVIEWER),
    Account("auditor", "钱审计", AccountRole.AUDITOR),
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with an account of each role."""
    return with_people(demo_data, tmp_path_factory.mktemp("login") / "data", PEOPLE)


@pytest.fixture(scope="module")
def base(data: Path) -> Iterator[str]:
    yield from served(ON_DEMAND, data)


@pytest.fixture(scope="module")
def contexts(browser: Browser, base: str) -> Iterator[list[BrowserContext]]:
    yield from windows(browser, base, people=2)


@pytest.fixture
def context(contexts: list[BrowserContext]) -> Iterator[BrowserContext]:
    """The windows of somebody who was never here."""
    yield contexts[0]
    forget(contexts[0])


@pytest.fixture
def other(contexts: list[BrowserContext]) -> Iterator[BrowserContext]:
    """Those of another person."""
    yield contexts[1]
    forget(contexts[1])


def enter(context: BrowserContext, account: str, path: str = "") -> Page:
    """Log in from a page, which the login leads back to."""
    page = context.new_page()
    page.goto(path)
    assert "/kpi/login" in page.url
    log_in(page, account)
    return page


def titles(page: Page) -> list[str]:
    return page.locator(".k-groups a").all_inner_texts()


def test_a_leader_comes_back_to_the_page_that_was_asked_for_and_reads_all(context):
    page = enter(context, "leader", "targets?period=2023-10&office=credit")
    assert "/targets?period=2023-10&office=credit" in page.url
    assert page.locator("h1").inner_text().startswith("未达标")
    assert titles(page) == [
        *("总览", "未达标", "趋势", "同比", "科室与单位", "报送记录", "报送情况", "勾稽核对"),
        *("会议版", "督办", "当时所知", "大屏", "总结生成", "材料核数", "指标口径"),
    ]
    expect(page.get_by_text("登记督办").first).to_be_hidden()
    expect(page.get_by_text("清空演示数据，开始用")).to_be_hidden()
    accessible(page)
    page.goto("imports")
    expect(page.get_by_text("你的账号不能打开「报表导入」")).to_be_visible()


def test_links_to_what_somebody_may_do_are_there(context):
    page = enter(context, "reviewer", "targets?period=2023-11")
    expect(page.get_by_text("登记督办").first).to_be_visible()
    expect(page.get_by_text("清空演示数据，开始用")).to_be_visible()


def test_the_name_of_who_enters_something_is_that_of_the_account(context):
    page = enter(context, "reviewer", "meeting?period=2023-11")
    signer = page.get_by_label("记录人")
    expect(signer).to_have_value("王统计")
    expect(signer).to_be_disabled()


def test_a_filer_cannot_take_the_original_of_another_office(context):
    page = enter(context, "filer", "submissions?period=2023-11")
    own, others = (page.request.get(f"kpi/original/{number_of(page, office)}").status for office in ("信用监管科", "登记注册科"))
    assert (own, others) == (200, 409)


def number_of(page: Page, office: str) -> int:
    """The number of the submission of an office that the page lists."""
    return int(page.locator("tr", has_text=office).first.locator("td").first.inner_text().strip())


@pytest.mark.parametrize(("account", "path", "title"), [("admin1", "accounts", "账号"), ("auditor", "audit", "审计记录")])
def test_the_pages_about_accounts_are_chinese_whole_and_accessible(context, account, path, title):
    page = enter(context, account, "")
    assert page.url.split("?")[0].endswith(f"/{path}")
    whole_and_chinese(page, title)
    expect(page.locator(".k-demo")).to_have_count(0)  # nothing of the demonstration is on them
    accessible(page)
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.goto(path)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(page)
    click(page.locator(".k-person summary"))
    box = page.locator(".k-person > div").bounding_box()
    assert 360 < box["x"] + box["width"] <= 390  # at the right, where everybody else finds it, without the field for searching too


def test_an_account_is_made_and_its_person_chooses_a_password(context, other):
    page = enter(context, "admin1", "accounts")
    click(page.get_by_text("设一个账号"))
    page.get_by_role("textbox", name="账号名").fill("new.leader")
    page.get_by_role("textbox", name="姓名").first.fill("孙局")
    click(page.get_by_role("button", name="设账号"))
    expect(page.get_by_text("只显示这一次")).to_be_visible()
    given = page.get_by_text("只显示这一次").first.inner_text().split("初始密码是 ")[1].split()[0]
    fresh = other.new_page()
    fresh.goto("compare?period=2023-09")
    fresh.get_by_label("账号").fill("new.leader")
    fresh.get_by_label("密码").fill(given)
    fresh.get_by_role("button", name="登录").click()
    fresh.get_by_label("原密码").fill(given)
    fresh.get_by_label("新密码", exact=True).fill("Mine-own-8")
    fresh.get_by_label("再输一次新密码").fill("Mine-own-8")
    fresh.get_by_role("button", name="换成新密码").click()
    settled(fresh)
    assert "compare?period=2023-09" in fresh.url


def test_of_two_administrators_the_second_sees_what_the_first_did(context):
    """Two windows open one account; the one that is changed later is shown what stands there now, and nothing is lost."""
    first, second = enter(context, "admin1", "accounts"), context.new_page()
    second.goto("accounts")
    for page in (first, second):
        click(page.get_by_text("改一个账号"))
        choose(page, "账号", "auditor（钱审计）")
        settled(page)
    form = 'form, [data-testid="stForm"]'
    first.locator(form).last.get_by_role("textbox", name="邮箱").fill("first@example.gov.cn")
    click(first.get_by_role("button", name="改好"))
    expect(first.get_by_text("账号「auditor」改好了，马上生效。")).to_be_visible()
    second.locator(form).last.get_by_role("textbox", name="姓名").fill("孙审计")
    click(second.get_by_role("button", name="改好"))
    expect(second.get_by_text("账号「auditor」在您打开以后已经改过，最近一次由赵管理于")).to_be_visible()
    expect(second.locator(form).last.get_by_role("textbox", name="邮箱")).to_have_value("first@example.gov.cn")
    second.locator(form).last.get_by_role("textbox", name="姓名").fill("孙审计")
    click(second.get_by_role("button", name="改好"))
    expect(second.get_by_text("账号「auditor」改好了")).to_be_visible()


def test_a_page_left_open_leads_to_the_login_once_its_login_has_ended(context):
    """Ended from another window: the open page asks for the version on its own, and is told."""
    page = enter(context, "leader", "targets?period=2023-10")
    second = context.new_page()
    second.goto("indicators")
    settled(second)
    click(second.locator(".k-person summary"))
    click(second.get_by_role("button", name="退出", exact=True))
    second.wait_for_url("**/kpi/login*")
    second.close()
    page.bring_to_front()
    page.wait_for_url("**/kpi/login?ended=1&next=*")
    expect(page.get_by_text("登录已经结束")).to_be_visible()


def test_a_file_is_uploaded_and_a_download_is_for_who_asked_for_it(context, other):
    """The original of a sheet is taken from one login, dropped again, and its address opens nothing for another."""
    page = enter(context, "reviewer", "submissions?period=2023-11")
    number = number_of(page, "信用监管科")
    page.goto(f"submissions?period=2023-11&row={number}")
    settled(page)
    with page.expect_response(lambda answer: "/media/" in answer.url) as taken, page.expect_download() as sheet:
        click(page.get_by_role("button", name="下载原件"))
    address = taken.value.url
    stranger = enter(other, "leader", "")
    assert stranger.request.get(address).status == 404
    assert page.request.get(address).status == 200
    page.goto("imports")
    settled(page)
    page.locator("input[type=file]").set_input_files(sheet.value.path())
    expect(page.get_by_text("报表与已入库的完全相同，不再重复入库").first).to_be_attached(timeout=60_000)


def test_who_runs_the_system_sees_how_it_is_and_no_figure(context):
    """The page 运行 is of administrators, who read no figures."""
    page = enter(context, "admin1", "status")
    whole_and_chinese(page, "运行")
    assert "份报送" in page.locator(".k-definition").inner_text()
    accessible(page)
