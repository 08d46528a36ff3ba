"""Logging in and out, a new password, and the first administrator: the requests that the gate answers itself."""

import asyncio
import hmac
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from kpi.access import administration
from kpi.access.admission import Admission
from kpi.access.roles import AccountRole
from kpi.errors import KpiError, RequestError
from kpi.web import entry_forms, tokens
from kpi.web.entry_answers import inside, lead, machine, show
from kpi.web.entry_forms import FIRST, LOGIN, LOGOUT, PASSWORD, SIGN_ON, SIGN_ON_RETURN, EntryForm
from kpi.web.guards import Receive, Scope, Send, answer

if TYPE_CHECKING:
    from kpi.web.sign_on import SignOn

_LARGEST = 16 * 1024  # bytes of a form
_SENT_WITHIN = 10.0  # seconds for all of it to arrive
Words = Mapping[str, str]


class _UnreadError(Exception):
    """A form was not read to its end; the sentence says why."""

    def __init__(self, sentence: str, status: HTTPStatus) -> None:
        self.sentence, self.status = sentence, status
        super().__init__(sentence)


class Entrance:
    """Answers what stands before the pages."""

    def __init__(self, admission: Callable[[], Admission], bureau: Callable[[], str], first: Callable[[], str], sign_on: "SignOn | None" = None) -> None:
        self._admission, self._bureau, self._first, self._sign_on = admission, bureau, first, sign_on

    async def answered(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer a request that is one of these; False where it is not."""
        path = scope["path"]
        if self._sign_on and path in (SIGN_ON, SIGN_ON_RETURN):
            await self._sign_on.answer(scope, send, _words(scope))
            return True
        if path not in (LOGIN, LOGOUT, PASSWORD, FIRST):
            return False
        posted = scope["method"] == "POST"
        if not posted and scope["method"] not in ("GET", "HEAD"):
            await answer(scope, send, b"", [(b"allow", b"GET, HEAD, POST")], HTTPStatus.METHOD_NOT_ALLOWED)
            return True
        try:
            words = _form(await _body(receive)) if posted else _words(scope)
        except _UnreadError as fault:
            again = [] if path == FIRST else [(path, "重新填写")]  # the token of the first one stood in its address
            await show(scope, send, entry_forms.sentence("没有收下", self._bureau(), fault.sentence, again), fault.status, closing=True)
            return True
        handler = {LOGIN: self._login, LOGOUT: self._logout, PASSWORD: self._password, FIRST: self._make_first}[path]
        await handler(scope, send, words, posted=posted)
        return True

    async def _login(self, scope: Scope, send: Send, words: Words, *, posted: bool) -> None:
        back = inside(words.get("next", "/"))
        if not self._admission().needed:
            await lead(scope, send, "/")
            return
        offered = self._sign_on.offered(back, by_password=posted or "by_password" in words) if self._sign_on else None
        form = entry_forms.login(back, ended="ended" in words, offered=offered)
        if not posted:
            await self._show(scope, send, form)
            return
        only = AccountRole.ADMINISTRATOR if self._sign_on and self._sign_on.only else None
        typed = (words.get("account", ""), words.get("password", ""), machine(scope))
        try:
            token = await asyncio.to_thread(self._admission().login, *typed, only=only)
        except KpiError as fault:
            await self._show(scope, send, form, str(fault), words)
            return
        await lead(scope, send, back, token)

    async def _logout(self, scope: Scope, send: Send, words: Words, *, posted: bool) -> None:
        admitted = self._admission().admitted(tokens.token_of(scope), click=True)
        if admitted and posted:
            await asyncio.to_thread(self._admission().logout, admitted, everywhere="everywhere" in words)
            if not (self._sign_on and admitted.session.signed_on and await self._sign_on.left(scope, send)):
                await lead(scope, send, LOGIN, "")
            return
        await lead(scope, send, "/")

    async def _password(self, scope: Scope, send: Send, words: Words, *, posted: bool) -> None:
        admitted = self._admission().admitted(tokens.token_of(scope), click=True)
        if admitted is None:
            await lead(scope, send, LOGIN)
            return
        back = inside(words.get("next", "/"))
        form = entry_forms.new_password(back, first=admitted.first)
        if not posted:
            await self._show(scope, send, form)
            return
        try:
            _require_same(words, "new")
            await asyncio.to_thread(self._admission().change_password, admitted, words.get("old", ""), words["new"])
        except KpiError as fault:
            await self._show(scope, send, form, str(fault))
            return
        await lead(scope, send, back)

    async def _make_first(self, scope: Scope, send: Send, words: Words, *, posted: bool) -> None:
        """Make the first administrator, for who has the address that the start printed; once."""
        token, bureau = self._first(), self._bureau()
        if not token or self._admission().needed or not hmac.compare_digest(token.encode(), words.get("token", "").encode()):
            refusal = "这个链接已经用过，或不是这次启动给出的；已有账号的请登录，没有的请看启动时打印的链接。"
            body = entry_forms.sentence("链接不能用", bureau, refusal, [(LOGIN, "登录")])
            await show(scope, send, body, HTTPStatus.FORBIDDEN)
            return
        form = entry_forms.first_administrator(token)
        if not posted:
            await self._show(scope, send, form)
            return
        try:
            _require_same(words, "password")
            made = (self._admission(), words.get("account", ""), words.get("name", ""), words["password"], machine(scope))
            logged_in = await asyncio.to_thread(administration.make_first, *made)
        except KpiError as fault:
            await self._show(scope, send, form, str(fault), words)
            return
        await lead(scope, send, "/", logged_in)

    async def _show(self, scope: Scope, send: Send, form: EntryForm, fault: str = "", values: Words | None = None) -> None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
        await show(scope, send, form.document(self._bureau(), fault, values or {}), status)


def _require_same(words: Words, name: str) -> None:
    """Refuse a new password that was typed in two ways."""
    if not words.get(name) or words[name] != words.get("again"):
        raise RequestError("两次输入的密码不一样；请重新输入。")


async def _body(receive: Receive) -> bytes:
    """
    The body of a form.

    Raises:
        _UnreadError: It is larger than any form of ours, or does not come to its end in time.

    """
    body = bytearray()
    try:
        async with asyncio.timeout(_SENT_WITHIN):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _UnreadError("填写的内容没有送完，没有收下；请重新填写。", HTTPStatus.BAD_REQUEST)
                body += message.get("body", b"")
                if len(body) > _LARGEST:
                    raise _UnreadError("填写的内容太长，没有收下；请重新填写。", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise _UnreadError(f"填写的内容 {_SENT_WITHIN:.0f} 秒没有送完，没有收下；请检查网络后重新填写。", HTTPStatus.REQUEST_TIMEOUT) from None


def _words(scope: Scope) -> dict[str, str]:
    """The words of the address."""
    return dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True))


def _form(body: bytes) -> dict[str, str]:
    """The fields of a form."""
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None))
