"""The limit of open pages: who has one open keeps it, one too many is told so, and what is closed makes room."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kpi.errors import RequestError
from kpi.web.server_run import ServerRun, most_visits
from kpi.web.visit_limit import VisitLimit

BROWSER = [(b"accept", b"text/html,*/*"), (b"sec-fetch-dest", b"document")]
SOCKET = {"type": "websocket", "path": "/_stcore/stream", "headers": []}


def http(path: str, headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "headers": headers}


def sent(limit: VisitLimit, scope: dict[str, Any]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        messages.append(message)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, limit(scope, receive, send)).result()
    return messages


class Counting:
    """An application that notes how many pages were open when it was asked, and may fail."""

    def __init__(self, run: ServerRun, *, fails: bool = False) -> None:
        self.run, self.fails, self.seen = run, fails, list[int]()

    async def __call__(self, *_: Any) -> None:
        self.seen.append(self.run.visits)
        if self.fails:
            raise ConnectionError


def test_an_open_page_counts_until_it_is_closed_however_it_ends() -> None:
    run = ServerRun()
    app = Counting(run)
    assert sent(VisitLimit(app, run, 1, b"full"), SOCKET) == []
    assert (app.seen, run.visits) == ([1], 0)
    with pytest.raises(ConnectionError):
        sent(VisitLimit(Counting(run, fails=True), run, 1, b"full"), SOCKET)
    assert run.visits == 0


def test_one_too_many_is_told_so() -> None:
    run = ServerRun(visits=2)
    app = Counting(run)
    limit = VisitLimit(app, run, 2, "太多".encode())
    assert sent(limit, SOCKET) == [{"type": "websocket.close", "code": 1013}]
    start, body = sent(limit, http("/targets", BROWSER))
    assert (start["status"], body["body"].decode()) == (503, "太多")
    assert (b"retry-after", b"60") in start["headers"]
    assert sent(limit, {**http("/targets", [(b"Accept", b"text/html")]), "method": "HEAD"})[1]["body"] == b""
    assert app.seen == []


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/kpi/version", BROWSER), ("/wall", BROWSER), ("/healthz", BROWSER), ("/static/js/a.js", [(b"accept", b"*/*")]), ("/", [(b"sec-fetch-dest", b"empty")])],
)
def test_what_an_open_page_asks_is_answered_all_the_same(path: str, headers: list[tuple[bytes, bytes]]) -> None:
    run = ServerRun(visits=9)
    app = Counting(run)
    assert sent(VisitLimit(app, run, 1, b"full"), http(path, headers)) == []
    assert app.seen == [9]


def test_how_many_pages_may_be_open_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPI_VISITS", raising=False)
    assert most_visits() == 300
    monkeypatch.setenv("KPI_VISITS", "20")
    assert most_visits() == 20
    monkeypatch.setenv("KPI_VISITS", "viele")
    with pytest.raises(RequestError, match="KPI_VISITS"):
        most_visits()


def test_a_run_begins_before_any_setting_is_read(monkeypatch):
    """It is made while modules are loaded, where a setting that is wrong could not be told in a sentence."""
    monkeypatch.setenv("KPI_ZONE", "Mars")
    assert ServerRun().begun > 0
