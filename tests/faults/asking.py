"""Requests and websockets straight into an ASGI application, as a server would bring them: no client stands between that mends what is odd."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
