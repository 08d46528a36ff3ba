"""The pages over the demo bureau, without a browser; and the browser for the tests that need one."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from playwright.sync_api import Browser, Page, Playwright, Request, WebSocket, sync_playwright
from streamlit.testing.v1 import AppTest

from kpi.access.admission import Admission
from kpi.bureau import Bureau, open_bureau
from kpi.web.recent_faults import RecentFaults
from pages.bodies import status
from pages.widgets import progress, running, warmth
from tests.pages.serving import ON_DEMAND, served, settled

CHROMIUM = os.environ.get("KPI_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


@pytest.fixture(autouse=True)
def _answers(request: pytest.FixtureRequest) -> Iterator[None]:
    """
    What the pages were told of the demo is kept from test to test, as a server keeps it from visit to visit.

    A test that replaces a part of the program, the bureau too, begins with nothing and leaves nothing.
    """
    replaced = "monkeypatch" in request.fixturenames
    if replaced:
        st.cache_resource.clear()
    yield
    if replaced:
        st.cache_resource.clear()


@pytest.fixture
def shell(looking: Bureau) -> AppTest:
    """The shell over the demo, for tests that only look."""
    del looking
    return _visit()


@pytest.fixture
def bare_shell(empty: Bureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The shell over an empty store: the first start."""
    return _over(empty, monkeypatch)


@pytest.fixture
def province_shell(province: Bureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The shell over a province of five bureaus, nothing stored."""
    return _over(province, monkeypatch)


def _over(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_resource.clear()
    return _shown(bureau, monkeypatch)


def _shown(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    _opened(bureau, monkeypatch)
    monkeypatch.setattr(warmth, "keep_ready", lambda: None)  # a thread would outlive the bureau of the test
    monkeypatch.setattr(progress, "PATIENCE", 60.0)  # here nobody looks again by themselves
    return _visit()


def _visit() -> AppTest:
    return AppTest.from_file(str(SHELL), default_timeout=60)


def _opened(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages look at a bureau, without login whatever lies in the folder of this project, and without faults so far."""
    nobody = Admission(Path("nowhere"))
    monkeypatch.setattr(running, "opened", lambda: bureau)
    monkeypatch.setattr(running, "admission", lambda: nobody)
    monkeypatch.setattr(status, "recent_faults", RecentFaults())  # those of other tests are none of this bureau


@pytest.fixture
def looking(demo: Bureau) -> Iterator[Bureau]:
    """The pages look at the demo, for tests of what they say without a run."""
    with pytest.MonkeyPatch.context() as patch:
        _shown(demo, patch)
        yield demo


@pytest.fixture
def changing(demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bureau, AppTest]]:
    """The bureau and the shell over a demo that a test may change."""
    with open_bureau(demo_copy) as bureau:
        _opened(bureau, monkeypatch)
        yield bureau, _visit()


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright, started once."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def address(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the demo, as ``python app.py`` serves it; of 24 months those are computed that a test asks for."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(demo_data, folder)
    yield from served(ON_DEMAND, folder)


@pytest.fixture(scope="session")
def screens(browser: Browser) -> Callable[[int, str], Page]:
    """The page of a screen; one that is there has read the scripts once and need not do so for every test."""

    @cache
    def screen(width: int, theme: str) -> Page:
        return browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=theme, locale="zh-CN").new_page()

    return screen


@pytest.fixture
def visit(screens: Callable[[int, str], Page], address: str) -> Iterator[Callable[..., Page]]:
    """Open a page as one who was never here and wait until it is drawn; at the end no request of any page may have left this machine."""
    asked: list[str] = []
    visited: list[Page] = []

    def request(sent: Request) -> None:
        asked.append(sent.url)

    def websocket(opened: WebSocket) -> None:
        asked.append(opened.url.replace("ws://", "http://"))

    def go(path: str, width: int = 1920, theme: str = "light") -> Page:
        page = screens(width, theme)
        if page not in visited:
            page.on("request", request)
            page.on("websocket", websocket)
            visited.append(page)
        page.goto(f"{address}/{path}")
        settled(page)
        return page

    yield go
    for page in visited:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto("about:blank")
        page.context.clear_cookies()
        page.remove_listener("request", request)
        page.remove_listener("websocket", websocket)
    assert any(url.startswith(address) for url in asked)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
