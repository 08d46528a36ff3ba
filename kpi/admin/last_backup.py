"""The last backup (最近一次备份), as the page of the one who runs the system says it."""

from pathlib import Path

from kpi.store.backup_record import read_backup_record


def last_backup_words(data: Path) -> str:
    """
    What became of the last backup, one sentence; empty where none was ever made.

    Args:
        data: The data folder.

    """
    attempt = read_backup_record(data).last
    return attempt.words if attempt else ""
