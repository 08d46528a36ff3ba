"""A visitor: one page open in a headless Chromium, timed from inside."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.manners import Manner
from bench.server import Server
from kpi.period import Month

_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WATCH = Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
_QUIET = 300  # ms without drawing after which a page counts as drawn; long enough to see a collection after the run, too


@dataclass(frozen=True, slots=True)
class Seen:
    """What a load or a change took: seconds until the first line, until the last drawing, of server CPU; bytes; messages of the websocket."""

    first_line: float
    drawn: float
    cpu: float
    size: int
    messages: int


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield opened
        opened.close()


@contextmanager
def person(opened: Browser, manner: Manner) -> Iterator[BrowserContext]:
    """Somebody whose browser has nothing in its cache yet, and who knows how the pages of a server are used."""
    context = opened.new_context(viewport={"width": 1600, "height": 1000})
    context.add_init_script(f"{manner.script}\n{_WATCH}")
    yield context
    context.close()


class Visit:
    """A page opened by somebody on a server."""

    def __init__(self, context: BrowserContext, server: Server, title: str) -> None:
        self._server, self._title = server, title
        self._page: Page = context.new_page()
        self._size = self._messages = 0
        network = context.new_cdp_session(self._page)
        network.on("Network.loadingFinished", self._count)
        network.on("Network.webSocketFrameReceived", self._count_frame)
        network.send("Network.enable")

    def load(self, month: Month) -> Seen:
        """Open the page; it is there when it speaks of the month."""
        address = f"{self._server.url}/{self._server.manner.paths[self._title]}"
        return self._timed(month, lambda: self._page.goto(address, wait_until="commit"))

    def choose(self, month: Month) -> Seen:
        """Pick another month."""
        return self._timed(month, lambda: self._server.manner.choose(self._page, month))

    def follow(self, title: str, month: Month) -> Seen:
        """Go to another page of the same month."""
        self._title = title
        return self._timed(month, lambda: self._server.manner.follow(self._page, title))

    def close(self) -> None:
        """Leave."""
        self._page.close()

    def _timed(self, month: Month, act: Callable[[], object]) -> Seen:
        before, size, messages = self._server.cpu, self._size, self._messages
        act()
        texts = self._server.manner.texts(self._title, month)
        took = self._page.evaluate("([texts, quiet]) => window.__watch.until(texts, quiet)", [texts, _QUIET])
        cpu = self._server.cpu - before
        return Seen(took["line"] / 1000, took["drawn"] / 1000, cpu, self._size - size, self._messages - messages)

    def _count(self, event: dict[str, Any]) -> None:
        self._size += int(event["encodedDataLength"])

    def _count_frame(self, event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        self._messages += 1
        self._size += len(base64.b64decode(payload)) if event["response"]["opcode"] == 2 else len(payload)
