"""
The limit of open pages (同时打开的页面): each has a state of its own in memory, so that without one a loop of reloads could fill it.

Pure ASGI; pages that are open stay open, and who comes too many is told so in one sentence.
"""

from kpi.web.guards import App, Receive, Scope, Send
from kpi.web.server_run import ServerRun

_STREAM = "/_stcore/stream"
_TRY_AGAIN = 1013  # code of a websocket that is closed because the server has too much to do


class VisitLimit:
    """
    Middleware that counts open pages.

    Args:
        app: What is asked when there is room.
        run: Where they are counted.
        most: How many there may be.
        refused: The document for one too many.

    """

    def __init__(self, app: App, run: ServerRun, most: int, refused: bytes) -> None:
        self._app, self._run, self._most, self._refused = app, run, most, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is room for."""
        full = self._run.visits >= self._most
        if scope["type"] == "websocket" and scope["path"].endswith(_STREAM):
            if full:
                await receive()
                await send({"type": "websocket.close", "code": _TRY_AGAIN})
                return
            self._run.visits += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._run.visits -= 1
            return
        if full and scope["type"] == "http" and _is_document(scope):
            headers = [
                (b"content-type", b"text/html; charset=utf-8"),
                (b"content-length", str(len(self._refused)).encode()),
                (b"retry-after", b"60"),
                (b"cache-control", b"no-store"),
            ]
            await send({"type": "http.response.start", "status": 503, "headers": headers})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else self._refused, "more_body": False})
            return
        await self._app(scope, receive, send)


def _is_document(scope: Scope) -> bool:
    """Whether a browser asks for the document of a page, and not for a part of one that is open."""
    asked = next((value for name, value in scope["headers"] if name.lower() == b"sec-fetch-dest"), b"")
    wanted = next((value for name, value in scope["headers"] if name.lower() == b"accept"), b"")
    own = scope["path"].startswith(("/kpi/", "/wall", "/_stcore/", "/healthz"))
    return not own and (asked == b"document" or (not asked and wanted.startswith(b"text/html")))
