"""The past of indicators month by month: what projections, best months and signals are computed from."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.catalog.model import Catalog
from kpi.catalog.organisation_moves import moves
from kpi.compute.months_of_indicator import MonthOfIndicator
from kpi.compute.parts import Parts
from kpi.figures.definitions import formulas
from kpi.figures.indicator_parts import complete, parts
from kpi.figures.subject_lookup import subject_of
from kpi.figures.uneven_months import UnevenMonths
from kpi.period import Month, ReportingYear
from kpi.store.reader import StoreReader
from kpi.value import Qualifier


def history(
    store: StoreReader, catalog: Catalog, codes: Sequence[str], last: Month, first: Month | None = None, org: str | None = None
) -> dict[str, tuple[MonthOfIndicator, ...]]:
    """
    The months of indicators up to ``last``.

    Args:
        store: Where the figures are.
        catalog: What they mean.
        codes: Codes of indicators, or of measures as indicators of themselves.
        last: The last month.
        first: The first month; as far back as there are figures unless told.
        org: The organisation, the root of the tree unless told.

    Returns:
        By code, ascending, every month from the first reported year on; all of them by the definition that held in ``last``,
        so that they can be set against one another.

    """
    catalog = catalog.at(last)
    calendar = [month for month in store.calendar() if (first is None or first <= month) and month <= last]
    if not calendar:
        return dict.fromkeys(codes, ())
    sums = parts(store, catalog, codes, calendar, org=org)
    uneven = UnevenMonths(store, catalog, org or catalog.root)
    past = {code: tuple(_past(catalog, code, month, sums.get((code, month)), uneven) for month in calendar) for code in codes}
    changes = [move.month for move in moves(catalog.tree, org or catalog.root) if move.month <= last]
    return {code: tuple(_of_same(catalog.year, month, changes[-1]) for month in every) for code, every in past.items()} if changes else past


def _of_same(year: ReportingYear, past: MonthOfIndicator, changed: Month) -> MonthOfIndicator:
    """A month as far as it is of the organisations of the last one: not before they changed; nor the year so far in which they did."""
    if past.period < changed:
        return replace(past, numerator=None, denominator=None, same=False)
    return replace(past, ytd=None) if year.of(past.period) == year.of(changed) and not year.opens(changed) else past


def _past(catalog: Catalog, code: str, month: Month, parts: Parts | None, uneven: UnevenMonths) -> MonthOfIndicator:
    subject = subject_of(catalog, code)
    flow = subject.flows["numerator"]
    if parts is None or parts.counted < parts.leaves:  # of some of those below: no month of the whole
        return MonthOfIndicator(month, None, None, None, parts.as_of if parts else None, flow, whole=False)
    parted = formulas(catalog, code)
    above, below = (parted[part].terms if part in parted else () for part in ("numerator", "denominator"))
    return MonthOfIndicator(
        month,
        None if uneven.qualifier(above, month) is not Qualifier.EXACT or uneven.broken(above, month) else parts.month_numerator,
        None if uneven.qualifier(below, month) is not Qualifier.EXACT or uneven.broken(below, month) else parts.month_denominator,
        parts.numerator if complete(parts) and parts.numerator_qualifier == Qualifier.EXACT else None,
        parts.as_of,
        flow,
        whole=uneven.whole(subject.terms, month),
    )
