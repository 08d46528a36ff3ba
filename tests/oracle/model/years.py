"""
The comparison of one organisation with the same period last year.

Complete in both years: all that was counted this year, and last year to the like day of each measure.  Else the months
that both years have, on both sides; a base that the office restates is of all months, so nothing is compared with it then.
"""

from dataclasses import dataclass
from datetime import date

from kpi.period import CALENDAR_YEAR, Month, year_earlier
from tests.oracle.model.amount import Amount
from tests.oracle.model.common import unknown
from tests.oracle.model.definitions import Term
from tests.oracle.model.parts import Asked, Parts, alike, base, combine, counted_days, whole_base, window_idles


@dataclass(frozen=True)
class Side:
    """One year of a comparison."""

    numerator: Amount
    denominator: Amount | None
    counted_days: int


@dataclass(frozen=True)
class Compared:
    """Both years, over the same months."""

    now: Side
    then: Side
    prior_missing: tuple[Month, ...] = ()


def compared(asked: Asked, value: Parts) -> Compared | None:
    """The comparison; None where there is no common ground, or the figure is itself one with last year."""
    if value.numerator is None or asked.indicator.growth:
        return None
    terms = tuple(dict.fromkeys(asked.indicator.terms))
    if len(window_idles(asked, terms) | window_idles(asked, terms, 1)) > 1:
        return None
    return _complete(asked, value, terms) if _whole(asked, terms) else _common(asked, terms)


def _whole(asked: Asked, terms: tuple[Term, ...]) -> bool:
    return not asked.over([asked.course(term.code) for term in terms if asked.flow(term)]).left


def _complete(asked: Asked, value: Parts, terms: tuple[Term, ...]) -> Compared | None:
    """This year is whole: last year to the like days, or its common months."""
    restated = asked.restated([term.code for term in terms])
    if not asked.span.cumulative and not restated:
        return _common(asked, terms)
    bases = {term: restated.get(term.code) or whole_base(asked, term) for term in terms}
    flows = [term for term in terms if asked.flow(term)]
    if None in bases.values() or not alike(asked, flows, [term for term in flows if term.code not in restated]):
        return None if restated else _common(asked, terms)
    then = {term: amount for term, amount in bases.items() if amount is not None}
    assert value.numerator is not None
    return Compared(_side(asked, None, value, value.counted_days), _side(asked, then, None, _base_days(asked, restated)))


def _common(asked: Asked, terms: tuple[Term, ...]) -> Compared | None:
    if asked.restated([term.code for term in terms]):
        return None
    flows = [term for term in terms if asked.flow(term)]
    courses = [asked.course(term.code, back) for back in (0, 1) for term in flows]
    common = asked.over(courses)
    stocks = [term for term in terms if not asked.flow(term)]
    found: list[dict[Term, Amount]] = []
    for back in (0, 1):
        sums = common.sums[len(flows) * back : len(flows) * (back + 1)]
        side = {term: asked.facts.stock(asked.org, term.code, asked.month) if back == 0 else base(asked, term.code) for term in stocks}
        side |= dict(zip(flows, sums, strict=True))
        found.append({term: amount for term, amount in side.items() if amount is not None})
    now, then = found
    if not now or not then or (not asked.indicator.positive and (len(now) < len(terms) or len(then) < len(terms))):
        return None
    left_then = {number for course in courses[len(flows) :] for number in unknown(course, common.left)}
    left, last = asked.months(common.left), asked.month.plus(-12)
    day, own = (_numerator_day(asked, month) for month in (asked.month, last))
    counted = counted_days(asked, asked.month, day, left)[0] if asked.indicator.annualised else 1
    before = counted_days(asked, last, own, asked.months(common.left, 1))[0] if asked.indicator.annualised else 1
    return Compared(_side(asked, now, None, counted), _side(asked, then, None, before), asked.months(sorted(left_then), 1))


def _side(asked: Asked, values: dict[Term, Amount] | None, parts: Parts | None, counted: int) -> Side:
    if parts is not None:
        assert parts.numerator is not None
        return Side(parts.numerator, parts.denominator, counted)
    assert values is not None
    below = asked.indicator.denominator
    return Side(combine(asked.indicator.numerator, values), combine(below, values) if below else None, counted)


def _numerator_day(asked: Asked, month: Month) -> date | None:
    found = [asked.facts.counted_to(asked.org, term.code, month) for term in asked.indicator.numerator]
    return min((day for day in found if day is not None), default=None)


def _base_days(asked: Asked, restated: dict[str, Amount]) -> int:
    """The days that the base of an annualised rate was counted in: to the day of its own month; a restated one to the like day."""
    if not asked.indicator.annualised:
        return 1
    [term] = asked.indicator.numerator
    month = asked.facts.base_month(asked.org, term.code, asked.month)
    if term.code in restated or month is None:
        return counted_days(asked, asked.month.plus(-12), _like_day(asked, term), ())[0]
    day = asked.facts.day(asked.org, term.code, month)
    first = CALENDAR_YEAR.start(asked.span, month).first_day
    return max(0, (day - first).days + 1) if day else 0


def _like_day(asked: Asked, term: Term) -> date | None:
    day = asked.facts.day(asked.org, term.code, asked.month)
    return year_earlier(day) if day else None
