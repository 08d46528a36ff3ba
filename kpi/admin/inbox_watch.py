"""
The inbox (收件箱) of the running server, in a thread of its own: looked over when the folder changes, and every twenty seconds anyway.

The library that watches folders only wakes: it sees nothing of what other machines do on a share, and of what is renamed
less than there is.  What cannot be watched is looked over by the clock alone.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic

from watchfiles import watch

from kpi.background_thread import background_thread
from kpi.bureau import LiveBureau
from kpi.filing.inbox import SETTLE, Inbox
from kpi.filing.inbox_folder import InboxFolder, folders_of, inbox_folder
from kpi.filing.inbox_look import InboxLook
from kpi.filing.inbox_record import InboxOutcome
from kpi.store.clock import now

EVERY = 20.0  # seconds between looks where nothing wakes
_STEP = 250  # milliseconds at which the library asks whether it is over
_log = logging.getLogger(__name__)


@dataclass
class InboxWatch:
    """What the thread knows, for the page of who runs the system."""

    folder: InboxFolder | None = None
    inbox: Inbox | None = None  # the one inbox of this process, as long as it is looked after
    last: InboxLook | None = None
    noted: set[str] = field(default_factory=set)  # sentences of the look before, each logged once

    def note(self, look: InboxLook) -> None:
        """Keep a look, and log what is new of it."""
        sentences = {sentence for sentence in (look.fault, *look.notes) if sentence}
        for sentence in sorted(sentences - self.noted):
            _log.warning("请处理：%s", sentence)
        for entry in look.answered:
            _log.info("收件箱「%s」的「%s」：%s", entry.folder, entry.name, entry.outcome.value)
        self.noted, self.last = sentences, look


inbox_watch = InboxWatch()


@contextmanager
def watched_inbox(data: Path, opened: Callable[[], LiveBureau | None], stored: Callable[[], None]) -> Iterator[None]:
    """
    Look after the inbox meanwhile, if the settings ask for one; at the end a look that is under way reads no further file.

    Args:
        data: The data folder.
        opened: The bureau; None as long as it is not open.
        stored: Called after something was stored.

    """
    folder = inbox_folder()
    inbox_watch.folder = folder
    inbox = inbox_watch.inbox = Inbox(folder, data) if folder else None
    ended = inbox.stopped if inbox else Event()
    try:
        with background_thread("inbox", partial(_keep_on, inbox, opened, stored) if inbox else None, ended):
            yield
    finally:
        inbox_watch.inbox = None


def _keep_on(inbox: Inbox, opened: Callable[[], LiveBureau | None], stored: Callable[[], None]) -> None:
    while not inbox.stopped.is_set():
        folders = _folders(inbox.folder)
        due = 0.0
        for changed in _wakes(folders, inbox.stopped):
            if not changed and monotonic() < due:
                continue
            look = _look(inbox, opened(), stored)
            due = monotonic() + (0 if look and look.unsettled else EVERY)
            if _folders(inbox.folder) != folders:
                break  # other folders are to be watched


def _folders(inbox: InboxFolder) -> tuple[Path, ...]:
    """The folders that can be watched; of one that the system will not even tell of, such as a share that is down, none."""
    return tuple(path for path in folders_of(inbox) if os.path.isdir(path))  # that of a Path raises where the system refuses


def _wakes(folders: tuple[Path, ...], ended: Event) -> Iterator[bool]:
    """At once, and then every two seconds or when something changes, which it says; until it is over."""
    yield True
    try:
        if folders:
            pause = int(SETTLE.total_seconds() * 1000)
            events = watch(
                *folders, watch_filter=None, stop_event=ended, rust_timeout=pause, yield_on_timeout=True, step=_STEP, recursive=False, raise_interrupt=False
            )  # fmt: skip
            for changes in events:
                yield bool(changes)
    except Exception as error:  # gone meanwhile, the system watches no more folders, or the library cannot read a name: it has errors of its own
        _log.info("收件箱不能监视（%s），按时间查看", type(error).__name__)
    while not ended.wait(SETTLE.total_seconds()):
        yield False


def _look(inbox: Inbox, bureau: LiveBureau | None, stored: Callable[[], None]) -> InboxLook | None:
    """One look; a defect of ours must not end the looks of a server that runs for months."""
    if bureau is None:
        return None
    try:
        look = inbox.look(bureau, now())
        inbox_watch.note(look)
        if any(entry.outcome is InboxOutcome.STORED for entry in look.answered):
            stored()
    except Exception:
        _log.exception("inbox")
        return None
    return look
