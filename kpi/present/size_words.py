"""Sizes and stretches of time in words, for who runs the system: 35.2 GB, 2 小时 5 分."""

from datetime import timedelta

_KB, _MB, _GB = 10**3, 10**6, 10**9


def size_words(size: int) -> str:
    """So many bytes, rounded down: 45 KB, 0.4 MB, 210 MB, 35.2 GB."""
    if size < _MB // 10:
        return f"{size // _KB} KB"
    unit, name = (_GB, "GB") if size >= _GB else (_MB, "MB")
    tenths = size * 10 // unit
    return f"{tenths // 10} {name}" if name == "MB" and tenths >= 100 else f"{tenths // 10}.{tenths % 10} {name}"


def stretch_words(stretch: timedelta) -> str:
    """So long, in its two largest units: 3 天 4 小时, 2 小时 5 分, 1 分."""
    minutes = max(int(stretch.total_seconds()) // 60, 0)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} 天 {hours} 小时"
    return f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"
