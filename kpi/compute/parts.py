"""The parts of indicators from the store: those kept ready where they are, the others summed when asked."""

from collections.abc import Iterable, Sequence

from kpi.catalog.model import Catalog
from kpi.compute.memory import Memory
from kpi.period import Month, Span
from kpi.store.database import Store
from kpi.store.parts import Parts

Found = dict[tuple[str, Month], Parts]
_asked: Memory[Found] = Memory(most=200)  # of one organisation and month some hundred kilobytes


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
        By code and month, others than those asked for among them; nothing for months outside the calendar.
    """
    node = org or catalog.root
    kept = [code for code in codes if span.cumulative and code in catalog.indicators]
    others = [code for code in codes if not (span.cumulative and code in catalog.indicators)]
    found: Found = dict(_kept(store, catalog, node, kept, min(points), max(points))) if kept else {}
    if others:
        found |= _by_month(store.summed_parts(node, catalog.leaves(node), others, points, span))
    return found


def _kept(store: Store, catalog: Catalog, org: str, codes: Sequence[str], first: Month, last: Month) -> Found:
    every = len(codes) > len(catalog.indicators) // 2  # a long list costs more than the rows it leaves out
    indicators = None if every else tuple(codes)
    return _asked.recall(store, (org, first, last, indicators), lambda: _by_month(store.kept_parts(org, first, last, indicators)))


def _by_month(rows: Iterable[Parts]) -> Found:
    return {(row.indicator, Month.of(row.period)): row for row in rows}
