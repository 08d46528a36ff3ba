"""Stores opened once for each set of targets; every test takes one that holds nothing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bureaus import Small, opened
from tests.soundness.catalog import files

Open = Callable[..., Small]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    """The small bureau, without targets."""
    with opened(tmp_path, files()) as bureau:
        yield bureau


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Open]:
    """``held({2023: target(…)})``: the small bureau with targets."""
    with ExitStack() as stack:

        def open_one(targets: Mapping[int, str]) -> Small:
            return stack.enter_context(opened(tmp_path, files(targets)))

        yield open_one
