"""Dates as people write them in a sheet."""

import re
from datetime import date

from kpi.workbook.signs import clean

_DAY = re.compile(r"(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?(?:\s+0?0:00(?::00)?)?", re.ASCII)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_LEAD = re.compile(r"^(?:数据)?截(?:止|至)(?:到|日期?)?[::]?\s*")


def read_date(text: str, year: int) -> date:
    """
    The day a text names; ``11月23日`` lies in the given year.

    Raises:
        ValueError: It names no day; the message says in Chinese how to write one.

    """
    plain = _LEAD.sub("", clean(text))
    match = _PACKED.fullmatch(plain) or _DAY.fullmatch(plain)
    try:
        if match is None:
            raise ValueError
        return date(int(match[1] or year), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError("请写成 2023-11-23 或 2023年11月23日 的样式") from None
