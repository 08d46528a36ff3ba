"""
The limits of what is dropped at once (一次放入多少): a desk lies in memory, and who drops a whole archive waits for nothing.

Files are counted and weighed before any of them is read; where they are too many, none is taken, so that nobody has to find out which.
"""

from collections.abc import Sequence

from kpi.errors import RequestError
from kpi.setting import whole_number

FILES_SETTING, SIZE_SETTING = "KPI_DROP_FILES", "KPI_DROP_MB"
_FILES, _MOST_FILES = 60, 1000
_MEGABYTES, _MOST_MEGABYTES = 100, 2000
_DROPS = 4  # as many full drops may lie on a desk
_MEGABYTE = 1_000_000


def files_at_once() -> int:
    """
    How many files may be dropped at once: ``KPI_DROP_FILES``, 60 unless told.

    Raises:
        RequestError: The setting is no such number.

    """
    return whole_number(FILES_SETTING, _FILES, _MOST_FILES)


def megabytes_at_once() -> int:
    """
    How large they may be together, in millions of bytes: ``KPI_DROP_MB``, 100 unless told.

    Raises:
        RequestError: The setting is no such number.

    """
    return whole_number(SIZE_SETTING, _MEGABYTES, _MOST_MEGABYTES)


def refusal(dropped: Sequence[int], lying: Sequence[int]) -> str:
    """
    Why a drop is not taken, and what to do; empty where it is.

    Args:
        dropped: The sizes of the files that are dropped, in bytes.
        lying: The sizes of those that lie on the desk already.

    """
    try:
        files, megabytes = files_at_once(), megabytes_at_once()
    except RequestError as fault:
        return str(fault)
    none = "这一次的都没有收下"
    if len(dropped) > files:
        times = -(-len(dropped) // files)
        return f"一次放入了 {len(dropped)} 份，最多 {files} 份；{none}，请分 {times} 次放入，前一次的入库以后再放下一次。"
    if sum(dropped) > megabytes * _MEGABYTE:
        return f"一次放入的 {len(dropped)} 份共 {_spelled(sum(dropped))} MB，最多 {megabytes} MB；{none}，请分几次放入，太大的文件只留需要上报的表格。"
    if len(dropped) + len(lying) > _DROPS * files or sum(dropped) + sum(lying) > _DROPS * megabytes * _MEGABYTE:
        return f"还没有入库的已有 {len(lying)} 份、{_spelled(sum(lying))} MB，放不下再来的 {len(dropped)} 份；{none}，请先把这一批入库或放弃。"
    return ""


def _spelled(size: int) -> str:
    """A size in millions of bytes, rounded up, so that no limit looks as if it were kept."""
    tenths = -(-size * 10 // _MEGABYTE)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
