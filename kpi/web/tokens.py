"""The cookie that holds the token of a login: only the browser sees it, and it goes to no other site."""

from kpi.web.guards import Scope

_NAME = "kpi_session"
_PREFIX = "__Host-"  # a browser takes what has it over https alone, and for this host alone


def token_of(scope: Scope) -> str:
    """The token that a browser sent; empty where it sent none."""
    return cookie_of(scope, _NAME)


def cookie_of(scope: Scope, name: str) -> str:
    """What a cookie of ours holds, by the name that it has without https; empty where the browser sent none."""
    name = f"{_PREFIX}{name}" if secure(scope) else name
    sent = b";".join(value for key, value in scope["headers"] if key.lower() == b"cookie").decode("latin-1")
    pairs = (pair.partition("=") for pair in sent.split(";"))  # others of this host may set cookies of any kind: none of them hides ours
    return next((value.strip() for key, _, value in pairs if key.strip() == name), "")


def cookie(scope: Scope, token: str) -> bytes:
    """The header by which a browser keeps a token until it is closed; an empty token takes it away."""
    return cookie_header(scope, _NAME, token, lasts=None if token else 0)


def cookie_header(scope: Scope, name: str, content: str, lasts: int | None) -> bytes:
    """
    The header by which a browser keeps a cookie of ours.

    Args:
        scope: The request.
        name: Its name without https.
        content: What it holds.
        lasts: Seconds; None: until the browser is closed.

    """
    whole, ending = (f"{_PREFIX}{name}", "; Secure") if secure(scope) else (name, "")
    lasting = "" if lasts is None else f"; Max-Age={lasts}"
    return f"{whole}={content}; Path=/; HttpOnly; SameSite=Lax{ending}{lasting}".encode()


def secure(scope: Scope) -> bool:
    """Whether the browser reached us over https; the word of a proxy that ``KPI_PROXY`` lists is taken."""
    return scope.get("scheme") in ("https", "wss")
