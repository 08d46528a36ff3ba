"""Why a figure is to be believed only so far, in words without a full stop."""

from datetime import date
from decimal import Decimal

from kpi.catalog.target import Target
from kpi.period import Month, ReportingYear
from kpi.present import day_words, numbers, source_words


def old(day: date, month: Month, *, partly: bool) -> str:
    """To which day a figure runs and how long before the end of its month: ``截至 9 月 30 日，比 11 月末早 61 天``; of several days the earliest."""
    return f"{'最早的一部分' if partly else ''}截至 {day_words.day(day, month.year)}，{source_words.age(day, month)}"


def last_known(day: date, month: Month) -> str:
    """To which day the last figure ran, where this month has none: ``上次的数截至 10 月 31 日``."""
    return f"上次的数截至 {day_words.day(day, month.year)}"


def stands(seen: str, note: str, whose: str, month: Month | None) -> str:
    """A finding that was accepted, with the month and office where they are not those asked about, and its 说明."""
    before = f"{whose}{numbers.spaced(month.chinese) if whose else month.chinese}：" if month else f"{whose}：" if whose else ""
    return f"{before}{seen}（{f'说明：{note}' if note else '没有说明'}）"


def target_changed(year: ReportingYear, before: Target, after: Target, was: Decimal, now: Decimal, unit: str) -> str:
    """A target set anew within the year: ``目标 7 月 1 日起由 300 件改为 320 件，依据「…」``; that only its terms did."""
    former, new = _asked(was, before.upper, unit), _asked(now, after.upper, unit)
    changed = f"由{numbers.spaced(former)}改为{numbers.spaced(new)}" if former != new else f"调整，仍为{numbers.spaced(new)}"
    return f"目标 {day_words.day(after.first_day(year), after.year)}起{changed}，依据「{after.document}」"


def _asked(number: Decimal, upper: Decimal | None, unit: str) -> str:
    """The number of a target, of a range both ends."""
    asked = numbers.stated_amount(number, unit)
    return asked if upper is None else f"{asked}～{numbers.stated_amount(upper, unit)}"
