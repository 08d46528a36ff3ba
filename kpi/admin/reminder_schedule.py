"""
Notices by the clock (定时通知): on each working day once, in a thread of the running server.

``KPI_NOTICE_AT`` is the time (``08:30``), empty for none.  A round that was missed because the server was off is made when it
starts on that day; one in which a letter was not sent is made again an hour later.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event, Thread

from kpi.access.account import Account
from kpi.access.caller import Caller
from kpi.admin.mail_server import mail_server
from kpi.admin.reminder_letters import keep_failed_round, send_letters
from kpi.admin.reminder_record import ReminderRound, read_last_round
from kpi.bureau import LiveBureau
from kpi.errors import KpiError, RequestError
from kpi.setting import setting
from kpi.store.clock import now
from kpi.workdays import is_working

AT = "KPI_NOTICE_AT"
CLOCK = Caller(name="定时通知", address="本机")
_AGAIN = timedelta(hours=1)
_LOOK = 30.0  # seconds between looks at the clock
_log = logging.getLogger(__name__)


def reminder_time() -> time | None:
    """
    When notices are sent; None where they are not.

    Raises:
        RequestError: The setting is no time, or there is no mail server to send over.

    """
    at = setting(AT)
    if not at:
        return None
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", at):
        raise RequestError(f"环境变量 {AT} 的值「{at}」不是时间；请写 08:30 这样的时和分，或不写，即不定时发通知。")
    if mail_server() is None:
        raise RequestError(f"写了 {AT} 就要写邮件服务器；请用环境变量 KPI_SMTP_HOST 写明，或不写 {AT}。")
    hour, _, minute = at.partition(":")
    return time(int(hour), int(minute))


def is_due(at: time, moment: datetime, last: ReminderRound | None) -> bool:
    """Whether a round is to be made at a moment: on a working day, none was made since it was time, or that failed an hour ago."""
    planned = datetime.combine(moment.date(), at)
    if moment < planned or not is_working(moment.date()):
        return False
    if last is None or not planned <= last.at <= moment:
        return True
    return bool(last.faults) and moment >= last.at + _AGAIN


@contextmanager
def scheduled_reminders(root: Path, opened: Callable[[], LiveBureau | None], accounts: Callable[[], Iterable[Account]]) -> Iterator[None]:
    """
    Send notices meanwhile, if the settings ask for it.

    Args:
        root: The data folder.
        opened: The bureau; None as long as it is not open.
        accounts: All accounts, as they are when it is time.

    """
    at, ended = reminder_time(), Event()
    thread = Thread(target=_keep_on, args=(at, root, opened, accounts, ended), name="notices", daemon=True) if at else None
    if thread:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if thread:
            thread.join()


def remind_if_due(root: Path, bureau: LiveBureau, accounts: Iterable[Account], at: time, moment: datetime) -> ReminderRound | None:
    """Make a round if it is time; None where it is not, or could not be made, which stands in the log of the server."""
    if not is_due(at, moment, read_last_round(root)):
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


def _keep_on(at: time, root: Path, opened: Callable[[], LiveBureau | None], accounts: Callable[[], Iterable[Account]], ended: Event) -> None:
    while not ended.is_set():
        try:
            if bureau := opened():
                remind_if_due(root, bureau, accounts(), at, now())
        except Exception:  # a defect of ours must not end the notices of a server that runs for months
            _log.exception("notices")
        ended.wait(_LOOK)
