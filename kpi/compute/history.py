"""The past of indicators month by month: what projections, best months and signals are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

from kpi.period import Month
from kpi.store.database import Store

_SQL = files("kpi.compute").joinpath("sql/history.sql").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Past:
    """One month of an indicator; None where it was not reported."""

    period: Month
    numerator: Decimal | None  # of the month alone; of a stock, at its end
    denominator: Decimal | None  # None also for what is no ratio
    ytd: Decimal | None  # the numerator since January, without a gap
    as_of: date | None
    flow: bool  # the numerator adds up over months

    def ratio(self, scale: int) -> Fraction | None:
        """The month's rate; None without parts or with nothing done."""
        return Fraction(self.numerator) * scale / Fraction(self.denominator) if self.numerator is not None and self.denominator else None


def history(store: Store, codes: Sequence[str], last: Month, first: Month | None = None) -> dict[str, tuple[Past, ...]]:
    """
    The months of indicators up to ``last``.

    Args:
        store: Where the figures are.
        codes: Codes of indicators, or of measures as indicators of themselves.
        last: The last month.
        first: The first month; as far back as there are figures unless told.

    Returns:
        By code, ascending, every month from the first reported year on.

    """
    bounds = {"first_month": first.first_day if first else date(1900, 1, 1), "last_month": last.first_day}
    found: dict[str, list[Past]] = {code: [] for code in codes}
    for code, period, *rest in store.rows(_SQL, {"indicators": list(codes), **bounds}):
        found[code].append(Past(Month.of(period), *rest))
    return {code: tuple(months) for code, months in found.items()}
