"""Last year's own course of the indicators that are paced by it, read once for each version of the data."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from importlib.resources import files
from weakref import WeakKeyDictionary

from kpi.catalog.model import Catalog
from kpi.catalog.target import Pace
from kpi.compute.held import Profiles
from kpi.compute.pace import usable
from kpi.store.database import Store

_SQL = files("kpi.compute").joinpath("sql/profile.sql").read_text("utf-8")
_kept: WeakKeyDictionary[Store, tuple[int, Profiles]] = WeakKeyDictionary()


def profiles(store: Store, catalog: Catalog, years: Collection[int]) -> Profiles:
    """For each indicator and year paced by the year before: its cumulative figures, empty where they are not all known."""
    if not any(year in years for _, year in _paced(catalog)):
        return {}
    version, found = _kept.get(store, (-1, {}))
    if version != store.version:
        version, found = store.version, _read(store, catalog)
        _kept[store] = version, found
    return found


def _paced(catalog: Catalog) -> list[tuple[str, int]]:
    return [key for key, targets in catalog.targets.items() if any(target.pace is Pace.PROFILE for target in targets)]


def _read(store: Store, catalog: Catalog) -> Profiles:
    paced = _paced(catalog)
    asked = {"indicators": sorted({code for code, _ in paced}), "years": sorted({year - 1 for _, year in paced})}
    courses: dict[tuple[str, int], list[Decimal | None]] = defaultdict(list)
    for code, year, _, value in store.rows(_SQL, asked):
        courses[code, year + 1].append(value)
    return {key: usable(course) for key, course in courses.items()}
