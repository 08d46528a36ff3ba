"""
A journal: a file of lines that is only ever added to, each with the digest of the one before it.

A line is one JSON object: its number from 1, ``before`` (the sha256 of the line before it, empty at the first) and what was
noted.  Beside the file a small one, the head, holds the number and digest of the last line, and a witness elsewhere says it
again.  So a line that was edited, taken out or added by another hand is found, and a file that was cut short, lost with its
head or put back as it was before as well; a head that alone is lost is made again.  A line counts once it and the head are
forced to disk; what a power cut left of one that was never acknowledged is cut off before the next line is added, and never
by who only looks: another one may be adding just then.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock, RLock

from kpi.access.journal_head import OWNER_ONLY, JournalHead, parse, read_witness, write_witness
from kpi.access.journal_line import JournalLine, Noted, before_of, digest_of, parse_line, spelled
from kpi.access.lines_backwards import lines_backwards
from kpi.errors import StoreError, cause
from kpi.store.folder import sync_folders

_locks: dict[Path, RLock] = {}  # of each file that this process has opened: who looks at it again must not see half of a line
_opening = Lock()


class Journal:
    """One journal; one process at a time adds to it, and one that finds lines of another refuses to."""

    def __init__(self, path: Path, name: str, witness: Path | None = None) -> None:
        """
        Open a journal; its file is made with its first line.

        Args:
            path: Where it lies.
            name: What a person calls it, such as 账号记录.
            witness: Where its head is kept once more; None: nowhere.

        Raises:
            StoreError: It is damaged or cannot be read.

        """
        self._path, self._head, self._name, self._witness = path, path.with_suffix(".head"), name, witness
        with _opening:
            self._lock = _locks.setdefault(path.resolve(), RLock())
        self._last, self._length, self._torn = JournalLine(0, {}, ""), 0, 0  # the bytes of whole lines, and those of a torn one behind them
        self._opened = False
        with self._lock:
            for line in self.lines():
                self._last = line
        self._opened = True

    @property
    def last(self) -> int:
        """The number of its last line; 0 of an empty one."""
        return self._last.number

    def lines(self) -> Iterator[JournalLine]:
        """
        Its lines in order, each checked.

        Raises:
            StoreError: A line is not as it was written, or some are missing at the end; the first such one is named.

        """
        with self._lock:
            try:
                *texts, torn = self._path.read_bytes().split(b"\n") if self._path.exists() else [b""]  # after a whole last line comes nothing
                head, witness = self._read_heads(texts)
            except (OSError, ValueError):
                raise StoreError(f"{self._name}「{self._path}」或它的 .head 读不出；请从备份恢复这两个文件。") from None
            length = sum(len(text) + 1 for text in texts)
            if not self._opened:
                self._length, self._torn = length, len(torn)
        if witness.number > max(len(texts), head.number):
            raise StoreError(
                f"{self._name}「{self._path}」应有 {witness.number} 行，现有 {len(texts)} 行，是以前的或不见了；请从备份恢复这个文件和它的 .head。"
                f"确实要用以前的，请删掉「{self._witness}」。"
            )
        before = ""
        for counted, text in enumerate(texts, 1):
            line = parse_line(text, counted, before)
            if line is None or any(counted == known.number and line.digest != known.digest for known in (head, witness)):
                where = f"第 {counted - 1} 行或第 {counted} 行" if counted > 1 else "第 1 行"  # the digest of a line stands in the next one
                raise StoreError(f"{self._name}「{self._path}」{where}被改动或损坏；请从备份恢复这个文件和它的 .head。")
            before = line.digest
            yield line
        if not head.number <= len(texts) <= head.number + 1:
            raise StoreError(f"{self._name}「{self._path}」应有 {head.number} 行，现有 {len(texts)} 行；请从备份恢复这个文件和它的 .head。")

    def latest(self, wanted: Callable[[str], bool]) -> Iterator[JournalLine]:
        """
        Its lines from the last one back, each checked against the digest in the one after it, the last against the one in memory.

        What was written before the last line that is taken is not read, and not checked.

        Args:
            wanted: Whether a line as it is written may be one of those that are asked for; the others are checked and left out.

        Raises:
            StoreError: A line is not as it was written, or some are missing at the end.

        """
        with self._lock:  # what is whole by now is never changed
            number, digest, length = self._last.number, self._last.digest, self._length
        try:
            for text in lines_backwards(self._path, length):
                before = before_of(text, number) if digest_of(text) == digest else None
                line = parse_line(text, number, before) if before is not None and wanted(text.decode("utf-8", "replace")) else None
                if before is None or (number == 1) != (before == ""):
                    raise StoreError(f"{self._name}「{self._path}」第 {number} 行被改动或损坏；请从备份恢复这个文件和它的 .head。")
                if line:
                    yield line
                number, digest = number - 1, before
        except (OSError, EOFError):
            raise StoreError(f"{self._name}「{self._path}」读不出或短了一截；请从备份恢复这个文件和它的 .head。") from None

    def add(self, noted: Noted) -> JournalLine:
        """
        Add a line, forced to disk before this returns.

        Raises:
            StoreError: The disk refuses; then the line is not in the journal.

        """
        with self._lock:
            number, before = self._last.number + 1, self._last.digest
            text = spelled(number, before, noted)
            line = JournalLine(number, noted, digest_of(text))
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._require_own()
                _write(self._path, os.O_APPEND, text + b"\n")
                self._write_head(JournalHead(number, line.digest))
            except OSError as error:
                self._cut()
                with suppress(OSError):
                    self._write_head(JournalHead(self._last.number, self._last.digest))
                raise StoreError(f"{self._name}「{self._path}」写不进去（{cause(error)}），这一条没有记下；请检查磁盘后重试。") from None
            self._last, self._length = line, self._length + len(text) + 1
            if self._witness:
                write_witness(self._witness, JournalHead(number, line.digest))
            return line

    def _read_heads(self, texts: list[bytes]) -> tuple[JournalHead, JournalHead]:
        """
        What the head and the witness say; a head that was lost is made again where the witness confirms that all lines are there.

        Raises:
            ValueError: The head is none, and there is no witness to that effect.

        """
        witness = (read_witness(self._witness) if self._witness else None) or JournalHead()
        head = parse(self._head.read_bytes().decode("ascii", "replace")) if self._head.exists() else JournalHead()
        if witness.number == len(texts) > 0 and (head is None or (head.number == 0 and witness.digest == digest_of(texts[-1]))):
            head = witness
            with suppress(OSError):
                self._write_head(head)
        if head is None:
            raise ValueError(self._head)
        return head, witness

    def _write_head(self, head: JournalHead) -> None:
        partial = self._head.with_suffix(".head-partial")
        _write(partial, os.O_TRUNC, f"{head.text()}\n".encode())
        partial.replace(self._head)
        sync_folders([self._path.parent])

    def _require_own(self) -> None:
        """
        Take off what a power cut left at the end, and refuse a file to which somebody else has added.

        Raises:
            OSError: The disk refuses.
            StoreError: It is not as long as this process left it.

        """
        size = self._path.stat().st_size if self._path.exists() else 0
        if self._torn and size == self._length + self._torn:
            os.truncate(self._path, self._length)
            size = self._length
        if size != self._length:
            raise StoreError(f"{self._name}「{self._path}」由另一个程序写过，这一条没有记下；请只开一个看板，重新启动它。")
        self._torn = 0

    def _cut(self) -> None:
        """Take off what was just written and is not acknowledged; where the disk refuses that too, the next line does it, or the next opening."""
        with suppress(OSError):
            self._torn = max(0, self._path.stat().st_size - self._length)
            if self._torn:
                os.truncate(self._path, self._length)
                self._torn = 0


def _write(path: Path, how: int, data: bytes) -> None:
    """Write to a file that only its owner can read, forced to disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(descriptor, "wb" if how == os.O_TRUNC else "ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def witness_of(journal: Path) -> Path:
    """Where the head of a journal below a data folder is kept once more: not in the folder of the journal."""
    return journal.parent.parent / f"{journal.stem}.witness"
