"""
The restore drill on a folder with one of everything, and backups that were spoilt.

``python -m bench faults --kind restore`` spoils eighty; this takes a few.
"""

import shutil
from pathlib import Path

from kpi.store.backup import back_up
from kpi.store.clock import now
from tests.faults.damage import Folders
from tests.faults.drilling import drill, spoilt_backups
from tests.faults.worker import Worker


def test_what_a_killed_program_left_is_backed_up_and_restored_equal(folders: Folders, tmp_path: Path, worker: Worker) -> None:
    """Every entry, figure, original, edition and case, although the database was never closed."""
    source = Path(shutil.copytree(folders.killed, tmp_path / "source"))
    (tmp_path / "work").mkdir()

    survival = drill(folders.killed, source, tmp_path / "work", worker)

    assert (survival.outcome, survival.why) == ("equal", "")


def test_a_spoilt_backup_is_refused(folders: Folders, tmp_path: Path) -> None:
    """Ten cuts and ten bits, of a folder with ledgers, an edition, an answer and a key."""
    backup = back_up(folders.closed, tmp_path / "b.tar", now())

    survivals = list(spoilt_backups(backup, tmp_path, cuts=10, flips=10, seed=20261128))

    assert [one for one in survivals if one.why] == []
    assert "named by its file" in {one.outcome for one in survivals}
