"""An empty store in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.store.database import Store
from tests.kpi.store.reports import catalog_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, catalog_of()) as opened:
        yield opened
