"""What one look over the inbox (收件箱) came to: what was answered, what waits, and what somebody should know."""

from dataclasses import dataclass
from datetime import datetime

from kpi.filing.inbox_record import InboxEntry

SETTLING, NEXT_TIME = "等它写完", "下一次接着读"


@dataclass(frozen=True, slots=True)
class InboxWaiting:
    """A file that is not read yet, and why."""

    folder: str
    name: str  # without what is personal
    why: str


@dataclass(frozen=True, slots=True)
class InboxLook:
    """One look."""

    at: datetime
    fault: str = ""  # why nothing could be looked at
    answered: tuple[InboxEntry, ...] = ()  # what this look answered
    waiting: tuple[InboxWaiting, ...] = ()
    open: tuple[InboxEntry, ...] = ()  # what waits for somebody to decide
    notes: tuple[str, ...] = ()  # what somebody should know of folders, each a Chinese sentence

    @property
    def unsettled(self) -> bool:
        """Whether another look soon will find more."""
        return any(waiting.why in (SETTLING, NEXT_TIME) for waiting in self.waiting)
