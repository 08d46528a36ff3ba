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
from kpi.compute.between import between
from kpi.compute.growth import growth
from kpi.compute.held import Held, held, in_force
from kpi.compute.like_days import compare_like_days
from kpi.compute.marks import Marks, Remarks
from kpi.compute.memory import Memory
from kpi.compute.parts import parts
from kpi.compute.profile import profiles
from kpi.compute.row import BoardRow, Status
from kpi.compute.subject import Subject, subject_of
from kpi.compute.verdict import Counted, Verdict, judge
from kpi.period import Month, Span, days, days_of_year, months, own_day
from kpi.store.database import Store
from kpi.store.parts import Parts
from kpi.value import State

_REASONS = {1: State.NOT_APPLICABLE, 2: State.NOT_STARTED, 3: State.PENDING, 4: State.WITHHELD, 5: State.UNREPORTED}
_ONE = Decimal(1)
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
    subjects = {code: subject_of(catalog, code) for code in codes}
    known, absent = parts(store, catalog, codes, points, span, node), Parts.absent(node, len(catalog.leaves(node)))
    found = {key: known.get(key, absent) for key in product(codes, points)}
    base_months: dict[tuple[str, Month], Month] = {}
    if span.cumulative:
        base_months = compare_like_days(store, catalog, found, node)
    elif span is not Span.MONTH:
        between(store, catalog, subjects, found, span, node, remarks)
    rows = []
    for point in points:
        covered = months(span.first(point), point)
        for code in codes:
            base = base_months.get((code, point), point.plus(-12)) if span.cumulative else None
            marks = remarks.of(subjects[code].terms, covered, base)
            rows.append(_row(subjects[code], point, span, found[code, point], held(catalog, point, code, span, courses, node), marks))
    return rows


def _row(subject: Subject, point: Month, span: Span, now: Parts, entries: Sequence[Held], marks: Marks) -> BoardRow:
    first = span.first(point)
    value = _quotient(now.numerator, now.denominator, now.counted_to, subject, first)
    prior = _quotient(now.prior_numerator, now.prior_denominator, now.prior_counted_to, subject, first.plus(-12))
    own = _quotient(now.own_numerator, now.own_denominator, now.prior_counted_to, subject, first.plus(-12))
    month = _quotient(now.month_numerator, now.month_denominator, now.counted_to, subject, point)
    before = _quotient(now.before_numerator, now.before_denominator, now.before_counted_to, subject, point.plus(-1))
    alike = now.compared in (0, now.counted)
    like = value if alike else _quotient(now.like_numerator, now.like_denominator, now.counted_to, subject, first)
    low, high = _bounds(now, subject.scale)
    state = _state(value, now)
    day = own_day(now.as_of or point.last_day, point)
    entry = in_force(entries, day)
    target, limit = (entry.target, entry.limit) if entry else (None, None)
    share = entry.stretch.due(day) if entry and entry.paced and now.as_of else None
    due = Decimal(share.numerator) / share.denominator if share is not None else None
    single = "这项的本月数" if all(subject.flows.values()) else "这项数"
    verdict = judge(_counted(now, subject, first), entry, day) if entry else Verdict(None)
    stands = not subject.divided and not any(subject.flows.values())
    year_end = now.year_end if stands else None
    over_year, over_month = growth(like, prior, subject.unit), growth(month, before, subject.unit, "上月")
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
        low=low,
        high=high,
        month_value=month,
        prior_value=prior,
        prior_as_of=now.prior_as_of if prior is not None else None,
        prior_own=own if own != prior else None,
        yoy=over_year.amount,
        yoy_unit=over_year.unit,
        yoy_words=over_year.words + _lacking(subject, now.prior_reason, point.plus(-12) if value is not None and prior is None else None, "这项数"),
        mom=over_month.amount,
        mom_words=over_month.words + _lacking(subject, now.before_reason, point.plus(-1) if month is not None and before is None else None, single),
        target=limit,
        target_upper=target.upper if target else None,
        target_kind=target.kind if target else subject.target_kind,
        target_document=target.document if target else "",
        target_since=target.since if target else None,
        tolerance=target.tolerance if target else None,
        pace=due * 100 if due is not None else None,
        pace_basis=entry.basis if entry else "",
        progress=value * 100 / limit if entry and entry.paced and value is not None and limit else None,
        gap=_gap(value, entry, due),
        shortfall=float(verdict.lacking) if verdict.lacking is not None and verdict.status in _LATE else None,
        status=_status(state, entry, verdict, now),
        may_assess=subject.may_assess,
        signal=None,
        year_end_value=year_end,
        since_year_end=growth(value, year_end, subject.unit).amount if stands else None,
        data_year=point.year + subject.year_offset,
        base_as_of=now.base_as_of,
        annualised_days=_stretch(now.counted_to, subject, first)[1] if subject.annualised and value is not None else None,
        adjustment=marks.adjustment,
        missing=marks.missing if value is not None else (),
        prior_missing=marks.prior_missing if prior is not None else (),
        restated=marks.restated if prior is not None else (),
        leaves=now.leaves,
        counted=now.counted,
        compared=now.compared,
        gapped=now.gapped if value is not None else 0,
        prior_gapped=now.prior_gapped if prior is not None else 0,
        restated_part=_restated_part(now) if subject.divided and prior is not None else None,
    )


def _restated_part(parts: Parts) -> str | None:
    """The one part of a rate's base that the office restates, where the other is as this store recorded it."""
    above, below = parts.prior_numerator != parts.own_numerator, parts.prior_denominator != parts.own_denominator
    if above == below:
        return None
    return "分子" if above else "分母"


def _quotient(numerator: Decimal | None, denominator: Decimal | None, counted_to: date | None, subject: Subject, first: Month) -> Decimal | None:
    """One division, of what was counted since ``first``."""
    if numerator is None or not subject.divided:
        return numerator
    if not subject.annualised:
        return numerator * subject.scale / denominator if denominator else None
    year, counted = _stretch(counted_to, subject, first)
    return numerator * subject.scale * year / (denominator * counted) if denominator and counted else None


def _stretch(counted_to: date | None, subject: Subject, first: Month) -> tuple[int, int]:
    """The days of the year and those in which the numerator was counted, none when it ends before; 1 and 1 where nothing is annualised."""
    if not subject.annualised:
        return 1, 1
    return days_of_year(first.year), max(0, days(first.first_day, counted_to)) if counted_to else 0


def _lacking(subject: Subject, reason: int, month: Month | None, what: str) -> str:
    """Which report a missing base should have come from, or the word that stands there."""
    if month is None or any(term.years_back for term in subject.terms):
        return ""
    state = _REASONS.get(reason, State.NOT_STARTED)
    if state is not State.UNREPORTED:
        return f"（{month.chinese}{state.value}）"
    sheets = "、".join(f"{month.chinese}{sheet}" for sheet in subject.sheets)
    return f"（{sheets}{'至少一份' if len(subject.sheets) > 1 else ''}没有{what}）"


def _state(value: Decimal | None, parts: Parts) -> State:
    if value is not None:
        return State.NUMBER if value else State.ZERO
    if parts.numerator is not None and parts.denominator == 0:
        return State.NOT_STARTED
    return _REASONS[parts.reason or 5]


def _status(state: State, entry: Held | None, verdict: Verdict, now: Parts) -> Status:
    """
    A target without a verdict is open: the figure is there but withheld, pending or of nothing done.

    So is one over organisations of which some are missing: their figures can still decide it.
    """
    if state is State.UNREPORTED:
        return Status.UNREPORTED
    if entry is None:
        return Status.NO_TARGET
    return Status.UNDECIDED if verdict.status is None or 0 < now.counted < now.leaves else verdict.status


def _counted(parts: Parts, subject: Subject, first: Month) -> Counted:
    """The parts as they are judged; what is annualised is multiplied out, so that nothing is rounded before the verdict."""
    if not subject.divided:
        return Counted(parts.numerator, _ONE, parts.failed, parts.total, subject.scale)
    year, counted = _stretch(parts.counted_to, subject, first)
    numerator = None if parts.numerator is None else parts.numerator * year
    denominator = None if parts.denominator is None else parts.denominator * counted
    return Counted(numerator, denominator, parts.failed, parts.total, subject.scale)


def _bounds(parts: Parts, scale: int) -> tuple[Decimal | None, Decimal | None]:
    """What the rate can still become while lots are pending: all of them failing, all of them passing."""
    passed, failed, total = parts.numerator, parts.failed, parts.total
    if passed is None or failed is None or not total or passed + failed >= total:
        return None, None
    return passed * scale / total, (total - failed) * scale / total


def _gap(value: Decimal | None, entry: Held | None, due: Decimal | None) -> Decimal | None:
    """How much the value lacks, in its own unit; negative when there is some to spare."""
    if value is None or entry is None:
        return None
    if entry.target.kind is TargetKind.CEILING:
        return value - entry.limit
    if entry.target.upper is not None:
        return max(entry.limit - value, value - entry.target.upper)
    return entry.limit * (1 if due is None else due) - value
