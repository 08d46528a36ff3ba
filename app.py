"""
The application: Streamlit's own, with our layer round it.

``python app.py`` and ``streamlit run app.py`` both serve it, on this machine only unless ``STREAMLIT_SERVER_ADDRESS``
says otherwise; ``STREAMLIT_SERVER_PORT`` sets the port.  Before the first visit everything is imported, the bureau is
open and one board is computed.
"""

import asyncio
import json
import logging
import os
import secrets
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import file_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from kpi.access.caller import Caller
from kpi.admin import inbox_watch, reminder_schedule
from kpi.cli import command_client
from kpi.data_place import data_folder
from kpi.errors import KpiError
from kpi.store import backup_schedule, clock
from kpi.web import address, entry_forms, freed_memory, proxies, server_log, stopping
from kpi.web.assets import Assets
from kpi.web.document import document
from kpi.web.front import Front
from kpi.web.gate import Gate
from kpi.web.request_log import RequestLog
from kpi.web.server_run import most_visits, server_run
from kpi.web.sign_on_settings import sign_on_settings
from kpi.web.visit_limit import VisitLimit
from pages import served, site
from pages.widgets import commands, faults, running, start_settings, warmth
from pages.widgets.handed_names import handed_names

ROOT = Path(__file__).resolve().parent
_FRONTEND = Path(file_util.get_static_dir())

freed_memory.give_back()
try:
    start_settings.require_settings()
    _sign_on, _proxies = sign_on_settings(), proxies.proxies()
except KpiError as fault:
    sys.exit(str(fault))
logging.Formatter.converter = staticmethod(clock.wall)  # log lines show the wall's time as pages do

_assets = Assets(_FRONTEND / "static")
_LATER = [f"js/{file.name}" for file in (_FRONTEND / "static" / "js").glob("*.js") if file.name.startswith(("PlotlyChart.", "DataFrame.", "embed.", "arrow"))]
_page = document(
    (_FRONTEND / "index.html").read_text(encoding="utf-8"),
    json.loads((ROOT / "pages" / "widgets" / "zh.json").read_text(encoding="utf-8")),
    served.STYLE,
    title="市场监管指标看板",
    noscript="请在浏览器中启用 JavaScript 后再打开本系统。",
)


_first = secrets.token_urlsafe(24)  # opens the page that makes the first administrator, as long as there is no account


def first_token() -> str:
    """The token of the address that makes the first administrator; empty once there is an account."""
    return "" if running.admission().needed else _first


def bureau_name() -> str:
    """The name of the bureau; of one whose catalogue has faults nothing."""
    try:
        return running.opened().catalog.bureau
    except KpiError:
        return ""


def home(caller: Caller) -> str:
    """The address of the page that a visit of somebody begins with."""
    return f"/{site.home(caller).path}"


def ended() -> bytes:
    """The message by which the page library goes to the login page."""
    message = ForwardMsg()
    message.auth_redirect.url = "/kpi/login?ended=1"
    return bytes(message.SerializeToString())


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up before the first visit, close the store after the last."""
    server_log.start(server_log.log_folder(data_folder()))  # the library has set up its own by now
    stopping.stop_on_request()
    packing = asyncio.create_task(asyncio.to_thread(_assets.warm, [*_page.files, *_LATER]))  # a visit need not wait for it
    commands.serve()
    opened = await asyncio.to_thread(warmth.warm)
    saying = asyncio.create_task(say_where(opened=opened))
    inbox = inbox_watch.watched_inbox(data_folder(), running.opened_bureau, warmth.keep_ready)
    notices = reminder_schedule.scheduled_reminders(data_folder(), running.opened_bureau, lambda: running.admission().accounts)
    with backup_schedule.scheduled_backups(data_folder()), inbox, notices:
        yield
    saying.cancel()
    await packing
    await asyncio.to_thread(commands.stop)
    await asyncio.to_thread(warmth.close)
    sys.stdout.write(f"{stopping.SENTENCE}\n")
    sys.stdout.flush()


async def say_where(*, opened: bool) -> None:
    """Print the address of the pages once it answers, and whether there is anything to see."""
    host, port = st.get_option("server.address") or "127.0.0.1", st.get_option("server.port")
    while not await address.answers(host, port):
        await asyncio.sleep(0.1)
    sys.stdout.write(f"{address.invitation(host, port, opened=opened)}\n")
    if token := first_token():
        sys.stdout.write(f"{address.without_login(host, port, f'{entry_forms.FIRST}?token={token}')}\n")
    sys.stdout.flush()


app = st.App(
    ROOT / "pages" / "shell.py",
    lifespan=lifespan,
    routes=served.ROUTES,
    middleware=[
        Middleware(RequestLog, broken=served.broken),
        Middleware(Gate, admission=running.admission, bureau=bureau_name, first=first_token, home=home, ended=ended(), handed=handed_names, sign_on=_sign_on),
        Middleware(Front, assets=_assets, page=_page, screen=served.screen, files=served.FILES, nowhere=served.NOWHERE),
        Middleware(VisitLimit, run=server_run, most=most_visits(), refused=served.FULL),
    ],
    on_script_error=faults.show,
)


if __name__ == "__main__":
    ours = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    try:
        settings = address.settings(os.environ)
        command_client.require_unserved(data_folder())
        address.require_accounts(str(settings.get("server.address", ours["address"])), running.admission())
        address.require_free(str(settings.get("server.address", ours["address"])), int(settings.get("server.port", ours["port"])))
    except KpiError as fault:
        sys.exit(str(fault))
    proxies.believe(_proxies)
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        app.run(config=settings)
else:  # the page library's own command has read its settings by now
    try:
        proxies.require_started_by_us(_proxies)
        command_client.require_unserved(data_folder())
        address.require_accounts(str(st.get_option("server.address") or ""), running.admission())
    except KpiError as fault:
        sys.exit(str(fault))
