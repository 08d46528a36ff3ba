"""The condition of an open store (数据的状况): whether it can be read and written, and the room on its disk."""

import shutil
from dataclasses import dataclass

from kpi.errors import KpiError, StoreError, cause
from kpi.store.folder import DataFolder
from kpi.store.reader import StoreReader


@dataclass(frozen=True, slots=True)
class StoreCondition:
    """How a store is at a moment; a sentence is empty where there is nothing to be said."""

    unread: str  # why its tables cannot be read
    refusing: str  # why nothing is taken in now
    free: int | None  # bytes on the disk of the data folder; None where it does not say
    total: int | None


def condition_of(store: StoreReader, folder: DataFolder) -> StoreCondition:
    """
    The condition of a store, asked in some milliseconds.

    Args:
        store: The open store.
        folder: Where it lies.

    """
    unread = refusing = ""
    try:
        store.entered()
    except StoreError as fault:
        unread = str(fault)
    try:
        folder.require_space()
    except KpiError as fault:
        refusing = str(fault)
    try:
        disk = shutil.disk_usage(folder.root)
    except OSError as error:
        return StoreCondition(unread, refusing or f"数据目录用不了（{cause(error)}）。", None, None)
    return StoreCondition(unread, refusing, disk.free, disk.total)
