"""Last year's own course of the indicators that are paced by it."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from kpi.catalog.model import Catalog
from kpi.catalog.target import Pace
from kpi.compute.pace import usable
from kpi.compute.parts import Parts
from kpi.figures.indicator_parts import complete, parts
from kpi.figures.target_lookup import Profiles
from kpi.store.reader import StoreReader
from kpi.value import Qualifier


def profiles(store: StoreReader, catalog: Catalog, years: Collection[int], org: str | None = None) -> Profiles:
    """For each indicator and year paced by the year before: its cumulative figures, empty where they are not all known."""
    paced = [(code, year) for (code, year), targets in catalog.targets.items() if year in years and any(target.pace is Pace.PROFILE for target in targets)]
    if not paced:
        return {}
    courses = {(code, year): catalog.year.so_far(catalog.year.last(year - 1)) for code, year in paced}
    sums = parts(store, catalog, sorted({code for code, _ in paced}), sorted({month for course in courses.values() for month in course}), org=org)
    return {(code, year): usable([_taken(sums.get((code, month))) for month in course], catalog.year) for (code, year), course in courses.items()}


def _taken(parts: Parts | None) -> tuple[date, Decimal] | None:
    """The day a cumulative runs to, and the cumulative; None where it lacks months or organisations, runs to several days, or is no exact number."""
    if parts is None or parts.numerator is None or parts.as_of is None or not complete(parts) or parts.numerator_qualifier != Qualifier.EXACT:
        return None
    return parts.as_of, parts.numerator
