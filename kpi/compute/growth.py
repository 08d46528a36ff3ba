"""
Growth (同比、环比): a number where one can be said, words where none can.

Counts and amounts grow in per cent; rates move in 个百分点 (per mille in 个千分点), since per cent of a per cent misleads.  A base of 0 or
below has no percentage, and a missing base says so.
"""

from dataclasses import dataclass
from decimal import Decimal

_POINTS = {"%": "个百分点", "‰": "个千分点"}  # what a rate of the unit moves in
MOVES = ("%", *_POINTS.values())


@dataclass(frozen=True, slots=True)
class Growth:
    """``amount`` in ``unit``; None where only ``words`` can tell. ``words`` is empty when the number says it all."""

    amount: Decimal | None
    unit: str
    words: str = ""


def growth(now: Decimal | None, base: Decimal | None, unit: str, base_name: str = "上年同期") -> Growth:
    """
    Compare a figure with its base.

    Args:
        now: The figure, unrounded; None when there is none.
        base: What it is compared with, of the same span and to the same day.
        unit: The unit of both; ``%`` makes the difference one of 个百分点, ``‰`` one of 个千分点.
        base_name: How the base is called in words.

    Returns:
        16641 against 11183 is +48.81 %; 2.40 % against 2.51 % is −0.11 个百分点; a base of 0 has words only.
    """
    kind = moves_in(unit)
    if now is None:
        return Growth(None, kind, "")
    if base is None:
        return Growth(None, kind, f"缺{base_name}数")
    if unit in _POINTS:
        return Growth(now - base, kind, "持平" if now == base else "")
    if base == 0:
        return Growth(None, kind, "持平" if now == 0 else f"{base_name}为 0")
    if base < 0:
        return Growth(None, kind, _from_negative(now, base))
    if now < 0:
        return Growth(None, kind, "由正转负")
    change = (now / base - 1) * 100
    if change == 0:
        return Growth(change, kind, "持平")
    return Growth(change, kind, f"是{base_name}的 {_times(now / base)} 倍" if change > 100 else "")


def moves_in(unit: str) -> str:
    """The unit of a change: points of a rate, per cent of all else."""
    return _POINTS.get(unit, "%")


def difference_in(unit: str) -> str:
    """The unit of the difference of two figures: points of two rates, else their own."""
    return _POINTS.get(unit, unit)


def two_year_average(now: Decimal, base: Decimal) -> Decimal | None:
    """
    The yearly growth, in per cent, that leads from the figure of two years ago to this one: √(1 + g) − 1.

    +72.1 % over two years is 31.2 % a year.  None where the base is not positive or the figure negative.
    """
    return ((now / base).sqrt() - 1) * 100 if base > 0 and now >= 0 else None


def _from_negative(now: Decimal, base: Decimal) -> str:
    if now > 0:
        return "由负转正"
    if now == base:
        return "持平"
    return "减亏" if now > base else "增亏"


def _times(ratio: Decimal) -> str:
    return f"{ratio:.1f}".removesuffix(".0")
