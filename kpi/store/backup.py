"""
A backup of a data folder, running or not, as one file: written beside its place, forced to disk, and only then named.

A backup that was interrupted is never taken for one: its file ends in ``.part`` and the next backup into the same folder
removes it.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import time
from uuid import uuid4

from kpi import __version__
from kpi.errors import RequestError, StoreError, cause
from kpi.store.backup_archive import archive_size, write_archive
from kpi.store.backup_contents import BackupContents, backup_contents
from kpi.store.backup_manifest import Manifest, Member
from kpi.store.folder import DataFolder, claim, sync_folders
from kpi.store.folder_format import FOLDER_FORMAT
from kpi.store.free_space import megabytes

PATTERN = "kpi-backup-*.tar"
_PART = ".part"
_ABANDONED = 86_400  # seconds after which what a backup left half written is nobody's work any more


class HaltedError(StoreError):
    """The program ends while it makes a backup; nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made."""

    path: Path
    size: int  # bytes of the file
    sha256: str  # of the file
    manifest: Manifest

    @property
    def secret(self) -> bool:
        """Whether the key for digests of codes is in it."""
        return any(member.name == "secret" for member in self.manifest.members)


def back_up(root: Path, out: Path, at: datetime, halted: Callable[[], bool] = lambda: False) -> Backup:
    """
    Write a backup of a data folder; who has it open is not disturbed.

    Args:
        root: The data folder.
        out: The file to write; where it is a folder, a file in it that is called after the moment.
        at: Now, by the clock of the bureau.
        halted: Asked before each file: whether to give up.

    Returns:
        The backup; ``manifest.lacks`` names what was missing or damaged in the folder.

    Raises:
        RequestError: The file is there already, or lies in the data folder.
        StoreError: There is no data folder, its log cannot be read, or the disk has no room or refuses; nothing is left of it.

    """
    folder = DataFolder(root.resolve())
    if not folder.exists():
        raise StoreError(f"没有备份：「{root}」不是数据目录，里面没有日志和数据库；请核对 --data 或环境变量 KPI_DATA。")
    path = out / backup_name(at) if out.is_dir() else out
    if path.exists():
        raise RequestError(f"没有备份：「{path}」已经有了，不覆盖；请另写一个文件名，或写一个文件夹。")
    if path.resolve().is_relative_to(folder.root):
        raise RequestError(f"没有备份：「{path}」在数据目录里，磁盘坏了会一起丢；请写到别的磁盘或共享目录上。")
    contents = backup_contents(folder)
    manifest = Manifest(__version__, FOLDER_FORMAT, at, contents.head.last, contents.head.digest, contents.counts, contents.lacks, contents.members)
    try:
        _require_room(path.parent, manifest)
        return _write(folder, path, contents, manifest, halted)
    except OSError as error:
        raise StoreError(f"没有备份：「{path}」写不了（{cause(error)}），没有留下半份；请检查路径、权限和磁盘空间后再备份。") from None


def backup_name(at: datetime) -> str:
    """What a backup of a moment is called."""
    return f"kpi-backup-{at:%Y%m%d-%H%M%S}.tar"


def remove_old(folder: Path, keep: int) -> list[str]:
    """
    Remove the oldest backups of a folder, and what an interrupted one left there.

    Args:
        folder: Where backups lie under the names that `backup_name` gives.
        keep: How many of them stay.

    Returns:
        The names of the backups that were removed.

    """
    _remove_abandoned(folder)
    removed = []
    for path in sorted(folder.glob(PATTERN), key=lambda path: path.name)[:-keep]:
        with suppress(OSError):
            path.unlink()
            removed.append(path.name)
    return removed


def _require_room(folder: Path, manifest: Manifest) -> None:
    free, needed = shutil.disk_usage(folder).free, archive_size(manifest)
    if free < needed:
        raise StoreError(f"没有备份：「{folder}」所在的磁盘剩余 {megabytes(free)}，这份备份要 {megabytes(needed)}；请腾出空间，或写到别的磁盘上。")


def _write(folder: DataFolder, path: Path, contents: BackupContents, manifest: Manifest, halted: Callable[[], bool]) -> Backup:
    part = path.with_name(f"{path.name}.{uuid4().hex}{_PART}")

    def read(member: Member) -> bytes:
        if halted():
            raise HaltedError("没有备份：程序正在停止；下次启动时会补做。")
        return contents.texts[member.name] if member.name in contents.texts else (folder.root / member.name).read_bytes()

    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            digest = write_archive(file, manifest, read)
            file.flush()
            os.fsync(file.fileno())
        size = part.stat().st_size
        if not claim(part, path):
            raise StoreError(f"没有备份：「{path}」刚被别的程序写了，不覆盖；请另写一个文件名。")
        sync_folders([path.parent])
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Backup(path, size, digest, manifest)


def _remove_abandoned(folder: Path) -> None:
    for path in folder.glob(f"*{_PART}"):
        with suppress(OSError):
            if path.name.startswith("kpi-backup-") and path.stat().st_mtime < time() - _ABANDONED:
                path.unlink()
