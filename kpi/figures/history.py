"""The past of indicators month by month: what projections, best months and signals are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kpi.catalog.model import Catalog
from kpi.catalog.organisation_moves import moves
from kpi.compute.rate import divide
from kpi.figures.definitions import formulas
from kpi.figures.indicator_parts import complete, parts
from kpi.figures.subject import subject_of
from kpi.figures.uneven_months import UnevenMonths
from kpi.period import Month
from kpi.store.database import Store
from kpi.store.parts_sql import Parts
from kpi.value import Qualifier


@dataclass(frozen=True, slots=True)
class Past:
    """
    One month of an indicator, as far as something may rest on it.

    What was not reported, lacks some of those below, or is no exact number is None, and so is a month that holds days of
    the one before it: half a February and March are no March.
    """

    period: Month
    numerator: Decimal | None  # of the month alone, so far; of a stock, at its end
    denominator: Decimal | None  # None also for what is no ratio
    ytd: Decimal | None  # the numerator since January, where it lacks nothing and runs to one day
    as_of: date | None
    flow: bool  # the numerator adds up over months
    whole: bool  # numerator and denominator are of a whole month
    same: bool = True  # whether it is of the organisations of the last month

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
    uneven = UnevenMonths(store, catalog, org or catalog.root)
    past = {code: tuple(_past(catalog, code, month, found.get((code, month)), uneven) for month in calendar) for code in codes}
    changes = [move.month for move in moves(catalog.tree, org or catalog.root) if move.month <= last]
    return {code: tuple(_of_same(one, changes[-1]) for one in every) for code, every in past.items()} if changes else past


def _of_same(past: Past, changed: Month) -> Past:
    """A month as far as it is of the organisations of the last one: not before they changed; nor the year so far in which they did."""
    if past.period < changed:
        return replace(past, numerator=None, denominator=None, same=False)
    return replace(past, ytd=None) if past.period.year == changed.year and changed.month > 1 else past


def _past(catalog: Catalog, code: str, month: Month, parts: Parts | None, uneven: UnevenMonths) -> Past:
    subject = subject_of(catalog, code)
    flow = subject.flows["numerator"]
    if parts is None or parts.counted < parts.leaves:  # of some of those below: no month of the whole
        return Past(month, None, None, None, parts.as_of if parts else None, flow, whole=False)
    parted = formulas(catalog, code)
    above, below = (parted[part].terms if part in parted else () for part in ("numerator", "denominator"))
    return Past(
        month,
        None if uneven.qualifier(above, month) is not Qualifier.EXACT or uneven.broken(above, month) else parts.month_numerator,
        None if uneven.qualifier(below, month) is not Qualifier.EXACT or uneven.broken(below, month) else parts.month_denominator,
        parts.numerator if complete(parts) and parts.numerator_qualifier == Qualifier.EXACT else None,
        parts.as_of,
        flow,
        whole=uneven.whole(subject.terms, month),
    )


def singles(past: Sequence[Past], scale: int, divided: bool) -> list[tuple[Month, Fraction | None]]:
    """
    The single months of an indicator that can be compared with one another, ascending, none left out: None where one is not known.

    A flow is the month's number, a rate the month's own, of what was done and what was done to it in that month.  What
    stands at an end (时点数) is a sum of all that went before, so its month is the change since the last.  Whole months only;
    the last one is still under way as long as its figure does not run to the end of it.
    """
    found = [(one.period, _single(one, scale, divided) if one.whole else None) for one in past]
    if past and past[-1].as_of != past[-1].period.last_day:
        found[-1] = (past[-1].period, None)
    if divided or not past or past[0].flow:
        return found
    changes = [(period, None if now is None or before is None else now - before) for (_, before), (period, now) in pairwise(found)]
    return [(past[0].period, None), *changes]


def _single(one: Past, scale: int, divided: bool) -> Fraction | None:
    if divided:
        return one.ratio(scale)
    return None if one.numerator is None else Fraction(one.numerator)
