"""How what stands before the pages answers: leads on, shows a page of its own, and knows which addresses are ours."""

from http import HTTPStatus
from urllib.parse import urlsplit

from kpi.web import tokens
from kpi.web.entry_forms import FIRST, LOGIN, LOGOUT, PASSWORD, SIGN_ON, SIGN_ON_RETURN
from kpi.web.guards import Headers, Scope, Send, answer

_NOWHERE = (LOGIN, LOGOUT, PASSWORD, FIRST, SIGN_ON, SIGN_ON_RETURN)
_KEPT_NOWHERE: Headers = [(b"cache-control", b"no-store")]


async def lead(scope: Scope, send: Send, where: str, token: str | None = None, cookie: bytes = b"") -> None:
    """
    Lead on.

    Args:
        scope: The request.
        send: How it is answered.
        where: The address.
        token: Of a login, to keep or, where it is empty, to give up; None leaves it as it is.
        cookie: Another cookie to keep.

    """
    headers: Headers = [(b"location", where.encode()), *_KEPT_NOWHERE]
    headers += [] if token is None else [(b"set-cookie", tokens.cookie(scope, token))]
    headers += [(b"set-cookie", cookie)] if cookie else []
    await answer(scope, send, b"", headers, HTTPStatus.SEE_OTHER)


async def show(scope: Scope, send: Send, document: bytes, status: HTTPStatus, token: str | None = None, *, closing: bool = False) -> None:
    """Answer with a page of the entrance; a token as in `lead`; ``closing``: the connection is given up, for the rest of what was sent is not read."""
    headers: Headers = [(b"content-type", b"text/html; charset=utf-8"), *_KEPT_NOWHERE]
    headers += [] if token is None else [(b"set-cookie", tokens.cookie(scope, token))]
    headers += [(b"connection", b"close")] if closing else []
    await answer(scope, send, document, headers, status)


def inside(address: str) -> str:
    """An address to lead to, where it is one of ours; else the first page."""
    try:
        parts = urlsplit(address)
    except ValueError:  # what begins like another server and is none
        return "/"
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and address.isprintable()
    return address if ours and "\\" not in address and parts.path not in _NOWHERE else "/"


def machine(scope: Scope) -> str:
    """The address of the machine from which a request comes."""
    client = scope.get("client")
    return str(client[0]) if client else ""
