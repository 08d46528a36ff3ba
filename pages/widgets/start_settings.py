"""The settings of the environment, all read at the start (启动时核对设置): a wrong one ends it with a sentence, and none shows itself days later."""

from kpi.admin import mail_server, reminder_schedule
from kpi.data_place import data_folder
from kpi.filing import default_month, drop_limits, inbox_folder, two_steps
from kpi.present import numbers
from kpi.store import backup_schedule, clock, free_space
from kpi.store.vault import Vault
from kpi.web import hosts, proxies, sign_on_settings
from kpi.web.server_run import most_visits
from kpi.workbook.process import reading_queue

_READERS = (
    clock.zone,
    numbers.rule,
    default_month.enough,
    reading_queue.readers_beside_pages,
    drop_limits.files_at_once,
    drop_limits.megabytes_at_once,
    two_steps.two_steps,
    most_visits,
    free_space.spare_bytes,
    backup_schedule.backup_schedule,
    sign_on_settings.sign_on_settings,
    proxies.proxies,
    hosts.allowed_hosts,
    inbox_folder.inbox_folder,
    mail_server.mail_server,
    reminder_schedule.reminder_time,
)


def require_settings() -> None:
    """
    Read every setting that may be wrong.

    Raises:
        KpiError: One is; the sentence names it, its value and what is expected.

    """
    for read in _READERS:
        read()
    Vault.of(data_folder())
