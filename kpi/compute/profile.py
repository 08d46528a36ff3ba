"""Last year's own course of the indicators that are paced by it, read once for each version of the data."""

from collections.abc import Collection
from weakref import WeakKeyDictionary

from kpi.catalog.model import Catalog
from kpi.catalog.target import Pace
from kpi.compute.held import Profiles
from kpi.compute.pace import usable
from kpi.compute.parts import parts
from kpi.period import Month, months
from kpi.store.database import Store

_kept: WeakKeyDictionary[Store, tuple[int, dict[str, Profiles]]] = WeakKeyDictionary()


def profiles(store: Store, catalog: Catalog, years: Collection[int], org: str | None = None) -> Profiles:
    """For each indicator and year paced by the year before: its cumulative figures, empty where they are not all known."""
    paced = [key for key, targets in catalog.targets.items() if any(target.pace is Pace.PROFILE for target in targets)]
    if not any(year in years for _, year in paced):
        return {}
    node = org or catalog.root
    version, by_org = _kept.get(store, (-1, {}))
    if version != store.version:
        version, by_org = store.version, {}
    if node not in by_org:
        by_org = by_org | {node: _read(store, catalog, paced, node)}
        _kept[store] = version, by_org
    return by_org[node]


def _read(store: Store, catalog: Catalog, paced: Collection[tuple[str, int]], org: str) -> Profiles:
    courses: dict[tuple[str, int], tuple[Month, ...]] = {(code, year): months(Month(year - 1, 1), Month(year - 1, 12)) for code, year in paced}
    found = parts(store, catalog, sorted({code for code, _ in paced}), sorted({month for course in courses.values() for month in course}), org=org)
    known = {key: one.numerator if one.gaps == 0 and one.counted == one.leaves else None for key, one in found.items()}
    return {(code, year): usable([known.get((code, month)) for month in course]) for (code, year), course in courses.items()}
