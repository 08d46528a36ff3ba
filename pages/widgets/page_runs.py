"""The runs of pages: each has a number, under which a fault is shown and logged, and a line in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from kpi.web import numbered_request

_log = logging.getLogger("kpi.pages")


@contextmanager
def logged(title: str) -> Iterator[None]:
    """
    Run a page under a number of its own.

    Args:
        title: What the page is called.

    """
    request, begun, outcome = numbered_request.begin(title), perf_counter(), "中断"  # a run that begins anew, or gives way to the next
    try:
        yield
        outcome = request.fault or "完成"
    finally:
        _log.info("显示了一页", extra={"page": title, "duration_ms": round((perf_counter() - begun) * 1000, 1), "outcome": outcome})
