"""What changed since last month, in words: from which status an indicator comes, and for how many months it has missed its target."""

from collections.abc import Mapping, Sequence

from kpi.compute.row import Status
from kpi.period import Month
from kpi.present import day_words

_NAMED = 3  # as many names as a strip on a screen has room for


def came_from(before: Month, status: Status, now: Month) -> str:
    """What the status was in the month before: ``10 月达标``; of another year with its number."""
    return f"{day_words.month(before, now.year)}{status.value}"


def lasting(months: int, since: Month, now: Month, *, at_least: bool) -> str:
    """For how many months in a row the target was missed: ``连续 3 个月未达标（9 月起）``; at least, where nobody looked further back."""
    if at_least:
        return f"至少连续 {months} 个月未达标"
    return f"连续 {months} 个月未达标（{day_words.month(since, now.year)}起）"


def named(label: str, names: Sequence[str], most: int = _NAMED) -> str:
    """How many, and the first of them by name: ``新增未达标 4 项：甲、乙、丙等``; empty where there are none."""
    if not names:
        return ""
    return f"{label} {len(names)} 项：{'、'.join(names[:most])}{'等' if len(names) > most else ''}"


def compared_with(now: Month, before: Month, silent: Sequence[Month], lacking: Mapping[Month, int]) -> str:
    """
    What the comparison is with, and what has to be known of it.

    Args:
        now: The month.
        before: The one that it is compared with.
        silent: Those of the two without any figure.
        lacking: In how many indicators each of the two has no figure and the other has one.

    Returns:
        ``与 10 月比；3 项 10 月未报，不能比。``, or why there is nothing to compare.

    """
    if silent:
        return f"{'和'.join(month.chinese for month in silent)}没有数，不能比上月。"
    sentences = [f"与 {day_words.month(before, now.year)}比"]
    if now.year != before.year:
        sentences.append(f"{now.year} 年是新的一年，目标是新的，本年累计从头计")
    unlike = [f"{count} 项 {day_words.month(month, now.year)}未报" for month, count in lacking.items() if count]
    if unlike:
        sentences.append(f"{'，'.join(unlike)}，不能比")
    return f"{'；'.join(sentences)}。"
