"""
Signal or noise: is a month's figure out of the ordinary, and can the process be relied on to meet its target?

An XmR chart (individuals and moving range) of single months, never of cumulatives: natural limits are the mean ± 2.66 ×
the mean moving range.  Moving ranges of 3.267 × their mean or more are left out before the limits are drawn, or one odd
month would widen them until nothing stands out (Nelson, Control Charts for Individual Measurements, Journal of Quality
Technology 14(3), 1982).

The rules and the two verdicts are those of NHS England's Making Data Count, as the NHS-R community's NHSRplotthedots
implements them (github.com/nhs-r-community/NHSRplotthedots): variation is special cause improving, special cause
concerning, special cause of no direction, or common cause; assurance says whether limits lie wholly on one side of the target.
Two numbers differ.  There a shift is 7 points on one side of the mean; here it is 8, as in the Western Electric rules:
by chance alone the last 7 of a steady series lie on one side once in 64 months, the last 8 once in 128, and with some 80 indicators on a
board 7 would raise more than one false alarm a month.  There a trend is 7 points; here it is 6 (Nelson's rule 3),
which chance gives once in 360.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from kpi.catalog.measure import Better

FEWEST = 12  # months below which limits would only be trial limits
SHIFT = 8
TREND = 6
_SCREEN = Fraction("3.267")  # D4 of a moving range of two
_LIMIT = Fraction("2.66")  # 3 / 1.128
_NEAR = _LIMIT * 2 / 3
MonthlyAmounts = Sequence[Fraction | None]  # single months without a gap, oldest first; None where one is not known


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural limits of a series, exact."""

    mean: Fraction
    spread: Fraction  # the mean moving range, after screening

    @property
    def low(self) -> Fraction:
        return self.mean - _LIMIT * self.spread

    @property
    def high(self) -> Fraction:
        return self.mean + _LIMIT * self.spread

    def outside(self, value: Fraction) -> bool:
        """Whether a value lies beyond the natural limits."""
        return abs(value - self.mean) > _LIMIT * self.spread

    def near(self, value: Fraction) -> bool:
        """Whether it lies in the outer third, or beyond."""
        return abs(value - self.mean) > _NEAR * self.spread


class Rule(StrEnum):
    """What made a point a signal."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    NEAR = "near"


class Variation(StrEnum):
    """Is the latest month out of the ordinary, and for better or worse?"""

    IMPROVING = "improving"
    CONCERNING = "concerning"
    NEITHER = "neither"  # special cause where neither way is better
    COMMON = "common"


class Assurance(StrEnum):
    """Will the process as it runs meet its target?"""

    MEETS = "meets"
    MISSES = "misses"
    HIT_AND_MISS = "hit-and-miss"


@dataclass(frozen=True, slots=True)
class Signal:
    """The verdict on one month of a series."""

    value: Fraction  # of the month itself
    limits: Limits
    low: Fraction  # the limits as far as the figures can go: no count is below 0, no share above 100 %
    high: Fraction
    rule: Rule | None
    upwards: bool  # which way the signal points
    variation: Variation
    assurance: Assurance | None  # None without a target for single months


def limits(values: MonthlyAmounts, *, screened: bool = True) -> Limits:
    """The natural limits of at least two values, one of which follows on another; no moving range reaches over a month that is not known."""
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    spread = _mean(ranges)
    if screened and spread:
        spread = _mean([moving for moving in ranges if moving < _SCREEN * spread])
    return Limits(_mean([value for value in values if value is not None]), spread)


def rule_at(values: MonthlyAmounts, last: int, drawn: Limits) -> tuple[Rule, bool] | None:
    """The first rule that the point at ``last`` completes or is part of, and whether it points upwards; a month that is not known ends a run."""
    value = values[last]
    if value is None:
        return None
    above = value > drawn.mean
    if drawn.outside(value):
        return Rule.OUTSIDE, above
    run = _run(values, last, SHIFT)
    if run and (all(month > drawn.mean for month in run) or all(month < drawn.mean for month in run)):
        return Rule.SHIFT, above
    run = _run(values, last, TREND)
    if run and (_climbs(run) or _climbs(run[::-1])):
        return Rule.TREND, run[-1] > run[0]
    run = _run(values, last, 3)
    if run and drawn.near(value) and len({month > drawn.mean for month in run}) == 1 and sum(drawn.near(month) for month in run) >= 2:
        return Rule.NEAR, above
    return None


def signal(values: MonthlyAmounts, better: Better, target: Fraction | None = None, most: Fraction | None = None) -> Signal | None:
    """
    Judge the last of a series of months.

    Args:
        values: Single months, oldest first, None where one is not known.
        better: Which way is improvement.
        target: What a single month should reach, or stay below where lower is better.
        most: What no month can exceed, as 100 for a share; a limit beyond it says nothing.

    Returns:
        None where there are too few months to tell, or the last is not known.

    """
    return charted(values, better, target, most)[-1] if values else None


def charted(values: MonthlyAmounts, better: Better, target: Fraction | None = None, most: Fraction | None = None) -> list[Signal | None]:
    """The same for every month, against the limits drawn from all of them; None for each where there are too few."""
    if _charted(values) < FEWEST:
        return [None] * len(values)
    drawn, known = limits(values), [value for value in values if value is not None]
    low = max(drawn.low, Fraction(0)) if min(known) >= 0 else drawn.low
    high = min(drawn.high, most) if most is not None and max(known) <= most else drawn.high
    assurance = _assurance(low, high, better, target)

    def judged(last: int) -> Signal | None:
        value = values[last]
        if value is None:
            return None
        rule, upwards = rule_at(values, last, drawn) or (None, False)
        return Signal(value, drawn, low, high, rule, upwards, _variation(rule, upwards, better), assurance)

    return [judged(last) for last in range(len(values))]


def _charted(values: MonthlyAmounts) -> int:
    """How many months have a moving range: one alone between two that are not known has none."""
    beside = zip([None, *values], values, [*values[1:], None], strict=False)
    return sum(value is not None and (before is not None or after is not None) for before, value, after in beside)


def _run(values: MonthlyAmounts, last: int, length: int) -> list[Fraction]:
    """So many months up to ``last``; empty where there are fewer, or one of them is not known."""
    run = [value for value in values[max(0, last + 1 - length) : last + 1] if value is not None]
    return run if len(run) == length else []


def _variation(rule: Rule | None, upwards: bool, better: Better) -> Variation:
    if rule is None:
        return Variation.COMMON
    if better is Better.NEUTRAL:
        return Variation.NEITHER
    return Variation.IMPROVING if upwards is (better is Better.HIGHER) else Variation.CONCERNING


def _assurance(low: Fraction, high: Fraction, better: Better, target: Fraction | None) -> Assurance | None:
    """A limit that just reaches the target counts as on its good side."""
    if target is None or better is Better.NEUTRAL:
        return None
    worst, best = (low, high) if better is Better.HIGHER else (-high, -low)
    asked = target if better is Better.HIGHER else -target
    if worst >= asked:
        return Assurance.MEETS
    return Assurance.MISSES if best < asked else Assurance.HIT_AND_MISS


def _climbs(run: Sequence[Fraction]) -> bool:
    return all(before < after for before, after in pairwise(run))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
