"""
A process that puts another catalogue in force.

``python -m tests.faults.redefining FOLDER`` waits, traced by its parent, where the change begins.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

from kpi.bureau import open_bureau
from kpi.defining.in_force import ChangeNote, put_in_force
from tests.faults.accepting import wait_for_parent

NAME = "江城市市场监管局"


def main(folder: Path) -> None:
    """Give the bureau another name, and tell the parent that who did it was answered."""
    with open_bureau(folder) as bureau:
        wait_for_parent()
        put_in_force(bureau, replace(bureau.catalog, bureau=NAME, orgs={}), ChangeNote("王统计", "改名"), after=0)
        os.kill(os.getpid(), 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
