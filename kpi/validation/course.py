"""
The course of a flow through one year: what is known of it from the end of one month to the end of another.

A cumulative figure says what came since the year began, a month's figure what came since the month before.  Where a month is
blank the sums on either side of it are apart, until a cumulative is stated again; so nothing is ever summed over months
of which some are unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kpi.store.earlier_figures import CellOnFile
from kpi.value import Qualifier, Value


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a month: the month end that its sum is counted from, the sum, how it is meant, and the day it runs to."""

    origin: int
    amount: Decimal
    qualifier: Qualifier
    day: date | None


@dataclass(frozen=True)
class Course:
    """A measure's cells of one year, by the place of the month in it."""

    cumulatives: Mapping[int, CellOnFile]
    months: Mapping[int, CellOnFile]

    @cached_property
    def _ends(self) -> list[_End]:
        ends = [_End(0, Decimal(0), Qualifier.EXACT, None)]
        for number in range(1, 13):
            total, month, before = self.cumulatives.get(number), self.months.get(number), ends[-1]
            if total is not None and total.value.number is not None:
                ends.append(_End(0, total.value.number, total.value.qualifier, total.as_of))
            elif month is not None and month.value.number is not None:
                ends.append(_End(before.origin, before.amount + month.value.number, common((before.qualifier, month.value.qualifier)), month.as_of))
            else:
                ends.append(_End(number, Decimal(0), Qualifier.EXACT, None))
        return ends

    def total(self, number: int) -> Value | None:
        """The cumulative at the end of a month, stated or summed without a gap."""
        return self.between(0, number)

    def between(self, first: int, last: int) -> Value | None:
        """What came after the end of one month until the end of another (0: since the year began); None where it cannot be told."""
        start, end = self._ends[first], self._ends[last]
        if start.origin != end.origin:
            return None
        qualifier = end.qualifier if first == 0 else common((start.qualifier, end.qualifier))
        return Value.of(end.amount - start.amount, qualifier)

    def month(self, number: int) -> Value | None:
        """What a single month brought: as stated, else from the cumulatives round it if their days moved on."""
        stated = self.months.get(number)
        if stated is not None and stated.value.number is not None:
            return stated.value
        return self.since(number - 1, number)

    def since(self, first: int, last: int) -> Value | None:
        """The same as `between`, but None where the day of the later end is not known to be later than that of the earlier one."""
        start, end = self.day(first), self.day(last)
        summed = self._ends[first].origin == first  # from nothing, or from a blank month: single months added up
        moved_on = summed or (start is not None and end is not None and end > start)
        return self.between(first, last) if moved_on else None

    def day(self, number: int) -> date | None:
        """The day that the figure of a month runs to."""
        return self._ends[number].day

    def is_cumulative(self, number: int) -> bool:
        """Whether the end of a month is known by a cumulative that is stated, rather than by months summed up."""
        return (total := self.cumulatives.get(number)) is not None and total.value.number is not None

    def last_known(self, before: int) -> int:
        """The latest month before another at whose end the cumulative is known; 0 when there is none."""
        return next((number for number in range(before - 1, 0, -1) if self.total(number) is not None), 0)


def common(qualifiers: Iterable[Qualifier]) -> Qualifier:
    """How a sum is meant: as all its parts are, as those are that are not exact, or roughly."""
    meant = set(qualifiers) - {Qualifier.EXACT}
    return Qualifier.EXACT if not meant else meant.pop() if len(meant) == 1 else Qualifier.ABOUT


def stretches(courses: Sequence[Course], last: int) -> list[tuple[int, int]]:
    """The shortest stretches of months, one after the other up to a month, over each of which every course is known."""
    shortest, first = [], 0
    while first < last:
        end = next((n for n in range(first + 1, last + 1) if all(course.between(first, n) is not None for course in courses)), None)
        if end is not None:
            shortest.append((first, end))
        first = first + 1 if end is None else end
    return shortest
