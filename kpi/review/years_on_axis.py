"""
This year against last year on one axis from January to December (今年与上年), and where a line breaks at New Year.

A cumulative figure begins anew in January, so a line that joins December to January looks like a collapse: it is broken there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.target_in_force import TargetInForce, in_force
from kpi.figures.last_years_course import profiles
from kpi.figures.subject_lookup import subject_of
from kpi.figures.target_lookup import targets_in_force
from kpi.period import Month, Span
from kpi.review.prospects import natural_limits
from kpi.review.series import Point, Series
from kpi.value import as_decimal


@dataclass(frozen=True, slots=True)
class MonthOfYears:
    """One month of the axis in both years; None where there is no such month in the series, or its figure is a gap."""

    month: int  # 1 to 12
    point: Point | None  # of this year, with all that is known of it
    value: Decimal | None
    last_year: Decimal | None  # as last year's own line has it
    base: Decimal | None  # what this year's figure is compared with: of like days, to this year's scope
    target: Decimal | None  # in force on the last day of the month, also of months to come
    upper: Decimal | None  # of a range
    due: Decimal | None  # how much of a yearly task is due by then
    low: Decimal | None  # between what the figure can still end while results are pending
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class TargetStep:
    """A target of the year from a month on, as its line is drawn and named."""

    month: Month
    value: Decimal
    upper: Decimal | None
    since: date | None  # the day from which it holds, where it was set within the year


@dataclass(frozen=True, slots=True)
class YearsOnAxis:
    """A series of one year over that of the year before."""

    code: str
    name: str
    unit: str
    decimals: int
    year: int
    months: tuple[MonthOfYears, ...]  # all twelve
    steps: tuple[TargetStep, ...]  # ascending; more than one where the target changed; empty without one, and where each month has its own

    @property
    def pending(self) -> bool:
        """Whether results are pending in any month."""
        return any(month.low is not None or month.high is not None for month in self.months)


@dataclass(frozen=True, slots=True)
class NaturalBand:
    """自然界限 of single months, in the unit of the series."""

    mean: Decimal
    low: Decimal
    high: Decimal


def years_on_axis(bureau: Bureau, series: Series, year: int, span: Span = Span.YTD, org: str | None = None) -> YearsOnAxis:
    """
    A year of a series over the year before.

    Args:
        bureau: The bureau.
        series: Points of both years; months that it does not have are gaps.
        year: The year.
        span: What each of its points covers.
        org: The organisation it is of, the root of the tree unless told.

    """
    points = {point.period: point for point in series.points}
    in_months = _targets(bureau, series.code, year, span, org)
    months = tuple(_month(points.get(month), points.get(month.plus(-12)), month, entry) for month, entry in in_months)
    return YearsOnAxis(series.code, series.name, series.unit, series.decimals, year, months, _steps(in_months))


def natural_band(bureau: Bureau, code: str, last: Month, span: Span, org: str | None = None) -> NaturalBand | None:
    """
    The natural limits that a series of a code is drawn with.

    Returns:
        None where its points are no single months that can be compared: of another span, and of what stands, whose months
        are judged by their change; where there are too few, and where nearly all months are alike, so that the band has no width.

    """
    subject = subject_of(bureau.catalog, code)
    if span is not Span.MONTH or not (subject.divided or subject.flows["numerator"]):
        return None
    judged = natural_limits(bureau, [code], last, org).get(code)
    if judged is None or not judged.limits.spread:
        return None
    mean, low, high = (as_decimal(bound) for bound in (judged.limits.mean, judged.low, judged.high))
    return None if mean is None or low is None or high is None else NaturalBand(mean, low, high)


def begins_anew(catalog: Catalog, code: str, span: Span) -> bool:
    """Whether a figure begins anew in January: a cumulative of what adds up, and a rate of it; not what stands, nor a single month."""
    return span.cumulative and subject_of(catalog, code).flows["numerator"]


def pieces(catalog: Catalog, series: Series, span: Span) -> tuple[tuple[Point, ...], ...]:
    """The points of a series as one line, or as a line for each year where it begins anew in January; ascending."""
    if not begins_anew(catalog, series.code, span):
        return (series.points,)
    return tuple(tuple(of_year) for _, of_year in groupby(series.points, key=lambda point: point.period.year))


def _month(now: Point | None, before: Point | None, month: Month, entry: TargetInForce | None) -> MonthOfYears:
    shown = now.drawn if now else None
    return MonthOfYears(
        month=month.month,
        point=now,
        value=shown,
        last_year=before.drawn if before else None,
        base=now.prior_value if now and shown is not None else None,
        target=entry.limit if entry else None,
        upper=entry.target.upper if entry else None,
        due=as_decimal(Fraction(entry.limit) * entry.stretch.due(month.last_day)) if entry and entry.paced else None,
        low=now.low if now else None,
        high=now.high if now else None,
    )


def _targets(bureau: Bureau, code: str, year: int, span: Span, org: str | None) -> list[tuple[Month, TargetInForce | None]]:
    """Each month of a year with the target in force on its last day."""
    if code not in bureau.catalog.indicators:
        return [(Month(year, month), None) for month in range(1, 13)]
    courses = profiles(bureau.store, bureau.catalog, {year}, org)
    every = (Month(year, month) for month in range(1, 13))
    return [(month, in_force(targets_in_force(bureau.catalog, month, code, span, courses, org), month.last_day)) for month in every]


def _steps(in_months: Sequence[tuple[Month, TargetInForce | None]]) -> tuple[TargetStep, ...]:
    """The targets of a year by the month from which each holds; none where its document gives a number for each month."""
    entries = [(month, entry) for month, entry in in_months if entry is not None]
    first = [(month, entry) for place, (month, entry) in enumerate(entries) if not place or entry.target != entries[place - 1][1].target]
    if any(len({entry.limit for _, entry in entries if entry.target == target.target}) > 1 for _, target in first):
        return ()
    return tuple(TargetStep(month, entry.limit, entry.target.upper, entry.target.since) for month, entry in first)
