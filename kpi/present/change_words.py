"""What changed since last month, in words: from which status an indicator comes, and for how many months it has missed its target."""

from collections.abc import Sequence

from kpi.compute.row import Status
from kpi.period import Month
from kpi.present import day_words


def came_from(before: Month, status: Status, now: Month) -> str:
    """What the status was in the month before: ``10 月达标``; of another year with its number."""
    return f"{day_words.month(before, now.year)}{status.value}"


def lasting(months: int, since: Month, now: Month, *, at_least: bool) -> str:
    """For how many months in a row the target was missed: ``连续 3 个月未达标（9 月起）``; at least, where nobody looked further back."""
    if at_least:
        return f"至少连续 {months} 个月未达标"
    return f"连续 {months} 个月未达标（{day_words.month(since, now.year)}起）"


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
