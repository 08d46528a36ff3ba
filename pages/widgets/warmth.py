"""What is computed before anybody asks: the pages that visits begin with, then every month beside the visits, all anew when data change."""

import logging
from contextlib import suppress
from functools import partial
from threading import Event, Lock, Thread

from kpi.errors import KpiError
from kpi.period import Month, Span
from pages import view
from pages.bodies import BODIES
from pages.site import BY_PATH, GROUPS, REVIEW
from pages.widgets import frame, running, session

_FIRST = ("", "targets")  # the pages that most visits begin with
_DRAWN = [page for page in GROUPS[REVIEW] if page.path in BODIES]
_LATEST = 6  # months of which these pages are drawn before the figures of the others are computed
_log = logging.getLogger("kpi.pages")
_closing = Event()
_working: list[Thread] = []
_starting = Lock()  # round the two above


def warm() -> bool:
    """Open the bureau and draw the first pages; False where it was refused, and every page shows why."""
    try:
        if session.periods():
            for path in _FIRST:
                frame.drawn(view.read(BY_PATH[path], {}))
        keep_ready()
    except KpiError as fault:
        _log.error("没有打开数据目录，各页会显示原因：%s", fault)
        return False
    return True


def keep_ready() -> None:
    """
    Compute every month and every series, and draw the pages, beside the visits: a sixth of a second of the processor for each month.

    The latest month comes first, and the pages of the older ones last; so a change of month or figure finds what it asks for.
    """
    with _starting:  # several may come at once, and who closes waits only for threads that have begun
        if _closing.is_set():
            return
        thread = Thread(target=_compute, name="warmth", daemon=True)
        thread.start()
        _working[:] = [*(other for other in _working if other.is_alive()), thread]


def close() -> None:
    """Release the store, so that another process can open it."""
    with _starting:
        _closing.set()
        working = list(_working)
    for thread in working:
        thread.join()
    with suppress(KpiError):  # one that was refused has nothing to release
        running.opened().close()
        running.admission().close()


def _compute() -> None:
    try:
        version = running.version()
        months = session.periods()[::-1]
        steps = [step for month in months[:_LATEST] for step in (partial(session.ready, month), partial(_draw, month))]
        steps += [partial(session.ready, month) for month in months[_LATEST:]]
        steps += [partial(session.series_ready, office, span) for office in session.bureau().catalog.offices for span in (Span.YTD, Span.MONTH)]
        steps += [partial(_draw, month) for month in months[_LATEST:]]
        for step in steps if months else ():
            if _closing.is_set() or running.version() != version:
                return  # newer data have started a newer round
            step()
    except KpiError as fault:
        _log.error("不能提前计算各月：%s", fault)


def _draw(month: Month) -> None:
    """Draw the pages as somebody sees them who goes to a month from where a visit begins, and takes what was chosen there along."""
    for page in _DRAWN:
        frame.drawn(view.read(page, {**view.read(page, {}).values, "period": str(month)}))
