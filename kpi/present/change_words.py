"""What changed since last month, in words: which indicators, for how many months, and what the month is compared with."""

from collections.abc import Mapping, Sequence

from kpi.period import Month
from kpi.present import day_words

LASTING = 2  # months in a row that are worth saying


def lasting(name: str, months: int, *, at_least: bool) -> str:
    """An indicator, and for how many months in a row its target was missed: ``甲（3 个月）``; at least, where nobody looked further back."""
    return f"{name}（{'至少 ' if at_least else ''}{months} 个月）"


def missed_since(months: int, now: Month, *, at_least: bool) -> str:
    """For how many months in a row up to this one a target was missed: ``连续 3 个月未达标（9 月起）``; empty of one month alone."""
    if months < LASTING:
        return ""
    return f"至少连续 {months} 个月未达标" if at_least else f"连续 {months} 个月未达标（{day_words.month(now.plus(1 - months), now.year)}起）"


def named(label: str, names: Sequence[str], most: int) -> str:
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
