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
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import file_util

from kpi.bureau import data_folder
from kpi.errors import KpiError
from kpi.filing import default_month
from kpi.present import numbers
from kpi.store import backup_schedule, clock, free_space
from kpi.web import address, freed_memory
from kpi.web.assets import Assets
from kpi.web.document import document
from kpi.web.front import Front
from pages import served
from pages.widgets import faults, warmth

ROOT = Path(__file__).resolve().parent
_FRONTEND = Path(file_util.get_static_dir())

freed_memory.give_back()
try:
    clock.zone()
    numbers.rule()
    default_month.enough()
    free_space.spare_bytes()
    backup_schedule.backup_schedule()
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


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up before the first visit, close the store after the last."""
    packing = asyncio.create_task(asyncio.to_thread(_assets.warm, [*_page.files, *_LATER]))  # a visit need not wait for it
    opened = await asyncio.to_thread(warmth.warm)
    saying = asyncio.create_task(say_where(opened=opened))
    with backup_schedule.scheduled_backups(data_folder()):
        yield
    saying.cancel()
    await packing
    warmth.close()


async def say_where(*, opened: bool) -> None:
    """Print the address of the pages once it answers, and whether there is anything to see."""
    host, port = st.get_option("server.address") or "127.0.0.1", st.get_option("server.port")
    while not await address.answers(host, port):
        await asyncio.sleep(0.1)
    sys.stdout.write(f"{address.invitation(host, port, opened=opened)}\n")
    sys.stdout.flush()


app = st.App(
    ROOT / "pages" / "shell.py",
    lifespan=lifespan,
    routes=served.ROUTES,
    middleware=[Middleware(Front, assets=_assets, page=_page, screen=served.screen, files=served.FILES)],
    on_script_error=faults.show,
)


if __name__ == "__main__":
    ours = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    try:
        settings = address.settings(os.environ)
        address.require_free(str(settings.get("server.address", ours["address"])), int(settings.get("server.port", ours["port"])))
    except KpiError as fault:
        sys.exit(str(fault))
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        app.run(config=settings)
