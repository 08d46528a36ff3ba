"""
Backups that the running server makes by itself, once a day, in a thread of its own.

``KPI_BACKUP`` is the folder they go to, empty for none; ``KPI_BACKUP_AT`` the time by the clock of the bureau (02:00);
``KPI_BACKUP_KEEP`` how many stay (14).  One that was missed because the server was off is made when it starts; one that
failed is tried again an hour later.  The oldest go only after a backup in which nothing lacks.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event

from kpi.daily_round import daily_rounds, is_due
from kpi.errors import KpiError
from kpi.setting import setting, time_of_day, whole_number
from kpi.store.backup import backup_name, remove_old
from kpi.store.backup_record import BackupRecord, back_up_on_record, read_backup_record
from kpi.store.clock import now
from kpi.store.folder import DataFolder

FOLDER, AT, KEEP = "KPI_BACKUP", "KPI_BACKUP_AT", "KPI_BACKUP_KEEP"
_DEFAULT_AT, _DEFAULT_KEEP, _MOST_KEPT = time(2), 14, 3660
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
        return is_due(planned, moment, last.at if last else None, failed=bool(last and last.fault))


def backup_schedule() -> BackupSchedule | None:
    """
    The schedule that the settings ask for; None where none is asked for.

    Raises:
        RequestError: A setting is wrong.

    """
    folder, at = setting(FOLDER), time_of_day(AT, "02:00", f" {_DEFAULT_AT:%H:%M}") or _DEFAULT_AT
    keep = whole_number(KEEP, _DEFAULT_KEEP, _MOST_KEPT)
    return BackupSchedule(Path(folder), at, keep) if folder else None


@contextmanager
def scheduled_backups(root: Path) -> Iterator[None]:
    """Make backups of a data folder meanwhile, if the settings ask for them; at the end one that is under way is given up."""
    schedule = backup_schedule()
    with daily_rounds("backup", (lambda ended: back_up_if_due(schedule, root, now(), ended)) if schedule else None):
        yield


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
