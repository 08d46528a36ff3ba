"""What changed since last month, in words: which indicators, for how many months, and what the month is compared with."""

from collections.abc import Sequence

from kpi.period import Month
from kpi.present import day_words


def lasting(name: str, months: int, *, at_least: bool) -> str:
    """An indicator, and for how many months in a row its target was missed: ``甲（3 个月）``; at least, where nobody looked further back."""
    return f"{name}（{'至少 ' if at_least else ''}{months} 个月）"


def named(label: str, names: Sequence[str], most: int) -> str:
    """How many, and the first of them by name: ``新增未达标 4 项：甲、乙、丙等``; empty where there are none."""
    if not names:
        return ""
    return f"{label} {len(names)} 项：{'、'.join(names[:most])}{'等' if len(names) > most else ''}"


def compared_with(now: Month, before: Month, *, known: bool) -> str:
    """What the comparison is with, and what has to be known of it: no data, or the targets of another year."""
    if not known:
        return f"{before.chinese}没有数，不能比上月。"
    if now.year != before.year:
        return f"与 {before.chinese}比；{now.year} 年是新的一年，目标是新的，本年累计从头计。"
    return f"与 {day_words.month(before)}比。"
