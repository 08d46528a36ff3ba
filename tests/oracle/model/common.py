"""
The months for which all parts of a figure are known.

A ratio, a difference or a growth is over those months alone; the others are left out and named.  Up to the last month at
which every part is complete their cumulatives count, since a cumulative does not need its months one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.model.amount import Amount, minus, plus
from tests.oracle.model.course import Standing

Course = Mapping[int, Standing]


@dataclass(frozen=True)
class Common:
    """Of each course its sum over the common months, and the months left out."""

    sums: tuple[Amount | None, ...]  # None: no number in any of them
    left: tuple[int, ...]

    @property
    def whole(self) -> bool:
        return not self.left and None not in self.sums


def so_far(courses: Sequence[Course], last: int) -> Common:
    """From January to a month."""
    ends = [
        number for number in range(1, last + 1) if all(course[number].whole for course in courses) and len({course[number].idles for course in courses}) < 2
    ]
    anchor = max(ends, default=0)
    taken, left = _parted(courses, anchor + 1, last)
    if not left and all(course[last].whole for course in courses):
        return Common(tuple(course[last].total for course in courses), ())  # all of them, also what no single month tells
    if not anchor and not taken:
        return Common((None,) * len(courses), left)
    return Common(tuple(_sum(course, taken, course[anchor].total if anchor else None) for course in courses), left)


def within(courses: Sequence[Course], first: int, last: int) -> Common:
    """
    From one month of the year to another: months added, or the step between two complete cumulatives.

    A step down of what cannot fall is none: it says that something before it was corrected.
    """
    whole = within_whole(courses, first, last)
    if whole is not None:
        return Common(whole, ())
    for anchor in range(last - 1, first, -1):
        known = within_whole(courses, first, anchor)
        if known is not None:
            taken, left = _parted(courses, anchor + 1, last)
            return Common(tuple(_sum(course, taken, start) for course, start in zip(courses, known, strict=True)), left)
    taken, left = _parted(courses, first, last)
    return Common(tuple(_sum(course, taken, None) for course in courses), left)


def within_whole(courses: Sequence[Course], first: int, last: int) -> tuple[Amount | None, ...] | None:
    """The sums of a span of which no course lacks anything, and all had nothing to count in the same months; else None."""
    whole = [_span(course, first, last) for course in courses]
    if None in whole or len({idle_within(course, first, last) for course in courses}) > 1:
        return None
    return tuple(amount if _spoken(course, first, last) else None for course, amount in zip(courses, whole, strict=True))


def idle_within(course: Course, first: int, last: int) -> tuple[int, ...]:
    """The months of a span that had nothing to count; where cumulatives make the span, those since the last stated one."""
    numbers = range(first, last + 1)
    by_months = all(course[number].known is not None for number in numbers)
    return tuple(number for number in numbers if (course[number].idle if by_months else number in course[last].idles))


def _span(course: Course, first: int, last: int) -> Amount | None:
    known = [course[number].known for number in range(first, last + 1)]
    if None not in known:
        return plus(*(part for part in known if part is not None))
    end, before = course[last], course.get(first - 1, Standing())
    if last == first or not end.whole or not before.whole or not end.stated:
        return None
    step = minus(end.counted, before.counted)
    return step if end.signed or step.number >= 0 else None


def _spoken(course: Course, first: int, last: int) -> bool:
    """Whether any month of the span has a number, or the cumulative at its end one that the month before had not."""
    return any(not course[number].idle for number in range(first, last + 1))


def _parted(courses: Sequence[Course], first: int, last: int) -> tuple[list[int], tuple[int, ...]]:
    numbers = range(first, last + 1)
    taken = [number for number in numbers if _common([course[number] for course in courses])]
    return taken, tuple(number for number in numbers if number not in taken)


def _common(standings: Sequence[Standing]) -> bool:
    """Whether all have a number, or all had nothing to count; some with and some without is no month in common."""
    return all(stands.month is not None for stands in standings) or all(stands.idle for stands in standings)


def _sum(course: Course, taken: Sequence[int], anchor: Amount | None) -> Amount | None:
    parts = [part for part in (anchor, *(course[number].month for number in taken)) if part is not None]
    return plus(Amount(Fraction(0)), *parts) if parts else None


def unknown(course: Course, numbers: Sequence[int]) -> tuple[int, ...]:
    """Those of the months left out in which a course has no number."""
    return tuple(number for number in numbers if course[number].month is None)
