"""The cookie that holds the token of a login: only the browser sees it, and it goes to no other site."""

from http.cookies import CookieError, SimpleCookie

from kpi.web.guards import Scope

_NAME = "kpi_session"
_SECURE_NAME = f"__Host-{_NAME}"  # a browser takes it over https alone, and for this host alone


def token_of(scope: Scope) -> str:
    """The token that a browser sent; empty where it sent none."""
    name = _SECURE_NAME if secure(scope) else _NAME
    for value in [value for key, value in scope["headers"] if key.lower() == b"cookie"]:
        try:
            cookies = SimpleCookie(value.decode("latin-1"))
        except CookieError:
            continue
        if name in cookies:
            return cookies[name].value
    return ""


def cookie(scope: Scope, token: str) -> bytes:
    """The header by which a browser keeps a token until it is closed; an empty token takes it away."""
    name, ending = (_SECURE_NAME, "; Secure") if secure(scope) else (_NAME, "")
    lasting = "" if token else "; Max-Age=0"
    return f"{name}={token}; Path=/; HttpOnly; SameSite=Lax{ending}{lasting}".encode()


def secure(scope: Scope) -> bool:
    """Whether the browser reached us over https; behind a proxy on this machine its word is taken."""
    return scope.get("scheme") in ("https", "wss")
