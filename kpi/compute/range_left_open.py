"""
What a figure can still be: the range that is left open by months or organisations that lack, by results still pending,
and by the words 约, 不超过 and 余 beside a number.

A verdict, a score or a rank is given only where it is the same over the whole range: what lacks never decides.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kpi.compute.parts import Parts
from kpi.compute.rate import divide, quotient
from kpi.compute.subject import Subject
from kpi.value import Qualifier

ABOUT = Fraction(1, 20)  # 约100 is taken for 95 to 105
_NOUGHT, _ALL = Fraction(0), Fraction(100)
_LONGER, _SHORTER = 1, 2  # the bits of Parts.days_apart


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, None where there is no bound; ``below``: the high end itself is not reached (不超过100, 不足100)."""

    low: Fraction | None
    high: Fraction | None
    below: bool = False

    @property
    def exact(self) -> Fraction | None:
        """The figure, where it can be nothing else."""
        return self.low if self.low == self.high and not self.below else None


OPEN = Range(None, None)


def possible(parts: Parts, subject: Subject, year_days: int, value: Fraction | None) -> Range | None:
    """
    The range of a figure.

    Args:
        parts: What it is made of, as far as that is known.
        subject: The indicator.
        year_days: The days of its year, for a rate per year.
        value: The figure itself, see `exact_value`.

    Returns:
        None where there is neither a figure nor a range of results still pending.

    """
    if value is None:
        return pending(parts, subject) if parts.known is None or subject.changes else _untold(parts, subject, parts.known, year_days)
    known = _known(parts, subject, value, year_days)
    return _to_one_day(known, parts.days_apart, subject) if parts.days_apart else known


def _untold(parts: Parts, subject: Subject, known: Decimal, year_days: int) -> Range:
    """A figure that is not told, of which something is known: that can only grow."""
    if not subject.divided:
        return Range(Fraction(known), None)
    taken = "total" in subject.flows
    whole = parts.total if taken else parts.whole_denominator
    most = _ALL if subject.share else None
    if not whole or parts.denominator_qualifier != Qualifier.EXACT or (taken and parts.results_open):
        return Range(_NOUGHT, most)
    if subject.annualised:
        least = quotient(known, parts.denominator, parts.whole_exposure, subject, year_days) or _NOUGHT
    else:
        least = divide(known, whole, subject.scale) or _NOUGHT
    return _to_one_day(Range(least, most), parts.days_apart, subject)


def _known(parts: Parts, subject: Subject, value: Fraction, year_days: int) -> Range:
    """The range as if all parts ran to one day."""
    if parts.missing or parts.base_missing or parts.gapped or parts.counted < parts.leaves:
        return _lacking(parts, subject, value, year_days)
    results = pending(parts, subject)
    if parts.results_open or (results and not _exact(parts)):
        return Range(_NOUGHT, _ALL) if subject.share else OPEN
    if subject.subtracts and parts.base_unlike:
        return OPEN  # of other stretches of the two years
    return results or _by_qualifiers(parts, subject, value)


def _exact(parts: Parts) -> bool:
    return parts.numerator_qualifier == parts.denominator_qualifier == Qualifier.EXACT


def _to_one_day(known: Range, days_apart: int, subject: Subject) -> Range:
    """
    A rate whose parts run to unlike days, on any one day of both.

    What was counted longer than what it is counted of makes too large a rate, and what was counted less long one too small.
    """
    if subject.changes:
        return OPEN
    most = _ALL if subject.share else None
    return Range(_NOUGHT if days_apart & _LONGER else known.low, most if days_apart & _SHORTER else known.high, known.below and not days_apart & _SHORTER)


def pending(parts: Parts, subject: Subject) -> Range | None:
    """Between all results still open going one way and all going the other; None where none are."""
    passed, failed, total = parts.numerator, parts.failed, parts.total
    if passed is None or failed is None or parts.denominator is None or not total or passed + failed >= total or parts.missing or parts.base_missing:
        return None
    return Range(divide(passed, total, subject.scale), divide(total - failed, total, subject.scale))


def _lacking(parts: Parts, subject: Subject, value: Fraction, year_days: int) -> Range:
    """What months or organisations that lack can still make of it."""
    if subject.changes:
        return _growth(parts, subject) if subject.rises else OPEN
    if not subject.divided:
        least = _by_qualifiers(parts, subject, value).low
        return Range(least if least is None or parts.known is None else max(least, Fraction(parts.known)), None)  # what lacks only adds to it
    most = _ALL if subject.share else None
    if subject.stands_below and parts.counted == parts.leaves:
        least = quotient(parts.numerator, parts.denominator, parts.whole_exposure, subject, year_days)
        return Range(_NOUGHT if least is None else _by_qualifiers(parts, subject, least).low or _NOUGHT, most)
    return _of_whole(parts, subject)


def _of_whole(parts: Parts, subject: Subject) -> Range:
    """
    A ratio over a whole of which all is known but how much of some months counts: none of theirs or, of a share, all.

    Where results may be pending as well, the whole is all that was taken, since no more than that can get a result; how much of it
    counts against the part is not told then.
    """
    most = _ALL if subject.share else None
    taken = "total" in subject.flows
    within, known, whole = parts.numerator, parts.denominator, parts.total if taken else parts.whole_denominator
    if within is None or known is None or not whole or whole < known or not _exact(parts) or (taken and parts.results_open):
        return Range(_NOUGHT, most)
    if parts.counted < parts.leaves or subject.annualised:
        return Range(_NOUGHT, most)
    high = divide(within + whole - known, whole, subject.scale) if subject.share and not taken else most
    return Range(divide(within, whole, subject.scale), high)


def _growth(parts: Parts, subject: Subject) -> Range:
    """A growth over a base of which all is known: what is known of this year can only become more."""
    above, base, whole = parts.numerator, parts.denominator, parts.whole_denominator
    if above is None or base is None or not whole or whole < 0 or not _exact(parts) or parts.base_unlike or parts.base_missing or parts.counted < parts.leaves:
        return OPEN
    return Range(divide(above + base - whole, whole, subject.scale), None)


def _by_qualifiers(parts: Parts, subject: Subject, value: Fraction) -> Range:
    """A figure of which some number is 约, ≥ or ≤."""
    if _exact(parts):
        return Range(value, value)
    above, below = parts.numerator_qualifier, parts.denominator_qualifier
    if Qualifier.MIXED in (above, below) or (subject.subtracts and Qualifier.ABOUT in (above, below)):
        return OPEN  # the numbers that are about so many are not known here, and so not how far that reaches
    top = _bounds(value, above, subject.changes)
    if subject.subtracts:
        top = Range(top.low, top.high)  # what is left where 100余 is taken off may be just that
    return top if below == Qualifier.EXACT else _over(top, _bounds(Fraction(1), below, signed=False))


def _over(top: Range, bottom: Range) -> Range:
    """Everything a quotient can be whose denominator, in parts of itself, is positive: the further from nought the smaller that is."""
    low = None if top.low is None else _divided(top.low, bottom.high if top.low >= 0 else bottom.low)
    high = None if top.high is None else _divided(top.high, bottom.low if top.high >= 0 else bottom.high)
    return Range(low, high, high is not None and (top.below or (high <= 0 and top.high != 0 and (bottom.high is None or bottom.below))))


def _divided(above: Fraction, below: Fraction | None) -> Fraction | None:
    """None where there is no bound: something over next to nothing."""
    if not above or below is None:
        return _NOUGHT
    return above / below if below else None


def _bounds(value: Fraction, qualifier: str, signed: bool) -> Range:
    """From where to where a number with a qualifier goes."""
    match qualifier:
        case Qualifier.AT_LEAST:
            return Range(value, None)
        case Qualifier.AT_MOST:
            return Range(None if signed else _NOUGHT, value, below=True)
        case Qualifier.ABOUT:
            return Range(value - abs(value) * ABOUT, value + abs(value) * ABOUT)
    return Range(value, value)
