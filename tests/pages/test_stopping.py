"""The end of a server: what was begun is finished, the store is closed, and the process ends as one that did its work."""

import os
import signal
import socket
import subprocess
from pathlib import Path
from threading import Event, Thread

import pytest
from websockets.sync.client import connect

from kpi.bureau import open_bureau
from kpi.filing.intake import accept, prepare
from kpi.web import stopping
from tests.kpi.filing.test_intake import coal
from tests.pages.serving import COMMANDS, ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there a process cannot be asked to stop by a signal")


@pytest.mark.parametrize(("command", "number"), [("python", signal.SIGTERM), ("python", signal.SIGINT), ("streamlit", signal.SIGTERM)])
def test_a_server_that_is_asked_to_stop_ends_well(tmp_path: Path, command: str, number: int) -> None:
    """Though a page is open; the log says what was asked of it, and the folder can be opened again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tmp_path / "data"
    environment = os.environ | {"KPI_DATA": str(data), "STREAMLIT_SERVER_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(COMMANDS[command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        printed = []
        for line in process.stdout:
            printed.append(line)
            if "http://" in line:
                break
        with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], origin=f"http://127.0.0.1:{port}") as page:  # type: ignore[list-item, arg-type]
            assert page.response is not None
            assert len(page.response.headers["x-request-id"]) == 8
            process.send_signal(number)
            printed += process.stdout
            assert process.wait(60) == 0, "".join(printed)
    assert printed[-1] == f"{stopping.SENTENCE}\n"
    assert (data / "kpi.size").exists()  # it was closed, and not left to be healed
    assert '"route": "/_stcore/stream"' not in (data / "logs" / "server.jsonl").read_text("utf-8")
    with open_bureau(data) as bureau:
        assert bureau.store.notices == ()


def test_closing_waits_for_the_commit_that_is_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was told that a sheet is stored finds it after the next start."""
    begun, go = Event(), Event()
    bureau = open_bureau(tmp_path / "data")
    real = bureau.store._take_in

    def slowly(offers: object) -> None:
        begun.set()
        go.wait(60)
        real(offers)  # type: ignore[arg-type]

    prepared = prepare(bureau, [coal(bureau)])
    monkeypatch.setattr(bureau.store, "_take_in", slowly)
    committing = Thread(target=accept, args=(bureau, prepared, "王统计"), daemon=True)
    committing.start()
    assert begun.wait(60)
    closing = Thread(target=bureau.close, daemon=True)
    closing.start()
    closing.join(0.2)
    assert closing.is_alive()
    go.set()
    committing.join(60)
    closing.join(60)
    with open_bureau(tmp_path / "data") as again:
        assert len(again.store.submissions()) == 1


class Server:
    """As much of a server as a stop needs."""

    class Limits:
        """How long it waits for what is open; None for ever."""

        timeout_graceful_shutdown: int | None = None

    def __init__(self) -> None:
        self.should_exit = self.force_exit = False
        self.config = self.Limits()

    def handle_exit(self, *_: object) -> None:
        raise AssertionError("the signal would be raised once more at the end")


def test_the_second_request_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    server, handlers = Server(), {}
    monkeypatch.setattr(signal, "getsignal", lambda _: server.handle_exit)
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    stopping.stop_on_request()
    stop = handlers[signal.SIGTERM]
    stop(signal.SIGTERM, None)
    assert (server.should_exit, server.force_exit, server.config.timeout_graceful_shutdown) == (True, False, stopping.GRACE_SECONDS)
    handlers[signal.SIGINT](signal.SIGINT, None)
    assert server.force_exit


@pytest.mark.parametrize("handler", [signal.SIG_DFL, signal.SIG_IGN, None, signal.default_int_handler])
def test_where_no_server_listens_nothing_is_changed(monkeypatch: pytest.MonkeyPatch, handler: object) -> None:
    monkeypatch.setattr(signal, "getsignal", lambda _: handler)
    monkeypatch.setattr(signal, "signal", lambda *_: pytest.fail("changed"))
    stopping.stop_on_request()
