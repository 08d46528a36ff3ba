"""
The audit (审计记录): who did what, when and from where, and what was so before and after.

It lies in a journal, so that a line that was edited or taken out is found.  Nothing in it is a password, a token or a
figure of a sheet; names of people are those of accounts.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from kpi.access.accounts import FOLDER
from kpi.access.caller import Caller
from kpi.access.journal import Journal, witness_of
from kpi.access.journal_line import Noted
from kpi.errors import StoreError
from kpi.store import clock
from kpi.workbook.personal.masking import mask_numbers

_log = logging.getLogger(__name__)
_MOST = 500  # characters of a text in an entry
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Audited(StrEnum):
    """What is noted."""

    LOGIN = "登录"
    FAILED = "登录失败"
    LOCKED = "锁定"
    LOGOUT = "退出"
    PASSWORD = "改密码"  # noqa: S105 - a word, not a password
    ACCOUNT = "账号变动"
    SUBMIT = "报送"
    REFER = "送审"
    ACCEPT = "审核入库"
    RETURN = "退回或撤销送审"
    WITHDRAW = "撤回"
    PERIOD = "锁定或解锁期间"
    MEETING = "会议和督办"
    EXPORT = "导出"
    OPERATION = "运行维护"
    DEFINITION = "指标目录"
    INBOX = "收件箱"
    REMINDER = "通知"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry of the audit."""

    number: int
    at: datetime
    what: Audited
    account: str  # empty: without login
    name: str
    address: str
    about: str  # what it was done to
    before: str
    after: str

    @classmethod
    def parse(cls, number: int, noted: Noted) -> "AuditEntry":
        """The entry that a line of the journal says."""
        texts = {name: str(noted.get(name, "")) for name in ("account", "name", "address", "about", "was", "is")}
        was, now = texts.pop("was"), texts.pop("is")
        return cls(number, datetime.fromisoformat(noted["at"]), Audited(noted["what"]), **texts, before=was, after=now)

    def has(self, words: str) -> bool:
        """Whether every one of some words, parted by blanks, stands somewhere in it."""
        text = " ".join([self.what, self.account, self.name, self.address, self.about, self.before, self.after, f"{self.at:%Y-%m-%d %H:%M}"]).casefold()
        return all(word in text for word in words.casefold().split())


class Audit:
    """The audit of a data folder."""

    def __init__(self, data: Path) -> None:
        """
        Open the audit of a data folder; it is made with its first entry.

        Raises:
            StoreError: It is damaged or cannot be read.

        """
        path = data / FOLDER / "audit.jsonl"
        self._journal = Journal(path, "审计记录", witness_of(path))

    def note(self, what: Audited, caller: Caller, about: str = "", before: Mapping[str, str] = _NOTHING, after: Mapping[str, str] = _NOTHING) -> None:
        """
        Note what somebody did; a list of more than one entry holds, parted by ；, goes on in the next entry.

        Args:
            what: What was done.
            caller: Who did it.
            about: What it was done to.
            before: What was so before, in words and their values; only those that changed are noted.
            after: What is so now, likewise.

        Raises:
            StoreError: The disk refuses.

        """
        was, now = _changed(before, after)
        who = {"account": caller.account, "name": caller.name, "address": caller.address}
        noted = {"at": clock.now().isoformat(timespec="seconds"), "what": what.value, **who, "was": _text(was), "is": _text(now)}
        for part in _parts(mask_numbers(about)):
            self._journal.add({word: value for word, value in {**noted, "about": part}.items() if value})

    def note_done(self, what: Audited, caller: Caller, about: str = "", before: Mapping[str, str] = _NOTHING, after: Mapping[str, str] = _NOTHING) -> None:
        """Note, as `note`, what somebody has done: it stands, whatever the disk says of the audit, which then goes to the server's log."""
        try:
            self.note(what, caller, about, before, after)
        except StoreError as fault:
            _log.error("%s", fault)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._journal.last

    def latest(self, words: str, most: int) -> list[AuditEntry]:
        """
        The latest entries that have some words, the last one first; what is older than them is not read.

        Args:
            words: What each has, as in `entries`.
            most: How many.

        Raises:
            StoreError: A line that was read is not as it was written.

        """
        entries = (AuditEntry.parse(line.number, line.noted) for line in self._journal.latest(_may_have(words)))
        return list(islice((entry for entry in entries if entry.has(words)), most))

    def entries(self, words: str = "", first: date | None = None, last: date | None = None) -> Iterator[AuditEntry]:
        """
        The entries of some days that have some words, in order.

        Raises:
            StoreError: A line is not as it was written.

        """
        for line in self._journal.lines():
            entry = AuditEntry.parse(line.number, line.noted)
            if (first is None or entry.at.date() >= first) and (last is None or entry.at.date() <= last) and entry.has(words):
                yield entry


def _may_have(words: str) -> Callable[[str], bool]:
    """Whether an entry, as its line is written, may have some words; those with a sign that a line writes in another way are left to `AuditEntry.has`."""
    parts = [word for word in words.casefold().split() if word.isprintable() and not {'"', "\\"} & set(word)]

    def may_have(line: str) -> bool:
        folded = line.casefold()
        return all(part in folded for part in parts)

    return may_have


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, str]:
    """Of two states in words and their values those that differ, written out."""
    words = [word for word in {**before, **after} if before.get(word) != after.get(word)]
    written = ["，".join(f"{word}：{state[word] or '无'}" for word in words if word in state) for state in (before, after)]
    return written[0], written[1]


def _parts(text: str) -> list[str]:
    """A list parted by ；, in as many texts as it takes to hold all of it; something that is longer by itself is cut."""
    parts = [""]
    for item in text.split("；"):
        joined = f"{parts[-1]}；{item}" if parts[-1] else item
        if len(joined) <= _MOST:
            parts[-1] = joined
        else:
            parts.append(item[:_MOST])
    return [part for part in parts if part] or [""]


def _text(text: str) -> str:
    return mask_numbers(text)[:_MOST]
