"""
The log on disk: one file per act, made by a hard link so that it is there whole or not at all, and the head beside it.

Opening reads every file, lets the chain choose among the texts there are, and writes back what was damaged or taken away
wherever a text of it is left.  What is not a file of this log is never deleted, only moved out of the way.
"""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from kpi.errors import StoreError, cause
from kpi.store.demonstration import last_end
from kpi.store.folder import STRAY, DataFolder, claim, sync_folders
from kpi.store.log_chain import ContradictionError, Head, LogFile, Settled, settle
from kpi.store.log_entry import read_entry
from kpi.store.notice import Repair

_NEAR = 20  # numbers that a file which cannot be read may be beyond the last that can, and still belong to the log
_NAME = re.compile(r"\d{8}\.json", re.ASCII)


class Enterable(Protocol):
    """What can be entered into the log."""

    def written(self) -> Mapping[str, Any]:
        """As the log holds it."""
        ...


@dataclass(frozen=True)
class Found:
    """What lies on disk where the log is."""

    files: dict[int, LogFile]  # by their names
    broken: set[int]  # numbers of what has the name of a file of the log and is none
    doubles: set[int]  # numbers of copies of another file, of the first releases
    strays: list[str]  # names that are no file of a log
    head: Head | None
    head_broken: bool  # there is one and it cannot be read


@dataclass(frozen=True)
class Look:
    """What is on disk, what is to be believed, and where they differ."""

    found: Found
    settled: Settled
    missing: list[LogFile] = field(default_factory=list)  # believed, and not there
    altered: list[LogFile] = field(default_factory=list)  # believed, and something else is there
    strangers: list[int] = field(default_factory=list)  # numbers of what lies in the log and does not belong to it
    foreign: list[int] = field(default_factory=list)  # numbers of the copies that do not belong to this log

    @property
    def empty(self) -> bool:
        """Whether nobody has ever heard of an entry."""
        return not (self.settled.files or self.settled.lost or self.foreign or self.found.head)

    @property
    def head_outdated(self) -> bool:
        return self.found.head is None or self.found.head != self.settled.head

    @property
    def headless(self) -> bool:
        """Whether the head is gone, of a log that had one."""
        return self.found.head_broken or (self.found.head is None and any(file.before is not None for file in self.settled.files))


class Log:
    """The log of a data folder."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._path = folder.log
        self._head_path = folder.root / "head.json"
        self.head = Head()
        self.lost: list[int] = []  # numbers that cannot be read any more
        self.unkept: list[LogFile] = []  # what was appended and the tables do not hold yet

    @property
    def last(self) -> int:
        """The last number."""
        return self.head.last

    def look(self, copies: Mapping[int, bytes], known: Collection[int] = ()) -> Look:
        """
        Read everything and change nothing.

        Args:
            copies: The texts that the database keeps, by number.
            known: Numbers of which it is known that they were entered.

        Raises:
            StoreError: The folder cannot be read, or two texts differ and nobody can tell which is right.

        """
        found = self._find()
        kept = _parsed(copies, found.files)
        texts = [*found.files.values(), *kept.values()]
        end = max([*known, *(file.last for file in texts)], default=0)
        for number in sorted(found.broken):
            if end < number <= end + _NEAR:  # else it has the name of a file of the log by chance, a date for one
                end = number
        try:
            settled = settle(texts, found.head, end)
            if found.head is None:  # nobody can say whether log or database is of another folder
                for file in settled.files:
                    if found.files.get(file.number, file) != file:
                        raise ContradictionError(file.number)
        except ContradictionError as error:
            raise StoreError(
                f"日志第 {error.number} 号的登记文件与数据库 kpi.duckdb 里保存的原文不一致，又没有能判明哪个对的 head.json，没有打开，什么都没有改动；"
                f"请从备份恢复数据目录「{self._folder.root}」里的 log 目录和 head.json；如果放错的是数据库，请把 kpi.duckdb 移到别处再启动，会由日志重建。"
            ) from None
        if found.head and kept and not _agree(settled, kept):
            with suppress(ContradictionError):
                without = settle(texts, None, end)
                if found.head.last <= without.head.last and _agree(without, kept, found.files):  # two against one: the head is of another log
                    settled = without
        believed = {file.number: file for file in settled.files}
        there = {*found.files, *found.broken, *found.doubles}
        strangers = sorted(there.difference(believed, settled.lost))
        begin = last_end(settled.files)
        settled.lost = [number for number in settled.lost if number > begin]  # what a demonstration lacks that has ended, nobody misses
        settled.doubted = settled.doubted if settled.doubted > begin else 0
        return Look(
            found,
            settled,
            missing=[file for number, file in believed.items() if number not in there],
            altered=[file for number, file in believed.items() if number in there and found.files.get(number) != file],
            strangers=strangers,
            foreign=sorted(number for number, file in kept.items() if believed.get(number) != file),
        )

    def mend(self, look: Look, moment: datetime) -> list[str]:
        """
        Write back what is missing or altered, and move away what does not belong here.

        Returns:
            What was mended, one Chinese sentence each; what was moved away is for `kpi.store.gaps` to name.

        Raises:
            StoreError: The disk refuses.

        """
        notices: list[str] = []
        try:
            moved = [self._folder.move_aside(self._path / file.name, "damaged", moment) for file in look.altered]
            if look.altered:
                notices.append(Repair(f"日志{numbers(look.altered)}的登记文件被改动过或读不出，已按另存的原文恢复；原来的移为「{'」「'.join(moved)}」。"))
            if look.missing:
                notices.append(Repair(f"日志缺{numbers(look.missing)}的登记文件，已按另存的原文补上。"))
            for file in [*look.altered, *look.missing]:
                self._folder.write_partial(file.data).replace(self._path / file.name)
            for number in look.strangers:
                self._folder.move_aside(self._path / f"{number:08d}.json", STRAY, moment)  # which is named as long as it lies there
            if look.altered or look.missing or look.strangers:
                sync_folders([self._path])
            if look.headless:
                notices.append(Repair("记着日志末号的「head.json」缺失或已损坏，已由日志重新写好。"))
            elif look.found.head and look.found.head.file and look.found.head.file not in look.settled.files:
                notices.append(Repair("「head.json」与日志和数据库都不一致，已按后两者重新写好。"))
            self.head, self.lost = look.settled.head, look.settled.lost
            if look.head_outdated:
                self._write_head()
        except OSError as error:
            raise StoreError(f"日志未能恢复（{cause(error)}）；请检查数据目录「{self._folder.root}」的磁盘和权限后重新启动。") from None
        return notices

    def continues(self) -> bool:
        """Whether what lies on disk is still this log, and not one of a backup or of another bureau that was put in its place."""
        if self.head.file:
            try:
                if (self._path / self.head.file.name).read_bytes() != self.head.file.data:
                    return False
            except OSError:
                return False
        try:
            head = Head.parse(self._head_path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return True  # the next entry writes it anew
        if head.last <= self.last:  # an older one is of an entry whose head could not be written
            return head.last < self.last or head.digest == self.head.digest
        try:  # another node went on
            return LogFile.parse(self.last + 1, (self._path / f"{self.last + 1:08d}.json").read_bytes()).before == self.head.digest
        except (OSError, ValueError, RecursionError):
            return False

    def append(self, entries: Sequence[Enterable]) -> list[LogFile]:
        """
        Enter what one act accepted, decided, answered or froze: all of it in one file.

        Returns:
            The files that are new in the log: those of other nodes, and as the last one that of the act.

        Raises:
            StoreError: The disk refuses.  Nothing was entered, unless the message says that the log has it.

        """
        fresh: list[LogFile] = []
        try:
            while True:
                file = LogFile.of(self.last + 1, self.head.digest, [entry.written() for entry in entries])
                mine = claim(self._folder.write_partial(file.data), self._path / file.name)
                if not mine:
                    file = self._of_another(file)
                self.head = self.head.then(file)
                fresh.append(file)
                self.unkept.append(file)
                if mine:
                    break
        except OSError as error:
            raise StoreError(f"报送日志未能写入「{self._path}」（{cause(error)}），这次的报送或处理没有登入日志，也没有生效；请检查磁盘后重试。") from None
        try:
            sync_folders([self._path])
            self._write_head()
        except OSError as error:
            raise StoreError(
                f"已登入日志{numbers([file])}，但磁盘没有确认写好（{cause(error)}）；不必重新上传或重做，请检查磁盘后重新启动看板，会自动补入。"
            ) from None
        return fresh

    def _of_another(self, mine: LogFile) -> LogFile:
        """The file that has the name this one wanted."""
        try:
            file = LogFile.parse(mine.number, (self._path / mine.name).read_bytes())
            if file.before != mine.before:
                raise ValueError("of another log")
        except ValueError:
            raise StoreError(
                f"日志目录里的「{mine.name}」占了下一个编号，却接不上前面的记录；这次的报送或处理没有登入日志，也没有生效；请把这个文件移到别处再试。"
            ) from None
        return file

    def _find(self) -> Found:
        files: dict[int, LogFile] = {}
        broken: set[int] = set()
        strays: list[str] = []
        unchained: set[bytes] = set()
        doubles: set[int] = set()
        try:
            for name in sorted(os.listdir(self._path)):
                number = int(name[:8]) if _NAME.fullmatch(name) else 0
                if not number:
                    strays.append(name)
                    continue
                try:
                    file = LogFile.parse(number, (self._path / name).read_bytes())
                except (OSError, ValueError, RecursionError):
                    broken.add(number)
                    continue
                if file.before is None and not _entered(file):
                    broken.add(number)
                    continue
                if file.before is None and file.data in unchained:  # no two entries are made in one microsecond
                    doubles.add(number)
                unchained.add(file.data)
                files[number] = file
        except OSError as error:
            raise StoreError(f"日志目录「{self._path}」无法读取（{cause(error)}）；请检查这个目录和它的权限，或从备份恢复。") from None
        head, head_broken = None, False
        try:
            head = Head.parse(self._head_path.read_bytes())
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError):
            head_broken = True
        return Found({number: file for number, file in files.items() if number not in doubles}, broken, doubles, strays, head, head_broken)

    def _write_head(self) -> None:
        """Put the head in its place at once; where a power cut brings back the one before, the log is ahead of it, which is no fault."""
        if self._head_path.is_dir():
            self._head_path.replace(self._head_path.with_name(f"head.json.{STRAY}-{uuid4().hex}"))
        self._folder.write_partial(self.head.encode()).replace(self._head_path)


def numbers(files: Sequence[LogFile]) -> str:
    """The numbers of files in words: 第 3、5—8 号."""
    return spelled([number for file in files for number, _ in file.numbered()])


def spelled(entered: Sequence[int]) -> str:
    """Numbers in words, those that follow one another as a range: 第 3、5—8 号."""
    runs: list[list[int]] = []
    for number in entered:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return f"第 {'、'.join(str(first) if first == last else f'{first}—{last}' for first, last in runs)} 号"


def _entered(file: LogFile) -> bool:
    """Whether a file without a digest is one that a release of this program wrote."""
    try:
        return all(read_entry(number, written) for number, written in file.numbered())
    except ValueError:
        return False


def _agree(settled: Settled, *witnesses: Mapping[int, LogFile]) -> bool:
    """Whether nothing is lost and each witness has the very texts that are believed, to the last."""
    files = {file.number: file for file in settled.files}
    ends = [max((file.last for file in witness.values()), default=0) for witness in witnesses]
    same = all(files.get(number) == file for witness in witnesses for number, file in witness.items())
    return same and not settled.lost and ends == [settled.head.last] * len(ends)


def _parsed(copies: Mapping[int, bytes], files: Mapping[int, LogFile]) -> dict[int, LogFile]:
    """The database's copies; one that says what the file says is that file."""
    return {number: files[number] if number in files and files[number].data == text else LogFile.parse(number, text) for number, text in copies.items()}
