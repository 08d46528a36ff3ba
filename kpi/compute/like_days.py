"""Like with like: last year's figure that runs to the same day, or to the nearest one there is."""

from datetime import date

from kpi.catalog.model import Catalog
from kpi.compute.parts import Found, parts
from kpi.period import Month, months, year_earlier
from kpi.store.database import Store
from kpi.store.parts import Parts


def compare_like_days(store: Store, catalog: Catalog, found: Found, org: str) -> dict[tuple[str, Month], Month]:
    """
    Where the figure of the same month last year runs to another day, that of last year's month whose day is nearest becomes the base.

    Where the same month has none, only a figure to the very day does: a nearer one would be no like with like.  Of an
    organisation that reports; above it the days are those of many.

    Returns:
        The months that took the place of the same month last year.

    """
    unlike = {key: now for key, now in found.items() if now.leaves == 1 and now.counted and _unlike(now)}
    if not unlike:
        return {}
    last_year = sorted({month for _, point in unlike for month in months(Month(point.year - 1, 1), Month(point.year - 1, 12))})
    there = parts(store, catalog, list({code for code, _ in unlike}), last_year, org=org)
    chosen: dict[tuple[str, Month], Month] = {}
    for (code, point), now in unlike.items():
        ago = [(month, base) for month in last_year if month.year == point.year - 1 and (base := there.get((code, month))) and base.counted]
        nearest = min(ago, key=lambda one: _apart(now.as_of, one[1].as_of), default=None)
        most = _apart(now.as_of, now.prior_as_of) if now.compared else 1
        if nearest is None or _apart(now.as_of, nearest[1].as_of) >= most:
            continue
        chosen[code, point], base = nearest
        found[code, point] = now._replace(
            prior_numerator=base.numerator,
            prior_denominator=base.denominator,
            own_numerator=None,
            own_denominator=None,
            prior_as_of=base.as_of,
            prior_counted_to=base.counted_to,
            compared=1,
        )
    return chosen


def _unlike(now: Parts) -> bool:
    return now.prior_as_of is not None and (not now.compared or _apart(now.as_of, now.prior_as_of) > 0)


def _apart(now: date | None, base: date | None) -> int:
    """Days between the day a base runs to and the same day a year before the figure's own; 0 when either is not known."""
    return abs((base - year_earlier(now)).days) if now is not None and base is not None else 0
