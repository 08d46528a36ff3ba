"""
The record of the inbox, in the file ``inbox.json`` of the data folder: which bytes were read, what became of them, which answer was written.

So the same bytes are read once, before a restart and after it.  Names of files stand in it as the log of the server has
them, without what is personal.  What was stored the store itself knows: where the record is lost, nothing is stored twice.
"""

import json
import logging
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from kpi.errors import StoreError, cause
from kpi.store.folder import DataFolder
from kpi.workbook.personal.masking import mask

FILE = "inbox.json"
MOST = 5000  # entries, and those of all files that lie there; the oldest of the others go first
_log = logging.getLogger(__name__)


class InboxOutcome(StrEnum):
    """What became of a file, as its answer begins."""

    STORED = "已入库"
    REFERRED = "已送审"
    RETURNED = "已退回"
    ASKS = "需要说明"
    READY = "等待入库"  # nothing speaks against it, and somebody of the office is to store it
    REFUSED = "未收"
    UNCHANGED = "内容未变"

    @property
    def open(self) -> bool:
        """Whether somebody has to decide on the page."""
        return self in (InboxOutcome.ASKS, InboxOutcome.READY, InboxOutcome.RETURNED)

    @property
    def waits(self) -> bool:
        """Whether what becomes of the file is still open, whoever decides it."""
        return self.open or self is InboxOutcome.REFERRED


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One file that was read."""

    key: str  # the digest of its folder and its name
    folder: str
    name: str  # without what is personal
    digest: str  # sha256 of its bytes
    stamp: str  # size and time, when it was read
    at: datetime
    outcome: InboxOutcome
    sentence: str  # what became of it, without the name of the file
    reports: tuple[str, ...] = ()  # sha256 of each report that is still to be decided, as the store would keep it
    referral: str = ""  # under which it waits to be accepted, where there are two steps
    answers: tuple[str, ...] = ()  # sha256 of the answer that lies beside the file; of several while one takes the place of the other
    answered: bool = False  # whether it says this outcome
    gone: bool = False  # whether the file lies there no longer


def key_of(folder: str, name: str) -> str:
    """What a file is known by in the record."""
    return sha256(f"{folder}/{name}".encode()).hexdigest()[:32]


def shown_name(name: str) -> str:
    """The name of a file as it may be kept."""
    return mask(name)


class InboxRecord:
    """All entries of a data folder, the latest of each file; one process at a time writes them."""

    def __init__(self, root: Path) -> None:
        self._folder = DataFolder(root.resolve())
        self._entries = _read(root / FILE)
        self._changed = False

    def entries(self) -> list[InboxEntry]:
        """All entries, the earliest first."""
        return sorted(self._entries.values(), key=lambda entry: entry.at)

    def of_file(self, key: str) -> InboxEntry | None:
        """The entry of a file."""
        return self._entries.get(key)

    def of_bytes(self, folder: str, digest: str) -> InboxEntry | None:
        """The entry of a file of a folder with these bytes, whatever it is called."""
        return next((entry for entry in self._entries.values() if entry.folder == folder and entry.digest == digest), None)

    def keep(self, entry: InboxEntry) -> None:
        """Let an entry count; `save` writes it."""
        if self._entries.get(entry.key) != entry:
            self._entries[entry.key] = entry
            self._changed = True

    def forget(self, present: Collection[str]) -> None:
        """Forget the oldest files that lie there no longer, where there are too many; a file that lies there would be read again."""
        gone = [entry for entry in self.entries() if entry.key not in present] if len(self._entries) > MOST else []
        for entry in gone[: len(self._entries) - MOST]:
            del self._entries[entry.key]
            self._changed = True

    def save(self) -> None:
        """
        Write what was kept since the last time, whole or not at all.

        Raises:
            StoreError: The disk refuses.

        """
        if not self._changed:
            return
        written = [{**asdict(entry), "at": entry.at.isoformat()} for entry in self.entries()]
        try:
            self._folder.put(self._folder.root / FILE, json.dumps(written, ensure_ascii=False, indent=0).encode())
        except OSError as error:
            raise StoreError(f"收件箱的记录写不进数据目录（{cause(error)}）；请检查磁盘。") from None
        self._changed = False


def read_inbox_record(root: Path) -> list[InboxEntry]:
    """What the record of a data folder says now, the earliest first; for who only looks."""
    return sorted(_read(root / FILE).values(), key=lambda entry: entry.at)


def _read(path: Path) -> dict[str, InboxEntry]:
    """The entries of a record; none of a damaged one, for the store knows what is on file."""
    try:
        return {entry.key: entry for entry in map(_entry, json.loads(path.read_text("utf-8")))}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        _log.warning("收件箱的记录 inbox.json 读不出，收件箱里的文件会再核对一遍，已入库的不会再入库。")
        return {}


def _entry(written: dict[str, Any]) -> InboxEntry:
    texts = [written[name] for name in ("key", "folder", "name", "digest", "stamp", "sentence")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    "".join(texts).encode()  # what cannot be written again is damaged too
    lists = {name: tuple(map(str, written[name])) for name in ("reports", "answers")}
    at = datetime.fromisoformat(written["at"]).replace(tzinfo=None)
    return InboxEntry(**{**written, **lists, "at": at, "outcome": InboxOutcome(written["outcome"])})
