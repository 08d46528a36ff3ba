"""
A data folder of an earlier format that is opened for the first time by the program as it is now, and killed meanwhile.

``python -m tests.faults.upgrading FOLDER`` waits, traced by its parent, where the opening begins.  Whatever the instant, the next
opening gives the boards that an opening without a kill gives, and verifies clean.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.bureau import open_bureau
from kpi.documents.figure_documents import board_document
from kpi.documents.json_document import document_text
from kpi.errors import KpiError
from kpi.period import Month, Span
from kpi.review.board import board
from tests.faults.accepting import wait_for_parent
from tests.faults.packing import FOLDERS, unpack
from tests.faults.stepping import instants
from tests.faults.surviving import Survival
from tests.faults.worker import Worker

_MONTHS = (Month(2023, 10), Month(2023, 11))
ARCHIVES = tuple(sorted((FOLDERS / "earlier").glob("*.zip"), key=lambda path: path.name))


def opened_with(folder: Path) -> tuple[str, tuple[str, ...]]:
    """What a folder says when it is opened: its boards and entries as text, and its faults; a refusal is a fault."""
    try:
        with open_bureau(folder) as bureau:
            root = bureau.catalog.root
            boards = [board_document(month, Span.YTD, board(bureau, month), bureau.catalog, org=root) for month in _MONTHS]
            entries = [repr(entry) for entry in (*bureau.store.submissions(), *bureau.store.decisions(), *bureau.store.editions())]
            return json.dumps([*(document_text(document) for document in boards), *entries]), tuple(bureau.store.verify())
    except KpiError as refusal:
        return "", (str(refusal),)


def survivals(archive: Path, work: Path, worker: Worker, count: int = 0) -> Iterator[Survival]:
    """What became of a folder of an earlier format at every instant of its first opening, or at so many of them."""
    expected, faults = worker.ask(opened_with, unpack(archive, work / "whole"))
    assert not faults, faults
    into = work / "instants"
    into.mkdir()
    left = instants(unpack(archive, work / "stepping"), into, __spec__.name)
    chosen = range(len(left)) if not count or count >= len(left) else sorted({round(step * (len(left) - 1) / max(count - 1, 1)) for step in range(count)})
    for number in chosen:
        words = f"{archive.stem}, call {number} of {len(left)}, {left[number].call}"
        with TemporaryDirectory() as copy:
            found = worker.ask(opened_with, Path(shutil.copytree(left[number].folder, Path(copy) / "data")))
        if found == (expected, ()):
            yield Survival(words, "equal")
        else:
            yield Survival(words, "FAILED", str(found[1]) if isinstance(found, tuple) and found[1] else "other boards or entries")


def main(folder: Path) -> None:
    """Open, and close; the parent goes on from here call by call."""
    wait_for_parent()
    open_bureau(folder).close()
    os.kill(os.getpid(), 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
