"""The faults since the start (最近的错误): the last few of those that nobody expected, for the page of the one who runs it."""

import logging
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from kpi.store import clock
from kpi.web import numbered_request

KEPT = 20


@dataclass(frozen=True, slots=True)
class RecentFault:
    """A fault of ours: when, under which number its trace stands in the log, and of which kind."""

    at: datetime  # on the wall
    number: str
    kind: str
    where: str


class RecentFaults(logging.Handler):
    """Keeps the last `KEPT` records that name a fault; the latest comes first."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._kept: deque[RecentFault] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record of a fault."""
        kind = getattr(record, "fault", "") or (record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "")
        if kind:
            where = getattr(record, "route", "") or numbered_request.current_place()
            at = clock.zoned(record.created).replace(tzinfo=None)
            self._kept.appendleft(RecentFault(at, getattr(record, "request", "") or numbered_request.current_number(), kind, where))

    def latest(self) -> tuple[RecentFault, ...]:
        """The faults that are kept."""
        return tuple(self._kept)


recent_faults = RecentFaults()
