"""One run of the server (本次运行): since when it runs, and how many pages are open."""

import time
from dataclasses import dataclass, field
from datetime import datetime

from kpi.setting import whole_number
from kpi.store import clock

SETTING = "KPI_VISITS"
_VISITS, _MOST = 300, 5000


@dataclass
class ServerRun:
    """What is known of the run of this process."""

    begun: float = field(default_factory=time.time)  # seconds since 1970: while modules are loaded no setting is read
    visits: int = 0  # open pages, each a websocket

    @property
    def started(self) -> datetime:
        """When it began, on the wall."""
        return clock.zoned(self.begun).replace(tzinfo=None)


def most_visits() -> int:
    """
    How many pages may be open at once: ``KPI_VISITS``, 300 unless told.

    Raises:
        RequestError: The setting is no such number.

    """
    return whole_number(SETTING, _VISITS, _MOST)


server_run = ServerRun()
