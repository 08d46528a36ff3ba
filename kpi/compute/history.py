"""The past of indicators month by month: what projections, best months and signals are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kpi.catalog.model import Catalog
from kpi.compute.division import divide
from kpi.compute.parts import complete, parts
from kpi.compute.subject import subject_of
from kpi.period import Month
from kpi.store.database import Store
from kpi.store.parts import Parts


@dataclass(frozen=True, slots=True)
class Past:
    """One month of an indicator; None where it was not reported."""

    period: Month
    numerator: Decimal | None  # of the month alone; of a stock, at its end
    denominator: Decimal | None  # None also for what is no ratio
    ytd: Decimal | None  # the numerator since January, where it lacks nothing and runs to one day
    as_of: date | None
    flow: bool  # the numerator adds up over months

    def ratio(self, scale: int) -> Fraction | None:
        """The month's rate; None without parts or with nothing done."""
        return divide(self.numerator, self.denominator, scale)


def history(
    store: Store, catalog: Catalog, codes: Sequence[str], last: Month, first: Month | None = None, org: str | None = None
) -> dict[str, tuple[Past, ...]]:
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
        By code, ascending, every month from the first reported year on.

    """
    calendar = [month for month in store.calendar() if (first is None or first <= month) and month <= last]
    if not calendar:
        return dict.fromkeys(codes, ())
    found = parts(store, catalog, codes, calendar, org=org)
    flows = {code: subject_of(catalog, code).flows["numerator"] for code in codes}
    return {code: tuple(_past(month, found.get((code, month)), flows[code]) for month in calendar) for code in codes}


def _past(month: Month, parts: Parts | None, flow: bool) -> Past:
    if parts is None:
        return Past(month, None, None, None, None, flow)
    if parts.counted < parts.leaves:  # of some of those below: no month of the whole
        return Past(month, None, None, None, parts.as_of, flow)
    return Past(month, parts.month_numerator, parts.month_denominator, parts.numerator if complete(parts) else None, parts.as_of, flow)


def singles(past: Sequence[Past], scale: int, divided: bool) -> list[tuple[Month, Fraction]]:
    """
    The single months of an indicator that can be compared with one another, ascending; months without a figure are left out.

    A flow is the month's number, the last one only when it runs to the month's end.  A rate is the month's own, of what
    was done and what was done to it in that month.  What stands at an end (时点数) is a sum of all that went before, so its
    month is the change since the last.
    """
    if divided:
        rates = [(one.period, one.ratio(scale)) for one in past]
        return [(period, rate) for period, rate in rates if rate is not None]
    known = [(one.period, Fraction(one.numerator), one) for one in past if one.numerator is not None]
    if known and known[-1][2].flow:
        if known[-1][2].as_of != known[-1][0].last_day:
            known.pop()
        return [(period, amount) for period, amount, _ in known]
    return [(period, amount - before) for (earlier, before, _), (period, amount, _) in pairwise(known) if earlier.plus(1) == period]
