"""
Indicators of one month or of many: one set-based query, then one exact division for each figure.

SQL sums the parts; here they become values, and `verdict` compares the parts themselves.  So a verdict never depends
on how a quotient was rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.model import Catalog, Indicator, TargetKind
from kpi.compute.growth import growth
from kpi.compute.held import Held, held, in_force
from kpi.compute.parts import parts
from kpi.compute.profile import profiles
from kpi.compute.row import BoardRow, Status
from kpi.compute.verdict import Counted, Verdict, judge
from kpi.period import Month, Span, own_day
from kpi.store.database import Store
from kpi.store.parts import Parts
from kpi.value import State

_REASONS = {1: State.NOT_APPLICABLE, 2: State.NOT_STARTED, 3: State.PENDING, 4: State.WITHHELD, 5: State.UNREPORTED}
_ONE = Decimal(1)
_LATE = (Status.BEHIND, Status.MISSED)


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
    courses = profiles(store, catalog, {point.year for point in points}, node)
    found = parts(store, catalog, codes, points, span, node)
    subjects = {code: _subject(catalog, code, node) for code in codes}
    absent = Parts.absent(node, len(catalog.leaves(node)))
    return [_row(subjects[code], point, found.get((code, point), absent), held(catalog, point, code, span, courses, node)) for point in points for code in codes]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is asked about: an indicator, or a measure as an indicator of itself."""

    code: str
    org: str
    name: str
    office: str
    unit: str
    scale: int
    divided: bool
    target_kind: TargetKind
    may_assess: bool
    reported_decimals: int | None


def _subject(catalog: Catalog, code: str, org: str) -> _Subject:
    indicator: Indicator | None = catalog.indicators.get(code)
    if indicator is None:
        measure = catalog.measures[code]
        return _Subject(code, org, measure.name, measure.office, measure.unit, 1, False, TargetKind.NONE, True, None)
    return _Subject(
        code,
        indicator.name,
        indicator.office,
        indicator.unit,
        indicator.scale,
        indicator.denominator is not None,
        indicator.target_kind,
        indicator.may_assess,
        catalog.measures[indicator.reported].decimals if indicator.reported else None,
    )


def _row(subject: _Subject, point: Month, now: Parts, entries: Sequence[Held]) -> BoardRow:
    value = _quotient(now.numerator, now.denominator, subject)
    prior = _quotient(now.prior_numerator, now.prior_denominator, subject)
    own = _quotient(now.own_numerator, now.own_denominator, subject)
    month = _quotient(now.month_numerator, now.month_denominator, subject)
    before = _quotient(now.before_numerator, now.before_denominator, subject)
    like = value if now.compared in (0, now.counted) else _quotient(now.like_numerator, now.like_denominator, subject)
    low, high = _bounds(now, subject.scale)
    state = _state(value, now)
    day = own_day(now.as_of or point.last_day, point)
    entry = in_force(entries, day)
    target, limit = (entry.target, entry.limit) if entry else (None, None)
    share = entry.stretch.due(day) if entry and entry.paced and now.as_of else None
    due = Decimal(share.numerator) / share.denominator if share is not None else None
    verdict = judge(_counted(now, subject), entry, day) if entry else Verdict(None)
    over_year = growth(like, prior, subject.unit)
    return BoardRow(
        period=point,
        org=subject.org,
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
        prior_as_of=now.prior_as_of,
        prior_own=own if own != prior else None,
        yoy=over_year.amount,
        yoy_unit=over_year.unit,
        yoy_words=over_year.words,
        mom=growth(month, before, subject.unit, "上月").amount,
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
        leaves=now.leaves,
        counted=now.counted,
        compared=now.compared,
    )


def _quotient(numerator: Decimal | None, denominator: Decimal | None, subject: _Subject) -> Decimal | None:
    if numerator is None or not subject.divided:
        return numerator
    return numerator * subject.scale / denominator if denominator else None


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


def _counted(parts: Parts, subject: _Subject) -> Counted:
    return Counted(parts.numerator, parts.denominator if subject.divided else _ONE, parts.failed, parts.total, subject.scale)


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
