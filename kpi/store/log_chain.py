"""
The log as a chain: each file holds the digest of all before it, so that none can change or go without a trace.

A file of the log is one act: whatever one click entered, all of it or none.  Its name is the number of its first entry.
Files of the first releases hold one entry and no digest; the first chained file seals them all.

There are up to three texts of a file: its own, the copy that the database keeps, and of the last one the copy in the
head.  The head is outside of the log and says where the log ends, so that a log cut short is told from a whole one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

WrittenEntry = Mapping[str, Any]  # an entry as the log holds it


class ContradictionError(Exception):
    """Two texts of one file, and nothing that says which is right; ``number`` is its last."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


@dataclass(frozen=True)
class LogFile:
    """One file of the log."""

    number: int  # of its first entry
    data: bytes
    before: str | None  # digest of the log before it; None: of a release that wrote none
    entries: tuple[WrittenEntry, ...]

    @classmethod
    def of(cls, number: int, before: str, entries: Iterable[WrittenEntry]) -> Self:
        """The file of what was entered by one act."""
        listed = list(entries)
        text = json.dumps({"number": number, "before": before, "entries": listed}, ensure_ascii=False, indent=1)
        return cls(number, text.encode(), before, tuple(listed))

    @classmethod
    def parse(cls, number: int, data: bytes) -> Self:
        """
        The file with these bytes.

        Raises:
            ValueError: It is none, or is that of another number.

        """
        written = json.loads(data.decode())
        if not isinstance(written, dict):
            raise ValueError("no entry")
        if "entries" not in written:
            return cls(number, data, None, (written,))
        entries = written["entries"]
        if written.get("number") != number or not isinstance(written.get("before"), str):
            raise ValueError("of another number")
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
            raise ValueError("no entries")
        return cls(number, data, written["before"], tuple(entries))

    @property
    def last(self) -> int:
        """The number of its last entry."""
        return self.number + len(self.entries) - 1

    @property
    def name(self) -> str:
        return f"{self.number:08d}.json"

    def numbered(self) -> Iterable[tuple[int, WrittenEntry]]:
        """Its entries, each with its number."""
        return enumerate(self.entries, self.number)

    def digest(self, before: str = "") -> str:
        """Of the log up to and with this file; ``before`` is that of what comes before it, where it does not say so itself."""
        return sha256(f"{before if self.before is None else self.before}{self.number}".encode() + self.data).hexdigest()


@dataclass(frozen=True)
class Head:
    """Where the log ends: a copy of its last file, and the digest of all of it."""

    file: LogFile | None = None  # None: nothing was entered yet
    before: str = ""  # digest of the log before that file

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """
        The head that `encode` wrote.

        Raises:
            ValueError: It is none, or was altered.

        """
        try:
            written = json.loads(data.decode())
            number, before, text, digest = (written[name] for name in ("number", "before", "text", "digest"))
            head = cls(LogFile.parse(number, text.encode()) if number else None, before)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("no head") from error
        if head.digest != digest:
            raise ValueError("altered")
        return head

    def encode(self) -> bytes:
        """The bytes of the file."""
        text = self.file.data.decode() if self.file else ""
        written = {"number": self.file.number if self.file else 0, "before": self.before, "digest": self.digest, "text": text}
        return json.dumps(written, ensure_ascii=False, indent=1).encode()

    @property
    def last(self) -> int:
        """The last number of the log."""
        return self.file.last if self.file else 0

    @cached_property
    def digest(self) -> str:
        """Of the whole log."""
        return self.file.digest(self.before) if self.file else ""

    def then(self, file: LogFile) -> "Head":
        """The head once a file was added."""
        return Head(file, self.digest)


@dataclass
class Chain:
    """The log as its chain confirms it: what is to be believed."""

    head: Head
    files: list[LogFile] = field(default_factory=list)  # ascending
    lost: list[int] = field(default_factory=list)  # numbers of which no text is left that the chain confirms, ascending
    doubted: int = 0  # of the files without a digest of their own, up to this number, one was altered and nobody can tell which


def confirm(texts: Sequence[LogFile], head: Head | None, end: int = 0) -> Chain:
    """
    Choose, of several texts of each file, the one that the chain confirms.

    The head confirms the last file, which confirms the one before it, and so on; what was entered after the head was
    written follows from it.

    Args:
        texts: Those of the log's files first, then those of their copies.
        head: Where the log ends; None where nobody knows.
        end: The last number that something is known to have, where there is no head.

    Raises:
        ContradictionError: Two texts differ and nothing tells which is right.

    """
    known = [*texts, head.file] if head and head.file else list(texts)
    ending: dict[int, list[LogFile]] = {}
    for file in known:
        if all(file.data != other.data or file.number != other.number for other in ending.setdefault(file.last, [])):
            ending[file.last].append(file)
    chain = Chain(head or Head())
    last, expected = (head.last, head.digest) if head else (max([end, *ending]), None)
    unchained, expected = _confirm_chained(chain, ending, last, expected)
    if unchained > 0:
        _confirm_unchained(chain, ending, unchained, expected)
    chain.files.sort(key=lambda file: file.number)
    chain.lost.sort()
    since = _entered_since(known, head) if head else chain.files
    for file in since:
        chain.head = chain.head.then(file) if file.before is None else Head(file, file.before)
    chain.files += since if head else []
    return chain


def _confirm_chained(chain: Chain, ending: Mapping[int, Sequence[LogFile]], last: int, expected: str | None) -> tuple[int, str | None]:
    """
    Choose among the files that have a digest, from the last number backwards, each by the digest that the one after it expects.

    Returns:
        The last number of the files of the first releases, which have none, and the digest expected of them.

    """
    first = min((file.number for files in ending.values() for file in files if file.before is not None), default=None)
    position = last
    while position > 0 and first is not None and position >= first:
        confirmed = _confirmed(ending.get(position, ()), expected, position)
        if confirmed is None:
            chain.lost.append(position)
            position, expected = position - 1, None
        else:
            chain.files.append(confirmed)
            position, expected = confirmed.number - 1, confirmed.before
    return position, expected


def _confirmed(texts: Iterable[LogFile], expected: str | None, position: int) -> LogFile | None:
    """The text with the digest that is expected; where none is, the only text there is."""
    right = [file for file in texts if file.before is not None and expected in (None, file.digest())]
    if len(right) > 1:
        raise ContradictionError(position)
    return right[0] if right else None


def _confirm_unchained(chain: Chain, ending: Mapping[int, Sequence[LogFile]], end: int, expected: str | None) -> None:
    """Choose among the files of the first releases, one entry each, which are confirmed together or not at all."""
    texts = {number: [file for file in ending.get(number, ()) if file.before is None] for number in range(1, end + 1)}
    chain.lost += [number for number, files in texts.items() if not files]
    choices = [[files[at] for files in texts.values() if files] for at in (0, -1)]  # of two texts the file's, or the copy's
    for choice in choices:
        if expected is not None and len(choice) == end and _rolled(choice) == expected:
            chain.files += choice
            return
    differing = [own.number for own, copy in zip(*choices, strict=True) if own.data != copy.data]
    if differing:
        raise ContradictionError(differing[0])
    chain.files += choices[0]
    chain.doubted = end if expected is not None and len(choices[0]) == end else 0


def _rolled(files: Iterable[LogFile]) -> str:
    """The digest of a log of files without one of their own."""
    digest = ""
    for file in files:
        digest = file.digest(digest)
    return digest


def _entered_since(known: Iterable[LogFile], head: Head) -> list[LogFile]:
    """What follows the head, file by file; those of the first releases only where no chained file comes before."""
    beginning: dict[int, list[LogFile]] = {}
    for file in known:
        beginning.setdefault(file.number, []).append(file)
    followed: list[LogFile] = []
    digest, chained = head.digest, head.file is not None and head.file.before is not None
    number = head.last + 1
    while True:
        texts = {f.data: f for f in beginning.get(number, ()) if f.before == digest or (f.before is None and not chained)}
        if len(texts) > 1:
            raise ContradictionError(number)
        if not texts:
            return followed
        [file] = texts.values()
        followed.append(file)
        digest, chained, number = file.digest(digest), chained or file.before is not None, file.last + 1
