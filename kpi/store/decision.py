"""
Decisions (处理): what somebody decided about submissions that stand, entered in the same log as they.

A withdrawal takes one submission back, so that the one before it counts again; a lock keeps a month, or one office's
part of it, from changing until it is unlocked.  Nothing is deleted by either, and each carries its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kpi.catalog.organisation import BUREAU
from kpi.period import Month


class Act(StrEnum):
    """What was decided."""

    WITHDRAW = "withdraw"
    LOCK = "lock"
    UNLOCK = "unlock"

    @property
    def chinese(self) -> str:
        """The word on the page."""
        return {"withdraw": "撤回", "lock": "锁定", "unlock": "解锁"}[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; ``seq`` is its number in the log, 0 before it has one."""

    act: Act
    period: Month
    office: str | None  # None: every office, of a lock or its end
    submission: int | None  # the one taken back, of a withdrawal
    by: str
    at: datetime  # local time
    reason: str
    seq: int = 0
    org: str | None = BUREAU  # None: every organisation, of a lock or its end

    def written(self) -> dict[str, object]:
        """As the log holds it; its number is the name of the entry."""
        written: dict[str, object] = {
            "act": self.act.value,
            "period": str(self.period),
            "office": self.office,
            "submission": self.submission,
            "by": self.by,
            "at": self.at.isoformat(),
            "reason": self.reason,
        }
        return written if self.org == BUREAU else written | {"org": self.org}

    @classmethod
    def read(cls, seq: int, written: Mapping[str, str]) -> "Decision":
        """
        The decision that `written` gave.

        Raises:
            ValueError, TypeError, KpiError: It is none.

        """
        changed = {"act": Act(written["act"]), "period": Month.parse(written["period"]), "at": datetime.fromisoformat(written["at"])}
        return cls(**{**written, **changed, "seq": seq})  # type: ignore[arg-type]  # a name too many or missing raises


def lock_in_force(decisions: Iterable[Decision], office: str, period: Month, org: str = BUREAU) -> Decision | None:
    """
    The lock that keeps an office's month from changing; None while it is open.

    Args:
        decisions: In log order; the latest word on the month is in force, be it of this office or of all.
        office: The office.
        period: The month.
        org: The organisation whose office it is.

    """
    covering = (decision for decision in decisions if decision.office in (None, office) and decision.org in (None, org))
    words = [decision for decision in covering if decision.act is not Act.WITHDRAW and decision.period == period]
    return words[-1] if words and words[-1].act is Act.LOCK else None
