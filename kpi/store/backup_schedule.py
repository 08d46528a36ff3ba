"""
Backups that the running server makes by itself, once a day, in a thread of its own.

``KPI_BACKUP`` is the folder they go to, empty for none; ``KPI_BACKUP_AT`` the time by the clock of the bureau (02:00);
``KPI_BACKUP_KEEP`` how many stay (14).  One that was missed because the server was off is made when it starts; one that
failed is tried again an hour later.  The oldest go only after a backup in which nothing lacks.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event, Thread

from kpi.errors import KpiError, RequestError
from kpi.setting import setting
from kpi.store.backup import backup_name, remove_old
from kpi.store.backup_record import BackupRecord, back_up_on_record, read_backup_record
from kpi.store.clock import now
from kpi.store.folder import DataFolder

FOLDER, AT, KEEP = "KPI_BACKUP", "KPI_BACKUP_AT", "KPI_BACKUP_KEEP"
_DEFAULT_AT, _DEFAULT_KEEP, _MOST_KEPT = time(2), 14, 3660
_AGAIN = timedelta(hours=1)
_LOOK = 30.0  # seconds between looks at the clock
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackupSchedule:
    """Where backups go, at what time of the day, and how many stay."""

    folder: Path
    at: time = _DEFAULT_AT
    keep: int = _DEFAULT_KEEP

    def due(self, moment: datetime, record: BackupRecord) -> bool:
        """Whether a backup is to be made at a moment: none was begun since it last was time for one, or that failed an hour ago."""
        planned = datetime.combine(moment.date(), self.at)
        if planned > moment:
            planned -= timedelta(days=1)
        last = record.last
        if last is None or not planned <= last.at <= moment:
            return True
        return bool(last.fault) and moment >= last.at + _AGAIN


def backup_schedule() -> BackupSchedule | None:
    """
    The schedule that the settings ask for; None where none is asked for.

    Raises:
        RequestError: A setting is wrong.

    """
    folder, at, keep = setting(FOLDER), setting(AT), setting(KEEP)
    if at and not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", at):
        raise RequestError(f"环境变量 {AT} 的值「{at}」不是时间；请写 02:00 这样的时和分，或不写，即 {_DEFAULT_AT:%H:%M}。")
    if keep and not (re.fullmatch(r"[0-9]{1,4}", keep) and 1 <= int(keep) <= _MOST_KEPT):
        raise RequestError(f"环境变量 {KEEP} 的值「{keep}」不对；请写留下几份备份（1 到 {_MOST_KEPT} 的整数），或不写，即 {_DEFAULT_KEEP}。")
    if not folder:
        return None
    hour, _, minute = at.partition(":")
    return BackupSchedule(Path(folder), time(int(hour), int(minute)) if at else _DEFAULT_AT, int(keep) if keep else _DEFAULT_KEEP)


@contextmanager
def scheduled_backups(root: Path) -> Iterator[None]:
    """Make backups of a data folder meanwhile, if the settings ask for them; at the end one that is under way is given up."""
    schedule, ended = backup_schedule(), Event()
    thread = Thread(target=_keep_on, args=(schedule, root, ended), name="backup", daemon=True) if schedule else None
    if thread:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if thread:
            thread.join()


def back_up_if_due(schedule: BackupSchedule, root: Path, moment: datetime, ended: Event) -> bool:
    """Make a backup if it is time, and remove the oldest ones; whether one was tried.  A fault stands in the record and in the log of the server."""
    if not DataFolder(root).exists() or not schedule.due(moment, read_backup_record(root)):
        return False
    try:  # a folder that is not there is not made: a share that is not mounted would be filled on this disk
        backup = back_up_on_record(root, schedule.folder / backup_name(moment), moment, ended.is_set)
    except KpiError as fault:
        _log.error("请处理：%s", fault)
        return True
    if not backup.manifest.lacks:
        remove_old(schedule.folder, schedule.keep)
    return True


def _keep_on(schedule: BackupSchedule, root: Path, ended: Event) -> None:
    while not ended.is_set():
        try:
            back_up_if_due(schedule, root, now(), ended)
        except Exception:  # a defect of ours must not end the backups of a server that runs for months
            _log.exception("backup")
        ended.wait(_LOOK)
