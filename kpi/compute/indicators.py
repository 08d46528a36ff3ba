"""
Indicators of one month or of many: one set-based query, then one exact division for each figure.

SQL sums the parts; here they become values, and `verdict` compares the parts themselves.  So a verdict never depends
on how a quotient was rounded.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from kpi.catalog.formula import Term
from kpi.catalog.model import Catalog, Indicator, MeasureKind, TargetKind
from kpi.compute.definitions import itself
from kpi.compute.growth import growth
from kpi.compute.held import BETWEEN, CUMULATIVE, Held, held, in_force
from kpi.compute.marks import Marks, Remarks
from kpi.compute.profile import profiles
from kpi.compute.row import BoardRow, Status
from kpi.compute.verdict import Counted, Verdict, judge
from kpi.period import Month, Span, days, days_of_year, months, own_day, year_earlier
from kpi.store.database import Store
from kpi.value import State

_SQL = files("kpi.compute").joinpath("sql/indicators.sql").read_text("utf-8")
_REASONS = {1: State.NOT_APPLICABLE, 2: State.NOT_STARTED, 3: State.PENDING, 4: State.WITHHELD, 5: State.UNREPORTED}
_ONE = Decimal(1)
_LATE = (Status.BEHIND, Status.MISSED)
_FAR = 10**6  # days; a month without a figure is no base


def indicators(store: Store, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], span: Span = Span.YTD) -> list[BoardRow]:
    """
    Compute indicators at the asked months.

    Args:
        store: Where the figures are.
        catalog: What they mean; the one the store was opened with.
        points: The months asked about; the span of each ends with it.
        codes: Codes of indicators, or of measures as indicators of themselves.
        span: How many months each value covers.

    Returns:
        One row per month and code, in the order asked; a code without any figure has a row that says 未报.
    """
    years = {point.year for point in points}
    courses, remarks = profiles(store, catalog, years), Remarks(store, catalog, years)
    subjects = {code: _subject(catalog, code) for code in codes}
    bases = _bases(store, codes, _wanted(points, span))
    if span in CUMULATIVE:
        _compare_like_days(store, bases)
    rows = []
    for point in points:
        covered = months(span.first(point), point)
        for code in codes:
            subject, found = subjects[code], bases[code, point.first_day]
            if span in BETWEEN:
                found = _between(subject, found, covered[0], remarks)
            marks = remarks.of(subject.terms, covered, _base_month(found["prior"], point) if span in CUMULATIVE else None)
            rows.append(_row(subject, point, span, found, held(catalog, point, code, span, courses), marks))
    return rows


def _bases(store: Store, codes: Sequence[str], wanted: Mapping[str, Sequence[object]]) -> dict[tuple[str, date], dict[str, "_Parts"]]:
    found: dict[tuple[str, date], dict[str, _Parts]] = defaultdict(dict)
    for row in store.rows(_SQL, {**wanted, "indicators": list(codes)}):
        parts = _Parts(*row)
        found[parts.indicator, parts.point][parts.basis] = parts
    return found


def _compare_like_days(store: Store, bases: Mapping[tuple[str, date], dict[str, "_Parts"]]) -> None:
    """
    Where the figure of the same month last year runs to another day, that of last year's month whose day is nearest becomes the base.

    Where the same month has none, only a figure to the very day does: a nearer one would be no like with like.
    """
    unlike = {key: found for key, found in bases.items() if found["now"].complete and _unlike(found["now"], found["prior"])}
    if not unlike:
        return
    last_year = {month for _, point in unlike for month in months(Month(point.year - 1, 1), Month(point.year - 1, 12))}
    there = _bases(store, list({code for code, _ in unlike}), _wanted(sorted(last_year), Span.YTD))
    for (code, point), found in unlike.items():
        others = [there[code, Month(point.year - 1, number).first_day]["now"] for number in range(1, 13)]
        nearest = min([found["prior"], *others], key=lambda one: _apart(found["now"].as_of, one.as_of) if one.complete else _FAR)
        if found["prior"].complete or _apart(found["now"].as_of, nearest.as_of) == 0:
            found["prior"] = replace(nearest, own_numerator=nearest.numerator, own_denominator=nearest.denominator)


def _unlike(now: "_Parts", prior: "_Parts") -> bool:
    return prior.as_of is not None and (not prior.complete or _apart(now.as_of, prior.as_of) > 0)


def _apart(now: date | None, base: date | None) -> int:
    """Days between the day a base runs to and the same day a year before the figure's own; 0 when either is not known."""
    return abs((base - year_earlier(now)).days) if now is not None and base is not None else 0


def _base_month(prior: "_Parts", point: Month) -> Month:
    """The month of last year that a figure is compared with."""
    return point.plus(-12) if prior.point == point.first_day else Month.of(prior.point)


def _between(subject: "_Subject", bases: Mapping[str, "_Parts"], first: Month, remarks: Remarks) -> dict[str, "_Parts"]:
    """
    A quarter or half-year of which a month is not known by itself, from the cumulatives before and at its end.

    January and February reported together have no month of their own; the first quarter is known all the same.
    """
    found = dict(bases)
    for basis, shift in (("now", 0), ("prior", 12)):
        end, start = bases[f"{basis} end"], bases[f"{basis} start"]
        last = Month.of(bases["now"].point).plus(-shift)
        gaps = [month for day in (last, first.plus(-1 - shift)) if day.year == last.year for month in remarks.missing(subject.terms, day)]
        told: dict[str, Any] = {}
        for part, flow in subject.flows.items():
            before = 0 if first.month == 1 else getattr(start, part)
            if flow and not gaps and getattr(bases[basis], part) is None and getattr(end, part) is not None and before is not None:
                told[part] = getattr(end, part) - before
        if told:
            found[basis] = replace(bases[basis], **told, as_of=end.as_of, as_of_latest=end.as_of_latest)
    return found


def _wanted(points: Sequence[Month], span: Span) -> dict[str, list[Any]]:
    """
    The months that make up each basis of each point, as columns.

    ``@ly`` of the span now and the span a year earlier are the same months, on the same comparable base.
    """
    cumulative = span in CUMULATIVE
    rows: list[tuple[date, str, int, date, bool, bool, bool]] = []
    for point in points:
        spanned = (point,) if cumulative else months(span.first(point), point)
        bases = [
            ("now", 0, spanned, cumulative),
            ("prior", 12, spanned, cumulative),
            ("month", 0, (point,), False),
            ("before", 1, (point,), False),
            ("year end", point.month, (point,), True),
        ]
        if span in BETWEEN:
            ended = point.month - span.first(point).month + 1
            bases += [("now end", 0, (point,), True), ("prior end", 12, (point,), True)]
            bases += [("now start", ended, (point,), True), ("prior start", ended + 12, (point,), True)]
        for basis, shift, covered, closes in bases:
            for years_back in (0, 1):
                comparable = cumulative and closes and shift + 12 * years_back == 12
                for month in covered:
                    earlier = month.plus(-shift - 12 * years_back)
                    rows.append((point.first_day, basis, years_back, earlier.first_day, month == covered[-1], closes, comparable))
    names = ("points", "bases", "years_back", "months", "closing", "cumulative", "comparable")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


@dataclass(frozen=True, slots=True)
class _Parts:
    """One row of indicators.sql, its columns in order."""

    point: date
    indicator: str
    basis: str
    numerator: Decimal | None
    denominator: Decimal | None
    own_numerator: Decimal | None
    own_denominator: Decimal | None
    failed: Decimal | None
    total: Decimal | None
    reported: Decimal | None
    reason: int | None
    as_of: date | None
    as_of_latest: date | None
    base_as_of: date | None
    counted_to: date | None

    @property
    def complete(self) -> bool:
        """Whether numerator and denominator are there."""
        return self.reason == 0


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is asked about: an indicator, or a measure as an indicator of itself."""

    code: str
    name: str
    office: str
    unit: str
    scale: int
    divided: bool
    target_kind: TargetKind
    may_assess: bool
    reported_decimals: int | None
    terms: tuple[Term, ...]  # of numerator and denominator
    flows: Mapping[str, bool]  # by part: whether all of it adds up over months
    sheets: tuple[str, ...]  # the reports its parts stand in
    year_offset: int
    annualised: bool


def _subject(catalog: Catalog, code: str) -> _Subject:
    indicator: Indicator | None = catalog.indicators.get(code)
    entry = indicator or catalog.measures[code]
    parts: dict[str, tuple[Term, ...]] = {"numerator": (itself(code),)}
    if indicator is not None:
        made = ((part, getattr(indicator, part)) for part in ("numerator", "denominator", "failed", "total"))
        parts = {part: formula.terms for part, formula in made if formula is not None}
    terms = (*parts["numerator"], *parts.get("denominator", ()))
    measures = [catalog.measures[term.measure] for term in terms]
    return _Subject(
        code=code,
        name=entry.name,
        office=entry.office,
        unit=entry.unit,
        scale=indicator.scale if indicator else 1,
        divided="denominator" in parts,
        target_kind=indicator.target_kind if indicator else TargetKind.NONE,
        may_assess=indicator is None or indicator.may_assess,
        reported_decimals=catalog.measures[indicator.reported].decimals if indicator and indicator.reported else None,
        terms=terms,
        flows={part: all(catalog.measures[term.measure].kind is MeasureKind.FLOW for term in made) for part, made in parts.items()},
        sheets=tuple(dict.fromkeys(catalog.offices[measure.office].template for measure in measures)),
        year_offset=measures[0].report_year_offset,
        annualised=indicator is not None and indicator.annualised,
    )


def _row(subject: _Subject, point: Month, span: Span, bases: Mapping[str, _Parts], entries: Sequence[Held], marks: Marks) -> BoardRow:
    now, base = bases["now"], bases["prior"]
    first = span.first(point)
    value, prior = _quotient(now, subject, first), _quotient(base, subject, first.plus(-12))
    month, before = _quotient(bases["month"], subject, point), _quotient(bases["before"], subject, point.plus(-1))
    published = base.own_numerator, base.own_denominator
    restated = published != (base.numerator, base.denominator)
    own = _quotient(replace(base, numerator=published[0], denominator=published[1]), subject, first.plus(-12)) if restated else prior
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
    year_end = _quotient(bases["year end"], subject, point) if stands else None
    over_year, over_month = growth(value, prior, subject.unit), growth(month, before, subject.unit, "上月")
    return BoardRow(
        period=point,
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
        prior_as_of=base.as_of if prior is not None else None,
        prior_own=own if own != prior else None,
        yoy=over_year.amount,
        yoy_unit=over_year.unit,
        yoy_words=over_year.words + _lacking(subject, base, point.plus(-12) if value is not None and prior is None else None, "这项数"),
        mom=over_month.amount,
        mom_words=over_month.words + _lacking(subject, bases["before"], point.plus(-1) if month is not None and before is None else None, single),
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
        status=_status(state, entry, verdict),
        may_assess=subject.may_assess,
        signal=None,
        year_end_value=year_end,
        since_year_end=growth(value, year_end, subject.unit).amount if stands else None,
        data_year=point.year + subject.year_offset,
        base_as_of=now.base_as_of,
        annualised_days=_stretch(now, subject, first)[1] if subject.annualised and value is not None else None,
        adjustment=marks.adjustment,
        missing=marks.missing if value is not None else (),
        prior_missing=marks.prior_missing if prior is not None else (),
        restated=marks.restated if prior is not None else (),
    )


def _quotient(parts: _Parts, subject: _Subject, first: Month) -> Decimal | None:
    """One division, of what was counted since ``first``."""
    if parts.numerator is None or not subject.divided:
        return parts.numerator
    year, counted = _stretch(parts, subject, first)
    return parts.numerator * subject.scale * year / (parts.denominator * counted) if parts.denominator and counted else None


def _stretch(parts: _Parts, subject: _Subject, first: Month) -> tuple[int, int]:
    """The days of the year and those in which the numerator was counted, none when it ends before; 1 and 1 where nothing is annualised."""
    if not subject.annualised:
        return 1, 1
    return days_of_year(first.year), max(0, days(first.first_day, parts.counted_to)) if parts.counted_to else 0


def _lacking(subject: _Subject, base: _Parts, month: Month | None, what: str) -> str:
    """Which report a missing base should have come from, or the word that stands there."""
    if month is None or any(term.years_back for term in subject.terms):
        return ""
    state = _state(None, base)
    if state is not State.UNREPORTED:
        return f"（{month.chinese}{state.value}）"
    sheets = "、".join(f"{month.chinese}{sheet}" for sheet in subject.sheets)
    return f"（{sheets}{'至少一份' if len(subject.sheets) > 1 else ''}没有{what}）"


def _state(value: Decimal | None, parts: _Parts) -> State:
    if value is not None:
        return State.NUMBER if value else State.ZERO
    if parts.numerator is not None and parts.denominator == 0:
        return State.NOT_STARTED
    return _REASONS[parts.reason or 5]


def _status(state: State, entry: Held | None, verdict: Verdict) -> Status:
    """A target without a verdict is open: the figure is there but withheld, pending or of nothing done."""
    if state is State.UNREPORTED:
        return Status.UNREPORTED
    if entry is None:
        return Status.NO_TARGET
    return verdict.status or Status.UNDECIDED


def _counted(parts: _Parts, subject: _Subject, first: Month) -> Counted:
    """The parts as they are judged; what is annualised is multiplied out, so that nothing is rounded before the verdict."""
    if not subject.divided:
        return Counted(parts.numerator, _ONE, parts.failed, parts.total, subject.scale)
    year, counted = _stretch(parts, subject, first)
    numerator = None if parts.numerator is None else parts.numerator * year
    denominator = None if parts.denominator is None else parts.denominator * counted
    return Counted(numerator, denominator, parts.failed, parts.total, subject.scale)


def _bounds(parts: _Parts, scale: int) -> tuple[Decimal | None, Decimal | None]:
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
