"""The months of an indicator: what projections, best months and signals are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kpi.compute.rate import divide
from kpi.period import Month


@dataclass(frozen=True, slots=True)
class MonthOfIndicator:
    """
    One month of an indicator, as far as something may rest on it.

    What was not reported, lacks some of those below, or is no exact number is None, and so is a month that holds days of
    the one before it: half a February and March are no March.
    """

    period: Month
    numerator: Decimal | None  # of the month alone, so far; of a stock, at its end
    denominator: Decimal | None  # None also for what is no ratio
    ytd: Decimal | None  # the numerator since January, where it lacks nothing and runs to one day
    as_of: date | None
    flow: bool  # the numerator adds up over months
    whole: bool  # numerator and denominator are of a whole month
    same: bool = True  # whether it is of the organisations of the last month

    def ratio(self, scale: int) -> Fraction | None:
        """The month's rate; None without parts or with nothing done."""
        return divide(self.numerator, self.denominator, scale)


def singles(past: Sequence[MonthOfIndicator], scale: int, divided: bool) -> list[tuple[Month, Fraction | None]]:
    """
    The single months of an indicator that can be compared with one another, ascending, none left out: None where one is not known.

    A flow is the month's number, a rate the month's own, of what was done and what was done to it in that month.  What
    stands at an end (时点数) is a sum of all that went before, so its month is the change since the last.  Whole months only;
    the last one is still under way as long as its figure does not run to the end of it.
    """
    singles = [(month.period, _single(month, scale, divided) if month.whole else None) for month in past]
    if past and past[-1].as_of != past[-1].period.last_day:
        singles[-1] = (past[-1].period, None)
    if divided or not past or past[0].flow:
        return singles
    changes = [(period, None if now is None or before is None else now - before) for (_, before), (period, now) in pairwise(singles)]
    return [(past[0].period, None), *changes]


def _single(month: MonthOfIndicator, scale: int, divided: bool) -> Fraction | None:
    if divided:
        return month.ratio(scale)
    return None if month.numerator is None else Fraction(month.numerator)
