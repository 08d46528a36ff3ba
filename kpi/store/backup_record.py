"""
The record of backups, in the file ``backup.json`` of the data folder: what became of the last one, and which was the last good one.

It is for whoever looks after the system; a status page reads it with `read_backup_record`.  Neither a backup nor what is
restored from one has it.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kpi.errors import KpiError
from kpi.store.backup import Backup, back_up
from kpi.store.folder import DataFolder
from kpi.store.free_space import megabytes

_NAME = "backup.json"


@dataclass(frozen=True, slots=True)
class BackupAttempt:
    """One backup as it went."""

    at: datetime  # when it began, by the clock of the bureau
    to: str  # the file; where none came about, what was to be written
    size: int = 0  # bytes; 0 where none came about
    last: int = 0  # the last number of the log in it
    fault: str = ""  # why there is none, one Chinese sentence; empty where there is one
    lacks: tuple[str, ...] = ()  # what was missing or damaged in the data folder

    @property
    def good(self) -> bool:
        """Whether there is a backup, and nothing lacks in it."""
        return not self.fault and not self.lacks

    @property
    def words(self) -> str:
        """A sentence for a page."""
        when = f"{self.at:%Y-%m-%d %H:%M}"
        if self.fault:
            return f"{when} 的备份没有做成：{self.fault}"
        lacks = f"，但数据目录缺 {len(self.lacks)} 处，照 verify 的提示处理" if self.lacks else ""
        return f"{when} 已备份到「{self.to}」，{megabytes(self.size)}，到日志第 {self.last} 号{lacks}。"


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """The last backup, whatever became of it, and the last good one; None where there was none yet."""

    last: BackupAttempt | None = None
    good: BackupAttempt | None = None


def read_backup_record(root: Path) -> BackupRecord:
    """The record of a data folder; an empty one where there is none, or a damaged one."""
    try:
        written = json.loads((root / _NAME).read_text("utf-8"))
        return BackupRecord(*(_attempt(written[name]) for name in ("last", "good")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return BackupRecord()


def back_up_on_record(root: Path, out: Path, at: datetime, halted: Callable[[], bool] = lambda: False) -> Backup:
    """
    Make a backup as `kpi.store.backup.back_up` does, and write down what became of it.

    Raises:
        KpiError: As there.

    """
    try:
        backup = back_up(root, out, at, halted)
    except KpiError as error:
        _note(root, BackupAttempt(at, str(out), fault=str(error)))
        raise
    _note(root, BackupAttempt(at, str(backup.path.resolve()), backup.size, backup.manifest.last, lacks=backup.manifest.lacks))
    return backup


def _note(root: Path, attempt: BackupAttempt) -> None:
    """Write an attempt down; a disk that refuses does not undo a backup."""
    folder = DataFolder(root.resolve())
    if not folder.exists():
        return
    good = attempt if attempt.good else read_backup_record(root).good
    written = {"last": _written(attempt), "good": _written(good)}
    with suppress(OSError):
        folder.put(folder.root / _NAME, json.dumps(written, ensure_ascii=False, indent=1).encode())


def _written(attempt: BackupAttempt | None) -> dict[str, object] | None:
    return {**asdict(attempt), "at": attempt.at.isoformat()} if attempt else None


def _attempt(written: dict[str, Any] | None) -> BackupAttempt | None:
    if written is None:
        return None
    return BackupAttempt(**{**written, "at": datetime.fromisoformat(written["at"]), "lacks": tuple(map(str, written["lacks"]))})
