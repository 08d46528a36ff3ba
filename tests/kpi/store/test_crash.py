"""The power goes at any moment: what was acknowledged is there afterwards, whole and once."""

import subprocess
import sys
from pathlib import Path

import pytest

from kpi.store.database import Store
from tests.kpi.store.reports import accepted, catalog_of

_WRITER = """
import itertools, os, signal, sys
from pathlib import Path
from kpi.store.database import Store
from tests.kpi.store.reports import accepted, catalog_of

fatal = int(sys.argv[2])
steps = itertools.count(1)


def dying(call):
    # Every forced write, link and renaming is a step; the fatal one is the last thing this process begins.
    def step(*arguments, **options):
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)
    return step


store = Store.open(Path(sys.argv[1]), catalog_of())
os.fsync, os.link, os.mkdir = dying(os.fsync), dying(os.link), dying(os.mkdir)
Path.replace, Path.unlink = dying(Path.replace), dying(Path.unlink)
Store._apply = dying(Store._apply)
for month in range(1, 4):
    report = accepted(f"2024-{month:02}", food_sampling_tested=f"{month}", food_producers=f"– {month}")
    other = accepted(f"2024-{month:02}", "drug", drug_samples_tested=f"{month}")
    for submission in store.commit([report, other]):
        print(submission.seq, submission.sha256, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [*range(1, 22), 30, 40, 1000])
def test_a_killed_writer_loses_nothing_it_acknowledged(folder: Path, step: int) -> None:
    """Killed before its n-th step on the disk; then all is opened, proved, and taken in again without a double."""
    killed = subprocess.run([sys.executable, "-c", _WRITER, str(folder), str(step)], capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    acknowledged = [tuple(line.split()) for line in killed.stdout.splitlines()]

    with Store.open(folder, catalog_of()) as store:
        kept = [(str(s.seq), s.sha256) for s in store.submissions()]
        assert kept[: len(acknowledged)] == acknowledged
        assert store.verify() == []
        assert store.rows("select seq from fact group by seq having count(*) not in (3, 6)") == []
        for month in (1, 2, 3):
            store.commit([accepted(f"2024-{month:02}", food_sampling_tested=f"{month}", food_producers=f"– {month}")])
            store.commit([accepted(f"2024-{month:02}", "drug", drug_samples_tested=f"{month}")])
        assert store.rows("select count(*), count(distinct sha256) from submission") == [(6, 6)]
        assert store.rows("select max(ytd) from figure where measure = 'food_sampling_tested'") == [(6,)]
        assert not list((folder / "partial").iterdir())
