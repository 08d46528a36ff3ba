"""What is served beside the page library (首屏、版本): plain answers over HTTP, made of the same fragments as the pages."""

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kpi.errors import KpiError
from pages import view
from pages.bodies import BODIES, OPENINGS
from pages.site import BY_PATH
from pages.widgets import frame, session


def screen(path: str, query: str) -> str:
    """
    What a page says before the page library has started.

    Args:
        path: Of the address.
        query: What stands behind its question mark.

    Returns:
        The navigation, the head and the page itself; empty where there is no such page, nothing to show, or a fault to be told by the page.

    """
    page = BY_PATH.get(path.strip("/"))
    try:
        if page is None or (page.needs_data and not session.periods()):
            return ""
        shown = view.read(page, dict(parse_qsl(query, keep_blank_values=True)))
        if page.path in BODIES:
            return frame.drawn(shown)
        return frame.opened(shown) if page.path in OPENINGS else frame.head(shown)
    except KpiError:
        return ""


def version(_: Request) -> Response:
    """The version of the data, by which an open page notices new ones."""
    try:
        return PlainTextResponse(str(session.bureau().store.version))
    except KpiError:
        return PlainTextResponse("", status_code=503)


ROUTES = [Route("/kpi/version", version)]
