"""People with accounts over a data folder, and how somebody of them logs in, in a browser."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.catalog import load
from tests.pages.serving import settled

PASSWORD = "Good-pass-9"


def with_people(source: Path, folder: Path, people: Iterable[Account], password: str = PASSWORD) -> Path:
    """
    A copy of a data folder with an administrator, admin1, and these people.

    Args:
        source: The data folder.
        folder: Where the copy is to lie.
        people: Their accounts.
        password: That each has chosen; empty for those who have their first one still.

    """
    shutil.copytree(source, folder)
    admission = Admission(folder)
    admission.accounts.add_first("admin1", "赵管理", PASSWORD)
    for account in people:
        admission.accounts.add(account, load.load(load.DEFAULT), "赵管理")
        if password:
            admission.accounts.change_password(account.account, password)
    admission.close()
    return folder


def log_in(page: Page, account: str) -> None:
    """Fill in the login page, which leads to a page."""
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    settled(page)


def windows(browser: Browser, base: str, people: int) -> Iterator[list[BrowserContext]]:
    """The windows of some people, for all tests of a file: who has read the scripts of the pages once need not do so for each."""
    opened = [browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN", base_url=base) for _ in range(people)]
    for context in opened:
        context.set_default_timeout(60_000)
    yield opened
    for context in opened:
        context.close()


def forget(context: BrowserContext) -> None:
    """Close all pages of a person, of whom no page and no site knows anything afterwards."""
    for page in context.pages:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.close()
    context.clear_cookies()
