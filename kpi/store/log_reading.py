"""
Reading the log: every file of it, the copies of the database and the head, without a change to any of them.

The chain chooses among the texts there are; where the log on disk differs from what it confirms, `kpi.store.log` mends it.
"""

import os
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from kpi.errors import StoreError, cause
from kpi.store.demonstration import last_end
from kpi.store.folder import DataFolder
from kpi.store.log_chain import Chain, ContradictionError, Head, LogFile, confirm
from kpi.store.log_entry import read_entry

_NEAR = 20  # numbers that a file which cannot be read may be beyond the last that can, and still belong to the log
_NAME = re.compile(r"\d{8}\.json", re.ASCII)


@dataclass
class LogOnDisk:
    """What lies where the log is."""

    files: dict[int, LogFile] = field(default_factory=dict)  # by their names
    broken: set[int] = field(default_factory=set)  # numbers of what has the name of a file of the log and is none
    doubles: set[int] = field(default_factory=set)  # numbers of copies of another file, of the first releases
    strays: list[str] = field(default_factory=list)  # names that are no file of a log
    head: Head | None = None
    head_broken: bool = False  # there is one and it cannot be read


@dataclass(frozen=True)
class LogState:
    """What is on disk, what the chain confirms, and where they differ."""

    on_disk: LogOnDisk
    chain: Chain
    missing: list[LogFile] = field(default_factory=list)  # confirmed, and not there
    altered: list[LogFile] = field(default_factory=list)  # confirmed, and something else is there
    strangers: list[int] = field(default_factory=list)  # numbers of what lies in the log and does not belong to it
    foreign: list[int] = field(default_factory=list)  # numbers of the copies that do not belong to this log

    @property
    def empty(self) -> bool:
        """Whether nobody has ever heard of an entry."""
        return not (self.chain.files or self.chain.lost or self.foreign or self.on_disk.head)

    @property
    def head_outdated(self) -> bool:
        return self.on_disk.head is None or self.on_disk.head != self.chain.head

    @property
    def headless(self) -> bool:
        """Whether the head is gone, of a log that had one."""
        return self.on_disk.head_broken or (self.on_disk.head is None and any(file.before is not None for file in self.chain.files))


def read_log(folder: DataFolder, copies: Mapping[int, bytes], known: Collection[int] = ()) -> LogState:
    """
    Read everything and change nothing.

    Args:
        folder: The data folder.
        copies: The texts that the database keeps, by number.
        known: Numbers of which it is known that they were entered.

    Raises:
        StoreError: The folder cannot be read, or two texts differ and nobody can tell which is right.

    """
    on_disk = _on_disk(folder)
    kept = _parsed(copies, on_disk.files)
    chain = _confirmed(folder, on_disk, kept, known)
    confirmed = {file.number: file for file in chain.files}
    there = {*on_disk.files, *on_disk.broken, *on_disk.doubles}
    return LogState(
        on_disk,
        _without_ended(chain),
        missing=[file for number, file in confirmed.items() if number not in there],
        altered=[file for number, file in confirmed.items() if number in there and on_disk.files.get(number) != file],
        strangers=sorted(there.difference(confirmed, chain.lost)),
        foreign=sorted(number for number, file in kept.items() if confirmed.get(number) != file),
    )


def _confirmed(folder: DataFolder, on_disk: LogOnDisk, kept: Mapping[int, LogFile], known: Collection[int]) -> Chain:
    """
    What is to be believed, by the head or, where that is of another log, by log and database against it.

    Raises:
        StoreError: Two texts differ and nobody can tell which is right.

    """
    texts = [*on_disk.files.values(), *kept.values()]
    end = _end(on_disk, texts, known)
    try:
        chain = confirm(texts, on_disk.head, end)
        if on_disk.head is None:  # nobody can say whether log or database is of another folder
            for file in chain.files:
                if on_disk.files.get(file.number, file) != file:
                    raise ContradictionError(file.number)
    except ContradictionError as error:
        raise StoreError(
            f"日志第 {error.number} 号的登记文件与数据库 kpi.duckdb 里保存的原文不一致，又没有能判明哪个对的 head.json，没有打开，什么都没有改动；"
            f"请从备份恢复数据目录「{folder.root}」里的 log 目录和 head.json；如果放错的是数据库，请把 kpi.duckdb 移到别处再启动，会由日志重建。"
        ) from None
    if on_disk.head and kept and not _agree(chain, kept):
        with suppress(ContradictionError):
            without = confirm(texts, None, end)
            if on_disk.head.last <= without.head.last and _agree(without, kept, on_disk.files):  # two against one: the head is of another log
                return without
    return chain


def _without_ended(chain: Chain) -> Chain:
    """The chain without what is lost or in doubt of a demonstration that has ended: nobody misses it."""
    begin = last_end(chain.files)
    return replace(chain, lost=[number for number in chain.lost if number > begin], doubted=chain.doubted if chain.doubted > begin else 0)


def _end(on_disk: LogOnDisk, texts: Iterable[LogFile], known: Collection[int]) -> int:
    """The last number that something is known to have."""
    end = max([*known, *(file.last for file in texts)], default=0)
    for number in sorted(on_disk.broken):
        if end < number <= end + _NEAR:  # else it has the name of a file of the log by chance, a date for one
            end = number
    return end


def _on_disk(folder: DataFolder) -> LogOnDisk:
    on_disk = LogOnDisk()
    try:  # before the log: what another process enters meanwhile then follows the head, and is not missed by it
        on_disk.head = Head.parse(folder.head.read_bytes())
    except FileNotFoundError:
        pass
    except (OSError, ValueError, RecursionError):
        on_disk.head_broken = True
    unchained: set[bytes] = set()
    try:
        for name in sorted(os.listdir(folder.log)):
            number = int(name[:8]) if _NAME.fullmatch(name) else 0
            if not number:
                on_disk.strays.append(name)
                continue
            file = _file(folder, name, number)
            if file is None:
                on_disk.broken.add(number)
            elif file.before is None and file.data in unchained:  # no two entries are made in one microsecond
                on_disk.doubles.add(number)
            else:
                unchained.add(file.data)
                on_disk.files[number] = file
    except OSError as error:
        raise StoreError(f"日志目录「{folder.log}」无法读取（{cause(error)}）；请检查这个目录和它的权限，或从备份恢复。") from None
    return on_disk


def _file(folder: DataFolder, name: str, number: int) -> LogFile | None:
    """The file of the log with a name; None where it cannot be read, or no release of this program wrote it."""
    try:
        file = LogFile.parse(number, (folder.log / name).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return file if file.before is not None or _entered(file) else None


def _entered(file: LogFile) -> bool:
    """Whether a file without a digest is one that a release of this program wrote."""
    try:
        return all(read_entry(number, written) for number, written in file.numbered())
    except ValueError:
        return False


def _agree(chain: Chain, *witnesses: Mapping[int, LogFile]) -> bool:
    """Whether nothing is lost and each witness has the very texts that are confirmed, to the last."""
    files = {file.number: file for file in chain.files}
    ends = [max((file.last for file in witness.values()), default=0) for witness in witnesses]
    same = all(files.get(number) == file for witness in witnesses for number, file in witness.items())
    return same and not chain.lost and ends == [chain.head.last] * len(ends)


def _parsed(copies: Mapping[int, bytes], files: Mapping[int, LogFile]) -> dict[int, LogFile]:
    """The database's copies; one that says what the file says is that file."""
    return {number: files[number] if number in files and files[number].data == text else LogFile.parse(number, text) for number, text in copies.items()}
