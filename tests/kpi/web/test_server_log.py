"""The log of the server: a line of JSON for each request, run and fault, and nothing in it that anybody reported or typed."""

import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kpi.web import numbered_request, server_log
from kpi.web.recent_faults import KEPT, RecentFaults
from kpi.web.request_log import RequestLog

log = logging.getLogger("kpi.pages")
library = logging.getLogger("a_library")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A log that is written; whatever was attached is taken away."""
    with attached(tmp_path / "logs"):
        yield tmp_path / "logs"


class attached:  # noqa: N801 - a context
    """The log of a server while a test runs, and the handlers there were before it."""

    def __init__(self, place: Path | None) -> None:
        self._place = place

    def __enter__(self) -> None:
        root, ours = logging.getLogger(), logging.getLogger("kpi")
        self._before = root.handlers[:], ours.level
        server_log.start(self._place)

    def __exit__(self, *_: object) -> None:
        root, ours = logging.getLogger(), logging.getLogger("kpi")
        for handler in root.handlers[:]:
            if handler not in self._before[0]:
                root.removeHandler(handler)
                handler.close()
        ours.setLevel(self._before[1])


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "server.jsonl").read_text("utf-8").splitlines()]


def answered(app: Any, scope: dict[str, Any]) -> list[dict[str, Any]]:
    """What an application sends, asked on a thread of its own."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    return sent


def logged(app: Any) -> RequestLog:
    return RequestLog(app, lambda number: f"编号 {number}".encode())


def http(path: str) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "query_string": b"find=secret", "headers": []}


def saying(status: int) -> Any:
    """An application that answers with a status, and calls itself a number that nobody believes."""

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        start = "websocket.accept" if scope["type"] == "websocket" else "http.response.start"
        await send({"type": start, "status": status, "headers": [(b"X-Request-ID", b"theirs")]})
        await send({"type": "http.response.body", "body": b""})

    return app


def test_a_request_has_one_line_and_its_answer_the_number(folder: Path) -> None:
    start = answered(logged(saying(200)), http("/targets"))[0]
    [line] = lines(folder)
    assert start["headers"] == [(b"x-request-id", line["request"].encode())]
    assert (len(line["request"]), line["level"], line["message"]) == (8, "信息", "已应答")
    assert (line["route"], line["method"], line["status"], line["outcome"]) == ("/targets", "GET", 200, "完成")
    assert line["duration_ms"] >= 0
    moment = datetime.fromisoformat(line["time"])
    assert moment.utcoffset() == timedelta(hours=8)
    assert "secret" not in json.dumps(line)


def test_a_websocket_has_a_number_too(folder: Path) -> None:
    start = answered(logged(saying(101)), {"type": "websocket", "path": "/socket", "headers": []})[0]
    [line] = lines(folder)
    assert start["headers"] == [(b"x-request-id", line["request"].encode())]
    assert (line["method"], line["status"]) == ("WEBSOCKET", 101)


@pytest.mark.parametrize("path", ["/healthz", "/kpi/version", "/static/js/a.js", "/_stcore/stream"])
def test_what_pages_ask_all_the_time_is_logged_only_where_it_fails(folder: Path, path: str) -> None:
    answered(logged(saying(200)), http(path))
    assert not (folder / "server.jsonl").read_text("utf-8")
    answered(logged(saying(503)), http(path))
    assert [line["status"] for line in lines(folder)] == [503]


def test_a_fault_is_logged_by_kind_and_code_and_never_by_its_words(folder: Path) -> None:
    async def fail(*_: object) -> None:
        raise ValueError("合格率 97.8，张三")

    start, body = answered(logged(fail), http("/targets"))
    [line] = lines(folder)
    assert (start["status"], body["body"].decode()) == (500, f"编号 {line['request']}")
    assert (b"x-request-id", line["request"].encode()) in start["headers"]
    assert b"content-security-policy" in dict(start["headers"])
    assert (line["level"], line["fault"], line["outcome"], line["status"]) == ("错误", "ValueError", "出错", 500)
    assert "raise ValueError" in line["trace"]
    whole = json.dumps({key: value for key, value in line.items() if key != "trace"}, ensure_ascii=False)
    assert "97.8" not in whole


def test_an_answer_that_has_begun_is_not_begun_anew(folder: Path) -> None:
    async def fail(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        answered(logged(fail), http("/targets"))
    assert [line["status"] for line in lines(folder)] == [200]


def test_names_of_files_are_masked_and_libraries_say_only_what_is_in_their_code(folder: Path) -> None:
    log.warning("「%s」读不出", "致电13800138000.xlsx")
    library.warning("cannot read %s", "张三的表.xlsx")
    assert [line["message"] for line in lines(folder)] == ["「致电〔电话〕.xlsx」读不出", "cannot read %s"]


def test_what_is_logged_while_a_request_is_answered_stands_under_its_number(folder: Path) -> None:
    async def app(*_: object) -> None:
        log.info("读了一份")

    answered(logged(app), http("/targets"))
    first, second = lines(folder)
    assert first["request"] == second["request"] != ""


def test_nothing_begun_has_no_number() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(numbered_request.current_number).result() == ""


def test_files_are_changed_before_they_grow_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [handler] = [handler for handler in logging.getLogger().handlers if isinstance(handler, server_log.ServerLogFile)]
    monkeypatch.setattr(handler, "maxBytes", 500)
    monkeypatch.setattr(handler, "backupCount", 2)
    for number in range(50):
        log.info("第 %s 行", number)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["server.jsonl", "server.jsonl.1", "server.jsonl.2"]
    assert all(file.stat().st_size <= 600 for file in files)  # the library counts signs, of which some are three bytes
    assert lines(folder)[-1]["message"] == "第 49 行"


def test_a_disk_that_takes_nothing_is_a_line_on_the_terminal_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [handler] = [handler for handler in logging.getLogger().handlers if isinstance(handler, server_log.ServerLogFile)]
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)

    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(handler, "stream", Full())
        log.info("一")
        log.info("二")
    log.info("三")
    assert terminal.getvalue() == f"运行日志现在写不进「{folder / 'server.jsonl'}」，看板照常；请检查磁盘。\n"
    assert lines(folder)[-1]["message"] == "三"


def test_a_folder_that_cannot_be_made_is_a_line_and_no_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    with attached(tmp_path / "file" / "logs"):
        log.info("照常")
    assert capsys.readouterr().err.startswith(f"运行日志写不进「{tmp_path / 'file' / 'logs'}」（")


def test_where_the_log_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPI_LOG", raising=False)
    assert server_log.log_folder(tmp_path) == tmp_path / "logs"
    monkeypatch.setenv("KPI_LOG", " None ")
    assert server_log.log_folder(tmp_path) is None
    monkeypatch.setenv("KPI_LOG", "/somewhere")
    assert server_log.log_folder(tmp_path) == Path("/somewhere")


def test_the_last_faults_are_kept_and_no_more() -> None:
    kept = RecentFaults()
    for number in range(KEPT + 5):
        kept.handle(logging.makeLogRecord({"levelno": logging.ERROR, "fault": "ValueError", "request": f"{number:08X}", "route": "/wall"}))
    kept.handle(logging.makeLogRecord({"levelno": logging.ERROR, "msg": "只是一句话"}))
    latest = kept.latest()
    assert (len(latest), latest[0].number, latest[0].kind, latest[0].where) == (KEPT, "00000018", "ValueError", "/wall")
