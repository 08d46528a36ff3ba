"""What tests of the layer before the pages share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.access.admission import Admission


@pytest.fixture
def admission(tmp_path: Path) -> Iterator[Admission]:
    """The accounts of a data folder, of which there is one, an administrator; a file that wants others has its own."""
    made = Admission(tmp_path / "data")
    made.accounts.add_first("admin1", "王管理", "Good-pass-9")
    yield made
    made.close()
