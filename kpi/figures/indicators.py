"""
Indicators of one month or of many: one set-based query, then one exact division for each figure.

SQL sums the parts; here they become values, and `verdict` compares the parts themselves.  So a verdict never depends
on how a quotient was rounded.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from kpi.catalog.model import Catalog, TargetKind
from kpi.catalog.organisation_moves import Move, moves
from kpi.compute.growth import Growth, growth
from kpi.compute.marks import MarkCounts, Marks
from kpi.compute.parts import Parts
from kpi.compute.range_left_open import figure, pending, possible, quotient
from kpi.compute.rate import decimal
from kpi.compute.row import BoardRow, Status
from kpi.compute.subject import Subject
from kpi.compute.target_in_force import TargetInForce, due_by
from kpi.compute.verdict import Verdict, judge
from kpi.figures.indicator_parts import parts
from kpi.figures.last_years_course import profiles
from kpi.figures.memory import Memory
from kpi.figures.remarks import Remarks
from kpi.figures.remarks_below import MarksBelow
from kpi.figures.subject_lookup import subject_of
from kpi.figures.target_lookup import held
from kpi.figures.uneven_months import UnevenMonths
from kpi.period import Month, Span, days, days_of_year, months, months_of_bits
from kpi.store.database import Store
from kpi.value import REASONS, Qualifier, State

_LATE = (Status.BEHIND, Status.MISSED)
_rows: Memory[list[BoardRow]] = Memory(most=200)  # the board of a bureau is some hundred kilobytes


def indicators(store: Store, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], span: Span = Span.YTD, org: str | None = None) -> list[BoardRow]:
    """
    Compute indicators at the asked months.

    Args:
        store: Where the figures are.
        catalog: What they mean; the one the store was opened with.
        points: The months asked about; the span of each ends with it.
        codes: Codes of indicators, or of measures as indicators of themselves.
        span: How many months each value covers.
        org: The organisation, the root of the tree unless told.

    Returns:
        One row per month and code, in the order asked; a code without any figure has a row that says 未报.
    """
    node = org or catalog.root
    question = (catalog, node, span, tuple(points), tuple(codes))
    return list(_rows.recall(store, question, lambda: _compute(store, catalog, points, codes, span, node)))


def _compute(store: Store, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], span: Span, node: str) -> list[BoardRow]:
    years = {point.year for point in points}
    courses, remarks = profiles(store, catalog, years, node), Remarks(store, catalog, years, node)
    marks_below, uneven = MarksBelow(store, catalog, years, node), UnevenMonths(store, catalog, node)
    subjects = {code: subject_of(catalog, code) for code in codes}
    known = parts(store, catalog, codes, points, span, node)
    absent = {point: Parts.absent(node, len(catalog.leaves(node, span.first(point), point))) for point in points}
    found = {(code, point): known.get((code, point), absent[point]) for code, point in product(codes, points)}
    every_move = moves(catalog.tree, node)
    rows = []
    for point in points:
        covered = months(span.first(point), point)
        changed = tuple(move for move in every_move if covered[0].plus(-12) < move.month <= point)
        for code in codes:
            subject = subjects[code]
            marks = remarks.of(subject.terms, covered, cumulative=span.cumulative)
            below = marks_below.of(subject.terms, covered)
            rows.append(_row(subject, point, found[code, point], held(catalog, point, code, span, courses, node), marks, below, uneven, changed))
    return rows


def _row(
    subject: Subject,
    point: Month,
    now: Parts,
    entries: Sequence[TargetInForce],
    marks: Marks,
    below: MarkCounts,
    uneven: UnevenMonths,
    changed: tuple[Move, ...],
) -> BoardRow:
    year, last_year = days_of_year(point.year), days_of_year(point.year - 1)
    exact = figure(now, subject, year)
    value = decimal(exact)
    prior = decimal(quotient(now.prior_numerator, now.prior_denominator, now.prior_exposure, subject, last_year))
    own = prior
    if (now.own_numerator, now.own_denominator) != (now.prior_numerator, now.prior_denominator):
        own = decimal(quotient(now.own_numerator, now.own_denominator, now.prior_exposure, subject, last_year)) if not subject.annualised else None
    month = _month(now.month_numerator, now.month_denominator, now.counted_to, subject, point)
    before = _month(now.before_numerator, now.before_denominator, now.before_counted_to, subject, point.plus(-1))
    like = value
    if now.like_numerator is not None:
        like = decimal(quotient(now.like_numerator, now.like_denominator, now.like_exposure, subject, year))
    results = pending(now, subject)
    state = _state(value, now, subject, open_results=results is not None)
    due = due_by(entries, now.as_of, now.as_of_latest, point)
    entry, day = due[0] if due else (None, point.last_day)
    target, limit = (entry.target, entry.limit) if entry else (None, None)
    share = entry.stretch.due(day) if entry and entry.paced and now.as_of else None
    owed = Decimal(share.numerator) / share.denominator if share is not None else None
    can_be = possible(now, subject, year, exact)
    verdict = judge(can_be, exact, due)
    stands = not subject.divided and not any(subject.flows.values())
    year_end, closing = now.year_end if stands else None, Month(point.year - 1, 12)
    over_year, over_month = growth(like, prior, subject.unit), growth(month, before, subject.unit, "上月")
    no_year = no_month = ""
    if value is not None and prior is None:
        no_year = _no_base(subject, point.plus(-12), now.prior_reason, now.prior_numerator, "这项数", "两年没有都有数的月份，不能比")
    if month is not None and before is not None and (unlike := uneven.unlike(subject.terms, point)):
        over_month = Growth(over_month.amount, over_month.unit, "，".join(words for words in (over_month.words, unlike) if words))
    if month is not None and before is None:
        single = "这项的本月数" if all(subject.flows.values()) else "这项数"
        no_month = _no_base(subject, point.plus(-1), now.before_reason, now.before_numerator, single, "不是每家两个月都有数，不能比")
    return BoardRow(
        period=point,
        org=now.org,
        indicator=subject.code,
        name=subject.name,
        office=subject.office,
        unit=subject.unit,
        state=state,
        value=value,
        numerator=now.numerator,
        denominator=now.denominator,
        reported_value=now.reported,
        reported_decimals=subject.reported_decimals,
        as_of=now.as_of,
        as_of_latest=now.as_of_latest,
        low=decimal(results.low) if results else None,
        high=decimal(results.high) if results else None,
        month_value=month,
        prior_value=prior,
        prior_as_of=now.prior_as_of if prior is not None else None,
        prior_own=own if own != prior else None,
        yoy=over_year.amount,
        yoy_unit=over_year.unit,
        yoy_words=over_year.words + no_year,
        mom=over_month.amount,
        mom_words=over_month.words + no_month,
        target=limit,
        target_upper=target.upper if target else None,
        target_kind=target.kind if target else subject.target_kind,
        target_document=target.document if target else "",
        target_since=target.since if target else None,
        tolerance=target.tolerance if target else None,
        pace=owed * 100 if owed is not None and len(due) == 1 else None,
        pace_basis=entry.basis if entry else "",
        progress=value * 100 / limit if entry and entry.paced and value is not None and limit else None,
        gap=_gap(value, entry, owed) if len(due) == 1 else None,
        shortfall=float(verdict.lacking) if verdict.lacking is not None and verdict.status in _LATE else None,
        status=_status(state, entry, verdict),
        may_assess=subject.may_assess,
        signal=None,
        year_end_value=year_end,
        since_year_end=growth(value, year_end, subject.unit).amount if stands else None,
        data_year=point.year + subject.year_offset,
        base_as_of=now.base_as_of,
        annualised_days=_annualised_days(now) if subject.annualised and value is not None else None,
        adjustment=marks.adjustment,
        missing=months_of_bits(point.year, now.missing) if value is not None and now.leaves == 1 else (),
        prior_missing=_prior_missing(now, point, value, prior) if now.leaves == 1 else (),
        restated=marks.restated if prior is not None else (),
        leaves=now.leaves,
        counted=now.counted,
        compared=now.compared,
        gapped=now.gapped if value is not None else 0,
        prior_gapped=now.prior_gapped if prior is not None or (value is not None and now.base_missing) else 0,
        restated_part=_restated_part(now) if subject.divided and prior is not None else None,
        qualifier=_qualifier(now, subject) if value is not None else Qualifier.EXACT,
        prior_qualifier=now.prior_qualifier if prior is not None else Qualifier.EXACT,
        certain=can_be is not None and can_be.exact is not None,
        days_apart=now.days_apart > 0 and value is not None,
        results_open=now.results_open and value is not None,
        like_value=like if prior is not None and now.like_numerator is not None else None,
        idle=marks.idle if value is not None else (),
        marks_below=below,
        month_qualifier=uneven.qualifier(subject.terms, point) if month is not None else Qualifier.EXACT,
        year_end_qualifier=uneven.qualifier(subject.terms, closing) if year_end is not None else Qualifier.EXACT,
        state_words=_state_words(now, subject) if value is None else "",
        moves=changed,
    )


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
        return decimal(quotient(numerator, denominator, None, subject, 0))
    counted = days(month.first_day, counted_to) if counted_to else 0
    return decimal(quotient(numerator, denominator, denominator * max(0, counted), subject, days_of_year(month.year)))


def _annualised_days(now: Parts) -> int | None:
    """The days in which the numerator was counted; None where those below counted unlike days."""
    if now.leaves > 1 and (now.gapped or now.as_of != now.as_of_latest):
        return None
    return int(now.exposure / now.denominator) if now.exposure and now.denominator and now.exposure % now.denominator == 0 else None


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


def _prior_missing(now: Parts, point: Month, value: Decimal | None, prior: Decimal | None) -> tuple[Month, ...]:
    """The months that last year's figures lack, in the value itself and in what it is compared with."""
    bits = (now.base_missing if value is not None else 0) | (now.prior_missing if prior is not None else 0)
    return months_of_bits(point.year - 1, bits)


def _state(value: Decimal | None, parts: Parts, subject: Subject, *, open_results: bool) -> State:
    """The face of a figure; of a rate of nothing yet, of which results are open, that it is under way."""
    if value is not None:
        return State.NUMBER if value else State.ZERO
    if open_results:
        return State.PENDING
    if parts.numerator is not None and parts.denominator is not None and parts.denominator <= 0:
        return State.NOT_APPLICABLE if subject.growth else State.NOT_STARTED
    return REASONS.get(parts.reason, State.UNREPORTED)


def _state_words(parts: Parts, subject: Subject) -> str:
    """Why there is no growth over last year's figure, where both are known; else empty."""
    above, base = parts.numerator, parts.denominator
    if not subject.growth or above is None or base is None:
        return ""
    words = growth(above + base, base, subject.unit if subject.unit != "%" else "").words
    return f"不能算增长率：{words}" if words else ""


def _status(state: State, entry: TargetInForce | None, verdict: Verdict) -> Status:
    """A target without a verdict is open: the figure is there but withheld, pending or of nothing done."""
    if state is State.UNREPORTED:
        return Status.UNREPORTED
    if entry is None:
        return Status.NO_TARGET
    return Status.UNDECIDED if verdict.status is None else verdict.status


def _qualifier(parts: Parts, subject: Subject) -> str:
    """How a figure is meant, of what its parts are: a rate over about so many is about so much."""
    above, below = Qualifier(parts.numerator_qualifier), Qualifier(parts.denominator_qualifier).inverse
    if not subject.divided or below is Qualifier.EXACT:
        return above
    return below if above in (Qualifier.EXACT, below) else Qualifier.ABOUT


def _gap(value: Decimal | None, entry: TargetInForce | None, due: Decimal | None) -> Decimal | None:
    """How much the value lacks, in its own unit; negative when there is some to spare."""
    if value is None or entry is None:
        return None
    if entry.target.kind is TargetKind.CEILING:
        return value - entry.limit
    if entry.target.upper is not None:
        return max(entry.limit - value, value - entry.target.upper)
    return entry.limit * (1 if due is None else due) - value
