"""
Single sign-on (统一身份认证): the way to the server that vouches, the way back, and the way out.

The way goes by addresses alone, so a browser without a script can go it.  It begins at our own address as the settings know it,
never at what a request calls us, and leads back to a page of ours alone.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from kpi.access.admission import Admission, LoginError
from kpi.access.rate_limit import RateLimit
from kpi.errors import KpiError
from kpi.web import entry_forms, guards, tokens
from kpi.web.entry_answers import inside, lead, machine, show
from kpi.web.entry_forms import LOGIN, SIGN_ON, SIGN_ON_RETURN, OfferedSignOn
from kpi.web.guards import Scope, Send, header
from kpi.web.identity_provider import IdentityProvider, ProviderError, UnprovenError
from kpi.web.sign_on_attempts import LONGEST, SignOnAttempt, SignOnAttempts
from kpi.web.sign_on_settings import SignOnSettings

_COOKIE = "kpi_sign_on"
_MOST_A_MINUTE = 60  # that one machine may begin
_TITLE = "统一身份认证"
_log = logging.getLogger(__name__)


class SignOn:
    """The single sign-on of one server."""

    def __init__(
        self,
        settings: SignOnSettings,
        admission: Callable[[], Admission],
        bureau: Callable[[], str],
        provider: IdentityProvider | None = None,
        attempts: SignOnAttempts | None = None,
    ) -> None:
        self._settings, self._admission, self._bureau = settings, admission, bureau
        self._provider = provider or IdentityProvider(settings, settings.own + SIGN_ON_RETURN)
        self._attempts, self._rate = attempts or SignOnAttempts(), RateLimit(_MOST_A_MINUTE)

    @property
    def only(self) -> bool:
        """Whether passwords are left to administrators."""
        return self._settings.only

    def offered(self, back: str, *, by_password: bool) -> OfferedSignOn:
        """
        How the login page offers it.

        Args:
            back: The page to which it leads.
            by_password: Whether somebody asked for the fields of the password.

        """
        words = urlencode({"next": back})
        return OfferedSignOn(f"{SIGN_ON}?{words}", self._settings.button, f"{LOGIN}?{words}&by_password=1" if self.only and not by_password else "")

    async def answer(self, scope: Scope, send: Send, words: Mapping[str, str]) -> None:
        """Answer a request of the way there or back; ``words`` are those of its address."""
        if scope["method"] != "GET":
            await guards.answer(scope, send, b"", [(b"allow", b"GET")], HTTPStatus.METHOD_NOT_ALLOWED)
        elif not self._admission().needed:
            await lead(scope, send, "/")
        elif minutes := self._admission().wait(machine(scope)):
            await self._say(scope, send, f"登录失败次数太多，请 {minutes} 分钟后再试。", HTTPStatus.TOO_MANY_REQUESTS)
        elif scope["path"] == SIGN_ON:
            await self._begin(scope, send, words)
        else:
            await self._return(scope, send, words)

    async def left(self, scope: Scope, send: Send) -> bool:
        """Lead who has logged out here to the logout of the other server; False where that has none, or does not answer."""
        address = await self._provider.logout_address(self._settings.own + LOGIN)
        if not address:
            return False
        words = "看板已经退出；统一身份认证那边也退出，下一个用这台机器的人才要重新登录。"
        await show(scope, send, entry_forms.onward("已经退出", self._bureau(), words, address, "退出统一身份认证"), HTTPStatus.OK, token="")
        return True

    async def _begin(self, scope: Scope, send: Send, words: Mapping[str, str]) -> None:
        back = inside(words.get("next", "/"))
        if self._admission().admitted(tokens.token_of(scope), click=True):
            await lead(scope, send, back)
            return
        host = header(scope, b"host").decode("latin-1").casefold()
        if host != urlsplit(self._settings.own).netloc.casefold() and "here" not in words:  # the cookie must lie where the way back ends
            await lead(scope, send, f"{self._settings.own}{SIGN_ON}?{urlencode({'next': back, 'here': '1'})}")
            return
        if wait := self._rate.wait(machine(scope)):
            await self._say(scope, send, f"登录点得太快，请 {int(wait) + 1} 秒以后再点。", HTTPStatus.TOO_MANY_REQUESTS, back)
            return
        attempt, browser = self._attempts.begin(back, tokens.cookie_of(scope, _COOKIE))
        try:
            address = await self._provider.login_address(attempt)
        except ProviderError as fault:
            await self._unanswered(scope, send, fault, back)
            return
        await lead(scope, send, address, cookie=tokens.cookie_header(scope, _COOKIE, browser, LONGEST))

    async def _return(self, scope: Scope, send: Send, words: Mapping[str, str]) -> None:
        attempt = self._attempts.take(words.get("state", ""), tokens.cookie_of(scope, _COOKIE))
        if attempt is None and self._admission().admitted(tokens.token_of(scope), click=True):
            await lead(scope, send, "/")  # the page was loaded once more
        elif attempt is None:
            await self._refuse(scope, send, "不是从这个浏览器开始的登录，或者已经用过")
        elif self._attempts.ended(attempt):
            await self._say(scope, send, f"在{_TITLE}那里用了超过 {LONGEST // 60} 分钟，这次登录作废；请重新登录。", HTTPStatus.FORBIDDEN, attempt.back)
        elif "error" in words:
            _log.warning("统一身份认证没有让登录（%s）", re.sub(r"[^a-z_]", "", words["error"])[:40])
            await self._say(scope, send, f"{_TITLE}没有让登录（取消了，或那边没有给您开通看板）；请重新登录。", HTTPStatus.FORBIDDEN, attempt.back)
        else:
            await self._enter(scope, send, words, attempt)

    async def _enter(self, scope: Scope, send: Send, words: Mapping[str, str], attempt: SignOnAttempt) -> None:
        try:
            subject = await self._provider.subject(words.get("code", ""), attempt, words.get("iss", ""))
            token = await asyncio.to_thread(self._admission().sign_on, subject, machine(scope))
        except ProviderError as fault:
            await self._unanswered(scope, send, fault, attempt.back)
        except UnprovenError as fault:
            await self._refuse(scope, send, str(fault), attempt.back)
        except LoginError as fault:
            await self._say(scope, send, str(fault), HTTPStatus.FORBIDDEN, attempt.back)
        except KpiError as fault:
            await self._say(scope, send, str(fault), HTTPStatus.SERVICE_UNAVAILABLE, attempt.back)
        else:
            await lead(scope, send, attempt.back, token)

    async def _refuse(self, scope: Scope, send: Send, why: str, back: str = "/") -> None:
        """Answer what does not prove who somebody is; it counts as a wrong password does."""
        await asyncio.to_thread(self._admission().refused_sign_on, machine(scope), why)
        await self._say(scope, send, f"{_TITLE}核对不通过：{why}；请重新登录，仍然这样的请告诉管理员。", HTTPStatus.FORBIDDEN, back)

    async def _unanswered(self, scope: Scope, send: Send, fault: ProviderError, back: str) -> None:
        _log.warning("%s（%s）", fault, self._settings.issuer)
        who = "管理员可以用密码登录" if self.only else "有密码的可以用密码登录"
        await self._say(scope, send, f"{fault}；请过一会儿再试，{who}。", HTTPStatus.SERVICE_UNAVAILABLE, back)

    async def _say(self, scope: Scope, send: Send, words: str, status: HTTPStatus, back: str = "/") -> None:
        links = [(f"{LOGIN}?{urlencode({'next': back})}", "回到登录")]
        await show(scope, send, entry_forms.sentence("没有登录", self._bureau(), words, links), status)
