"""The parts of indicators from the store: those kept ready where they are, the others summed when asked."""

from collections.abc import Iterable, Mapping, Sequence

from kpi.catalog.model import Catalog
from kpi.compute.parts import Parts
from kpi.compute.subject import Subject
from kpi.figures.subject_lookup import subject_of
from kpi.period import Month, Span
from kpi.store.reader import StoreReader

_PREFIXES = ("", "month_", "before_", "prior_", "own_", "like_")
_FIELDS = {
    "numerator": (*(f"{prefix}numerator" for prefix in _PREFIXES), "year_end", "known"),
    "denominator": (*(f"{prefix}denominator" for prefix in _PREFIXES), "whole_denominator", "exposure", "whole_exposure", "prior_exposure", "like_exposure"),
    "failed": ("failed",),
    "total": ("total",),
}
PartsByMonth = dict[tuple[str, Month], Parts]


def parts(store: StoreReader, catalog: Catalog, codes: Iterable[str], points: Sequence[Month], span: Span = Span.YTD, org: str | None = None) -> PartsByMonth:
    """
    Sum what indicators are made of.

    Args:
        store: Where the figures are.
        catalog: What they mean at all of these months: the one the store was opened with, or that of some month, see `Catalog.at`.
        codes: Codes of indicators, or of measures as indicators of themselves.
        points: The months asked about; the span of each ends with it.
        span: How many months are summed.
        org: The organisation, the root of the tree unless told.

    Returns:
        By code and month, others than those asked for among them; nothing for months outside the calendar.
    """
    node = org or catalog.root
    kept, others = divide_by_readiness(catalog, codes, span)
    sums: PartsByMonth = dict(_kept(store, catalog, node, kept, min(points), max(points))) if kept else {}
    if others:
        sums |= family(store, catalog, others, points, span, node)[node]
    return sums


def divide_by_readiness(catalog: Catalog, codes: Iterable[str], span: Span) -> tuple[list[str], list[str]]:
    """The codes whose parts are kept ready, and those whose parts have to be summed."""
    every = list(codes)
    ready = set(catalog.indicators) if span.cumulative else set()
    return [code for code in every if code in ready], [code for code in every if code not in ready]


def family(store: StoreReader, catalog: Catalog, codes: Sequence[str], points: Sequence[Month], span: Span, org: str) -> Mapping[str, PartsByMonth]:
    """
    What is not kept ready, of an organisation and of each that its sums are added up from.

    Who is missing from a sum is asked right after it, and what makes the one makes the other.

    Returns:
        By organisation what `parts` gives.
    """
    by_org: dict[str, PartsByMonth] = {node: {} for node in (org, *catalog.tree.addends.get(org, ()))}
    asked = {catalog.key(code): code for code in codes}
    for row in store.summed_parts(list(by_org), [stay.code for stay in catalog.tree.stays(org)], list(asked), points, span):
        code = asked[row.indicator]
        by_org[row.org][code, Month.of(row.period)] = _unshifted(row, subject_of(catalog, code))
    return by_org


def _kept(store: StoreReader, catalog: Catalog, org: str, codes: Sequence[str], first: Month, last: Month) -> PartsByMonth:
    every = len(codes) > len(catalog.indicators) // 2  # a long list costs more than the rows it leaves out
    asked = {catalog.key(code): code for code in (catalog.indicators if every else codes)}
    rows = store.kept_parts(org, first, last, None if every else tuple(asked))
    kept = ((asked[row.indicator], row) for row in rows if row.indicator in asked)
    return {(code, Month.of(row.period)): _unshifted(row, subject_of(catalog, code)) for code, row in kept}


def _unshifted(row: Parts, subject: Subject) -> Parts:
    """Parts in the unit of their indicator: sums are kept multiplied, so that no coefficient was rounded."""
    if not any(subject.shifts.values()):
        return row
    fields = ((name, subject.shifts.get(part, 0)) for part, names in _FIELDS.items() for name in names)
    return row._replace(**{name: getattr(row, name).scaleb(-power) for name, power in fields if power and getattr(row, name) is not None})


def complete(parts: Parts) -> bool:
    """Whether sums lack neither organisations nor months, and all of it runs to one day."""
    return parts.counted == parts.leaves and not parts.missing and not parts.base_missing and parts.as_of == parts.as_of_latest
