"""
What each point of a board is held to: the target in force, its limits for the asked span, and how it falls due.

A target changed within the year gives two entries for the same point; the figure's own as_of decides between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from kpi.catalog.model import Catalog
from kpi.catalog.target import Pace, Target, TargetKind
from kpi.compute.pace import Course, Stretch, stretches
from kpi.figures.subject import subject_of
from kpi.period import Month, Span, own_day

Profiles = Mapping[tuple[str, int], Course]  # by indicator and year: the cumulative figures of the year before


@dataclass(frozen=True, slots=True)
class Held:
    """A target as it applies to a point, over the days of ``stretch``; ``limit`` is what it asks for there."""

    point: Month
    target: Target
    limit: Decimal
    paced: bool
    stretch: Stretch
    basis: str  # how the pace is counted, in words; empty without one


def held(catalog: Catalog, point: Month, code: str, span: Span, profiles: Profiles, org: str | None = None) -> Sequence[Held]:
    """Everything an indicator of an organisation, the root unless told, is held to at a point, by the days over which it is; empty without a target."""
    if (code, point.year) not in catalog.targets:
        return ()
    return _of(catalog, point, code, span, profiles.get((code, point.year), ()), org or catalog.root)


def in_force(entries: Sequence[Held], day: date) -> Held | None:
    """The entry that holds on a day."""
    return next((entry for entry in entries if entry.stretch.first <= day <= entry.stretch.last), None)


def due_by(entries: Sequence[Held], as_of: date | None, latest: date | None, point: Month) -> list[tuple[Held, date]]:
    """
    What a figure is held to on the days it runs to, as they count in the year of its point.

    Args:
        entries: What `held` gives.
        as_of: The earliest day of its parts; the end of the month where there is none.
        latest: The latest of them.
        point: The month.

    Returns:
        One entry with its day; two where the parts run to several days and what is asked for differs between them.

    """
    if not entries:
        return []
    days = dict.fromkeys(own_day(day or point.last_day, point) for day in dict.fromkeys((as_of, latest)))
    asked = [(entry, day) for day in days if (entry := in_force(entries, day)) is not None]
    if len(asked) == 2 and not asked[0][0].paced and asked[0][0].limit == asked[1][0].limit:
        return asked[:1]
    return asked


@lru_cache(maxsize=8192)
def _of(catalog: Catalog, point: Month, code: str, span: Span, profile: Course, org: str) -> tuple[Held, ...]:
    found: list[Held] = []
    targets = catalog.held(code, point.year, org)
    for target, after in zip_longest(targets, targets[1:]):
        limit = _limit(catalog, target, point, span)
        if limit is None or target.first_day > point.last_day:
            continue
        last = after.first_day - timedelta(1) if after else date(point.year, 12, 31)
        paced = target.paced and span.cumulative
        whole_year = Stretch(date(point.year, 1, 1), date(point.year, 12, 31), 1, 0, 1)
        for stretch in stretches(target, profile) if paced else (whole_year,):
            begins, ends = max(stretch.first, target.first_day), min(stretch.last, last)
            if begins <= ends:
                in_force = Stretch(begins, ends, stretch.base, stretch.each, stretch.whole)
                found.append(Held(point, target, limit, paced, in_force, _basis(target, profile) if paced else ""))
    return tuple(found)


def _limit(catalog: Catalog, target: Target, point: Month, span: Span) -> Decimal | None:
    """What is asked for at a point; what a whole year is to reach does not hold a single month, unless the document gives one for it."""
    if target.monthly and target.kind is not TargetKind.ANNUAL:
        return target.monthly[point.month - 1]
    if span.cumulative or not (target.yearly or subject_of(catalog, target.indicator).sums_up):
        return catalog.wanted(target)
    return sum(target.monthly[span.first(point).month - 1 : point.month], Decimal(0)) if target.monthly else None


def _basis(target: Target, profile: Course) -> str:
    if target.monthly:
        return "按月度计划"
    if target.pace is Pace.PROFILE and not profile:
        return f"上年各月数据不全，改{Pace.DAYS.chinese}"
    return target.pace.chinese
