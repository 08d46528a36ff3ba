"""What is done once per process: open and compute before the first visit, close after the last."""

import logging

from kpi.errors import KpiError
from pages.widgets import session

_log = logging.getLogger("kpi.pages")


def warm() -> None:
    """Open the bureau and compute the latest board; a fault is left for the first page to show."""
    try:
        if periods := session.periods():
            session.rows(periods[-1])
            session.missed(periods[-1])
    except KpiError as fault:
        _log.error("cannot warm up: %s", fault)


def close() -> None:
    """Release the store, so that another process can open it."""
    session.bureau().close()
