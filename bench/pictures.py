"""``python -m bench.pictures``: the pictures of the README, taken of the demonstration in the system's Chromium."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from bench.earlier_build import ROOT
from bench.server import serve
from bench.visitor import browser
from kpi.bureau import open_bureau
from kpi.catalog import load
from kpi.demo.fill import fill
from tests.pages.serving import settled

FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1920, 1080
PICTURES = {  # of the month of the published summary
    "overview.png": "?period=2023-11",
    "targets.png": "targets?period=2023-11&figure=trademarks_registered_new",
    "wall.png": "wall?period=2023-11#2",
}


def main() -> None:
    """Fill the demonstration into a folder of its own, serve it and take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="kpi-pictures-") as folder:
        data = Path(folder) / "data"
        with open_bureau(data, load.DEFAULT) as bureau:
            fill(bureau)
        with serve(ROOT / "app.py", ROOT, data) as server, browser() as opened:
            page = opened.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", color_scheme="light")
            for name, address in PICTURES.items():
                take(page, f"{server.url}/{address}", FOLDER / name)


def take(page: Page, address: str, file: Path) -> None:
    """One page, or screen of 大屏, as it stands once everything is drawn."""
    page.goto(address)
    if "/wall" in address:
        page.locator(".w-screen:not([hidden]) .k-bullet").first.wait_for()
    else:
        settled(page)
    page.screenshot(path=file)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
