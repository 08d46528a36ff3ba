"""
The gate: the outermost layer, through which every request and every websocket passes, and nothing without a login.

Pure ASGI, because a middleware of the framework's own kind does not see websockets.  As long as the bureau has no account
it lets all in, but only from this machine: an address of another name, or a request that came through a proxy, is refused.
With accounts each request is of the person whose token its cookie holds, or is none: a document leads to the login page, all
else is refused without a byte of content.  What changes something must come from a page of ours (its Origin), and what the
page library made for one login is given to no other.
"""

import json
from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kpi.access.admission import Admission
from kpi.access.caller import Caller
from kpi.access.rate_limit import RateLimit
from kpi.web import entry_forms, hosts
from kpi.web.entrance import Entrance
from kpi.web.guards import App, Headers, Message, Receive, Scope, Send, answer, header
from kpi.web.handed_out import HandedOut
from kpi.web.sign_on_settings import SignOnSettings
from kpi.web.tokens import token_of
from kpi.web.visitor import SESSION_HEADER, enter

if TYPE_CHECKING:
    from kpi.web.sign_on import SignOn

_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/healthz",)  # answered to everybody; it says no more than whether the server works
_POLLED = ("/kpi/version", "/healthz")  # asked by pages on their own: nobody clicks
_WALL = b"wall"
_NOT_PAGES = ("/_stcore/", "/component/", "/media/", "/static/", "/kpi/")
_INTERFACE = "/api/"
_MOST_A_MINUTE = 120  # questions of one token
_JSON: Headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_POLICY_VIOLATION = 1008  # of websockets
_PLAIN: Headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


class Gate:
    """Middleware round everything."""

    def __init__(
        self,
        app: App,
        admission: Callable[[], Admission],
        bureau: Callable[[], str],
        first: Callable[[], str],
        home: Callable[[Caller], str],
        ended: bytes,
        handed: Callable[[bytes], Collection[str]],
        sign_on: SignOnSettings | None = None,
    ) -> None:
        """
        Put the gate before an application.

        Args:
            app: The application.
            admission: The accounts and logins; asked at each request, so that they may be opened later.
            bureau: The name of the bureau.
            first: The token by which the first administrator is made; empty once that is over.
            home: The address of the page that a visit of somebody begins with.
            ended: What a page is sent over its websocket when its login has ended, so that it goes to the login page.
            handed: The names of files and visits that a message of the page library hands out.
            sign_on: The single sign-on, if the bureau has one.

        """
        self._app, self._admission, self._home, self._ended = app, admission, home, ended
        self._entry = Entrance(admission, bureau, first, _single_sign_on(sign_on, admission, bureau))
        self._handed_out, self._rate = HandedOut(handed), RateLimit(_MOST_A_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in what may come in."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() != SESSION_HEADER.encode()]}
        needed = self._admission().needed
        if fault := hosts.fault(scope, login=needed):
            await _refuse(scope, receive, send, HTTPStatus.MISDIRECTED_REQUEST, fault)
        elif needed and scope["type"] == "http" and scope["path"].startswith(_INTERFACE):
            await self._program(scope, receive, send)
        elif (scope["type"] == "websocket" or scope["method"] not in _SAFE) and not hosts.same_origin(scope):
            await _refuse(scope, receive, send, HTTPStatus.FORBIDDEN, "这个请求不是从看板的网页发出的；请在看板的网页上操作。")
        elif scope["type"] == "http" and (scope["path"] in _OPEN or await self._entry.answered(scope, receive, send)):
            if scope["path"] in _OPEN:
                await self._app(scope, receive, send)
        elif not needed:
            enter(None)
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        on_its_own = scope["path"] in _POLLED and scope.get("query_string") != _WALL  # on the wall nobody clicks, and the meeting goes on
        admitted = self._admission().admitted(token_of(scope), click=not on_its_own)
        path: str = scope["path"]
        if admitted is None or admitted.first:
            page = scope["method"] in _SAFE and not path.startswith(_NOT_PAGES)
            if not page:
                await _refuse(scope, receive, send, HTTPStatus.UNAUTHORIZED, "没有登录，或登录已经结束；请在看板的网页上登录。")
                return
            await _lead(scope, send, entry_forms.LOGIN if admitted is None else entry_forms.PASSWORD, ended=admitted is None and bool(token_of(scope)))
        elif not self._handed_out.allowed(admitted.session.digest, path):
            await _refuse(scope, receive, send, HTTPStatus.NOT_FOUND, "没有这个文件，或它是给另一次登录的；请在看板的网页上重新下载。")
        elif path == "/" and scope["method"] == "GET" and (home := self._home(admitted.caller)) != "/":
            await answer(scope, send, b"", [(b"location", home.encode()), (b"cache-control", b"no-store")], HTTPStatus.SEE_OTHER)
        else:
            enter(admitted.caller)
            await self._app(scope, receive, send)

    async def _program(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A question of another system, which shows its token with each; no cookie counts here, and no page need have sent it."""
        scheme, _, secret = header(scope, b"authorization").decode("latin-1").partition(" ")
        client = scope.get("client")
        caller = self._admission().tokens.caller(secret.strip(), str(client[0]) if client else "") if scheme.casefold() == "bearer" else None
        if caller is None:
            headers = [*_JSON, (b"www-authenticate", b"Bearer")]
            await answer(
                scope, send, _fault("没有令牌，或令牌已到期、已吊销；请管理员给一个，写在 Authorization: Bearer 后面。"), headers, HTTPStatus.UNAUTHORIZED
            )
        elif wait := self._rate.wait(caller.account):
            headers = [*_JSON, (b"retry-after", str(int(wait) + 1).encode())]
            await answer(scope, send, _fault(f"问得太快，请 {int(wait) + 1} 秒以后再问。"), headers, HTTPStatus.TOO_MANY_REQUESTS)
        else:
            enter(caller)
            await self._app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A websocket of one login, for as long as that lasts."""
        token = token_of(scope)
        admitted = self._admission().admitted(token, click=True)
        if admitted is None or admitted.first:
            await _refuse(scope, receive, send, HTTPStatus.UNAUTHORIZED, "")
            return
        digest = admitted.session.digest
        scope["headers"] = [*self._own_visit(scope["headers"], digest), (SESSION_HEADER.encode(), digest.encode())]
        enter(admitted.caller)

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and self._admission().admitted(token, click=True) is None:
                await send({"type": "websocket.send", "bytes": self._ended})
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "websocket.send" and (data := message.get("bytes")):
                self._handed_out.note(digest, data)
            await send(message)

        await self._app(scope, received, sent)

    def _own_visit(self, headers: Headers, digest: str) -> Headers:
        """The headers without the name of a visit to go on with, where that was not given to this login: then a visit begins."""
        kept = []
        for name, value in headers:
            words = value.split(b",") if name.lower() == b"sec-websocket-protocol" else []
            if words[2:] and not self._handed_out.has(digest, words[2].strip().decode("latin-1")):
                value = b",".join(words[:2])
            kept.append((name, value))
        return kept


def _single_sign_on(settings: SignOnSettings | None, admission: Callable[[], Admission], bureau: Callable[[], str]) -> "SignOn | None":
    if settings is None:
        return None
    from kpi.web.sign_on import SignOn  # a bureau without it need not wait until its libraries are loaded

    return SignOn(settings, admission, bureau)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: HTTPStatus, sentence: str) -> None:
    """Answer with a sentence and nothing else; a websocket is not opened."""
    if scope["type"] == "websocket":
        await receive()  # websocket.connect
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": ""})
        return
    await answer(scope, send, sentence.encode(), _PLAIN, status)


def _fault(sentence: str) -> bytes:
    return json.dumps({"fault": sentence}, ensure_ascii=False).encode()


async def _lead(scope: Scope, send: Send, where: str, *, ended: bool) -> None:
    """Lead a document to another page, which leads back to the same address."""
    query = scope.get("query_string", b"").decode("latin-1")
    back = scope["path"] + (f"?{query}" if query else "")
    words = {"next": back} if back != "/" else {}
    words |= {"ended": "1"} if ended else {}
    location = where + (f"?{urlencode(words)}" if words else "")
    await answer(scope, send, b"", [(b"location", location.encode()), (b"cache-control", b"no-store")], HTTPStatus.SEE_OTHER)
