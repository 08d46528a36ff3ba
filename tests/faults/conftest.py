"""The folders that are damaged, and who opens them, once for a file of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import judging
from tests.faults.damage import Folders
from tests.faults.worker import Worker


@pytest.fixture(scope="package")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started


@pytest.fixture(scope="package")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return judging.make(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="package")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("click")
