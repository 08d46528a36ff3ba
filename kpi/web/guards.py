"""The headers that go with every answer: a browser loads nothing from elsewhere, shows us in no frame and tells nobody where it came from."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
_GUARDS: Headers = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


def with_guards(headers: Headers) -> Headers:
    """Headers of an answer with the guards in the place of others of their names."""
    names = {name for name, _ in _GUARDS}
    return [header for header in headers if header[0] not in names] + _GUARDS


def header(scope: Scope, name: bytes) -> bytes:
    """The first header of a request with a name; empty where there is none."""
    return next((value for key, value in scope["headers"] if key.lower() == name), b"")


async def answer(scope: Scope, send: Send, body: bytes, headers: Headers, status: int = 200) -> None:
    """Answer a request with a whole body; one that asks for the headers alone gets those."""
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": with_guards([*headers, length])})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body, "more_body": False})
