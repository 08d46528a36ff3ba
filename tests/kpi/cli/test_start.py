"""Ctrl-C at whatever moment: one sentence, exit code 130, and a store that holds all of a command or nothing."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import duckdb
import pytest

from kpi.bureau import open_bureau
from kpi.catalog.load import DEFAULT, load
from kpi.cli.app import main
from kpi.cli.start import INTERRUPTED, start
from kpi.filing import intake
from kpi.period import Month
from kpi.store import database, replay
from kpi.store.folder import DataFolder
from kpi.store.log import Log
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to a process itself")
MOMENTS = {
    "the store is opened": (database, "open_settled"),
    "sheets are read": (intake, "prepare"),
    "files are written": (DataFolder, "write"),
    "the log is written": (Log, "append"),
    "the tables are written": (replay, "enter"),
}


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def interrupted(call: Callable[..., object], *, before: bool) -> Callable[..., object]:
    """A function before or after whose work the signal comes."""

    def run(*arguments: object, **named: object) -> object:
        if before:
            interrupt()
        answer = call(*arguments, **named)
        interrupt()
        return answer

    return run


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    for month in range(1, 4):
        data = write_template(load(DEFAULT), "certification", Month(2023, month), Filling({("testing_labs_inspected", Column.YTD): month}))
        (folder / f"{month}.xlsx").write_bytes(data)
    return folder


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupted_ingest_has_stored_all_or_nothing(
    tmp_path: Path, sheets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: str, before: bool
) -> None:
    """What the log has is brought in by the next start, what it has not is not half there."""
    owner, name = MOMENTS[moment]
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, interrupted(getattr(owner, name), before=before))
        assert start(partial(main, ["ingest", str(sheets), "--data", str(tmp_path / "data")])) == 130
    assert capsys.readouterr().err == f"{INTERRUPTED}\n"
    with open_bureau(tmp_path / "data") as bureau:
        assert bureau.store.verify() == []
        assert len(bureau.store.submissions()) in (0, 3)


@pytest.mark.parametrize("became", [RuntimeError("Query interrupted"), SystemExit(1), duckdb.InterruptException("Interrupted"), ImportError("half loaded")])
def test_whatever_the_signal_becomes_on_its_way_out(capsys: pytest.CaptureFixture[str], became: BaseException) -> None:
    """Engine, framework and half loaded modules make errors of their own of it."""

    def run() -> int:
        try:
            interrupt()
        except KeyboardInterrupt:
            raise became from None
        return 0

    assert start(run) == 130
    assert capsys.readouterr().err == f"{INTERRUPTED}\n"


def test_an_error_without_the_signal_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        start(lambda: 1 // 0)
    assert start(lambda: 2) == 2
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_result_that_finds_no_room_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch, suppress(OSError), Path("/dev/full").open("w") as full:  # which cannot even be closed
        patch.setattr(sys, "stdout", full)
        assert main(["--help"]) == 1
    assert capsys.readouterr().err == "磁盘已满，结果没有写全；请清理写往的磁盘，再运行一次。\n"
