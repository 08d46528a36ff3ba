"""
A process that ends the demonstration of a small store.

``python -m tests.faults.ending FOLDER`` waits, traced by its parent, where the end begins.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

from kpi.store.database import Store
from kpi.store.demonstration import DemoEnd
from tests.faults.accepting import wait_for_parent
from tests.kpi.store.reports import accepted, catalog_of


def begin(folder: Path) -> None:
    """A folder with a demonstration of two sheets."""
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2023-10", food_sampling_tested="40 400"), accepted("2023-11", food_sampling_tested="54 454")], demo=True)


def main(folder: Path) -> None:
    """End it, and tell the parent that who ended it was answered."""
    with Store.open(folder, catalog_of()) as store:
        wait_for_parent()
        store.end_demonstration(DemoEnd("王主任", datetime(2024, 1, 4, 9)))  # noqa: DTZ001 - the store keeps local time
        os.kill(os.getpid(), 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
