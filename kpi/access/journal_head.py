"""
The head of a journal: the number and digest of its last line, so that a journal that lost lines is noticed.

It is kept twice: beside the journal, and as a witness elsewhere, so that a folder that was lost or put back as it was before
is noticed as well.  The witness carries a checksum of itself: of a damaged one nothing is believed.
"""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

OWNER_ONLY = 0o600
_HEAD = re.compile(r"(\d{1,18}) ([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class JournalHead:
    """What a head says; of an empty journal 0 and nothing."""

    number: int = 0
    digest: str = ""

    def text(self) -> str:
        """As it is kept beside the journal."""
        return f"{self.number} {self.digest}"

    def witnessed(self) -> str:
        """As it is kept elsewhere, with its own checksum."""
        return f"{self.text()} {_checksum(self.text())}"


def parse(text: str) -> JournalHead | None:
    """A head; None where the text is none."""
    parts = _HEAD.fullmatch(text.strip("\n"))
    return JournalHead(int(parts[1]), parts[2]) if parts else None


def read_witness(path: Path) -> JournalHead | None:
    """What a witness says; None where there is none, or it is damaged."""
    try:
        text, _, checksum = path.read_text("ascii").strip("\n").rpartition(" ")
    except (OSError, ValueError):
        return None
    return parse(text) if checksum == _checksum(text) else None


def write_witness(path: Path, head: JournalHead) -> None:
    """Keep a head elsewhere; not forced to disk, for an older witness is true as well, and one that cannot be written stops nothing."""
    partial = path.with_suffix(".witness-partial")
    with suppress(OSError):
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{head.witnessed()}\n")
        partial.replace(path)


def _checksum(text: str) -> str:
    return sha256(f"witness {text}".encode()).hexdigest()[:16]
