"""What is served beside the page library (首屏、大屏、原件、查找): plain answers over HTTP, made of the same fragments as the pages."""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path, PurePath
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

import kpi
import kpi.present.html
import kpi.web
from kpi.access.audit import Audited
from kpi.access.caller import DeniedError
from kpi.access.roles import Right
from kpi.admin.health import HealthGrade
from kpi.admin.health import health as health_of
from kpi.errors import KpiError
from kpi.filing.submissions import require_original
from kpi.present.html.engine import render
from kpi.present.seen_text import seen
from kpi.store.submission import KeptAs
from kpi.web import api, form_requests
from kpi.web.own_files import named
from kpi.workbook.writing.styles import MEDIA_TYPE
from pages import searching, view
from pages.bodies import BODIES, OPENINGS, TABLES, exports, wall
from pages.choices import number_of
from pages.site import BY_PATH, OVERVIEW, WALL, SitePage
from pages.widgets import faults, frame, running, session, warmth

RouteAnswer = Callable[[Request], Response]

_DARK = re.compile(r'^:root\[data-theme="dark"\], \.k-root[^{]*(\{.*?\n\})', re.DOTALL | re.MULTILINE)


def before_the_theme_is_known(style: str) -> str:
    """The style sheet with the dark colours for a system that is dark, as long as no script has said which theme the page has."""
    dark = next(_DARK.finditer(style))[1]
    return f"{style}@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {dark} }}\n"


_FRAGMENTS, _WEB = Path(kpi.present.html.__file__).parent, Path(kpi.web.__file__).parent
STYLE = before_the_theme_is_known((_FRAGMENTS / "style.css").read_text(encoding="utf-8"))
_WALL_STYLE = (_FRAGMENTS / "wall.css").read_text(encoding="utf-8")
_WALL_SCRIPT = (_WEB / "wall.js").read_text(encoding="utf-8")
_STYLE, _WALL, _SCRIPT = FILES = (named("style", "css", STYLE), named("wall", "css", _WALL_STYLE), named("wall", "js", _WALL_SCRIPT))


def screen(path: str, query: str) -> str:
    """
    What a page says before the page library has started.

    Args:
        path: Of the address.
        query: What stands behind its question mark.

    Returns:
        The navigation, the head and the page itself; empty where there is no such page, nothing to show, or a fault, which the page tells.

    """
    page = BY_PATH.get(path.strip("/"))
    try:
        if page is None or not page.open_to(running.caller()) or (page.needs_data and not session.periods()):
            return ""
        shown = view.read(page, dict(parse_qsl(query, keep_blank_values=True)))
        if page.path in BODIES:
            return frame.drawn(shown)
        return frame.opened(shown) if page.path in OPENINGS else frame.head(shown)
    except Exception as fault:  # without a first screen the page itself is there all the same
        faults.sentence(fault)
        return ""


def _answered(answer: RouteAnswer) -> RouteAnswer:
    """An answer whose faults are sentences."""

    @wraps(answer)
    def answered(request: Request) -> Response:
        try:
            return answer(request)
        except Exception as fault:
            return _refused(faults.sentence(fault), 409 if isinstance(fault, KpiError) else 500)

    return answered


def version(_: Request) -> Response:
    """The version of the data and the day, by which an open page notices new ones."""
    try:
        return PlainTextResponse(session.standing())
    except KpiError:
        return PlainTextResponse("", status_code=503)


def health(_: Request) -> Response:
    """How the bureau is, for what watches over it from outside: a word and the version, no figure and no name."""
    grade = health_of(running.opened_bureau()).grade
    return JSONResponse({"status": grade.value, "version": kpi.__version__}, 503 if grade is HealthGrade.DOWN else 200, {"cache-control": "no-store"})


@_answered
def show_wall(request: Request) -> Response:
    """大屏; with ``download`` in the address as a file that opens without this server."""
    query = dict(request.query_params)
    _require_open(WALL)
    if not session.periods():
        return _refused("还没有任何数据；请先导入报表。")
    shown = view.read(WALL, query)
    if "download" in query:
        html = wall.document(shown, style=STYLE + _WALL_STYLE, script=_WALL_SCRIPT, alone=True)
        return HTMLResponse(html, headers=_attached(f"大屏_{shown.get('edition') or shown.period}.html"))
    return HTMLResponse(wall.document(shown, style=f"{_STYLE.path} {_WALL.path}", script=_SCRIPT.path), headers={"cache-control": "no-cache"})


@_answered
def original(request: Request) -> Response:
    """The file of a submission as it is kept, by the number of the submission."""
    store, number = session.bureau().store, number_of(request.path_params["number"])
    submission = None if number is None else store.submission(number)
    kept = store.kept_as(submission.sha256) if submission else KeptAs.NOTHING
    if submission is None or kept not in (KeptAs.WHOLE, KeptAs.COPY):
        return _refused("没有这份报送的原件：台账含有个人信息，原件没有保留，或者编号不对；请在「报送记录」查看。", 404)
    require_original(session.bureau(), submission)
    name = submission.file if kept is KeptAs.WHOLE else f"{PurePath(submission.file).stem}_留存.xlsx"
    return Response(store.original(submission.sha256), media_type=MEDIA_TYPE, headers=_attached(name))


@_answered
def export(request: Request) -> Response:
    """The tables of a page as a workbook."""
    path = request.path_params["page"]
    page = BY_PATH.get("" if path == OVERVIEW else path)
    if page is None or page.path not in TABLES or (page.about_figures and not session.periods()):
        return _refused("这一页没有可以导出的表；请回到总览，从页上的「导出 Excel」进来。", 404)
    _require_open(page)
    shown = view.read(page, dict(request.query_params))
    session.bureau().note(Audited.EXPORT, exports.file_name(shown, "xlsx"))
    return Response(exports.workbook(shown), media_type=MEDIA_TYPE, headers=_attached(exports.file_name(shown, "xlsx")))


def find(request: Request) -> Response:
    """What is like a text that somebody types, each with the address of its page, which keeps the month that is shown."""
    query = dict(request.query_params)
    try:
        _require_open(BY_PATH[""])
        shown = view.read(BY_PATH[""], query)
        return JSONResponse([{"name": seen(hit.name), "what": seen(hit.what), "link": hit.link} for hit in searching.hits(shown, query.get("find", ""))])
    except KpiError:
        return JSONResponse([])


def find_measures(request: Request) -> Response:
    """The measures like what somebody types into a formula, each with the code that stands for it."""
    try:
        session.bureau().require(Right.DEFINE)
        hits = searching.measures(request.query_params.get("find", ""))
        return JSONResponse([{"name": seen(hit.name), "what": seen(hit.what), "code": hit.code} for hit in hits])
    except KpiError:
        return JSONResponse([])


def _require_open(page: SitePage) -> None:
    """Refuse a page that the caller may not open."""
    if not page.open_to(running.caller()):
        raise DeniedError(f"你的账号不能打开「{page.title}」；需要的，请管理员改角色。")


def nowhere(_: Request) -> Response:
    """What is said at an address below ours that leads nowhere: the library would answer with a document that finds no scripts."""
    return HTMLResponse(NOWHERE, 404)


def _attached(name: str) -> dict[str, str]:
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def _refused(sentence: str, status: int = 409) -> Response:
    return HTMLResponse(render("refused.html", sentence=sentence, style=_STYLE.path), status_code=status)


def broken(number: str) -> bytes:
    """What is said in the place of an answer that a fault of ours prevented, by the number of the request."""
    return render("refused.html", sentence=faults.numbered(number), style=_STYLE.path).encode()


NOWHERE = render("refused.html", sentence="没有这个地址；请从总览进来。", style=_STYLE.path).encode()
FULL = render("refused.html", sentence="现在打开的页面太多，看板暂时不能再打开一个；请过一分钟再试，或请管理员关掉不用的页面。", style=_STYLE.path).encode()
ROUTES = [
    *api.routes(session.bureau),
    Route("/healthz", health),
    Route("/kpi/version", version),
    Route("/kpi/original/{number}", original),
    Route("/kpi/export/{page}", export),
    Route("/kpi/search", find),
    Route("/kpi/measures", find_measures),
    *form_requests.routes(session.bureau, lambda: warmth.keep_ready()),
    Route("/wall", show_wall),
    Route("/kpi/{rest:path}", nowhere),
    Route("/wall/{rest:path}", nowhere),
]
