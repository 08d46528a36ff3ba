"""
A process that accepts four files of one click, as 报表导入 does it, and lets itself be stopped or killed meanwhile.

``python -m tests.faults.accepting FOLDER PICKLE`` waits, traced by its parent, where the click begins.
"""

import ctypes
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from kpi.bureau import LiveBureau
from kpi.filing.desk import Desk
from kpi.filing.intake import Prepared, Upload, prepare
from tests.faults.filled import LAST, TODAY, four, opened
from tests.faults.served import Opening, served

Click = list[tuple[Upload, tuple[Prepared, ...]]]  # each file and what was read from it
NUMBERS = range(LAST + 1, LAST + 5)  # of the four in the log
_ROOT = str(Path(__file__).resolve().parents[2] / "kpi")
_TRACE_ME = 0
Trace = Callable[[FrameType, str, Any], Any]


def read(folder: Path) -> Click:
    """The four files and what the intake reads from them; the folder is left as it was."""
    with opened(folder) as bureau:
        uploads = four(bureau)
        return [(upload, (report,)) for upload, report in zip(uploads, prepare(bureau, uploads, today=TODAY), strict=True)]


def desk(bureau: LiveBureau, click: Click) -> Desk:
    """The four files on a desk, read."""
    laid = Desk(bureau)
    laid.put((upload.name, upload.data) for upload, _ in click)
    for file, (_, reports) in zip(laid.files, click, strict=True):
        file.reports = reports
    return laid


def accept(laid: Desk) -> None:
    """The click."""
    stored = laid.accept("王统计", "情况属实", {})
    assert [one.seq for one in stored] == list(NUMBERS), stored


def accept_again(folder: Path, click: Click) -> Opening:
    """Open a folder, say what it serves and whether it is proved, and take the four in once more; then it has to hold each of them once."""
    with opened(folder) as bureau:
        faults = [fault for fault in bureau.store.verify() if "没有登入日志" not in fault]  # the batches of the click may lie there already
        found = served(bureau)
        laid = desk(bureau, click)
        stored = laid.accept("王统计", "情况属实", {})
        assert [one.seq for one in stored] == list(NUMBERS), stored
        assert [one.seq for one in bureau.store.submissions()][-4:] == list(NUMBERS)
        return Opening(found, bureau.store.notices, (*faults, *bureau.store.verify()))


def run_until(line: int, folder: Path, click: Click) -> None:
    """Accept, and be killed before the n-th line of the program from the click to the closed folder; 0 counts them and writes the count."""
    bureau = opened(folder)
    laid = desk(bureau, click)
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Trace | None:
        del argument
        return on_line if event == "call" and frame.f_code.co_filename.startswith(_ROOT) else None

    def on_line(frame: FrameType, event: str, argument: Any) -> Trace:
        nonlocal count
        del frame, argument
        if event == "line":
            count += 1
            if count == line:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    threading.settrace(trace)  # the thread that brings it into the tables
    sys.settrace(trace)
    accept(laid)
    (folder.parent / "accepted").touch()
    bureau.close()
    sys.settrace(None)
    if count < line:  # two threads do not take the same number of lines each time
        os.kill(os.getpid(), signal.SIGKILL)
    (folder.parent / "lines").write_text(str(count))


def main(folder: Path, click: Path) -> None:
    """Stop where the click begins; the parent goes on from there call by call."""
    with opened(folder) as bureau:
        laid = desk(bureau, pickle.loads(click.read_bytes()))
        wait_for_parent()
        accept(laid)
        os.kill(os.getpid(), 0)  # tells the parent that the sender was answered


def wait_for_parent() -> None:
    """Stop; the parent goes on from here call by call."""
    ctypes.CDLL(None).ptrace(_TRACE_ME, 0, None, None)
    signal.raise_signal(signal.SIGSTOP)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
