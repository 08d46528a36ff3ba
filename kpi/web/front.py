"""
The outermost layer: headers that keep a browser on this machine, packed files, the document in Chinese.

Pure ASGI, so that websockets pass through it as well as requests.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kpi.web.assets import Assets, accepted
from kpi.web.document import HtmlDocument

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
)
_GUARDS: Headers = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_FOR_GOOD = (b"cache-control", b"public, immutable, max-age=31536000")
_STATIC = "/static/"
_NOT_PAGES = ("/_stcore/", "/component/", "/media/")  # HTML of theirs is not the document


class Front:
    """Middleware round the page library's application."""

    def __init__(self, app: App, assets: Assets, page: HtmlDocument) -> None:
        self._app, self._assets, self._page = app, assets, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is ours, pass on the rest with the guards added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] in ("GET", "HEAD") and await self._own(scope, send):
            return
        await self._app(scope, receive, self._guarded(scope, send))

    async def _own(self, scope: Scope, send: Send) -> bool:
        """Serve a packed file or the script; False when the path is not ours."""
        path: str = scope["path"]
        if path == self._page.script_path:
            await _answer(scope, send, self._page.script, [(b"content-type", b"text/javascript; charset=utf-8"), _FOR_GOOD])
            return True
        encoding = accepted(_header(scope, b"accept-encoding"))
        file = self._assets.find(path.removeprefix(_STATIC)) if path.startswith(_STATIC) and encoding else None
        if file is None or encoding is None:
            return False
        body = await asyncio.to_thread(self._assets.packed, file, encoding)
        kind = self._assets.media_type(file).encode()
        await _answer(scope, send, body, [(b"content-type", kind), (b"content-encoding", encoding.encode()), (b"vary", b"Accept-Encoding"), _FOR_GOOD])
        return True

    def _guarded(self, scope: Scope, send: Send) -> Send:
        """Add the guards to an answer, and put our document in the place of the library's."""
        path: str = scope["path"]
        page = not path.startswith(_NOT_PAGES)
        home = "../" * (path.count("/") - 1)  # pages are one name deep; anywhere deeper the document would find no scripts
        replaced = sent = False

        async def forward(message: Message) -> None:
            nonlocal replaced, sent
            if message["type"] == "http.response.start":
                headers: Headers = [(name.lower(), value) for name, value in message.get("headers", [])]
                kind = dict(headers).get(b"content-type", b"")
                replaced = page and message["status"] == 200 and kind.startswith(b"text/html")
                if replaced:  # without a validator a browser can never keep the library's English document
                    mine = (b"content-length", b"content-encoding", b"etag", b"last-modified", b"cache-control")
                    headers = [header for header in headers if header[0] not in mine]
                    headers += [(b"content-length", str(0 if home else len(self._page.html)).encode()), (b"cache-control", b"no-cache")]
                    if home:
                        message, headers = {**message, "status": 302}, [*headers, (b"location", home.encode())]
                message = {**message, "headers": _with_guards(headers)}
            elif message["type"] == "http.response.body" and replaced:
                if sent:
                    return
                sent = True
                body = b"" if home or not message.get("body") else self._page.html  # HEAD has no body
                message = {"type": "http.response.body", "body": body, "more_body": False}
            await send(message)

        return forward


def _with_guards(headers: Headers) -> Headers:
    names = {name for name, _ in _GUARDS}
    return [header for header in headers if header[0] not in names] + _GUARDS


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key.lower() == name), b"")


async def _answer(scope: Scope, send: Send, body: bytes, headers: Headers) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": _with_guards([*headers, length])})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body, "more_body": False})
