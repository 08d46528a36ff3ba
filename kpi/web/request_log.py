"""
The outermost layer of all: each request has a number, which its answer carries, and a line in the log.

Pure ASGI, so that websockets have one as well.  What every open page asks every few seconds is logged only where it fails.
"""

import logging
from collections.abc import Callable
from time import perf_counter

from kpi.web import numbered_request
from kpi.web.guards import App, Message, Receive, Scope, Send, with_guards
from kpi.web.numbered_request import NumberedRequest
from kpi.workbook.personal.masking import mask

HEADER = b"x-request-id"
_QUIET = ("/static/", "/_stcore/", "/kpi/version", "/healthz")
_LONGEST = 80  # signs of an address
_FAILED = 500
_log = logging.getLogger("kpi.web")


class RequestLog:
    """
    Middleware round everything that answers.

    Args:
        app: What answers.
        broken: The document, from the number of a request, that stands in the place of an answer which a fault of ours prevented.

    """

    def __init__(self, app: App, broken: Callable[[str], bytes]) -> None:
        self._app, self._broken = app, broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Number a request or a websocket, pass it on, and log how it ended."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request, begun, status = numbered_request.begin(mask(scope["path"])[:_LONGEST]), perf_counter(), 0
        mine = (HEADER, request.number.encode())

        async def forward(message: Message) -> None:
            nonlocal status
            if message["type"] in ("http.response.start", "websocket.accept"):
                status = message.get("status", 101)
                message = {**message, "headers": [*(pair for pair in message.get("headers", ()) if pair[0].lower() != HEADER), mine]}
            await send(message)

        try:
            await self._app(scope, receive, forward)
        except Exception as error:
            _log.error("应答出错", exc_info=error, extra=_about(scope, request, begun, status or _FAILED, "出错"))
            if status or scope["type"] != "http":  # somebody has begun to answer
                raise
            body = self._broken(request.number)
            headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode()), mine]
            await send({"type": "http.response.start", "status": _FAILED, "headers": with_guards(headers)})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body, "more_body": False})
            return
        if request.fault or status >= _FAILED or not scope["path"].startswith(_QUIET):
            outcome = request.fault or ("完成" if 0 < status < 400 else "拒绝")
            _log.info("已应答", extra=_about(scope, request, begun, status, outcome))


def _about(scope: Scope, request: NumberedRequest, begun: float, status: int, outcome: str) -> dict[str, object]:
    """The fields of a line: nothing of what stands behind the question mark, for people type into it."""
    return {
        "request": request.number,
        "route": request.where,
        "method": scope.get("method", "WEBSOCKET"),
        "status": status,
        "duration_ms": round((perf_counter() - begun) * 1000, 1),
        "outcome": outcome,
    }
