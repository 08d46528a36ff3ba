"""
What a run makes once and its tests share: catalogues that were read, children that read workbooks, empty folders, the demo bureau.

The demo is filled through the real intake; tests that write get a copy of their own.
"""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from kpi.access import passwords
from kpi.bureau import Bureau, open_bureau
from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.demo.fill import fill
from kpi.workbook.process.parser import AT_ONCE, Parser
from kpi.workbook.process.worker import Worker
from tests import blank
from tests.kpi.province import write_catalog

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_GARBAGE = (20_000, 10, 5)  # objects that are made before the collector looks for those in circles, and how often before it looks further
_ROOM = 8 * 2**30  # bytes: some times what a run leaves

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
def product_hasher() -> Iterator[PasswordHasher]:
    """The hasher of the product; meanwhile passwords are hashed in the same way with the least effort, save where passwords themselves are tried."""
    hasher = passwords._HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield hasher


def _read_once() -> None:
    """A catalogue is read once for all that is opened with it, wherever a copy of it lies, tables of tests too; nobody can change what was read."""
    read, known = load.load, dict[tuple[tuple[str, bytes], ...], Catalog]()

    def load_once(folder: Path) -> Catalog:
        files = _shipped() if folder == load.DEFAULT else _files(folder)
        if files not in known:
            known[files] = read(folder)
        return known[files]

    load.load = load_once


@cache
def _shipped() -> tuple[tuple[str, bytes], ...]:
    return _files(load.DEFAULT)


def _files(folder: Path) -> tuple[tuple[str, bytes], ...]:
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.toml")) if path.is_file())


@pytest.fixture(scope="session", autouse=True)
def _lent_readers() -> Iterator[None]:
    """A child that reads workbooks serves the bureaus of all tests, one after the other, instead of being started for each."""
    idle: list[Worker] = []
    lock = Lock()

    class Lent(Parser):
        """A parser that leaves its children to the next one."""

        def __init__(self, places: int = AT_ONCE) -> None:
            super().__init__(places=places)
            self._idle, self._lock = idle, lock

        def close(self) -> None:
            if self._idle is not idle:  # closed before, and opened again by a test that wants children of its own
                super().close()
            self._closed, self._idle = True, []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kpi.bureau.Parser", Lent)
        yield
    for worker in idle:
        worker.end()


@pytest.fixture(scope="session", autouse=True)
def _blank_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the empty data folders lie that bureaus of tests begin with."""
    blank.keep_in(tmp_path_factory.mktemp("blank"))


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the demo's 437 submissions; never opened for writing again."""
    shared = shared_by_workers(tmp_path_factory, worker_id, "demo")
    filled = shared / "filled"
    with alone(shared / "lock"):
        if not filled.exists():
            with open_bureau(shared / "data") as bureau:
                fill(bureau)
            (shared / "data").rename(filled)
    return shutil.copytree(filled, tmp_path_factory.mktemp("demo") / "data")


def shared_by_workers(tmp_path_factory: pytest.TempPathFactory, worker_id: str, name: str) -> Path:
    """A folder in which the first worker that needs something makes it, for each to take a copy of."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent / name if worker_id != "master" and fcntl else own / name
    shared.mkdir(exist_ok=True)
    return shared


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
    with blank.opened(tmp_path / "data") as bureau:
        yield bureau


@pytest.fixture
def province_catalog(tmp_path: Path) -> Path:
    """The catalogue of a province over two cities and five bureaus, as a folder that a test may change."""
    return write_catalog(tmp_path / "catalog")


@pytest.fixture
def province(tmp_path: Path, province_catalog: Path) -> Iterator[Bureau]:
    """The province with nothing stored."""
    with blank.opened(tmp_path / "data", province_catalog) as bureau:
        yield bureau


def pytest_configure(config: pytest.Config) -> None:
    """
    Folders of tests lie in memory where there is room: the engine and the store force every file to disk.

    The hundreds of processes that tests start find the project compiled: where nothing may be written beside the sources, each would compile it anew.
    """
    _read_once()
    gc.set_threshold(*_GARBAGE)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    memory = Path("/dev/shm")
    if not hasattr(config, "workerinput") and memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))  # the workers inherit it


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Put those with a browser first: they take longest, and no worker is to be left with them at the end.

    While the first of them fills the demonstration, the other workers try files that do not wait for it.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    files = list(dict.fromkeys(item.path for item in items))
    browser = {item.path for item in items if item.get_closest_marker("browser")}
    waiting = {item.path for item in items if "demo_data" in getattr(item, "fixturenames", ())}
    first, *others = [path for path in files if path in browser] or files[:1]
    beside = [path for path in files if path not in browser | waiting][: workers - 1]
    place = {path: number for number, path in enumerate(dict.fromkeys([first, *beside, *others, *files]))}
    items.sort(key=lambda item: place[item.path])


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Drop the callback by which hypothesis times the collector: at exit it keeps DuckDB's binding alive, which then reports leaks."""
    gc.callbacks.clear()
    gc.unfreeze()
