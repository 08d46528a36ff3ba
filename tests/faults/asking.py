"""Requests and websockets straight into the application, as a server would bring them: no client stands between that mends what is odd."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

HOST = "board.example"
_CLIENT = ("10.0.0.9", 50_000)
_PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Asked:
    """One request; ``method`` is ``WEBSOCKET`` of one that is to become a websocket."""

    method: str
    path: str
    query: str = ""
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""

    @property
    def scope(self) -> dict[str, Any]:
        """As a server describes it."""
        named = {name for name, _ in self.headers}
        usual = [("host", HOST), ("origin", f"http://{HOST}")]
        headers = [*((name, value) for name, value in usual if name not in named), *self.headers]
        shared = {
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": self.query.encode(),
            "headers": [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers],
            "root_path": "",
            "client": _CLIENT,
            "server": (HOST, 80),
            "http_version": "1.1",
        }
        if self.method == "WEBSOCKET":
            return {"type": "websocket", "scheme": "ws", "subprotocols": ["streamlit"], **shared}
        return {"type": "http", "scheme": "http", "method": self.method, **shared}

    def __str__(self) -> str:
        return f"{self.method} {self.path}{f'?{self.query}' if self.query else ''} {dict(self.headers)}"


@dataclass(frozen=True)
class Answer:
    """What came back; of a websocket whether it was opened, and what was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    opened: bool = False

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


async def answer_to(app: Any, asked: Asked) -> Answer:
    """Ask once; a websocket that is opened is left again."""
    sent: list[dict[str, Any]] = []
    coming = [{"type": "http.request", "body": asked.body, "more_body": False}]
    if asked.method == "WEBSOCKET":
        coming = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001}]

    async def receive() -> dict[str, Any]:
        if not coming:
            await asyncio.Event().wait()  # who asked stays until the answer is there
        return coming.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async with asyncio.timeout(_PATIENCE):
        await app(asked.scope, receive, send)
    body = b"".join(message.get("body") or message.get("bytes") or message.get("text", "").encode() for message in sent)
    start = next((message for message in sent if message["type"] == "http.response.start"), {})
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in start.get("headers", [])}
    return Answer(start.get("status", 0), headers, body, any(message["type"] == "websocket.accept" for message in sent))


@asynccontextmanager
async def application(data: Path, catalog: Path) -> AsyncIterator[Any]:
    """The application over a data folder, as a server has it after its start; once in a process."""
    os.environ |= {"KPI_DATA": str(data), "KPI_CATALOG": str(catalog)}

    import app
    from pages.widgets import warmth

    warmth.keep_ready = lambda: None  # nobody waits for the months here
    served = app.app._build_starlette_app()
    async with served.router.lifespan_context(served):
        yield served


async def page_run(app: Any, path: str, query: str, headers: Sequence[tuple[str, str]] = ()) -> list[ForwardMsg]:
    """What a page says to who opens it: its script runs once, as over the websocket of a browser."""
    state = ClientState(page_name=path, query_string=query)
    state.context_info.locale, state.context_info.url = "zh-CN", f"http://{HOST}/{path}"
    coming, ended, said = (
        [{"type": "websocket.connect"}, {"type": "websocket.receive", "bytes": BackMsg(rerun_script=state).SerializeToString()}],
        asyncio.Event(),
        [],
    )

    async def receive() -> dict[str, Any]:
        if not coming:
            await ended.wait()
            return {"type": "websocket.disconnect", "code": 1001}
        return coming.pop(0)

    async def send(message: dict[str, Any]) -> None:
        if data := message.get("bytes"):
            said.append(ForwardMsg.FromString(data))
            if said[-1].WhichOneof("type") == "script_finished":
                ended.set()
        if message["type"] == "websocket.close":
            ended.set()

    async with asyncio.timeout(_PATIENCE):
        await app(Asked("WEBSOCKET", "/_stcore/stream", headers=headers).scope, receive, send)
    return said


def in_a_process(module: str, *arguments: str) -> Any:
    """
    What a module prints last, as JSON, that runs by itself.

    Raises:
        RuntimeError: It fails.

    """
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])
