"""The demo bureau, filled once in a run through the real intake; tests that write get a copy of their own."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from kpi.bureau import Bureau, open_bureau
from kpi.catalog import load
from kpi.demo.fill import fill
from tests.kpi.province import write_catalog

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

settings.register_profile("gate", derandomize=True)  # a gate judges the change, not the luck of a draw; at a desk each run draws anew
if os.environ.get("CI"):
    settings.load_profile("gate")


@pytest.fixture(autouse=True)
def _own_main() -> Iterator[None]:
    """The test runner stays the main module: a page that is tried puts itself in its place, and a process that is forked later would run that."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def _shipped_catalog() -> Iterator[None]:
    """The shipped catalogue, which no test changes, is read once for every bureau that is opened."""
    read, shipped = load.load, cache(load.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "load", lambda folder: (shipped if folder == load.DEFAULT else read)(folder))
        yield


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the demo's 437 submissions; never opened for writing again."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent / "demo" if worker_id != "master" and fcntl else own / "demo"  # one worker fills, each takes a copy
    shared.mkdir(exist_ok=True)
    filled = shared / "filled"
    with alone(shared / "lock"):
        if not filled.exists():
            with open_bureau(shared / "data") as bureau:
                fill(bureau)
            (shared / "data").rename(filled)
    return shutil.copytree(filled, tmp_path_factory.mktemp("demo") / "data")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Other processes wait until this one is done; Windows, which shares nothing here, has no such lock."""
    with lock.open("w") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def demo(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """The demo bureau, open, for tests that only ask."""
    folder = tmp_path_factory.mktemp("open") / "data"
    shutil.copytree(demo_data, folder)
    with open_bureau(folder) as bureau:
        yield bureau


@pytest.fixture
def demo_copy(demo_data: Path, tmp_path: Path) -> Path:
    """A demo data folder that a test may change."""
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Bureau]:
    """A bureau with the shipped catalogue and nothing stored."""
    with open_bureau(tmp_path / "data") as bureau:
        yield bureau


@pytest.fixture
def province_catalog(tmp_path: Path) -> Path:
    """The catalogue of a province over two cities and five bureaus, as a folder that a test may change."""
    return write_catalog(tmp_path / "catalog")


@pytest.fixture
def province(tmp_path: Path, province_catalog: Path) -> Iterator[Bureau]:
    """The province with nothing stored."""
    with open_bureau(tmp_path / "data", province_catalog) as bureau:
        yield bureau


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those with a browser first: they take longest, and of two workers neither is to be left with them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_unconfigure() -> None:
    """Drop the callback by which hypothesis times the collector: at exit it keeps DuckDB's binding alive, which then reports leaks."""
    gc.callbacks.clear()
