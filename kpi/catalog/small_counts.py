"""Small counts (小数目): of what a bureau publishes no number, since somebody could be recognised by so few of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kpi.catalog.fault_line import Where

KEYS = ("public_from", "public_units")


@dataclass(frozen=True, slots=True)
class SmallCounts:
    """
    The rule of a bureau on small counts.

    Attributes:
        smallest: The least number that is published; those from 1 up to it are not, 0 is.
        units: The units of what is protected: people and cases.

    """

    smallest: int = 5
    units: tuple[str, ...] = ("人", "人次", "名", "件", "起", "例")

    def protects(self, unit: str) -> bool:
        """Whether figures in a unit are of people or cases."""
        return unit in self.units

    def hides(self, unit: str, value: Fraction) -> bool:
        """Whether a figure is too small to be published."""
        return self.protects(unit) and 0 < value < self.smallest


USUAL = SmallCounts()


def small_counts_of(document: Mapping[str, Any], where: Where) -> tuple[SmallCounts, list[str]]:
    """The rule that ``bureau.toml`` states, the usual one where it states none; and what is wrong with it."""
    faults = []
    smallest, units = document.get(KEYS[0], USUAL.smallest), document.get(KEYS[1], list(USUAL.units))
    if not isinstance(smallest, int) or isinstance(smallest, bool) or smallest < 1:
        faults.append(where.says(f"public_from 的值「{smallest}」不是 1 以上的整数，请写成 public_from = 5 的样式，即 1 至 4 不公开"))
    if not isinstance(units, list) or not all(isinstance(unit, str) and unit.strip() for unit in units):
        faults.append(where.says('public_units 要写成 public_units = ["人", "件"] 的样式，是哪些单位的小数目不公开'))
    return (USUAL if faults else SmallCounts(smallest, tuple(units))), faults
