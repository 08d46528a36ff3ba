"""A visitor: one page open in a headless Chromium, timed from inside."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.server import Server
from kpi.period import Month

_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WATCH = Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
_QUIET = 300  # ms without drawing after which a page counts as drawn; long enough to see a collection after the run, too


@dataclass(frozen=True, slots=True)
class Seen:
    """What one load or one change took: seconds until the first line said it, until the last drawing, of server CPU; bytes."""

    first_line: float
    drawn: float
    cpu: float
    size: int


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield opened
        opened.close()


@contextmanager
def person(opened: Browser) -> Iterator[BrowserContext]:
    """Somebody whose browser has nothing in its cache yet."""
    context = opened.new_context(viewport={"width": 1600, "height": 1000})
    context.add_init_script(_WATCH)
    yield context
    context.close()


class Visit:
    """A page opened by somebody on a server."""

    def __init__(self, context: BrowserContext, server: Server, path: str) -> None:
        self._server = server
        self._address = f"{server.url}/{path}"
        self._page: Page = context.new_page()
        self._size = 0
        network = context.new_cdp_session(self._page)
        network.on("Network.loadingFinished", self._count)
        network.on("Network.webSocketFrameReceived", self._count_frame)
        network.send("Network.enable")

    def load(self, month: Month) -> Seen:
        """Open the page; it is there when it speaks of the month."""
        before, size = self._server.cpu, self._size
        self._page.goto(self._address, wait_until="commit")
        return self._await(month, before, size)

    def choose(self, month: Month) -> Seen:
        """Pick another month."""
        before, size = self._server.cpu, self._size
        self._page.bring_to_front()
        picker = self._page.get_by_role("combobox", name="期间")
        picker.fill(str(month))
        picker.press("Enter")
        return self._await(month, before, size)

    def close(self) -> None:
        """Leave."""
        self._page.close()

    def _await(self, month: Month, before: float, size: int) -> Seen:
        took = self._page.evaluate("([text, quiet]) => window.__watch.until(text, quiet)", [month.chinese, _QUIET])
        return Seen(took["said"] / 1000, took["drawn"] / 1000, self._server.cpu - before, self._size - size)

    def _count(self, event: dict[str, Any]) -> None:
        self._size += int(event["encodedDataLength"])

    def _count_frame(self, event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        self._size += len(base64.b64decode(payload)) if event["response"]["opcode"] == 2 else len(payload)
