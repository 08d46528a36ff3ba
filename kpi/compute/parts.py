"""The parts of indicators from the store: those kept ready where they are, the others summed when asked."""

from collections.abc import Iterable, Sequence

from kpi.catalog.model import Catalog
from kpi.period import Month, Span
from kpi.store.database import Store
from kpi.store.parts import Parts

Found = dict[tuple[str, Month], Parts]


def parts(store: Store, catalog: Catalog, codes: Iterable[str], points: Sequence[Month], span: Span = Span.YTD, org: str | None = None) -> Found:
    """
    Sum what indicators are made of.

    Args:
        store: Where the figures are.
        catalog: What they mean; the one the store was opened with.
        codes: Codes of indicators, or of measures as indicators of themselves.
        points: The months asked about; the span of each ends with it.
        span: How many months are summed.
        org: The organisation, the root of the tree unless told.

    Returns:
        By code and month; nothing for months outside the calendar.
    """
    node = org or catalog.root
    ready = [code for code in codes if span.cumulative and code in catalog.indicators]
    others = [code for code in codes if not (span.cumulative and code in catalog.indicators)]
    asked = set(points)
    found = [row for row in store.kept_parts(node, ready, min(points), max(points)) if Month.of(row.period) in asked] if ready else []
    if others:
        found += store.summed_parts(node, catalog.leaves(node), others, points, span)
    return {(row.indicator, Month.of(row.period)): row for row in found}
