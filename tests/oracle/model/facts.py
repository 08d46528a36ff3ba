"""
What counts, by organisation and measure: standings of flows, figures of stocks, and the months of last year to compare with.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from kpi.period import Month, year_earlier
from kpi.value import State
from tests.oracle.model.amount import Amount, amount
from tests.oracle.model.course import HIDING, Standing, course, strongest
from tests.oracle.model.definitions import Definitions, Term
from tests.oracle.model.derived import Derived, added_up, derived, has_no_day, is_derived, is_window
from tests.oracle.model.log import Cells, Entry, sheets, standing


class Facts:
    """The cells that count, and what follows of each measure alone."""

    def __init__(self, definitions: Definitions, entries: Sequence[Entry]) -> None:
        self.definitions = definitions
        noughts = {code: office for office, codes in definitions.offices.items() for code in codes if definitions.measures[code].get("blank_is_zero")}
        self.sheets = sheets(entries)
        self._cells: Mapping[tuple[str, str], Mapping[Month, Cells]] = standing(self.sheets, noughts)
        self.course = cache(self._course)
        self.derived = cache(self._derived)

    def _derived(self, org: str, code: str, month: Month) -> Derived:
        return derived(self, org, code, month)

    def cells(self, org: str, code: str, month: Month) -> Cells | None:
        """The cells of a month; None when nothing came, or all of it blank."""
        return self.derived(org, code, month).cells if is_derived(code) else self._cells.get((org, code), {}).get(month)

    def _course(self, org: str, code: str, year: int) -> dict[int, Standing]:
        if is_derived(code):
            return added_up(self, org, code, year)
        cells = {month.month: cells for month, cells in self._cells.get((org, code), {}).items() if month.year == year}
        return course(cells, self.definitions.signed(code))

    def stock(self, org: str, code: str, month: Month) -> Amount | None:
        """The figure of a stock (时点数): the one that stands in its month, never an earlier one."""
        if is_derived(code):
            return self.derived(org, code, month).amount
        cells = self.cells(org, code, month)
        return amount(cells.ytd) if cells else None

    def day(self, org: str, code: str, month: Month) -> date | None:
        """The day that a measure runs to in a month, a cumulative to the latest of what is added; None when nothing came."""
        if is_window(code):
            return self.counted_to(org, code, month)
        return None if self.cells(org, code, month) is None else self.counted_to(org, code, month)

    def counted_to(self, org: str, code: str, month: Month) -> date | None:
        """The same also where the month itself says nothing, of a flow: the day of the cumulative before; within the year and not after the month."""
        if is_derived(code) and not self.definitions.flow(code):
            day = self.derived(org, code, month).day
        elif self.definitions.flow(code):
            day = self.course(org, code, month.year)[month.month].day
        else:
            cells = self.cells(org, code, month)
            day = cells.day if cells else None
        return None if day is None else min(max(day, date(month.year, 1, 1)), month.last_day)

    def restated(self, org: str, code: str, month: Month) -> Amount | None:
        """The base to this year's scope that the office states itself."""
        cells = None if is_derived(code) else self.cells(org, code, month)
        return amount(cells.prior) if cells else None

    def hindrance(self, org: str, term: Term, month: Month) -> State | None:
        """
        Why a measure says nothing in the asked month: 未报, or the word that hides its figure; None when it says something.

        未开展 and 不适用 hinder no flow, since there was nothing to add.
        """
        cells = self.cells(org, term.code, month)
        if cells is None:
            return State.UNREPORTED
        if cells.number:
            return None
        return strongest(cells.words if not self.definitions.flow(term.code) else [word for word in cells.words if word in HIDING])

    def complete(self, org: str, code: str, month: Month) -> Amount | None:
        """The cumulative of a flow that lacks no month, or a stock; None when there is none."""
        if not self.definitions.flow(code):
            return self.stock(org, code, month)
        stands = self.course(org, code, month.year)[month.month]
        return stands.total if stands.whole else None

    def base_month(self, org: str, code: str, month: Month) -> Month | None:
        """
        The month of last year that a measure is compared with, a complete one.

        That whose day is nearest to the same day a year before; of those equally near the same calendar month.  Where the
        same month of last year lacks something, only one that runs to that very day.
        """
        if has_no_day(code):
            return month.plus(-12) if self.complete(org, code, month.plus(-12)) is not None else None
        day = self.day(org, code, month)
        if day is None:
            return None
        alike, same = year_earlier(day), month.plus(-12)
        whole = [other for other in (Month(same.year, number) for number in range(1, 13)) if self.complete(org, code, other) is not None]
        distances = {other: abs((own - alike).days) for other in whole if (own := self.day(org, code, other)) is not None}
        if same in distances:
            return min(distances, key=lambda other: (distances[other], other != same))
        return next((other for other, distance in distances.items() if distance == 0), None)


ZERO = Amount(Fraction(0))
