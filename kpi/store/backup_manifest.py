"""
The manifest of a backup: what it holds, of which moment, and the digest of each file in it.

It is the first member of the archive and is named after the sha256 of its own bytes; `kpi.store.backup_archive` reads and
writes the archive.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

FORMAT = 1  # of backups; one with a higher number is of a newer release
_TOPS = frozenset({"head.json", "secret", "log", "batches", "uploads", "cases", "editions", "published", "catalog", "referrals", "access"})
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_MOST_PARTS, _LONGEST_PART = 6, 200


class NewerBackupError(Exception):
    """A manifest is of a newer format; ``product`` is the version that wrote it, ``format`` the number."""

    def __init__(self, product: str, number: int) -> None:
        self.product, self.format = product, number
        super().__init__(product, number)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup: its path below the data folder, its length in bytes, and the sha256 of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LogCounts:
    """How much of what counts a log has; what an ended demonstration entered does not."""

    submissions: int = 0
    editions: int = 0
    follow_ups: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    product: str  # the version of the program that wrote it
    folder: int  # the number of the format of the data folder
    at: datetime  # when it was made, by the clock of the bureau
    last: int  # the last number of the log
    digest: str  # of the log up to that number
    counts: LogCounts
    lacks: tuple[str, ...]  # what was missing or damaged when it was made, one Chinese sentence each
    members: tuple[Member, ...]
    format: int = FORMAT

    @property
    def size(self) -> int:
        """The bytes of all members."""
        return sum(member.size for member in self.members)

    def encode(self) -> bytes:
        """The bytes of the first member."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def parse(cls, data: bytes) -> "Manifest":
        """
        The manifest that `encode` wrote.

        Raises:
            ValueError: It is none.
            NewerBackupError: It is of a newer format.

        """
        try:
            written = json.loads(data.decode())
            if written["format"] > FORMAT:
                raise NewerBackupError(str(written.get("product", "")), int(written["format"]))
            changed: dict[str, Any] = {
                "at": datetime.fromisoformat(written["at"]),
                "counts": LogCounts(**written["counts"]),
                "lacks": tuple(map(str, written["lacks"])),
                "members": tuple(Member(**member) for member in written["members"]),
            }
            manifest = cls(**{**written, **changed})
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("no manifest") from error
        if not all(type(number) is int and number >= 0 for number in (manifest.folder, manifest.last, *(member.size for member in manifest.members))):
            raise ValueError("no numbers")
        if not all(isinstance(member.sha256, str) and _DIGEST.fullmatch(member.sha256) for member in manifest.members):
            raise ValueError("no digests")
        return manifest


def manifest_name(data: bytes) -> str:
    """What the first member of an archive is called: it names the sha256 of its bytes."""
    return f"manifest-{sha256(data).hexdigest()}.json"


def unsafe_names(names: Iterable[object]) -> Iterator[str]:
    """
    The names of a manifest that may not be written below a folder, whatever the system.

    A name is safe that stays below the folder, among the files that a data folder has; that no system takes for a device,
    a drive or a stream; and that differs from all others also where case and composed signs do not count.
    """
    before: set[str] = set()
    for name in names:
        if not isinstance(name, str) or not _safe(name):
            yield str(name)
            continue
        folded = unicodedata.normalize("NFKC", name).casefold()
        if folded in before:
            yield name
        before.add(folded)


def _safe(name: str) -> bool:
    parts = name.split("/")
    if parts[0] not in _TOPS or len(parts) > _MOST_PARTS or (parts[0] in ("head.json", "secret")) != (len(parts) == 1):
        return False
    return all(part == part.strip(" .") and 0 < len(part) <= _LONGEST_PART and not _DEVICE.fullmatch(part) and not _FORBIDDEN.search(part) for part in parts)
