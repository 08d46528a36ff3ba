"""
Eight who send at once, and an inbox: all that was acknowledged is there, once.

``python -m bench faults --kind writers`` lets each send sixty forms; here each sends two.
"""

import shutil
from pathlib import Path

from tests.faults import sending


def test_what_eight_send_at_once_is_there_once(folders, tmp_path):
    """Two of them for the same sheet each time: the later one counts, the audit has all, and a restart changes nothing."""
    data = Path(shutil.copytree(folders.closed, tmp_path / "own" / "data"))

    survivals = list(sending.survivals(data, each=2))

    assert [(survival.outcome, survival.times, survival.why) for survival in survivals] == [("there once", 18, "")]
