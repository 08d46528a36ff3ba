"""What is served beside the pages: whatever its address asks for, the answer is one sentence in Chinese, never a fault of the program."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.applications import Starlette

from kpi.bureau import Bureau
from pages import served
from pages.bodies import wall
from pages.site import WALL
from pages.view import read
from tests.pages.fragments import texts

LONGEST = "9" * 5000  # no number of this length can be read
PAST_EVERY_LOG = "9" * 25
FAULTY = [
    "original/999999",
    f"original/{LONGEST}",
    f"original/{PAST_EVERY_LOG}",
    "original/-1",
    "original/x",
    "original/1/2",
    "export/nothing",
    "export/targets/x",
    "x",
]


def answered(path: str, query: str = "") -> tuple[int, str]:
    """Status and text of the answer to a request."""
    app, sent = Starlette(routes=served.ROUTES), []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": [], "root_path": ""}
    with ThreadPoolExecutor(1) as pool:  # a browser test before this one may have left a loop running on the main thread
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]).decode()


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize("path", FAULTY)
def test_an_address_that_leads_nowhere_is_one_sentence_and_a_way_out(path: str) -> None:
    """The library would answer with a document of its own that finds no scripts: an empty window."""
    status, text = answered(f"/kpi/{path}")
    page = LexborHTMLParser(text)
    assert (status, texts(page, "h1")) == (404, ["不能显示"])
    assert texts(page, "a") == ["回到总览"]


@pytest.mark.usefixtures("looking")
def test_below_the_wall_there_is_nothing() -> None:
    assert answered("/wall/x")[0] == 404


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize(
    "query", [f"{name}={word}" for name in ("finding", "note", "row") for word in (LONGEST, PAST_EVERY_LOG, f"{PAST_EVERY_LOG}.0", f"1.{LONGEST}")]
)
def test_a_number_that_no_log_reaches_leaves_the_page_standing(query: str) -> None:
    """It is not there, like any other number that is none."""
    page = LexborHTMLParser(served.screen("/follow-ups", query))
    assert texts(page, "h1") == ["督办 区市场监管局"]
    assert len(texts(page, ".k-note[role=status]")) == 1


def test_a_fault_that_nobody_expected_takes_no_page_away(looking: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first screen is left out, and the page says what it says; a file has a sentence with the number of the fault."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret/path")

    monkeypatch.setattr(served.view, "read", fail)
    assert served.screen("/targets", "") == ""
    for path in ("/wall", "/kpi/export/targets"):
        status, text = answered(path)
        assert status == 500
        assert "把编号" in text
        assert "secret" not in text


@pytest.mark.usefixtures("looking")
@pytest.mark.parametrize(
    ("word", "seconds", "lines"),
    [
        ("", 0, 0),
        ("0", 0, 0),
        ("20", 20, 0),
        ("3600", 3600, 0),
        ("-1", 0, 1),
        ("0.1", 0, 1),
        ("2", 0, 1),
        ("1e9", 0, 1),
        ("9" * 5000, 0, 1),
        ("abc", 0, 1),
        ("٢٠", 0, 1),
    ],
)
def test_screens_turn_no_faster_than_they_can_be_read(word: str, seconds: int, lines: int) -> None:
    """A time below nought or past what a browser counts would turn them without an end; what cannot be read is said."""
    shown = read(WALL, {"every": word})
    assert wall.turning(shown) == seconds
    screens = [screen for screen in wall.screens(shown, wall.board_of(shown)) if screen.name == "说明"]
    assert [line for screen in screens for line in texts(LexborHTMLParser(screen.html), "li")] == [
        f"地址里写的「every={word[:20]}」读不懂；每几秒翻一页，请写 3 到 3600 的整数，如 every=20；现在不自动翻页。"
    ] * lines


@pytest.mark.usefixtures("looking")
def test_the_wall_says_what_its_address_asks_for_and_is_not_there() -> None:
    """As every page does."""
    shown = read(WALL, {"period": "2031-01"})
    first = next(wall.screens(shown, wall.board_of(shown)))
    assert (first.name, texts(LexborHTMLParser(first.html), "li")) == ("说明", ["地址里要看的期间是「2031-01」，这里没有；下面是「2023 年 11 月」。"])
