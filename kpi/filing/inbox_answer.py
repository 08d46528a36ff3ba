"""
The answer of the inbox, beside the file it is about: its marked copy, or a text where no workbook can be marked.

Its first line says what became of the file.  It is written beside itself first and then renamed, so that nobody opens half
of one.  An answer that somebody has changed since is never written over: the next one has a number.
"""

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import takewhile
from pathlib import Path, PurePath
from uuid import uuid4

from kpi.errors import cause
from kpi.filing.inbox_folder import ANSWER
from kpi.finding import Finding
from kpi.workbook.personal.masking import mask
from kpi.workbook.writing.marked_copy import foreseen, mark

_MOST = 99  # answers to one file that somebody has changed
_PARTIAL, _LEFT_SECONDS = ".kpi-", 3600
_LONGEST = 200  # bytes of the first part of a name, of the 255 that a file system takes


class AnswerError(Exception):
    """No answer can be written; the message says why, in Chinese."""


def answer_of(data: bytes | None, findings: Sequence[Finding], headline: str) -> tuple[str, bytes]:
    """
    The answer to a file.

    Args:
        data: The file; None where it was not read.
        findings: What is to be said of it.
        headline: What became of it.

    Returns:
        The ending of its name, ``.xlsx`` or ``.txt``, and its bytes.

    """
    if data is not None and foreseen(data).cells:
        return ".xlsx", mark(data, findings, headline)
    lines = [headline, *(_line(number, finding) for number, finding in enumerate(findings, 1))]
    return ".txt", ("\ufeff" + "\r\n".join(lines) + "\r\n").encode(errors="replace")  # so that every editor of Windows shows it


def require_writable(folder: Path) -> None:
    """
    Refuse a folder that takes no answer.

    Raises:
        AnswerError: It takes none.

    """
    probe = _partial(folder)
    try:
        _write(probe, b"")
        probe.unlink()
    except OSError as error:
        raise AnswerError(f"写不进（{cause(error)}）") from None


def write_answer(file: Path, suffix: str, data: bytes, own: Collection[str]) -> None:
    """
    Put an answer beside a file, in the place of the one before.

    Args:
        file: What it answers.
        suffix: The ending of its name.
        data: Its bytes.
        own: The sha256 of answers that are ours: this one, and those that it may take the place of.

    Raises:
        AnswerError: The disk or the share refuses.

    """
    place = next((place for place in _places(file, suffix) if not place.exists() or _is(place, own)), None)
    if place is None:
        raise AnswerError(f"写不下：旁边已有 {_MOST} 份别人改过的核对意见")
    partial = _partial(file.parent)
    try:
        _write(partial, data)
        partial.replace(place)
    except OSError as error:
        raise AnswerError(f"写不进（{cause(error)}）") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    _remove_older(file, place, own)


def _remove_older(file: Path, written: Path, own: Collection[str]) -> None:
    """Take away the answer before, where it had another name: two that contradict each other would lie there."""
    for suffix in (".xlsx", ".txt"):
        for place in takewhile(Path.exists, _places(file, suffix)):
            if place != written and _is(place, own):
                with suppress(OSError):
                    place.unlink()


def remove_partial(folder: Path, now: float) -> None:
    """Remove what a crash has left half written an hour before ``now``, in seconds since 1970."""
    with suppress(OSError):
        for path in folder.glob(f"{_PARTIAL}*.part"):
            if path.stat().st_mtime < now - _LEFT_SECONDS:
                path.unlink()


def _places(file: Path, suffix: str) -> list[Path]:
    """The names that an answer may have, in their order."""
    stem = PurePath(file.name).stem.encode()[:_LONGEST].decode(errors="ignore")
    return [file.with_name(f"{stem}{ANSWER}{f'（{number}）' if number > 1 else ''}{suffix}") for number in range(1, _MOST + 1)]


def _is(place: Path, digests: Collection[str]) -> bool:
    """Whether a file holds what we wrote; never a link, whatever it leads to."""
    try:
        return not place.is_symlink() and sha256(place.read_bytes()).hexdigest() in digests
    except OSError:
        return False


def _partial(folder: Path) -> Path:
    return folder / f"{_PARTIAL}{uuid4().hex}.part"


def _write(path: Path, data: bytes) -> None:
    """Write a file that nobody has made before, forced to disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _line(number: int, finding: Finding) -> str:
    where = mask(str(finding.place)) if finding.place.sheet else "全表"
    return f"{number}. 【{finding.severity.chinese}】{where}：{finding.seen.rstrip('。')}；{finding.remedy.rstrip('。')}。"
