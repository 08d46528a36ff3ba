"""How far a figure lies from its own past, measured so that neither an old slip nor a handful of cases misleads."""

from collections.abc import Sequence
from math import sqrt
from statistics import median

_TO_SIGMA = 0.6745  # of a normal spread, the share of its standard deviation that the median deviation is
_HAIR = 0.25  # of the range so far: a record by less is no wonder


def modified_z(value: float, past: Sequence[float], floor: float) -> float:
    """
    The modified z-score: distance from the median in median deviations; beyond 3.5 is commonly called an outlier.

    Args:
        value: The figure.
        past: Its earlier values; outliers among them hardly move the result.
        floor: The least deviation to assume, so that a series that never varied does not make every change a wonder.

    Returns:
        The distance, never negative; 0 within the range of the past and a hair beyond.
    """
    low, high = min(past), max(past)
    hair = (high - low) * _HAIR
    if low - hair <= value <= high + hair:
        return 0.0
    middle = median(past)
    deviation = max(median(abs(number - middle) for number in past), floor)
    return _TO_SIGMA * abs(value - middle) / deviation


def counting_floor(level: float) -> float:
    """What counts of this size vary by when nothing changes: their square root, and never less than one case."""
    return max(1.0, sqrt(abs(level)))


def power_of_ten(value: float, usual: Sequence[float], powers: Sequence[int], within: float) -> int | None:
    """The power of ten by which a figure differs from all it is usually like, give or take a factor; None when there is none."""
    if value <= 0 or min(usual) <= 0:
        return None
    return next((power for power in powers if all(1 / within <= value / (number * 10.0**power) <= within for number in usual)), None)
