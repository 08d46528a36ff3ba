"""
What each point of a board is held to: the target in force, its limits for the asked span, and how it falls due.

A target changed within the year gives two entries for the same point; the figure's own as_of decides between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import zip_longest

from kpi.catalog.model import Catalog
from kpi.catalog.target import Pace, Target, TargetKind
from kpi.compute.pace import DatedFigures, Stretch, stretches
from kpi.compute.target_in_force import TargetInForce
from kpi.figures.subject_lookup import subject_of
from kpi.period import Month, Span

Profiles = Mapping[tuple[str, int], DatedFigures]  # by indicator and year: the cumulative figures of the year before


def targets_in_force(catalog: Catalog, point: Month, code: str, span: Span, profiles: Profiles, org: str | None = None) -> Sequence[TargetInForce]:
    """Everything an indicator of an organisation, the root unless told, is held to at a point, by the days over which it is; empty without a target."""
    if (code, catalog.year.of(point)) not in catalog.targets:
        return ()
    return _of(catalog, point, code, span, profiles.get((code, catalog.year.of(point)), ()), org)


def _of(catalog: Catalog, point: Month, code: str, span: Span, profile: DatedFigures, org: str | None) -> tuple[TargetInForce, ...]:
    in_force: list[TargetInForce] = []
    year, named = catalog.year, catalog.year.of(point)
    targets = catalog.targets_of(code, named, org)
    for target, after in zip_longest(targets, targets[1:]):
        limit = _limit(catalog, target, point, span)
        if limit is None or target.first_day(year) > point.last_day:
            continue
        last = after.first_day(year) - timedelta(1) if after else year.last_day(named)
        paced = target.paced and span.cumulative
        whole_year = Stretch(year.first_day(named), year.last_day(named), 1, 0, 1, year)
        for stretch in stretches(target, profile, year) if paced else (whole_year,):
            begins, ends = max(stretch.first, target.first_day(year)), min(stretch.last, last)
            if begins <= ends:
                days = replace(stretch, first=begins, last=ends)
                in_force.append(TargetInForce(point, target, limit, paced, days, _basis(target, profile) if paced else ""))
    return tuple(in_force)


def _limit(catalog: Catalog, target: Target, point: Month, span: Span) -> Decimal | None:
    """What is asked for at a point; what a whole year is to reach does not hold a single month, unless the document gives one for it."""
    if target.monthly and target.kind is not TargetKind.ANNUAL:
        return target.monthly[catalog.year.number(point) - 1]
    if span.cumulative or not (target.yearly or subject_of(catalog, target.indicator).sums_up):
        return catalog.wanted(target)
    first, last = catalog.year.number(catalog.year.start(span, point)), catalog.year.number(point)
    return sum(target.monthly[first - 1 : last], Decimal(0)) if target.monthly else None


def _basis(target: Target, profile: DatedFigures) -> str:
    if target.monthly:
        return "按月度计划"
    if target.pace is Pace.PROFILE and not profile:
        return f"上年各月数据不全，改{Pace.DAYS.chinese}"
    return target.pace.chinese
