"""
The record of notices, in the file ``notices.json`` of the data folder: what was sent to which account on which day, and how the last round went.

So nobody is told the same thing twice on a day, by the clock or by hand.  No address stands in it, only names of accounts.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from kpi.errors import StoreError, cause
from kpi.store.folder import DataFolder

FILE = "notices.json"
_KEPT = timedelta(days=14)  # for which it is remembered what was sent


@dataclass(frozen=True, slots=True)
class ReminderRound:
    """One round of sending as it went."""

    at: datetime
    sent: int  # letters
    faults: tuple[str, ...] = ()  # Chinese sentences
    by: str = ""

    @property
    def words(self) -> str:
        """A sentence for a page."""
        when = f"{self.at:%Y-%m-%d %H:%M} {self.by}发了 {self.sent} 封"
        return f"{when}，{len(self.faults)} 封没有发出：{self.faults[0]}" if self.faults else f"{when}。"


class ReminderRecord:
    """The record of a data folder; whoever sends holds a lock of their own."""

    def __init__(self, root: Path) -> None:
        self._folder = DataFolder(root.resolve())
        self._sent, self.last = _read(root / FILE)

    def is_sent(self, day: date, account: str, key: str) -> bool:
        """Whether an account was told a thing on a day."""
        return _digest(account, key) in self._sent.get(day.isoformat(), set())

    def keep_sent(self, day: date, account: str, keys: Iterable[str]) -> None:
        """
        Note that an account was told some things.

        Raises:
            StoreError: The disk refuses.

        """
        self._sent.setdefault(day.isoformat(), set()).update(_digest(account, key) for key in keys)
        self._sent = {past: digests for past, digests in self._sent.items() if past >= (day - _KEPT).isoformat()}
        self._write()

    def keep_round(self, made: ReminderRound) -> None:
        """
        Note how a round went.

        Raises:
            StoreError: The disk refuses.

        """
        self.last = made
        self._write()

    def _write(self) -> None:
        last = {"at": self.last.at.isoformat(), "sent": self.last.sent, "faults": list(self.last.faults), "by": self.last.by} if self.last else None
        written = {"sent": {day: sorted(digests) for day, digests in self._sent.items()}, "last": last}
        try:
            self._folder.put(self._folder.root / FILE, json.dumps(written, ensure_ascii=False).encode())
        except OSError as error:
            raise StoreError(f"通知的记录写不进数据目录（{cause(error)}），先不发；请检查磁盘。") from None


def read_last_round(root: Path) -> ReminderRound | None:
    """How the last round went; None where there was none."""
    return _read(root / FILE)[1]


def _read(path: Path) -> tuple[dict[str, set[str]], ReminderRound | None]:
    """What a record says; nothing where there is none, or a damaged one."""
    try:
        written = json.loads(path.read_text("utf-8"))
        sent = {str(day): set(map(str, digests)) for day, digests in written["sent"].items()}
        last = written["last"]
        json.dumps(written, ensure_ascii=False).encode()  # what cannot be written again is damaged too
        made = (
            ReminderRound(datetime.fromisoformat(last["at"]).replace(tzinfo=None), int(last["sent"]), tuple(map(str, last["faults"])), str(last["by"]))
            if last
            else None
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}, None
    return sent, made


def _digest(account: str, key: str) -> str:
    return sha256(f"{account} {key}".encode()).hexdigest()[:24]
