"""Single sign-on in a browser, over another server on another site: the way there, back and out, as cookies and policies let it go."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.roles import AccountRole
from tests.kpi.web.provider import CLIENT, SECRET, served_provider
from tests.pages.people import forget, windows, with_people
from tests.pages.serving import ON_DEMAND, click, free_port, served, settled
from tests.pages.test_browser import accessible, whole_and_chinese

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with a leader whom the other server knows."""
    return with_people(demo_data, tmp_path_factory.mktemp("sso") / "data", [Account("leader", "李局", AccountRole.LEADER, subject="E-17")], password="")


@pytest.fixture(scope="module")
def base(data: Path) -> Iterator[str]:
    """The dashboard, and the other server beside it, which is ``localhost``: another site than ``127.0.0.1``."""
    port = free_port()
    own = f"http://127.0.0.1:{port}"
    with served_provider(f"{own}/kpi/sso/return", "localhost") as provider:
        settings = {"KPI_OIDC_ISSUER": provider.issuer, "KPI_OIDC_CLIENT": CLIENT, "KPI_OIDC_SECRET": SECRET, "KPI_OIDC_URL": own, "KPI_OIDC_ONLY": "yes"}
        yield from served(ON_DEMAND, data, port, **settings)


@pytest.fixture(scope="module")
def contexts(browser: Browser, base: str) -> Iterator[list[BrowserContext]]:
    yield from windows(browser, base, people=1)


@pytest.fixture
def context(contexts: list[BrowserContext]) -> Iterator[BrowserContext]:
    yield contexts[0]
    forget(contexts[0])


def sign_on(context: BrowserContext, subject: str, path: str) -> Page:
    """Open a page, and say to the other server who one is."""
    page = context.new_page()
    page.goto(path)
    page.get_by_role("link", name="统一身份认证登录").click()
    page.get_by_label("工号").fill(subject)
    assert page.url.startswith("http://localhost:")
    page.get_by_role("button", name="登录").click()
    return page


def test_one_comes_back_to_the_page_that_was_asked_for_and_out_of_both_servers(context, base):
    page = sign_on(context, "E-17", "targets?period=2023-10&office=credit")
    settled(page)
    assert page.url.startswith(f"{base}/targets?period=2023-10&office=credit")
    assert page.locator("h1").inner_text().startswith("未达标")
    click(page.locator(".k-person summary"))
    click(page.get_by_role("button", name="退出", exact=True))
    page.wait_for_url(f"{base}/kpi/login")  # by way of the other server, which forgets who it was
    page.get_by_role("link", name="统一身份认证登录").click()
    expect(page.get_by_label("工号")).to_be_visible()


def test_who_is_known_there_comes_in_by_one_click_in_a_second_tab(context, base):
    first = sign_on(context, "E-17", "trends?period=2023-10")
    settled(first)
    context.clear_cookies(name="kpi_session")
    tabs = []
    for path in ("compare?period=2023-09", "targets?period=2023-10"):
        tabs.append(context.new_page())
        tabs[-1].goto(path)
    for tab, path in zip(tabs, ("compare?period=2023-09", "targets?period=2023-10"), strict=True):
        tab.get_by_role("link", name="统一身份认证登录").click()
        settled(tab)
        assert tab.url.startswith(f"{base}/{path}")


def test_the_pages_before_the_pages_are_chinese_and_accessible(context):
    page = context.new_page()
    page.goto("kpi/login")
    accessible(page, "main")
    whole_and_chinese(page, "登录")
    page.get_by_role("link", name="管理员用密码登录").click()
    accessible(page, "main")
    whole_and_chinese(page, "登录")
    stranger = sign_on(context, "E-99", "targets")
    expect(stranger.get_by_text("看板里没有您的账号；请管理员设账号，「统一身份」一项填：E-99 。")).to_be_visible()
    accessible(stranger, "main")


def test_a_machine_is_not_believed_that_no_setting_names(base, data):
    """What a program on this machine says of another machine and of https: this server stands behind no proxy."""
    words = {"account": "admin1", "password": "Good-pass-9"}
    forged = {"origin": base, "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    answer = httpx2.post(f"{base}/kpi/login", data=words, headers=forged, trust_env=False)
    assert answer.headers["set-cookie"].startswith("kpi_session=")
    assert list(Admission(data).audit.entries())[-1].address == "127.0.0.1"
