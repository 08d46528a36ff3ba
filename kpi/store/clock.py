"""
The clock on the wall of the bureau, wherever the machine stands.

Every time that is kept or shown is the wall's: local time without a zone, as the tables and the log hold it.  Which
wall is one setting, ``KPI_ZONE`` (``Asia/Shanghai`` unless told), never the machine's own zone.  Times that were logged
under another setting stay as they were written.
"""

from datetime import UTC, date, datetime
from functools import cache
from time import struct_time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kpi.errors import RequestError
from kpi.setting import setting

SETTING, DEFAULT = "KPI_ZONE", "Asia/Shanghai"


def now() -> datetime:
    """Local time without a time zone, as the tables keep it."""
    return datetime.now(tz=zone()).replace(tzinfo=None)


def today() -> date:
    """The day on the wall."""
    return now().date()


def zoned(seconds: float) -> datetime:
    """A moment in seconds since 1970 as the wall shows it, with its zone."""
    return datetime.fromtimestamp(seconds, tz=zone())


def wall(seconds: float | None = None) -> struct_time:
    """A moment as the wall shows it, for what writes log lines; the present one unless told."""
    return zoned(seconds if seconds is not None else datetime.now(tz=UTC).timestamp()).timetuple()


def zone() -> ZoneInfo:
    """
    The zone of the bureau.

    Raises:
        RequestError: ``KPI_ZONE`` names none.

    """
    return _named(setting(SETTING) or DEFAULT)


@cache
def _named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RequestError(f"环境变量 {SETTING} 的值「{name}」不是时区；请写 {DEFAULT} 这样的名称，或不写，即北京时间。") from None
