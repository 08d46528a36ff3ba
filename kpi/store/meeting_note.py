"""Meeting notes (会议记录): what was decided or noted in a meeting, typed beside the board that was shown, entered in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kpi.catalog.organisation import BUREAU
from kpi.period import Month


class NoteKind(StrEnum):
    """What a note is."""

    DECISION = "decision"
    MINUTE = "minute"

    @property
    def chinese(self) -> str:
        """The word on the page."""
        return {"decision": "决定", "minute": "记录"}[self.value]


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """One note; ``seq`` is its number in the log, 0 before it has one."""

    kind: NoteKind
    period: Month  # the month of the board
    words: str
    by: str
    at: datetime  # local time
    edition: str = ""  # the code of the edition that was shown; empty where none was
    org: str = BUREAU
    demo: bool = False  # it stands beside an edition of the demonstration, and goes with it
    seq: int = 0

    def written(self) -> dict[str, object]:
        """As the log holds it; its number is the name of the entry."""
        written: dict[str, object] = {
            "meeting": self.kind.value,
            "period": str(self.period),
            "words": self.words,
            "by": self.by,
            "at": self.at.isoformat(),
        }
        beside = {"edition": self.edition, "demo": self.demo}
        return written | {name: value for name, value in beside.items() if value} | ({} if self.org == BUREAU else {"org": self.org})

    @classmethod
    def read(cls, seq: int, written: Mapping[str, Any]) -> "MeetingNote":
        """
        The note that `written` gave.

        Raises:
            ValueError, TypeError, KeyError, KpiError: It is none.

        """
        rest = {name: value for name, value in written.items() if name != "meeting"}
        changed = {"kind": NoteKind(written["meeting"]), "period": Month.parse(written["period"]), "at": datetime.fromisoformat(written["at"])}
        return cls(**{**rest, **changed, "seq": seq})
