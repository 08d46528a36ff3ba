"""
What the running server does by itself once a day (每天一次): when a round is due, and the thread that looks at the clock.

A round that was missed because the server was off is made when it starts; one that failed is made again an hour later.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from threading import Event

from kpi.background_thread import background_thread

_AGAIN = timedelta(hours=1)
_LOOK = 30.0  # seconds between looks at the clock
_log = logging.getLogger(__name__)


def is_due(planned: datetime, moment: datetime, last: datetime | None, *, failed: bool) -> bool:
    """
    Whether a round is to be made at a moment.

    Args:
        planned: When it last was time for one; not after the moment.
        moment: By the clock of the bureau.
        last: When the last round began; None where there was none.
        failed: Whether that one is to be made again.

    """
    if last is None or not planned <= last <= moment:
        return True
    return failed and moment >= last + _AGAIN


@contextmanager
def daily_rounds(name: str, look: Callable[[Event], object] | None) -> Iterator[None]:
    """
    Look at the clock meanwhile, in a thread of its own; at the end a round that is under way is waited for.

    Args:
        name: Of the thread.
        look: Makes a round if it is due, and is given what is set at the end; None where no rounds are wanted.

    """
    ended = Event()
    with background_thread(name, partial(_keep_on, name, look, ended) if look else None, ended):
        yield


def _keep_on(name: str, look: Callable[[Event], object], ended: Event) -> None:
    while not ended.is_set():
        try:
            look(ended)
        except Exception:  # a defect of ours must not end the rounds of a server that runs for months
            _log.exception("%s", name)
        ended.wait(_LOOK)
