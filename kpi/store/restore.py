"""
Restoring a backup into a folder that is not there yet: checked to its last byte, built beside its place, proved, and only then named.

Nothing is placed of a backup in which anything is wrong.  The database is made from log and batches, and what lies on the
disk then is compared with the manifest once more.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from kpi.errors import RequestError, StoreError, cause
from kpi.store.backup_archive import archive_members, check_archive
from kpi.store.backup_contents import PRIVATE
from kpi.store.backup_manifest import LogCounts, Manifest
from kpi.store.database import Store
from kpi.store.folder import sync_folders
from kpi.store.folder_format import FOLDER_FORMAT
from kpi.store.free_space import megabytes, spare_bytes
from kpi.store.notice import repairs_restored

_DATABASE = 20_000_000  # bytes that the database of a small bureau takes


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore would do."""

    file: Path
    target: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class RestoredFolder:
    """What a restore did; ``faults`` is what `verify` says of the folder, empty when all is well."""

    plan: RestorePlan
    counts: LogCounts  # of the restored store
    files: int  # whose sha256 was compared on the disk
    faults: tuple[str, ...]


def plan_restore(file: Path, target: Path) -> RestorePlan:
    """
    Check a backup and the place it would be restored to, and change nothing.

    Raises:
        RequestError: The target is there and not empty, or cannot be made.
        StoreError: The backup is damaged, cut, of a newer release, or there is no room for it.

    """
    target = target.resolve()
    manifest = check_archive(file)
    if manifest.folder > FOLDER_FORMAT:
        raise StoreError(f"备份「{file}」里的数据是更新的版本（{manifest.product}）写的；请先升级程序再恢复。没有恢复，什么都没有改动。")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise RequestError(f"没有恢复：「{target}」里已经有东西，恢复只写进不存在的或空的文件夹；请用 --data 另写一个，核对以后再换过来。")
        above = next(path for path in target.parents if path.exists())
        free = shutil.disk_usage(above).free
    except OSError as error:
        raise RequestError(f"没有恢复：「{target}」用不了（{cause(error)}）；请用 --data 写一个可以写的文件夹。") from None
    needed = 2 * manifest.size + _DATABASE + spare_bytes()
    if free < needed:
        raise StoreError(f"没有恢复：「{above}」所在的磁盘剩余 {megabytes(free)}，恢复要 {megabytes(needed)}；请腾出空间，或用 --data 写到别的磁盘上。")
    return RestorePlan(file, target, manifest)


def restore(plan: RestorePlan, open_store: Callable[[Path], Store]) -> RestoredFolder:
    """
    Do what a plan says.

    Args:
        plan: What `plan_restore` found possible.
        open_store: Opens a data folder with the catalogue in force.

    Returns:
        What was placed; where it is not what the manifest says, nothing is.

    Raises:
        StoreError: The backup changed meanwhile, the disk refuses, or the folder does not become what the manifest says; nothing is left of it.

    """
    try:
        with _beside(plan.target) as building:
            _place(plan, building)
            with repairs_restored(), open_store(building) as store:
                faults = tuple(dict.fromkeys([*store.verify(), *plan.manifest.lacks]))
                counts, last = _counts(store), store.version
            _compare(plan.manifest, building, counts, last)
            if plan.target.is_dir():
                plan.target.rmdir()  # it is empty; another system than Linux does not rename over a folder
            building.rename(plan.target)
            sync_folders([plan.target.parent])
    except OSError as error:
        raise StoreError(f"没有恢复：「{plan.target}」写不了（{cause(error)}）；请检查磁盘和权限后再恢复。") from None
    return RestoredFolder(plan, counts, len(plan.manifest.members), faults)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder of another name beside the target, which is removed where anything goes wrong."""
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_name(f".{target.name}.{uuid4().hex}.restoring")
    building.mkdir()
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _place(plan: RestorePlan, building: Path) -> None:
    """Write each member below a folder, forced to disk; what is private can be read by its owner alone."""
    folders = {building}
    for member, data in archive_members(plan.file):
        path = building.joinpath(*member.name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o600 if member.name.partition("/")[0] in PRIVATE else 0o666
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        folders |= {path.parent, *(above for above in path.parents if above.is_relative_to(building))}
    sync_folders(folders)


def _counts(store: Store) -> LogCounts:
    return LogCounts(len(store.submissions()), len(store.editions()), len(store.follow_ups()))


def _compare(manifest: Manifest, building: Path, counts: LogCounts, last: int) -> None:
    """
    Compare what was built with the manifest.

    Raises:
        StoreError: It is not the same.

    """
    for member in manifest.members:
        data = building.joinpath(*member.name.split("/")).read_bytes()
        if sha256(data).hexdigest() != member.sha256:
            raise StoreError(f"没有恢复：写到磁盘上的「{member.name}」与备份的校验码不同；请检查磁盘后再恢复。")
    if not manifest.lacks and (counts, last) != (manifest.counts, manifest.last):
        raise StoreError(
            f"没有恢复：备份到日志第 {manifest.last} 号，有 {spelled_counts(manifest.counts)}，建起来的到第 {last} 号，有 {spelled_counts(counts)}；"
            "请换另一份备份，并用 --catalog 写明备份时用的指标目录。"
        )


def spelled_counts(counts: LogCounts) -> str:
    """Counts in words: 437 份报送、2 个会议版、3 件督办."""
    return f"{counts.submissions} 份报送、{counts.editions} 个会议版、{counts.follow_ups} 件督办"
