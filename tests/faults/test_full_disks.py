"""
A disk that is full while something is written: nothing acknowledged is lost, nothing false is said, and with room again all goes on.

``python -m bench faults --kind full`` takes twenty levels; this takes two.
"""

import shutil
from pathlib import Path

import pytest

from tests.faults.accepting import read
from tests.faults.damage import Folders
from tests.faults.filling import fill_levels, levels_of, possible
from tests.faults.worker import Worker


@pytest.mark.skipif(not possible(), reason="this machine lets nobody mount a disk of its own")
def test_a_full_disk_loses_nothing_and_says_nothing_false(folders: Folders, tmp_path: Path, worker: Worker) -> None:
    """With no byte left nothing is entered; where the log fits and the tables do not, all is; reading goes on, and no restart is needed."""
    click = worker.ask(read, Path(shutil.copytree(folders.closed, tmp_path / "case")))

    survivals = list(fill_levels(folders.closed, click, tmp_path, [0, 98_304]))

    assert [(survival.outcome, survival.why) for survival in survivals] == [("none and not withdrawn", ""), ("all and withdrawn", "")]


def test_levels_begin_with_none_and_end_with_room_for_all() -> None:
    """Twenty, two pages apart."""
    levels = levels_of(20)
    assert (len(levels), levels[0], levels[1], levels[18], levels[19]) == (20, 0, 8192, 147_456, 3_000_000)
