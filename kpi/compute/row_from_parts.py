"""
A row of a board from the summed parts of an indicator: one exact division for each figure.

The verdict compares the parts themselves, so that it never depends on how a quotient was rounded.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kpi.compute.assessment import Assessment, assess
from kpi.compute.comparisons import last_year, single_month
from kpi.compute.growth import growth
from kpi.compute.ingredients import Ingredients
from kpi.compute.parts import Parts
from kpi.compute.row import Below, BoardRow, Caveats, Figure, TargetProgress
from kpi.compute.subject import Subject
from kpi.compute.target_in_force import TargetInForce, gap
from kpi.compute.verdict import Verdict
from kpi.period import Month
from kpi.value import Qualifier, as_decimal


def row_from_parts(made: Ingredients) -> BoardRow:
    """The row of one indicator at one point."""
    subject, parts, point = made.subject, made.parts, made.point
    assessment = assess(subject, parts, point, made.targets)
    now = _now(parts, subject, assessment)
    before = last_year(made, now.value)
    return BoardRow(
        period=point,
        org=parts.org,
        indicator=subject.code,
        name=subject.name,
        office=subject.office,
        unit=subject.unit,
        data_year=subject.year.of(point) + subject.year_offset,
        may_assess=subject.may_assess,
        status=assessment.status,
        figure=now,
        month=single_month(made),
        last_year=before,
        target=_target(made, now.value, assessment.due, assessment.verdict),
        caveats=_caveats(made, now.value, before.value),
        below=_below(made, now.value, before.value),
        year_begins=subject.year.begins,
    )


def _now(parts: Parts, subject: Subject, assessment: Assessment) -> Figure:
    value, results, can_be = as_decimal(assessment.exact), assessment.results, assessment.can_be
    return Figure(
        state=assessment.state,
        value=value,
        numerator=parts.numerator,
        denominator=parts.denominator,
        reported_value=parts.reported,
        reported_decimals=subject.reported_decimals,
        as_of=parts.as_of,
        as_of_latest=parts.as_of_latest,
        low=as_decimal(results.low) if results else None,
        high=as_decimal(results.high) if results else None,
        base_as_of=parts.base_as_of,
        annualised_days=_annualised_days(parts) if subject.annualised and value is not None else None,
        qualifier=_qualifier(parts, subject) if value is not None else Qualifier.EXACT,
        certain=can_be is not None and can_be.exact is not None,
        state_words=_state_words(parts, subject) if value is None else "",
    )


def _target(made: Ingredients, value: Decimal | None, due: Sequence[tuple[TargetInForce, date]], verdict: Verdict) -> TargetProgress:
    if not due:
        return TargetProgress(None, None, made.subject.target_kind, "", None, None, None, "", None, None, None)
    entry, day = due[0]
    target, limit = entry.target, entry.limit
    share = entry.stretch.due(day) if entry.paced and made.parts.as_of else None
    owed = as_decimal(share)
    return TargetProgress(
        value=limit,
        upper=target.upper,
        kind=target.kind,
        document=target.document,
        since=target.since,
        tolerance=target.tolerance,
        pace=owed * 100 if owed is not None and len(due) == 1 else None,
        pace_basis=entry.basis,
        progress=value * 100 / limit if entry.paced and value is not None and limit else None,
        gap=gap(target.kind, value, limit if owed is None else limit * owed, target.upper) if value is not None and len(due) == 1 else None,
        shortfall=float(verdict.lacking) if verdict.lacking is not None and verdict.status and verdict.status.late else None,
    )


def _caveats(made: Ingredients, value: Decimal | None, prior: Decimal | None) -> Caveats:
    parts, year = made.parts, made.subject.year
    there = value is not None
    return Caveats(
        adjustment=made.marks.adjustment,
        missing=year.months_of_bits(year.of(made.point), parts.missing) if there and parts.leaves == 1 else (),
        prior_missing=_prior_missing(made, value, prior) if parts.leaves == 1 else (),
        restated=made.marks.restated if prior is not None else (),
        idle=made.marks.idle if there else (),
        blank=made.marks.blank if there else (),
        days_apart=parts.days_apart > 0 and there,
        results_open=parts.results_open and there,
        moves=made.moves,
        definition=made.definition,
    )


def _below(made: Ingredients, value: Decimal | None, prior: Decimal | None) -> Below:
    parts = made.parts
    return Below(
        leaves=parts.leaves,
        counted=parts.counted,
        compared=parts.compared,
        gapped=parts.gapped if value is not None else 0,
        prior_gapped=parts.prior_gapped if prior is not None or (value is not None and parts.base_missing) else 0,
        marks=made.marks_below,
    )


def _annualised_days(now: Parts) -> int | None:
    """The days in which the numerator was counted; None where those below counted unlike days."""
    if now.leaves > 1 and (now.gapped or now.as_of != now.as_of_latest):
        return None
    return int(now.exposure / now.denominator) if now.exposure and now.denominator and now.exposure % now.denominator == 0 else None


def _prior_missing(made: Ingredients, value: Decimal | None, prior: Decimal | None) -> tuple[Month, ...]:
    """The months that last year's figures lack, in the value itself and in what it is compared with."""
    now, year = made.parts, made.subject.year
    bits = (now.base_missing if value is not None else 0) | (now.prior_missing if prior is not None else 0)
    return year.months_of_bits(year.of(made.point) - 1, bits)


def _state_words(parts: Parts, subject: Subject) -> str:
    """Why there is no growth over last year's figure, where both are known; else empty."""
    above, base = parts.numerator, parts.denominator
    if not subject.growth or above is None or base is None:
        return ""
    words = growth(above + base, base, subject.unit if subject.unit != "%" else "").words
    return f"不能算增长率：{words}" if words else ""


def _qualifier(parts: Parts, subject: Subject) -> str:
    """How a figure is meant, of what its parts are: a rate over about so many is about so much."""
    above, below = Qualifier(parts.numerator_qualifier), Qualifier(parts.denominator_qualifier).inverse
    if not subject.divided or below is Qualifier.EXACT:
        return above
    return below if above in (Qualifier.EXACT, below) else Qualifier.ABOUT
