"""
The room that is kept free on the disk of a data folder: what would use it up is refused, while reading goes on.

How much is a setting, ``KPI_SPARE`` in MB (200 unless told), and never less than twice the database: one that cannot write
its pages back stops working.  It is asked anew each time, so that work goes on without a restart once there is room.
"""

import re
import shutil
from pathlib import Path

from kpi.errors import RequestError, StoreError, cause
from kpi.setting import setting

SETTING, DEFAULT = "KPI_SPARE", 200
_MB = 1_000_000
_LARGEST = 10_000_000  # MB


def spare_bytes() -> int:
    """
    How many bytes are kept free, as the setting says.

    Raises:
        RequestError: It says no number of MB.

    """
    text = setting(SETTING)
    if not text:
        return DEFAULT * _MB
    if not re.fullmatch(r"[0-9]{1,8}", text) or not 1 <= int(text) <= _LARGEST:
        raise RequestError(f"环境变量 {SETTING} 的值「{text}」不对；请写给数据目录的磁盘留出多少 MB（1 到 {_LARGEST} 的整数），或不写，即 {DEFAULT}。")
    return int(text) * _MB


def require_space(root: Path, database: Path) -> None:
    """
    Refuse to write to a disk that is nearly full.

    Args:
        root: The data folder.
        database: The database in it, which may not be there.

    Raises:
        StoreError: Less is free than is to be kept free, or the folder is not there any more.
        RequestError: As `spare_bytes`.

    """
    try:
        size = database.stat().st_size if database.exists() else 0
        free = shutil.disk_usage(root).free
    except OSError as error:
        raise StoreError(
            f"数据目录「{root}」不在了或用不了（{cause(error)}），这一次没有登入日志，也没有生效；请检查磁盘，目录改了名或换了盘的，改回来后重新启动看板。"
        ) from None
    needed = max(spare_bytes(), 2 * size)
    if free < needed:
        raise StoreError(
            f"磁盘剩余空间 {megabytes(free)}，不足 {megabytes(needed)}，这一次没有收下，也没有登入日志；看板照常可以看。"
            f"请清理数据目录「{root}」所在的磁盘，腾出空间后直接重试，不必重新启动。"
        )


def megabytes(size: int) -> str:
    """So many bytes in words: 0.4 MB, 180 MB, 1.2 GB."""
    if size >= 1000 * _MB:
        return f"{size / (1000 * _MB):.1f} GB"
    return f"{size / _MB:.0f} MB" if size >= 10 * _MB else f"{size / _MB:.1f} MB"
