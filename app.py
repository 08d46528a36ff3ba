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
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import file_util

from kpi.errors import KpiError
from kpi.store import clock
from kpi.web.assets import Assets
from kpi.web.document import document
from kpi.web.front import Front
from pages.widgets import faults, warmth

ROOT = Path(__file__).resolve().parent
_FRONTEND = Path(file_util.get_static_dir())

try:
    clock.zone()
except KpiError as fault:
    sys.exit(str(fault))
logging.Formatter.converter = staticmethod(clock.wall)  # log lines show the wall's time as pages do

_assets = Assets(_FRONTEND / "static")
_LATER = [f"js/{file.name}" for file in (_FRONTEND / "static" / "js").glob("*.js") if file.name.startswith(("PlotlyChart.", "DataFrame.", "embed.", "arrow"))]
_page = document(
    (_FRONTEND / "index.html").read_text(encoding="utf-8"),
    json.loads((ROOT / "pages" / "widgets" / "zh.json").read_text(encoding="utf-8")),
    title="市场监管指标看板",
    noscript="请在浏览器中启用 JavaScript 后再打开本系统。",
)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up before the first visit, close the store after the last."""
    packing = asyncio.create_task(asyncio.to_thread(_assets.warm, [*_page.files, *_LATER]))  # a visit need not wait for it
    await asyncio.to_thread(warmth.warm)
    saying = asyncio.create_task(say_where())
    yield
    saying.cancel()
    await packing
    warmth.close()


async def say_where() -> None:
    """Print the address of the pages once it answers; the server listens only after the application is ready."""
    host, port = st.get_option("server.address") or "127.0.0.1", st.get_option("server.port")
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            sys.stdout.write(f"看板已经打开，请在浏览器中访问 http://{host}:{port} （按 Ctrl+C 停止）\n")
            sys.stdout.flush()
            return


app = st.App(
    ROOT / "pages" / "shell.py",
    lifespan=lifespan,
    middleware=[Middleware(Front, assets=_assets, page=_page)],
    on_script_error=faults.show,
)


def settings() -> dict[str, str | int]:
    """What the environment says; ``streamlit run`` reads these itself, ``python app.py`` does not."""
    said: dict[str, str | int] = {}
    if address := os.environ.get("STREAMLIT_SERVER_ADDRESS"):
        said["server.address"] = address
    if port := os.environ.get("STREAMLIT_SERVER_PORT"):
        said["server.port"] = int(port)
    return said


if __name__ == "__main__":
    app.run(config=settings())
