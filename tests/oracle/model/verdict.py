"""
What a figure can be, the verdict that is the same over all of that, and the points that are.

What lacks never decides: a verdict is given only where whatever is missing, pending or meant roughly cannot change it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from kpi.value import Qualifier
from tests.oracle.model.amount import EVERYTHING, HUGE, Range, quotient, total
from tests.oracle.model.definitions import Definitions, Indicator, Target
from tests.oracle.model.pace import Profile, due
from tests.oracle.model.parts import Parts

ONE = Fraction(1)


@dataclass(frozen=True)
class Sums:
    """The parts of all organisations that have them, added."""

    indicator: Indicator
    counted: Sequence[Parts]
    leaves: int
    year: Fraction  # the days of the year, of what is annualised; else 1
    least: Fraction | None = None  # of a sum what is known of it, with what those know who do not tell theirs; None where all do

    @property
    def short(self) -> bool:
        """Whether an organisation is missing."""
        return len(self.counted) < self.leaves

    @property
    def lacks(self) -> bool:
        return self.short or any(part.lacks for part in self.counted)

    @property
    def results_open(self) -> bool:
        """Whether results may be pending unseen: of any, or since only some tell how much was taken."""
        told = [part.sent is not None for part in self.counted]
        return any(part.results_open for part in self.counted) or (any(told) and not all(told))

    @property
    def numerator(self) -> Fraction:
        return sum((part.numerator.number for part in self.counted if part.numerator), Fraction(0))

    @property
    def denominator(self) -> Fraction | None:
        if not self.indicator.denominator:
            return None
        return sum((part.denominator.number for part in self.counted if part.denominator), Fraction(0))

    def value(self) -> Fraction | None:
        """The figure; None where the denominator is not positive or no day is counted."""
        return divided(
            self.indicator,
            self.year,
            [(part.numerator.number, part.denominator.number if part.denominator else None, part.counted_days) for part in self.counted if part.numerator],
        )

    def pending(self) -> Range | None:
        """The bounds while results are open: all of them failing, all of them passing; None when none are, or it is not known."""
        if not self.indicator.total or self.lacks or any(part.failed is None or part.sent is None for part in self.counted):
            return None
        failed = sum((part.failed for part in self.counted if part.failed is not None), Fraction(0))
        sent = sum(
            (max(part.sent, part.numerator.number + part.failed) for part in self.counted if part.sent and part.failed is not None and part.numerator),
            Fraction(0),
        )
        if not sent or self.numerator + failed >= sent:
            return None
        return Range(self.numerator * self.indicator.scale / sent, (sent - failed) * self.indicator.scale / sent)


def divided(indicator: Indicator, year: Fraction, counted: Sequence[tuple[Fraction, Fraction | None, int]]) -> Fraction | None:
    """One division for all: Σ numerators × scale × days of the year ÷ Σ (denominator × days)."""
    above = sum((numerator for numerator, _, _ in counted), Fraction(0))
    if not indicator.denominator:
        return above
    below = sum((denominator * own for _, denominator, own in counted if denominator is not None), Fraction(0))
    return above * indicator.scale * year / below if below > 0 else None


def possible(definitions: Definitions, sums: Sums) -> Range:
    """Everything that the figure can be, on any one day that its parts run to."""
    known = _known(definitions, sums)
    longer, shorter = any(part.longer for part in sums.counted), any(part.shorter for part in sums.counted)
    if not longer and not shorter:
        return known
    indicator = sums.indicator
    if indicator.growth or any(term.times < 0 or definitions.signed(term.code) for term in indicator.terms):
        return EVERYTHING
    most = Fraction(indicator.scale) if indicator.unit == "%" and not indicator.may_exceed else HUGE
    return Range(Fraction(0) if longer else known.low, most if shorter else known.high)


def _known(definitions: Definitions, sums: Sums) -> Range:
    """The same as if all parts ran to one day."""
    indicator = sums.indicator
    bounds = sums.pending()
    rough = any(part.kind is not Qualifier.EXACT for each in sums.counted for part in (each.numerator, each.denominator) if part)
    if not sums.lacks and (sums.results_open or (bounds is not None and rough)):
        return Range(Fraction(0), Fraction(100))
    if bounds is not None:
        return bounds
    if any(part.other_day for part in sums.counted):
        return EVERYTHING  # of other stretches of the two years
    signed = any(definitions.signed(term.code) for term in indicator.terms)
    mixed = any(term.times < 0 for term in indicator.numerator)
    above = total([(ONE, part.numerator) for part in sums.counted if part.numerator]).range(signed or mixed, closed=mixed)
    about = any(part.kind is Qualifier.ABOUT for each in sums.counted for part in (each.numerator, each.denominator) if part)
    if about and (mixed or indicator.growth):
        return EVERYTHING  # a difference of what is meant roughly can have either sign
    if not indicator.denominator:
        if not sums.lacks:
            return above
        return Range(above.low if sums.least is None else max(above.low, sums.least), HUGE) if indicator.positive and not signed else EVERYTHING
    if not sums.lacks:
        return _quotient(sums, above, [part.counted_days for part in sums.counted])
    return _incomplete(definitions, sums, above, signed)


def _quotient(sums: Sums, above: Range, own_days: Sequence[int]) -> Range:
    scale = sums.indicator.scale * sums.year
    below = total([(Fraction(own), part.denominator) for own, part in zip(own_days, sums.counted, strict=True) if part.denominator]).range(False)
    return quotient(Range(above.low * scale, above.high * scale), below)


def _incomplete(definitions: Definitions, sums: Sums, above: Range, signed: bool) -> Range:
    """
    A ratio that lacks months or organisations.

    Growth can be anything.  Of a share of a whole the months left out were at worst all bad and at best all good, where
    one knows how much they were; what is still being examined may end either way.  What is counted over a stock can only
    have been more.
    """
    indicator = sums.indicator
    if indicator.growth and not signed:
        return _grown(definitions, sums)
    if signed:
        return EVERYTHING
    part_of_whole = indicator.unit == "%" and not indicator.may_exceed
    most = Fraction(indicator.scale) if part_of_whole else HUGE
    if not sums.short and not any(definitions.flow(term.code) for term in indicator.denominator):
        return Range(_quotient(sums, above, [part.all_days for part in sums.counted]).low, most)
    if sums.short or indicator.annualised:
        return Range(Fraction(0), most)
    wholes = [part.taken if indicator.total else part.whole.number if part.whole else None for part in sums.counted]
    amounts = [amount for part in sums.counted for amount in (part.numerator, part.denominator, part.whole if not indicator.total else part.numerator)]
    rough = any(amount is None or amount.kind is not Qualifier.EXACT for amount in amounts)
    if rough or None in wholes or (indicator.total and sums.results_open):  # results of more than is told may come
        return Range(Fraction(0), most)
    whole = sum((number for number in wholes if number is not None), Fraction(0))
    rest = whole - (sums.denominator or 0)
    if whole <= 0 or rest < 0:
        return Range(Fraction(0), most)
    return Range(sums.numerator * indicator.scale / whole, (sums.numerator + rest) * indicator.scale / whole if part_of_whole and not indicator.total else most)


def _grown(definitions: Definitions, sums: Sums) -> Range:
    """A growth that lacks months of this year alone: over the whole base it can only become more."""
    flows = all(definitions.flow(term.code) for term in sums.indicator.terms)
    if not flows or sums.short or any(part.prior_missing or part.other_day or part.whole_base is None for part in sums.counted):
        return EVERYTHING
    amounts = [amount for part in sums.counted for amount in (part.numerator, part.denominator, part.whole_base)]
    base = sum((part.whole_base.number for part in sums.counted if part.whole_base), Fraction(0))
    if any(amount is None or amount.mixed or amount.kind is not Qualifier.EXACT for amount in amounts) or base <= 0:
        return EVERYTHING
    return Range((sums.numerator + (sums.denominator or 0) - base) * sums.indicator.scale / base, HUGE)


@dataclass(frozen=True)
class Held:
    """A target, and last year's course where the target goes by it."""

    target: Target
    profile: Profile | None

    def due(self, day: date) -> Fraction:
        return due(self.target, day, self.profile)


def status(held: Held, can_be: Range, running: Sequence[date]) -> str:
    """
    达标, 滞后, 未达标, or 未定 where not all that the figure can be says the same.

    What is met nowhere is 未达标, be some of it within the tolerance.
    """
    target = held.target
    inside = [limit for limit in (target.value, target.upper) if limit is not None and can_be.low < limit < can_be.high and target.upper is not None]
    words = {_status(held, value, day) for value in (can_be.low, can_be.high, *inside) for day in (min(running), max(running))}
    if len(words) == 1:
        return words.pop()
    return "未定" if words & {"达标", "未定"} else "未达标"


def _status(held: Held, value: Fraction, day: date) -> str:
    target = held.target
    lead = target.value - value if target.kind == "ceiling" else value - held.due(day)
    if target.upper is not None:
        lead = min(lead, target.upper - value)
    if lead >= 0:
        return "达标"
    if target.due is not None and day < target.due:
        return "未定"
    return "滞后" if -lead <= target.tolerance * (target.value / 100 if target.paced else 1) else "未达标"


def points(held: Held, can_be: Range, running: Sequence[date]) -> Fraction | None:
    """The points of a target, where all that the figure can be earns the same; None else, and where none are at stake."""
    score = held.target.score
    if score is None or (held.target.upper is not None and not can_be.point):  # between two limits the ends do not tell what lies between
        return None
    found = {_earned(held.target, score, value, held.due(day)) for value in (can_be.low, can_be.high) for day in (min(running), max(running))}
    return found.pop() if len(found) == 1 else None


def _earned(target: Target, score: dict[str, Any], value: Fraction, now: Fraction) -> Fraction:
    """The rule of the document: in proportion to what is due, or each begun step short costs; each full step beyond adds; never above the cap."""
    most, ceiling = Fraction(str(score["points"])), target.kind == "ceiling"
    short = value - now if ceiling else max(now - value, value - target.upper) if target.upper is not None else now - value
    if score.get("rule") == "deduct":
        steps = ceil(short / Fraction(str(score["step"]))) if short > 0 else 0
        base = max(Fraction(0), most - steps * Fraction(str(score["deduct"])))
    else:
        done = ONE if short <= 0 else (now / value if ceiling else value / now)
        base = most * done if done * 100 >= Fraction(str(score.get("floor", 0))) and done > 0 else Fraction(0)
    if "bonus_step" in score:
        beyond = target.value - value if ceiling else value - target.value
        base += floor(max(Fraction(0), beyond) / Fraction(str(score["bonus_step"]))) * Fraction(str(score["bonus"]))
    return min(base, Fraction(str(score.get("cap", score["points"]))))
