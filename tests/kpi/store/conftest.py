"""An empty store in a folder of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.store.database import Store
from tests.kpi.store.reports import catalog_of
from tests.kpi.store.seven import everything, fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, catalog_of()) as opened:
        yield opened


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of seven entries in five files of the log; tests damage copies of it."""
    folder = tmp_path_factory.mktemp("whole") / "data"
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def expected(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> object:
    """What it holds."""
    with Store.open(shutil.copytree(whole, tmp_path_factory.mktemp("expected") / "data"), catalog_of()) as store:
        assert (store.notices, store.verify()) == ((), [])
        return everything(store)
