"""The line of a journal: one JSON object with its number, the digest of the line before it, and what was noted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Noted = Mapping[str, Any]  # what is noted in a line, as JSON can hold it


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of a journal."""

    number: int
    noted: Noted
    digest: str


def spelled(number: int, before: str, noted: Noted) -> bytes:
    """A line as it is written, without its end; ``before`` is the digest of the line before it, empty at the first."""
    return json.dumps({"number": number, "before": before, **noted}, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(text: bytes) -> str:
    """The digest of a line as it is written."""
    return sha256(text).hexdigest()


def parse_line(text: bytes, number: int, before: str) -> JournalLine | None:
    """A line as it was written; None where it is not."""
    try:
        written = json.loads(text)
    except ValueError:
        return None
    if not isinstance(written, dict) or written.pop("number", None) != number or written.pop("before", None) != before:
        return None
    return JournalLine(number, written, digest_of(text))


def before_of(text: bytes, number: int) -> str | None:
    """The digest of the line before, read from the beginning of a line alone; None where a line does not begin so."""
    head = b'{"number":%d,"before":"' % number
    before, end, _ = text.removeprefix(head).partition(b'"')
    return before.decode("ascii", "replace") if text.startswith(head) and end else None
