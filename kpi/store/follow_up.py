"""
Follow-ups (督办): what somebody is to mend by a day, entered in the same log as submissions.

A follow-up is opened by one entry, which never changes: whatever happens to it later is an entry of its own, see
`kpi.store.follow_up_entry`.  How it stands is in no entry: that is computed from the board.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from kpi.catalog.organisation import BUREAU
from kpi.period import Month

OPENING = "open"  # what the log calls the entry that opens one


class MatterKind(StrEnum):
    """What a follow-up came of."""

    MISS = "miss"
    RELATION = "relation"
    FINDING = "finding"
    PROBLEM = "problem"
    DECISION = "decision"

    @property
    def chinese(self) -> str:
        """The word on the page."""
        return {"miss": "指标未达标", "relation": "勾稽关系不成立", "finding": "核对意见", "problem": "总结中的问题", "decision": "会议决定"}[self.value]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a follow-up is about, with what was shown of it when it was opened; what does not apply is None."""

    kind: MatterKind
    period: Month  # of the board, the summary or the meeting
    words: str  # the sentence of the board or the summary, the law, the finding or the decision, as they were then
    indicator: str | None = None  # whose figure has to recover
    value: Decimal | None = None  # its figure then, unrounded
    target: Decimal | None = None
    as_of: date | None = None  # the day that figure ran to
    relation: str | None = None  # R051
    submission: int | None = None  # the number of the submission with the finding
    finding: str | None = None  # its code
    place: str | None = None  # 表名!C2
    total: int | None = None  # 整改 2 项
    done: int | None = None  # 完成 1 项
    note: int | None = None  # the number of the decision in the log

    def written(self) -> dict[str, object]:
        """As the log holds it: what applies."""
        every = {name: getattr(self, name) for name in self.__slots__}
        return {name: value if isinstance(value, int) else str(value) for name, value in every.items() if value is not None}

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Matter":
        """
        The matter that `written` gave.

        Raises:
            ValueError, TypeError, KeyError, KpiError: It is none.

        """
        changed: dict[str, object] = {"kind": MatterKind(written["kind"]), "period": Month.parse(written["period"])}
        changed |= {name: decimal_of(written[name]) for name in ("value", "target") if name in written}
        if "as_of" in written:
            changed["as_of"] = date.fromisoformat(written["as_of"])
        return cls(**{**written, **changed})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of what is to be done; whether it is done is said by later entries."""

    words: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One follow-up as it was opened; ``seq`` is its number in the log, 0 before it has one."""

    matter: Matter
    title: str
    office: str
    person: str  # who answers for it
    due: date
    by: str
    at: datetime  # local time
    promise: str = ""  # what is promised, in free words
    promised: Decimal | None = None  # and as a value of the indicator
    steps: tuple[Step, ...] = ()
    edition: str = ""  # the code of the edition of the meeting; empty outside one
    org: str = BUREAU
    demo: bool = False  # it rests on the demonstration, and goes with it
    seq: int = 0

    def written(self) -> dict[str, object]:
        """As the log holds it; its number is the name of the entry."""
        written: dict[str, object] = {
            "follow_up": OPENING,
            "matter": self.matter.written(),
            "title": self.title,
            "office": self.office,
            "person": self.person,
            "due": self.due.isoformat(),
            "by": self.by,
            "at": self.at.isoformat(),
        }
        steps = [{"words": step.words} | ({"due": step.due.isoformat()} if step.due else {}) for step in self.steps]
        beside = {"promise": self.promise, "promised": text_of(self.promised), "steps": steps, "edition": self.edition, "demo": self.demo}
        return written | {name: value for name, value in beside.items() if value} | ({} if self.org == BUREAU else {"org": self.org})

    @classmethod
    def read(cls, seq: int, written: Mapping[str, Any]) -> "FollowUp":
        """
        The follow-up that `written` gave.

        Raises:
            ValueError, TypeError, KeyError, KpiError: It is none.

        """
        rest = {name: value for name, value in written.items() if name != "follow_up"}
        changed = {
            "matter": Matter.read(written["matter"]),
            "due": date.fromisoformat(written["due"]),
            "at": datetime.fromisoformat(written["at"]),
            "promised": decimal_of(written.get("promised")),
            "steps": tuple(Step(step["words"], day_of(step.get("due"))) for step in written.get("steps", ())),
        }
        return cls(**{**rest, **changed, "seq": seq})


def text_of(number: Decimal | None) -> str | None:
    """A number as the log and the tables keep it: every digit of it."""
    return None if number is None else str(number)


def decimal_of(text: str | None) -> Decimal | None:
    """
    The number that `text_of` gave.

    Raises:
        ValueError: It is none.

    """
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


def day_of(text: str | None) -> date | None:
    """
    A day as the log keeps it.

    Raises:
        ValueError: It is none.

    """
    return None if text is None else date.fromisoformat(text)
