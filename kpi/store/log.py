"""
The log on disk: one file per act, made by a hard link so that it is there whole or not at all, and the head beside it.

What was damaged or taken away is written back wherever a text of it is left.  What is not a file of this log is never
deleted, only moved out of the way.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from kpi.errors import StoreError, cause
from kpi.store.folder import STRAY, DataFolder, claim, sync_folders
from kpi.store.log_chain import Head, LogFile
from kpi.store.log_numbers import numbers
from kpi.store.log_reading import LogState
from kpi.store.notice import Repair


class Enterable(Protocol):
    """What can be entered into the log."""

    def written(self) -> Mapping[str, Any]:
        """As the log holds it."""
        ...


class Log:
    """The log of a data folder."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._path = folder.log
        self._head_path = folder.head
        self.head = Head()
        self.lost: list[int] = []  # numbers that cannot be read any more
        self.unkept: list[LogFile] = []  # what was appended and the tables do not hold yet

    @property
    def last(self) -> int:
        """The last number."""
        return self.head.last

    def mend(self, state: LogState, moment: datetime) -> list[str]:
        """
        Write back what is missing or altered, and move away what does not belong here.

        Returns:
            What was mended, one Chinese sentence each; what was moved away is for `kpi.store.gaps` to name.

        Raises:
            StoreError: The disk refuses.

        """
        notices: list[str] = []
        try:
            moved = [self._folder.move_aside(self._path / file.name, "damaged", moment) for file in state.altered]
            if state.altered:
                notices.append(Repair(f"日志{numbers(state.altered)}的登记文件被改动过或读不出，已按另存的原文恢复；原来的移为「{'」「'.join(moved)}」。"))
            if state.missing:
                notices.append(Repair(f"日志缺{numbers(state.missing)}的登记文件，已按另存的原文补上。"))
            for file in [*state.altered, *state.missing]:
                self._folder.put(self._path / file.name, file.data)
            for number in state.strangers:
                self._folder.move_aside(self._path / f"{number:08d}.json", STRAY, moment)  # which is named as long as it lies there
            if state.altered or state.missing or state.strangers:
                sync_folders([self._path])
            if state.headless:
                notices.append(Repair("记着日志末号的「head.json」缺失或已损坏，已由日志重新写好。"))
            elif state.on_disk.head and state.on_disk.head.file and state.on_disk.head.file not in state.chain.files:
                notices.append(Repair("「head.json」与日志和数据库都不一致，已按后两者重新写好。"))
            self.head, self.lost = state.chain.head, state.chain.lost
            if state.head_outdated:
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

    def _write_head(self) -> None:
        """Put the head in its place at once; where a power cut brings back the one before, the log is ahead of it, which is no fault."""
        if self._head_path.is_dir():
            self._head_path.replace(self._head_path.with_name(f"head.json.{STRAY}-{uuid4().hex}"))
        self._folder.put(self._head_path, self.head.encode())
