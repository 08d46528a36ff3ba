"""
A look over an inbox with one good sheet in it, killed before every call that changes the disk.

``python -m tests.faults.inbox_killing FOLDER`` works on ``FOLDER/data`` and ``FOLDER/share`` and waits, traced by its parent,
where the look begins.  Afterwards one more look makes it good.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl

from kpi.bureau import open_bureau
from kpi.filing.inbox import Inbox, look_twice
from kpi.filing.inbox_folder import InboxFolder
from tests.faults.accepting import wait_for_parent
from tests.faults.stepping import Instant, instants

OFFICE, NAME, ANSWER = "质量监管科", "十月.xlsx", "十月_核对意见.xlsx"


def killed_looks(work: Path, sheet: bytes) -> list[Instant]:
    """What is left by a kill before every call of a look that changes the disk, and at its end."""
    place, into = work / "live", work / "instants"
    (place / "share" / OFFICE).mkdir(parents=True)
    (place / "share" / OFFICE / NAME).write_bytes(sheet)
    into.mkdir()
    return instants(place, into, __spec__.name)


def made_good(found: Sequence[Instant], count: int) -> Iterator[tuple[str, list[tuple[int, str]], list[str], str]]:
    """Of so many instants what one more look comes to: the submissions, the names beside the sheet, and how its answer begins."""
    for number in sorted({round(step * (len(found) - 1) / (count - 1)) for step in range(count)}):
        copy = Path(shutil.copytree(found[number].folder, found[number].folder.with_name("opened")))
        submissions = _look(copy)
        office = copy / "share" / OFFICE
        names = sorted(path.name for path in office.iterdir() if not path.name.startswith(".kpi-"))
        line = str(openpyxl.load_workbook(office / ANSWER).worksheets[0]["A1"].value)
        shutil.rmtree(copy)
        yield f"call {number} of {len(found)}, {found[number].call}", submissions, names, line.partition("：")[0]


def _look(place: Path, *, traced: bool = False) -> list[tuple[int, str]]:
    """Look over the inbox as a command does, without waiting; the submissions there are."""
    with open_bureau(place / "data") as bureau:
        inbox = Inbox(InboxFolder(place / "share"), place / "data")
        if traced:
            bureau.parser.warm(1)
            wait_for_parent()
        look_twice(inbox, bureau, lambda _: None)
        if traced:
            os.kill(os.getpid(), 0)  # tells the parent that the look is over
        return [(submission.seq, submission.by) for submission in bureau.store.submissions()]


if __name__ == "__main__":
    _look(Path(sys.argv[1]), traced=True)
