"""
How far a rate of few cases can be trusted: the score interval of Wilson (Probable Inference, JASA 22, 1927), at 95 %.

43 of 50 gives 73.8 % to 93.0 %; the exact interval of Clopper and Pearson would be wider, 73.3 % to 94.2 %, since it never
falls short of 95 % and so mostly exceeds it.  The normal quantile is the standard library's; a statistics package would
weigh more than this one formula.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from statistics import NormalDist

FEW = 100  # below it, one case more or less moves the rate by more than a 个百分点
_Z = Decimal(repr(round(NormalDist().inv_cdf(0.975), 10)))
_EXACT = Context(prec=34)


@dataclass(frozen=True, slots=True)
class Interval:
    """The share that may lie behind an observed one, in per cent."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether a value may as well be the true one."""
        return self.low <= value <= self.high

    def covers(self, other: "Interval") -> bool:
        """Whether the whole of another one lies within it."""
        return self.low <= other.low and other.high <= self.high


def either_way(cases: Decimal, of: Decimal) -> bool:
    """Whether each of the counted went one way or the other, so that a share of them can be trusted so far and no further."""
    return 0 <= cases <= of and cases == int(cases) and of == int(of)


def wilson(cases: Decimal, of: Decimal) -> Interval:
    """The interval of ``cases`` out of ``of`` counted ones, at least one."""
    share, square = _EXACT.divide(cases, of), _Z * _Z
    centre = share + square / (2 * of)
    half = _Z * _EXACT.sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    low = (centre - half) / whole * 100 if cases else Decimal(0)
    return Interval(low, (centre + half) / whole * 100 if cases != of else Decimal(100))
