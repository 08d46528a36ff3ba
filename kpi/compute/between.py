"""A quarter or half-year of which a month is not known by itself: what lies between two cumulative figures."""

from collections.abc import Mapping
from typing import Any

from kpi.catalog.model import Catalog
from kpi.compute.marks import Remarks
from kpi.compute.parts import Found, parts
from kpi.compute.subject import Subject
from kpi.period import Span
from kpi.store.database import Store


def between(store: Store, catalog: Catalog, subjects: Mapping[str, Subject], found: Found, span: Span, org: str, remarks: Remarks) -> None:
    """
    Put in what is lacking of an organisation that reports, from the cumulatives before and at the end of the span.

    January and February reported together have no month of their own; the first quarter is known all the same.
    """
    lacking = {key for key, now in found.items() if now.leaves == 1 and not (now.counted and now.compared)}
    asked = {month for _, point in lacking for last in (point, point.plus(-12)) for month in (span.first(last).plus(-1), last)}
    if not lacking:
        return
    ytd = parts(store, catalog, list({code for code, _ in lacking}), sorted(asked), org=org)
    for code, point in lacking:
        subject = subjects[code]
        for prefix, last in (("", point), ("prior_", point.plus(-12))):
            first, end = span.first(last), ytd.get((code, last))
            start = ytd.get((code, first.plus(-1)))
            if end is None or any(remarks.missing(subject.terms, day) for day in (last, first.plus(-1)) if day.year == last.year):
                continue
            told: dict[str, Any] = {}
            for part, flow in subject.flows.items():
                name, upto = prefix + part, getattr(end, part)
                before = 0 if first.month == 1 else getattr(start, part, None)
                if flow and getattr(found[code, point], name, 0) is None and upto is not None and before is not None:
                    told[name] = upto - before
            if told and prefix:
                found[code, point] = found[code, point]._replace(**told, prior_as_of=end.as_of, prior_counted_to=end.counted_to)
            elif told:
                found[code, point] = found[code, point]._replace(**told, as_of=end.as_of, as_of_latest=end.as_of_latest, counted_to=end.counted_to)
