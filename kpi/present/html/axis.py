"""
An axis (坐标轴) of a picture: round numbers as its ticks, and where a number lies on it.

Steps are 1, 2 or 5 times a power of ten, the smallest that needs no more ticks than are asked for (after P. Heckbert,
Nice Numbers for Graph Labels, Graphics Gems, 1990).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from unicodedata import east_asian_width

from kpi.present import numbers

_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_LATIN, _HAN, _SLIM = 0.58, 1.0, 0.3  # of the size of the type: how wide a sign is at most, in the fonts of the style sheet
_SLIM_SIGNS = " .,:;|'"
_UNBROKEN = re.compile(r"(?:[（「]*(?:[!-~～≥≤]+|[^!-~～≥≤（「])|[（「]+)[，。；：、）」 ]*")  # what one line holds whole, with the stops behind it
_LARGE = ((Decimal(10) ** 8, 8, "亿"), (Decimal(10) ** 5, 4, "万"))  # from where on, the power that is left out, and its word


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from its first tick, drawn at ``start``, to its last, drawn at ``end``; both in the units of the drawing."""

    ticks: tuple[Decimal, ...]
    start: float
    end: float

    def place(self, number: Decimal) -> float:
        """Where a number lies."""
        low, high = self.ticks[0], self.ticks[-1]
        return round(self.start + float((number - low) / (high - low)) * (self.end - self.start), 1)


def ticks(numbers_drawn: Collection[Decimal], most: int, *, from_zero: bool = False, whole: bool = False) -> tuple[Decimal, ...]:
    """
    The round numbers that an axis names.

    Args:
        numbers_drawn: What is drawn along it.
        most: How many intervals it has at most.
        from_zero: Whether 0 must be on it.
        whole: Whether what is counted has no parts, so that half of one would be a strange tick.

    Returns:
        At least two, ascending, evenly spaced, around all that is drawn.

    """
    low, high = min(numbers_drawn), max(numbers_drawn)
    if from_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:  # a single number lies between two ticks
        around = abs(low) / 10 or Decimal(1)
        low, high = low - around if low or not from_zero else low, high + around
    power = ((high - low) / most).adjusted()
    for exponent in range(power, max(power, 0) + 4):
        for step in _STEPS:
            each = step.scaleb(exponent)
            if whole and each < 1:
                continue
            first, last = (low / each).to_integral_value(ROUND_FLOOR), (high / each).to_integral_value(ROUND_CEILING)
            if last - first <= most:
                count = max(int(last - first), 1)
                return tuple((first + place) * each for place in range(count + 1))
    raise ValueError(f"no ticks for {low} to {high}")


def tick_texts(values: Collection[Decimal], unit: str) -> list[str]:
    """Ticks as they are printed, all with the same digits; long ones in 万 or 亿: ``20 万``."""
    largest = max(map(abs, values))
    power, word = next(((power, word) for least, power, word in _LARGE if largest >= least and not unit.startswith(("万", "亿"))), (0, ""))
    scaled = [value.scaleb(-power) for value in values]
    digits = max(numbers.precision(value) for value in scaled)
    return [f"{numbers.figure(value, digits)} {word}".rstrip() if value else "0" for value in scaled]


def width_of(text: str, size: float) -> float:
    """How wide a text is at most, in the units of its size."""
    return sum(_HAN if east_asian_width(sign) in "WFA" else _SLIM if sign in _SLIM_SIGNS else _LATIN for sign in text) * size


def lines_of(text: str, size: float, width: float) -> tuple[str, ...]:
    """A text broken into lines that fit, between signs as Chinese is; a number or a Latin word stays whole, and no line begins with a stop."""
    lines = [""]
    for piece in _UNBROKEN.findall(text):
        if lines[-1] and width_of(lines[-1] + piece.rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines if line.strip()) or ("",)
