"""A quarter or half-year of which a month is not known by itself: what lies between two cumulative figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kpi.catalog.model import Catalog
from kpi.compute.parts import Found, parts
from kpi.compute.subject import Subject
from kpi.period import Month, Span
from kpi.store.database import Store
from kpi.store.parts import Parts


def between(store: Store, catalog: Catalog, subjects: Mapping[str, Subject], found: Found, span: Span, org: str) -> set[tuple[str, Month]]:
    """
    Put in what is lacking of an organisation that reports, from the cumulatives before and at the end of the span.

    January and February reported together have no month of their own; the first quarter is known all the same.  Only
    cumulatives without a gap are taken, of all parts of an indicator or of none.

    Returns:
        The codes and months of which the figure is such a difference.

    """
    lacking = {key for key, now in found.items() if now.leaves == 1 and (not now.counted or not now.compared or now.gapped or now.prior_gapped)}
    asked = {month for _, point in lacking for last in (point, point.plus(-12)) for month in (span.first(last).plus(-1), last)}
    if not lacking:
        return set()
    ytd = parts(store, catalog, list({code for code, _ in lacking}), sorted(asked), org=org)
    differences: set[tuple[str, Month]] = set()
    for code, point in lacking:
        now = found[code, point]
        if not now.counted or now.gapped:
            now = _filled(subjects[code], now, ytd, code, point, span, "")
        if not now.compared or now.prior_gapped or now.like_numerator is not None:
            now = _filled(subjects[code], now, ytd, code, point.plus(-12), span, "prior_")
        if now.as_of is not None and (now.numerator, now.denominator) != (found[code, point].numerator, found[code, point].denominator):
            differences.add((code, point))
        found[code, point] = now
    return differences


def _filled(subject: Subject, now: Parts, ytd: Found, code: str, last: Month, span: Span, prefix: str) -> Parts:
    """The parts of a span with the differences of two cumulatives in the place of the sums of its flows; as they were where those are not known."""
    first, end = span.first(last), ytd.get((code, last))
    start = ytd.get((code, first.plus(-1))) if first.month > 1 else None
    whole = [cumulative is not None and cumulative.counted > 0 and not cumulative.missing and not cumulative.base_missing for cumulative in (end, start)]
    if end is None or not whole[0] or (first.month > 1 and not whole[1]) or (prefix and now.gapped):
        return now
    filled: dict[str, Any] = {}
    for part, flow in subject.flows.items():
        if part not in ("numerator", "denominator"):
            continue
        upto: Decimal = getattr(end, part)
        before: Decimal = getattr(start, part) if start is not None else Decimal(0)
        filled[prefix + part] = upto - before if flow else upto
        if flow and upto < before and not subject.changes:
            return now  # the fall is a correction, not a figure of these months
    if prefix:
        return now._replace(**filled, prior_as_of=end.as_of, compared=now.counted, prior_gapped=0, prior_missing=0, like_numerator=None, like_denominator=None)
    own: dict[str, Any] = {"as_of": end.as_of, "as_of_latest": end.as_of_latest, "counted_to": end.counted_to}
    return now._replace(**filled, **own, counted=1, gapped=0, missing=0, base_missing=0, reason=0)
