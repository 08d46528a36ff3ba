"""
Notices by the clock (定时通知): on each working day once, in a thread of the running server.

``KPI_NOTICE_AT`` is the time (``08:30``), empty for none.  A round that was missed because the server was off is made when it
starts on that day; one in which a letter was not sent is made again an hour later.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time
from pathlib import Path
from threading import Event

from kpi.access.account import Account
from kpi.access.caller import Caller
from kpi.admin.mail_server import mail_server
from kpi.admin.reminder_letters import keep_failed_round, send_letters
from kpi.admin.reminder_record import ReminderRound, read_last_round
from kpi.bureau import LiveBureau
from kpi.daily_round import daily_rounds, is_due
from kpi.errors import KpiError, RequestError
from kpi.setting import time_of_day
from kpi.store.clock import now
from kpi.workdays import is_working

AT = "KPI_NOTICE_AT"
CLOCK = Caller(name="定时通知", address="本机")
_log = logging.getLogger(__name__)


def reminder_time() -> time | None:
    """
    When notices are sent; None where they are not.

    Raises:
        RequestError: The setting is no time, or there is no mail server to send over.

    """
    at = time_of_day(AT, "08:30", "不定时发通知")
    if at and mail_server() is None:
        raise RequestError(f"写了 {AT} 就要写邮件服务器；请用环境变量 KPI_SMTP_HOST 写明，或不写 {AT}。")
    return at


def is_time(at: time, moment: datetime, last: ReminderRound | None) -> bool:
    """Whether a round is to be made at a moment: on a working day, none was made since it was time, or that failed an hour ago."""
    planned = datetime.combine(moment.date(), at)
    if moment < planned or not is_working(moment.date()):
        return False
    return is_due(planned, moment, last.at if last else None, failed=bool(last and last.faults))


@contextmanager
def scheduled_reminders(root: Path, opened: Callable[[], LiveBureau | None], accounts: Callable[[], Iterable[Account]]) -> Iterator[None]:
    """
    Send notices meanwhile, if the settings ask for it.

    Args:
        root: The data folder.
        opened: The bureau; None as long as it is not open.
        accounts: All accounts, as they are when it is time.

    """
    at = reminder_time()

    def look(_ended: Event) -> None:
        if at and (bureau := opened()):
            remind_if_due(root, bureau, accounts(), at, now())

    with daily_rounds("notices", look if at else None):
        yield


def remind_if_due(root: Path, bureau: LiveBureau, accounts: Iterable[Account], at: time, moment: datetime) -> ReminderRound | None:
    """Make a round if it is time; None where it is not, or could not be made, which stands in the log of the server."""
    if not is_time(at, moment, read_last_round(root)):
        return None
    try:
        server = mail_server()
        made = send_letters(bureau.of(CLOCK), accounts, server, root, moment) if server else None
    except KpiError as fault:
        _log.error("请处理：通知没有发：%s", fault)
        with suppress(KpiError):  # so that it is not tried at every look
            keep_failed_round(root, ReminderRound(moment, 0, (str(fault),), CLOCK.name))
        return None
    if made and made.faults:
        _log.error("请处理：有 %d 封通知没有发出；是谁的、为什么，见网页「通知」。", len(made.faults))  # no name of a person stands in the log
    return made
