"""One bureau for all examples: each of them sends the whole of 2023 anew, which replaces what was there."""

from collections.abc import Iterator

import pytest

from tests.bureaus import Small, opened
from tests.soundness.catalog import files


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    with opened(tmp_path_factory.mktemp("laws"), files()) as bureau:
        yield bureau
