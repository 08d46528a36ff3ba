"""
A row of the board as the model says it: the figure, last year's, and the verdict.

A node is the sum of what those below it have; one that reports is a node of itself alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from kpi.period import Month, Span
from kpi.value import Qualifier, State
from tests.oracle.model.amount import HUGE, Range
from tests.oracle.model.course import strongest
from tests.oracle.model.definitions import Definitions
from tests.oracle.model.facts import Facts
from tests.oracle.model.log import Entry
from tests.oracle.model.pace import Profile, profile_of
from tests.oracle.model.parts import Asked, Parts, parts, year_days
from tests.oracle.model.verdict import Held, Sums, divided, points, possible, status
from tests.oracle.model.years import Compared, Side, compared


@dataclass(frozen=True)
class Row:
    """Names are those of the product's own row."""

    state: State
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    low: Fraction | None
    high: Fraction | None
    prior_value: Fraction | None
    yoy: Fraction | None
    missing: tuple[Month, ...]
    prior_missing: tuple[Month, ...]
    counted: int
    compared: int
    status: str
    points: Fraction | None


class Model:
    """Everything that can be asked of what was sent."""

    def __init__(self, definitions: Definitions, entries: Sequence[Entry]) -> None:
        self.definitions = definitions
        self.facts = Facts(definitions, entries)
        self._leaf = cache(self._leaf_parts)

    def _leaf_parts(self, org: str, code: str, month: Month, span: Span) -> tuple[Parts, Compared | None]:
        asked = Asked(self.facts, org, self.definitions.indicators[code], month, span)
        found = parts(asked)
        return found, compared(asked, found)

    def row(self, org: str, code: str, month: Month, span: Span) -> Row:
        """One row."""
        leaves, indicator = self.definitions.leaves[org], self.definitions.indicators[code]
        found = [self._leaf(leaf, code, month, span) for leaf in leaves]
        counted = [part for part, _ in found if part.numerator is not None]
        both = [pair for part, pair in found if part.numerator is not None and pair is not None]
        year = year_days(Asked(self.facts, org, indicator, month, span))
        sums = Sums(indicator, counted, len(leaves), year, _least([part for part, _ in found]))
        value = sums.value() if counted else None
        like, prior = (self._side(code, m, span, sides) for m, sides in ((month, [b.now for b in both]), (month.plus(-12), [b.then for b in both])))
        bounds = sums.pending() if counted else None
        state, word, earned = self._state(sums, value, bounds, [part.word for part, _ in found]), "无目标", None
        target = self.definitions.targets.get((code, month.year, org))
        if target is not None and (span.cumulative or not (target.yearly or self.definitions.sums_up(indicator))):
            word = "未定"
            at_least = sums.least if not indicator.denominator else found[0][0].share_known if len(leaves) == 1 else None
            if value is None and at_least is not None:
                own_days = [day for term in indicator.terms if (day := self.facts.day(leaves[0], term.code, month)) is not None]
                running = own_days if len(leaves) == 1 else [month.last_day]
                most = Fraction(indicator.scale) if indicator.unit == "%" and not indicator.may_exceed and indicator.denominator else HUGE
                word = status(Held(target, self._profile(org, code, month.year - 1)), Range(at_least, most), running)
            if value is not None:
                can_be, running = possible(self.definitions, sums), [day for part in counted for day in part.days]
                held = Held(target, self._profile(org, code, month.year - 1))
                word = status(held, can_be, running)
                earned = points(held, can_be, running) if span.cumulative and word != "未定" else None
        alone = counted[0] if len(leaves) == 1 and value is not None else None
        return Row(
            state=state,
            value=value,
            numerator=sums.numerator if counted else None,
            denominator=sums.denominator if counted else None,
            low=bounds.low if bounds else None,
            high=bounds.high if bounds else None,
            prior_value=prior,
            yoy=_growth(like, prior, indicator.unit),
            missing=alone.missing if alone else (),
            prior_missing=_prior_missing(alone, both if prior is not None else ()) if alone else (),
            counted=len(counted),
            compared=len(both),
            status="未报" if state is State.UNREPORTED else word,
            points=earned,
        )

    def _side(self, code: str, month: Month, span: Span, sides: Sequence[Side]) -> Fraction | None:
        if not sides:
            return None
        indicator = self.definitions.indicators[code]
        year = year_days(Asked(self.facts, "", indicator, month, span))
        return divided(indicator, year, [(side.numerator.number, side.denominator.number if side.denominator else None, side.counted_days) for side in sides])

    def _profile(self, org: str, code: str, year: int) -> Profile | None:
        """The course of a year of all that is added to the figure; a rate has none."""
        indicator = self.definitions.indicators[code]
        if indicator.denominator:
            return None
        return profile_of([self.facts.course(leaf, term.code, year) for leaf in self.definitions.leaves[org] for term in indicator.numerator], year)

    @staticmethod
    def _state(sums: Sums, value: Fraction | None, bounds: Range | None, words: Sequence[State | None]) -> State:
        if value is not None:
            return State.NUMBER if value else State.ZERO
        if bounds is not None:
            return State.PENDING  # nothing has a result yet
        if sums.counted and sums.denominator == 0:
            return State.NOT_APPLICABLE if sums.indicator.growth else State.NOT_STARTED
        return strongest([word for word in words if word is not None]) or State.UNREPORTED


def _least(found: Sequence[Parts]) -> Fraction | None:
    """What is known of a sum where some do not tell theirs; None where all do."""
    if all(part.known is None for part in found):
        return None
    counted = [part.numerator for part in found if part.numerator is not None]
    sure = [amount.number for amount in counted if not amount.mixed and amount.kind in (Qualifier.EXACT, Qualifier.AT_LEAST)]
    return sum(sure, Fraction(0)) + sum((part.known for part in found if part.known is not None), Fraction(0))


def _growth(now: Fraction | None, then: Fraction | None, unit: str) -> Fraction | None:
    """A change in 个百分点 or 个千分点 of a rate, else in per cent of a base above zero."""
    if now is None or then is None:
        return None
    if unit in ("%", "‰"):
        return now - then
    return (now / then - 1) * 100 if then > 0 and now >= 0 else None


def _prior_missing(alone: Parts, both: Sequence[Compared]) -> tuple[Month, ...]:
    return both[0].prior_missing if both else alone.prior_missing
