"""
The outermost layer: headers that keep a browser on this machine, packed files, the document in Chinese with its first screen.

Pure ASGI, so that websockets pass through it as well as requests.
"""

import asyncio
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus

import brotli  # type: ignore[import-untyped]  # ships no stubs

from kpi.web.assets import Assets, accepted
from kpi.web.document import HtmlDocument
from kpi.web.guards import App, Headers, Message, Receive, Scope, Send, answer, header, with_guards
from kpi.web.own_files import OwnFile

FirstScreen = Callable[[str, str], str]  # what a page says, from its path and what stands behind the question mark; empty where it is none

_FOR_GOOD = (b"cache-control", b"public, immutable, max-age=31536000")
_HTML = (b"content-type", b"text/html; charset=utf-8")
_STATIC = "/static/"
_NOT_PAGES = ("/_stcore/", "/component/", "/media/", "/kpi/", "/api/", "/wall")  # HTML of theirs is not the document
_LIBRARYS = ("/_stcore/", "/component/", "/media/", "/static/")  # what its script asks for; nobody reads the answer
_LOST = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
_QUICK = 4  # quality of the packing of a document that is made while somebody waits
_WELL = 11  # of a file of ours, which a browser keeps for good
_DOCUMENTS = 16  # kept beside their packed form, some hundred kilobytes each


class Front:
    """Middleware round the page library's application."""

    def __init__(self, app: App, assets: Assets, page: HtmlDocument, screen: FirstScreen, files: Iterable[OwnFile] = (), nowhere: bytes = b"") -> None:
        """
        Put the layer round the page library.

        Args:
            app: The library's application.
            assets: Its scripts and pictures.
            page: Its document, in Chinese.
            screen: What a page says before the library has started.
            files: Files of ours.
            nowhere: What is said to a person at an address that leads nowhere, where the library would answer with two English words.

        """
        self._app, self._assets, self._page, self._screen, self._nowhere = app, assets, page, screen, nowhere
        self._own = {file.path: file for file in (*page.own, *files)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is ours, pass on the rest with the guards added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] in ("GET", "HEAD") and await self._file(scope, send):
            return
        await self._app(scope, receive, self._guarded(scope, send))

    async def _file(self, scope: Scope, send: Send) -> bool:
        """Serve a packed file or one of ours; False when the path is neither."""
        path: str = scope["path"]
        encoding = accepted(header(scope, b"accept-encoding"))
        if own := self._own.get(path):
            await _answer_file(scope, send, own, encoding)
            return True
        file = self._assets.find(path.removeprefix(_STATIC)) if path.startswith(_STATIC) and encoding else None
        if file is None or encoding is None:
            return False
        body = await asyncio.to_thread(self._assets.packed, file, encoding)
        kind = self._assets.media_type(file).encode()
        await answer(scope, send, body, [(b"content-type", kind), (b"content-encoding", encoding.encode()), (b"vary", b"Accept-Encoding"), _FOR_GOOD])
        return True

    def _guarded(self, scope: Scope, send: Send) -> Send:
        """Add the guards to an answer, and put our document in the place of the library's."""
        path: str = scope["path"]
        page = not path.startswith(_NOT_PAGES)
        home = "../" * (path.count("/") - 1)  # pages are one name deep; anywhere deeper the document would find no scripts
        replaced = sent = False
        body = b""

        async def forward(message: Message) -> None:
            nonlocal replaced, sent, body
            if message["type"] == "http.response.start":
                headers: Headers = [(name.lower(), value) for name, value in message.get("headers", [])]
                kind = dict(headers).get(b"content-type", b"")
                document = page and message["status"] == HTTPStatus.OK and kind.startswith(b"text/html")
                lost = message["status"] in _LOST and kind.partition(b";")[0] in (b"", b"text/plain") and not path.startswith(_LIBRARYS)
                replaced = document or lost
                if replaced:  # without a validator a browser can never keep the library's English document
                    mine = (b"content-length", b"content-encoding", b"content-type", b"etag", b"last-modified", b"cache-control", b"vary")
                    headers = [header for header in headers if header[0] not in mine]
                    body, packing = (self._nowhere, []) if lost else (b"", []) if home else await asyncio.to_thread(self._document, scope)
                    headers += [*packing, _HTML, (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-cache")]
                    if document and home:
                        message, headers = {**message, "status": 302}, [*headers, (b"location", home.encode())]
                message = {**message, "headers": with_guards(headers)}
            elif message["type"] == "http.response.body" and replaced:
                if sent:
                    return
                sent = True
                message = {"type": "http.response.body", "body": body if message.get("body") else b"", "more_body": False}  # HEAD has no body
            await send(message)

        return forward

    def _document(self, scope: Scope) -> tuple[bytes, Headers]:
        """The document with the first screen of the page, packed where the browser takes that."""
        query = scope.get("query_string", b"").decode("latin-1")
        html = self._page.with_screen(self._screen(scope["path"], query))
        if accepted(header(scope, b"accept-encoding")) != "br":
            return html, []
        return _packed(html, _QUICK), [(b"content-encoding", b"br"), (b"vary", b"Accept-Encoding")]


@lru_cache(_DOCUMENTS)
def _packed(content: bytes, quality: int) -> bytes:
    """A document or a file of ours as it is sent; many ask for the same one."""
    packed: bytes = brotli.compress(content, quality=quality)
    return packed


async def _answer_file(scope: Scope, send: Send, file: OwnFile, encoding: str | None) -> None:
    headers: Headers = [(b"content-type", file.media_type.encode()), (b"vary", b"Accept-Encoding"), _FOR_GOOD]
    if encoding == "br":
        await answer(scope, send, await asyncio.to_thread(_packed, file.content, _WELL), [*headers, (b"content-encoding", b"br")])
    else:
        await answer(scope, send, file.content, headers)
