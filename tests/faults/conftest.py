"""The folders that are damaged, made once a run, and who opens them, once for a file of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import alone, shared_by_workers
from tests.faults import judging
from tests.faults.damage import Folders
from tests.faults.worker import Worker


@pytest.fixture(scope="package")
def worker() -> Iterator[Worker]:
    with Worker() as started:
        yield started


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Folders:
    """One process makes them, and all take their copies; nobody opens them."""
    shared = shared_by_workers(tmp_path_factory, worker_id, "faults")
    with alone(shared / "lock"):
        made = shared / "made"
        if not made.exists():
            begun = shared / "begun"
            begun.mkdir()
            judging.make(begun)
            begun.rename(made)
    return judging.made(made)


@pytest.fixture(scope="package")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("click")
