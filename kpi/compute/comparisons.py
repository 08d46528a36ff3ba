"""What a figure is compared with: the same period of last year, the end of last year, the month before; or why it cannot be."""

from datetime import date
from decimal import Decimal

from kpi.compute.growth import Growth, growth
from kpi.compute.ingredients import Ingredients
from kpi.compute.parts import Parts
from kpi.compute.rate import quotient
from kpi.compute.row import LastYear, SingleMonth
from kpi.compute.subject import Subject
from kpi.period import Month, days
from kpi.value import REASONS, Qualifier, State, as_decimal


def last_year(made: Ingredients, value: Decimal | None) -> LastYear:
    """上年同期 and 同比 of a figure, and 上年末 of a stock."""
    subject, parts = made.subject, made.parts
    prior, own = _bases(made)
    like = value
    if parts.like_numerator is not None:
        like = as_decimal(quotient(parts.like_numerator, parts.like_denominator, parts.like_exposure, subject, _days_of_year(subject, made.point)))
    over_year, no_year = growth(like, prior, subject.unit), ""
    if value is not None and prior is None:
        no_year = _no_base(subject, made.point.plus(-12), parts.prior_reason, parts.prior_numerator, "这项数", "两年没有都有数的月份，不能比")
    stands = not subject.divided and not any(subject.flows.values())
    year_end = parts.year_end if stands else None
    return LastYear(
        value=prior,
        as_of=parts.prior_as_of if prior is not None else None,
        own=own if own != prior else None,
        yoy=over_year.amount,
        yoy_unit=over_year.unit,
        yoy_words=over_year.words + no_year,
        year_end_value=year_end,
        since_year_end=growth(value, year_end, subject.unit).amount if stands else None,
        restated_part=_restated_part(parts) if subject.divided and prior is not None else None,
        like_value=like if prior is not None and parts.like_numerator is not None else None,
        qualifier=parts.prior_qualifier if prior is not None else Qualifier.EXACT,
        year_end_qualifier=made.year_end_qualifier if year_end is not None else Qualifier.EXACT,
    )


def single_month(made: Ingredients) -> SingleMonth:
    """本月数 and 环比."""
    subject, parts, point = made.subject, made.parts, made.point
    month = _month(parts.month_numerator, parts.month_denominator, parts.counted_to, subject, point)
    before = _month(parts.before_numerator, parts.before_denominator, parts.before_counted_to, subject, point.plus(-1))
    over_month, no_month = growth(month, before, subject.unit, "上月"), ""
    if month is not None and before is not None and made.unlike:
        over_month = Growth(over_month.amount, over_month.unit, "，".join(words for words in (over_month.words, made.unlike) if words))
    if month is not None and before is None:
        single = "这项的本月数" if all(subject.flows.values()) else "这项数"
        no_month = _no_base(subject, point.plus(-1), parts.before_reason, parts.before_numerator, single, "不是每家两个月都有数，不能比")
    how_meant = made.month_qualifier if month is not None else Qualifier.EXACT
    return SingleMonth(month, over_month.amount, over_month.words + no_month, how_meant)


def _bases(made: Ingredients) -> tuple[Decimal | None, Decimal | None]:
    """Last year's figure as it is compared, and as it is on record here."""
    subject, parts, days_then = made.subject, made.parts, _days_of_year(made.subject, made.point.plus(-12))
    prior = as_decimal(quotient(parts.prior_numerator, parts.prior_denominator, parts.prior_exposure, subject, days_then))
    if (parts.own_numerator, parts.own_denominator) == (parts.prior_numerator, parts.prior_denominator):
        return prior, prior
    if subject.annualised:
        return prior, None
    return prior, as_decimal(quotient(parts.own_numerator, parts.own_denominator, parts.prior_exposure, subject, days_then))


def _restated_part(parts: Parts) -> str | None:
    """The one part of a rate's base that the office restates, where the other is as this store recorded it."""
    above, below = parts.prior_numerator != parts.own_numerator, parts.prior_denominator != parts.own_denominator
    if above == below or parts.own_numerator is None:
        return None
    return "分子" if above else "分母"


def _month(numerator: Decimal | None, denominator: Decimal | None, counted_to: date | None, subject: Subject, month: Month) -> Decimal | None:
    """The rate of a single month; of one per year what was counted by its own day."""
    if not subject.divided:
        return numerator
    if not subject.annualised or denominator is None:
        return as_decimal(quotient(numerator, denominator, None, subject, 0))
    counted = days(month.first_day, counted_to) if counted_to else 0
    return as_decimal(quotient(numerator, denominator, denominator * max(0, counted), subject, _days_of_year(subject, month)))


def _days_of_year(subject: Subject, month: Month) -> int:
    """Of the year that a month belongs to."""
    return subject.year.days(subject.year.of(month))


def _no_base(subject: Subject, month: Month, reason: int, numerator: Decimal | None, what: str, unlike: str) -> str:
    """
    Why a figure has no base, in brackets.

    Args:
        subject: The indicator.
        month: The month of the base.
        reason: Why a part of the base is absent, as in part.sql; 0 where no part is.
        numerator: That of the base, as far as it can be compared.
        what: What the report of the month should state.
        unlike: What to say where every part is known, but not of what the figure is of.

    """
    if any(term.years_back for term in subject.terms):
        return ""
    if reason == 0 and numerator is None:
        return f"（{unlike}）"
    state = REASONS.get(reason, State.NOT_STARTED)  # every part is known: a rate of nothing done
    if state is not State.UNREPORTED:
        return f"（{month.chinese}{state.value}）"
    sheets = "、".join(f"{month.chinese}{sheet}" for sheet in subject.sheets)
    return f"（{sheets}{'至少一份' if len(subject.sheets) > 1 else ''}没有{what}）"
