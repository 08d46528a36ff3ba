"""The inbox of a running server: woken by what is dropped, quiet about what it has logged, ended with the server."""

import logging
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from kpi.admin import inbox_watch as module
from kpi.admin.inbox_watch import InboxWatch, watched_inbox
from kpi.filing.inbox_look import InboxLook
from kpi.store import clock
from tests.kpi.filing.test_inbox import coal_again

AT = datetime.fromisoformat("2023-12-03T10:00:00")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office in an inbox that the settings ask for, and a state of the thread that no other test sees."""
    office = tmp_path / "share" / "质量监管科"
    office.mkdir(parents=True)
    monkeypatch.setenv("KPI_INBOX", str(tmp_path / "share"))
    monkeypatch.setattr(module, "inbox_watch", InboxWatch())
    monkeypatch.setattr(module, "now", lambda: clock.now().replace(year=2023, month=12, day=3))
    return office


def test_what_is_dropped_while_it_runs_is_stored(empty, share, tmp_path):
    """In a thread, by the real library that watches, without waiting for the clock."""
    stored = Event()
    with watched_inbox(tmp_path / "data", lambda: empty, stored.set):
        (share / "十一月.xlsx").write_bytes(coal_again(empty))
        assert stored.wait(60)
    assert (share / "十一月_核对意见.xlsx").exists()
    assert module.inbox_watch.last is not None
    assert [entry.outcome.value for entry in module.inbox_watch.last.answered] == ["已入库"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\xff.xlsx"])
def test_a_name_that_cannot_be_read_stops_nobody_else(empty, share, tmp_path, monkeypatch, bad):
    """A folder or a file that another system called so: it is named, and what lies beside it is stored."""
    monkeypatch.setattr(module, "EVERY", 0.0)  # the library that watches gives up at such a name, and then the clock looks
    stored, folder = Event(), os.fsencode(share.parent if b"." not in bad else share)
    with watched_inbox(tmp_path / "data", lambda: empty, stored.set):
        os.mkdir(os.path.join(folder, bad)) if b"." not in bad else open(os.path.join(folder, bad), "wb").close()
        (share / "十一月.xlsx").write_bytes(coal_again(empty))
        assert stored.wait(60)
    assert any("读不出的字" in note for note in module.inbox_watch.last.notes)


def test_without_a_bureau_or_an_inbox_nothing_happens(share, tmp_path, monkeypatch):
    """The store may be damaged: every page says so, and the inbox waits."""
    asked = Event()

    def closed() -> None:
        asked.set()

    with watched_inbox(tmp_path / "data", closed, asked.set):
        assert asked.wait(60)
    assert module.inbox_watch.last is None
    monkeypatch.delenv("KPI_INBOX")
    with watched_inbox(tmp_path / "data", closed, asked.set):
        assert module.inbox_watch.folder is None


def test_a_sentence_is_logged_once_as_long_as_it_holds(caplog):
    caplog.set_level(logging.WARNING, "kpi")
    watch = InboxWatch()
    for fault in ("收件箱看不了。", "收件箱看不了。", "", "收件箱看不了。"):
        watch.note(InboxLook(AT, fault))
    assert [record.getMessage() for record in caplog.records] == ["请处理：收件箱看不了。"] * 2


def test_a_share_that_is_cut_off_under_the_library_is_looked_over_by_the_clock(empty, share, tmp_path, monkeypatch):
    """The library that watches gives up with an error of its own, and what is dropped is stored all the same."""
    stored = Event()

    def cut_off(*_folders, **_settings):
        raise RuntimeError("error in underlying watcher")
        yield

    monkeypatch.setattr(module, "watch", cut_off)
    monkeypatch.setattr(module, "SETTLE", timedelta(seconds=0.05))
    monkeypatch.setattr(module, "EVERY", 0.0)
    with watched_inbox(tmp_path / "data", lambda: empty, stored.set):
        (share / "十一月.xlsx").write_bytes(coal_again(empty))
        assert stored.wait(60)


def test_an_inbox_of_which_the_system_says_nothing_is_a_sentence(empty, tmp_path, monkeypatch):
    """A name that is too long stands for a share that is down: the thread goes on looking."""
    looked = Event()

    class Looked(InboxWatch):
        def note(self, look: InboxLook) -> None:
            super().note(look)
            looked.set()

    monkeypatch.setenv("KPI_INBOX", str(tmp_path / ("x" * 300)))
    monkeypatch.setattr(module, "inbox_watch", Looked())
    with watched_inbox(tmp_path / "data", lambda: empty, looked.set):
        assert looked.wait(60)
    assert "看不了" in module.inbox_watch.last.fault


def test_a_defect_ends_no_look(empty, share, tmp_path, monkeypatch, caplog):
    """It stands in the log, and the next look comes."""
    looked: list[int] = []
    seen = Event()

    def broken(*_):
        looked.append(1)
        seen.set()
        raise ZeroDivisionError

    monkeypatch.setattr(module.Inbox, "look", broken)
    with watched_inbox(tmp_path / "data", lambda: empty, seen.set):
        assert seen.wait(60)
    assert "inbox" in caplog.text
