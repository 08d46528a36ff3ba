"""The app served for a browser, and when a page of it is drawn."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

expect.set_options(timeout=30_000)  # of a page that is looked at: the machine may be busy
ROOT = Path(__file__).parents[2]
COMMANDS = {"python": [sys.executable, "app.py"], "streamlit": [sys.executable, "-m", "streamlit", "run", "app.py"]}
_APP_ON_DEMAND = "import runpy; from pages.widgets import warmth; warmth.keep_ready = lambda: None; runpy.run_path('app.py', run_name='__main__')"
ON_DEMAND = [sys.executable, "-c", _APP_ON_DEMAND]  # computes no month before somebody asks for it: of 24 a test sees two

DRAWN = """() => {
  const parts = name => [...document.querySelectorAll(`[data-testid="${name}"]`)];
  return document.querySelector('h1') && !document.getElementById('first-screen') && !document.querySelector('[data-html]')
    && document.fonts.status === 'loaded'
    && parts('stApp').every(app => app.dataset.testScriptState === 'notRunning')
    && parts('stSkeleton').length === 0
    && parts('stDataFrame').every(table => table.clientWidth < 50 || table.querySelector('[role=columnheader]'));
}"""
CHOOSING = 6  # times that a list is opened, or a link clicked
# Streamlit gathers elements for 10 ms before it draws them; a page that nobody sees may never be idle, and asking it waits without end
HELD_BACK = "() => new Promise(drawn => setTimeout(() => requestIdleCallback(drawn, {timeout: 1000}), 20))"


def free_port() -> int:
    """A port of this machine that nobody serves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served(command: list[str], data: Path, port: int = 0, **settings: str) -> Iterator[str]:
    """Serve the app over a data folder, with settings of the environment, until the test is done."""
    with started(command, data, port, **settings) as (base, _):
        yield base


@contextmanager
def started(command: list[str], data: Path, port: int = 0, **settings: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The app over a data folder: where it answers, and its process, which is asked to stop at the end."""
    port = port or free_port()
    environment = os.environ | {"KPI_DATA": str(data), "STREAMLIT_SERVER_PORT": str(port), "PYTHONUNBUFFERED": "1"} | settings
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:  # ends with the process, should it fail to start
            said.append(line)
            if "http://" in line:
                break
        assert process.poll() is None, "".join(said)
        try:
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()


def settled(page: Page) -> None:
    """Wait until the script has run, and all it said is drawn: nothing is held back, no part is still being fetched, every table has its head."""
    page.wait_for_function(DRAWN, timeout=60_000)
    page.evaluate(HELD_BACK)
    page.wait_for_function(DRAWN, timeout=60_000)


def asked(page: Page) -> dict[str, str]:
    """What the address of a page names."""
    return {key: words[-1] for key, words in parse_qs(urlsplit(page.url).query).items()}


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list of a form by typing what is wanted and taking it from the list, which may open later than somebody types, or close under a click."""
    box, listed = page.get_by_role("combobox", name=label, exact=True), page.get_by_role("listbox").get_by_role("option", name=option, exact=True)
    expect(box).to_have_count(1)
    for _ in range(CHOOSING):
        box.fill("")
        box.fill(option)
        with suppress(PlaywrightTimeoutError):
            listed.click(timeout=5000)
            break
    expect(box).to_have_value(option)


def click(target: Locator) -> None:
    """
    Click on a part of a page once the page is drawn: a click that falls between two drawings is lost.

    What was typed into a field is sent, and the page drawn anew, when the field is left.  A click leaves it, so it is left before.
    """
    target.wait_for()
    target.page.evaluate("() => document.activeElement?.blur()")
    settled(target.page)
    target.click()


def new_window(page: Page, link: Locator) -> Page:
    """The window that a link opens; the click may fall between two drawings of it, and is made again then."""
    for _ in range(CHOOSING):
        with suppress(PlaywrightTimeoutError), page.context.expect_page(timeout=10_000) as opening:
            click(link)
            return opening.value
    raise AssertionError("the link opens no window")
