"""
A walk of everything that the application answers, by who has no login: route by route, method by method, and as a websocket.

``python -m tests.faults.walking DATA [EVERY]`` prepares a data folder with accounts, logins that ended and tokens that ended,
serves the application over it without a network, and prints what it asked and what was answered wrongly, as JSON.  The routes
come from the application itself, so a new one counts as soon as it is there.
"""

import asyncio
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.api_tokens import ApiToken
from kpi.access.roles import AccountRole
from kpi.access.sessions import IDLE, Sessions
from kpi.catalog import load
from kpi.store import clock
from kpi.web.visitor import SESSION_HEADER
from tests.faults.asking import Answer, Asked, answer_to, application, in_a_process
from tests.faults.filled import CATALOG
from tests.faults.surviving import Survival

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND", "WEBSOCKET")
PASSWORD = "Good-pass-9"
VISIT = "01234567-89ab-cdef-0123-456789abcdef"
_PARTS = {"{number}": "1", "{page}": "targets", "{session_id}": VISIT, "{file_id}": "1"}
_REST = ("", "x", "board", "../targets", "login", "index.html")  # of a route that takes whatever follows
_OPEN = ("/healthz", "/kpi/login")  # what everybody may read
_ODD = (
    *("/healthz/", "/healthz/../targets", "/healthz;/targets", "/kpi/login/", "/kpi/login/../../targets", "/kpi/login;/targets", "/KPI/LOGIN", "/kpi//login"),
    *("//kpi/login", "//", "/./targets", "/targets/", "/%74argets", "/targets%00", "/\x00", "/api", "/API/v1/board", "/api/v1/board/", "/api/../targets"),
    *("/static/../targets", "/static/index.html", "/index.html", "/favicon.png", "/manifest.json", "/_stcore", "/app/static/x", "/pages/shell.py"),
    *("/kpi/first", "/kpi/password", "/kpi/logout", "/robots.txt", "/.env", "/var/secret", "/wall/../kpi/login"),
)
_SENTENCES = (  # what is said to who is not let in; nothing of the bureau stands in them
    "没有登录，或登录已经结束；请在看板的网页上登录。",
    "这个请求不是从看板的网页发出的；请在看板的网页上操作。",
    '{"fault": "没有令牌，或令牌已到期、已吊销；请管理员给一个，写在 Authorization: Bearer 后面。"}',
)


def forged(spoilt: dict[str, str]) -> dict[str, Sequence[tuple[str, str]]]:
    """Headers by which somebody pretends, by what they pretend."""
    cookies = {f"a {what} login": (("cookie", f"kpi_session={token}; __Host-kpi_session={token}"),) for what, token in spoilt.items()}
    users = ("x-forwarded-user", "x-remote-user", "remote-user", "x-auth-request-user", "x-webauth-user", "x-auth-request-email")
    return {
        "nothing": (),
        "a trusted user": tuple((name, "admin1") for name in users),
        "the header of the gate": ((SESSION_HEADER, spoilt["digest of a"]), (SESSION_HEADER.upper(), spoilt["digest of a"])),
        "another address": (("x-original-url", "/healthz"), ("x-rewrite-url", "/kpi/login"), ("x-http-method-override", "GET")),
        "this machine": (("host", "127.0.0.1"), ("origin", "http://127.0.0.1"), ("x-forwarded-for", "127.0.0.1"), ("x-real-ip", "::1")),
        "another host": (("host", "evil.example"), ("origin", "http://evil.example"), ("forwarded", "for=127.0.0.1;host=localhost")),
        "a foreign page": (("origin", "http://evil.example"),),
        "no page": (("origin", "null"),),
        "a password": (("authorization", "Basic YWRtaW4xOkdvb2QtcGFzcy05"),),
        "a token that ended": (("authorization", f"Bearer {spoilt['token that']}"),),
        "a token of nobody": (("authorization", "Bearer " + "A" * 43), ("cookie", "kpi_session=" + "A" * 43)),
        "nonsense": (("authorization", "Bearer"), ("cookie", "=;=\x01;kpi_session"), ("range", "bytes=0-"), ("content-length", "-1")),
        **cookies,
    }


def prepare(data: Path) -> dict[str, str]:
    """Accounts, a login of each kind that no longer opens, a token that ended; what each of them was known by."""
    admission, catalog = Admission(data), load.load(CATALOG)
    admission.accounts.add_first("admin1", "赵管理", PASSWORD)
    for account in (Account("leader", "李局", AccountRole.LEADER), Account("gone", "孙走", AccountRole.LEADER), Account("first", "钱新", AccountRole.LEADER)):
        admission.accounts.add(account, catalog, "赵管理", PASSWORD)
        if account.account != "first":
            admission.accounts.change_password(account.account, PASSWORD)
    spoilt = {"digest of a": sha256(admission.sessions.open("leader", "").encode()).hexdigest()}
    closed = admission.sessions.open("leader", "")
    admission.sessions.close(sha256(closed.encode()).hexdigest())
    spoilt |= {"closed": closed, "disabled": admission.sessions.open("gone", ""), "guessed": "a" * 43, "first": admission.sessions.open("first", "")}
    gone = admission.accounts.require("gone")
    admission.accounts.change(gone, replace(gone, disabled=True), catalog, "赵管理")
    _, spoilt["token that"] = admission.tokens.add(ApiToken("screen", AccountRole.LEADER, clock.today()), catalog, "赵管理")
    admission.tokens.revoke("screen", "赵管理")
    admission.close()
    past = Sessions(data / "access" / "sessions.db", lambda: time.time() - IDLE - timedelta(minutes=1).total_seconds())
    spoilt["idle"] = past.open("leader", "")
    past.shut()
    return spoilt


def paths(routes: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    """Of each route the addresses that are asked, its parameters filled in."""
    found: dict[str, tuple[str, ...]] = {}
    for route in routes:
        path: str = getattr(route, "path", "") or "/"
        for parameter, value in _PARTS.items():
            path = path.replace(parameter, value)
        start, rest, _ = path.partition("{")
        found[f"{type(route).__name__} {getattr(route, 'path', '')}"] = tuple(start + word for word in _REST) if rest else (path,)
    return found


def wrong(asked: Asked, answer: Answer, first: bool) -> str:
    """Why an answer gives something away; empty where it does not."""
    if asked.method == "WEBSOCKET":
        return "a websocket was opened" if answer.opened or answer.body else ""
    where = answer.headers.get("location", "")
    if answer.status == 303 and not answer.body and where.split("?")[0] in ("/kpi/login", "/", *(("/kpi/password",) if first else ())):
        return ""
    if answer.status in (401, 403, 421) and (answer.text in _SENTENCES or not answer.body):
        return ""
    if answer.status == 405 and not answer.body:
        return ""
    if asked.path == "/healthz" and answer.status == 200 and (not answer.body or set(json.loads(answer.text)) == {"status", "version"}):
        return ""
    if asked.path == "/healthz" and answer.status == 405 and len(answer.body) < 30:
        return ""
    if asked.path in ("/kpi/login", "/kpi/password") and answer.status in (200, 422) and _only_a_form(answer):
        return ""
    if asked.path == "/kpi/first" and answer.status == 403 and _only_a_form(answer):
        return ""
    return f"{answer.status} {answer.headers} {answer.text[:200]!r}"


def _only_a_form(answer: Answer) -> bool:
    """A page that stands before the login: it loads nothing and names nobody."""
    return not any(word in answer.text for word in ("<script", "src=", "streamlit", "李局", "赵管理", "食品"))


def requests(found: dict[str, tuple[str, ...]], pages: Sequence[str], headers: dict[str, Sequence[tuple[str, str]]], every: int) -> Iterator[tuple[str, Asked]]:
    """Each address by each method and each pretence, or every so many of the pretences in turn; with what is pretended."""
    addresses = dict.fromkeys([*(path for some in found.values() for path in some), *pages, *_ODD])
    turn = 0
    for path in addresses:
        for method in METHODS:
            for pretence, forged_headers in headers.items():
                turn += 1
                if pretence == "nothing" or turn % every == 0:
                    yield pretence, Asked(method, path, "period=2023-11", forged_headers, b"account=leader&password=x" if method == "POST" else b"")


async def walk(data: Path, every: int) -> dict[str, Any]:
    """
    Ask everything.

    Returns:
        ``routes`` and ``asked`` as counts, ``wrong`` as sentences, and ``let in`` as what a good login got at each route: it shows that the
        addresses are right.

    """
    from streamlit.runtime import get_instance
    from streamlit.runtime.media_file_storage import MediaFileKind

    from pages.site import PAGES
    from pages.widgets import running

    spoilt, failures, asked = prepare(data), list[str](), 0
    async with application(data, CATALOG) as served:
        storage = get_instance().media_file_mgr._storage
        media = storage.get_url(storage.load_and_get_id(b"of somebody", "text/plain", MediaFileKind.DOWNLOADABLE, "x.txt"))
        found = paths(served.routes)
        pages = [f"/{page.path}" for page in PAGES]
        for pretence, request in requests(found, [*pages, media], forged(spoilt), every):
            asked += 1
            answer = await answer_to(served, request)
            if why := wrong(request, answer, pretence == "a first login"):
                failures.append(f"{pretence}: {request}: {why}")
        sessions = running.admission().sessions
        cookie = [("cookie", f"kpi_session={sessions.open('leader', '')}")]
        let_in = {path: (await answer_to(served, Asked("GET", path, "period=2023-11", cookie))).status for path in pages}
        others = {what: (await answer_to(served, Asked(method, path, headers=cookie))).status for what, (method, path) in _of_others(media).items()}
    return {"routes": len(found), "asked": asked, "wrong": failures, "let in": let_in, "of others": others}


def _of_others(media: str) -> dict[str, tuple[str, str]]:
    """What the page library made for somebody else."""
    return {
        "a file": ("GET", media),
        "the head of a file": ("HEAD", media),
        "an upload": ("PUT", f"/_stcore/upload_file/{VISIT}/1"),
        "the end of an upload": ("DELETE", f"/_stcore/upload_file/{VISIT}/1"),
    }


def survivals(folder: Path, work: Path, every: int = 1) -> Iterator[Survival]:
    """What the walk over a copy of a folder found, all that was refused together."""
    data = Path(shutil.copytree(folder, work / "walked"))
    found = in_a_process(__spec__.name, str(data), str(every))
    yield Survival(f"{found['routes']} routes without a login", "refused", times=found["asked"] - len(found["wrong"]))
    yield from (Survival("without a login", "FAILED", words) for words in found["wrong"])
    for path, status in found["let in"].items():
        yield Survival(f"{path} with a login", "opened" if status == 200 else "FAILED", "" if status == 200 else f"status {status}")
    for what, status in found["of others"].items():
        yield Survival(f"{what} of somebody else", "refused" if status == 404 else "FAILED", "" if status == 404 else f"status {status}")


def main(data: Path, every: int) -> None:
    """Walk, and print what was found."""
    os.environ["KPI_LOG"] = "none"
    sys.stdout.write(f"\n{json.dumps(asyncio.run(walk(data, every)), ensure_ascii=False)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
