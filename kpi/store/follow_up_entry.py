"""
What happens to a follow-up (督办) after it was opened: each an entry of the log of its own.

Nothing is edited: progress, another promise, a step that is done, the signature of a leader and its being taken up again
follow one another, each with who and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kpi.store.follow_up import day_of, decimal_of, text_of


class FollowUpAct(StrEnum):
    """What somebody did about a follow-up."""

    NOTE = "note"
    PROMISE = "promise"
    STEP = "step"
    ADD_STEP = "add-step"
    SIGN = "sign"
    REOPEN = "reopen"

    @property
    def chinese(self) -> str:
        """The word on the page."""
        return {"note": "进展", "promise": "改期", "step": "步骤", "add-step": "增加步骤", "sign": "签字办结", "reopen": "重新督办"}[self.value]


@dataclass(frozen=True, slots=True)
class FollowUpEntry:
    """One entry about a follow-up; ``seq`` is its number in the log, 0 before it has one.  What does not apply is None."""

    act: FollowUpAct
    follow_up: int  # the number under which it was opened
    by: str
    at: datetime  # local time
    words: str = ""  # the progress, the step that is added, or the reason
    due: date | None = None  # the new day, of a promise and of a step that is added
    promise: str | None = None  # what is promised now
    promised: Decimal | None = None  # and as a value of the indicator
    step: int | None = None  # which one, from 1 on
    done: bool | None = None  # whether that step is done
    completed: int | None = None  # how many of the problem are mended by now
    edition: str = ""  # the code of the edition of the meeting; empty outside one
    demo: bool = False  # its follow-up is of the demonstration
    seq: int = 0

    def written(self) -> dict[str, object]:
        """As the log holds it; its number is the name of the entry."""
        written: dict[str, object] = {"follow_up": self.act.value, "of": self.follow_up, "by": self.by, "at": self.at.isoformat()}
        beside = {
            "words": self.words or None,
            "due": self.due.isoformat() if self.due else None,
            "promise": self.promise,
            "promised": text_of(self.promised),
            "step": self.step,
            "done": self.done,
            "completed": self.completed,
            "edition": self.edition or None,
            "demo": self.demo or None,
        }
        return written | {name: value for name, value in beside.items() if value is not None}

    @classmethod
    def read(cls, seq: int, written: Mapping[str, Any]) -> "FollowUpEntry":
        """
        The entry that `written` gave.

        Raises:
            ValueError, TypeError, KeyError: It is none.

        """
        rest = {name: value for name, value in written.items() if name not in ("follow_up", "of")}
        changed = {
            "act": FollowUpAct(written["follow_up"]),
            "follow_up": int(written["of"]),
            "at": datetime.fromisoformat(written["at"]),
            "due": day_of(written.get("due")),
            "promised": decimal_of(written.get("promised")),
        }
        return cls(**{**rest, **changed, "seq": seq})
