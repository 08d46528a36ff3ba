"""
The months and years that the headings of one table name, seen together.

A month in a heading may be that of the report, one of many in a table over time, or a slip; which it is shows only beside
the other headings and the month that the sheet is sent for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.period import Month
from kpi.workbook.layout.heading import Heading
from kpi.workbook.layout.period_sums import find_summed_periods
from kpi.workbook.report import Column

_MANY = 3  # so many months in one table are a table over time


@dataclass(frozen=True, slots=True)
class TableTime:
    """What the words around a table say of its time."""

    period: Month | None
    year: int | None
    stated: bool  # the period is asked for or written, not merely taken from headings
    running: bool  # the title says 1—11月, 截至 or 累计
    monthly: bool  # the title says 本月 or 当月


class HeadingTimes:
    """The times that the headings over the columns and before the rows of one table name."""

    def __init__(self, headings: Sequence[Heading], beside: Iterable[Heading], time: TableTime, filled: Iterable[Heading] = ()) -> None:
        self._time = time
        self._order = [heading for heading in headings if heading.part is None]
        every = [*self._order, *beside]
        self._year = time.year
        self._quarters = {h.months.last for h in every if h.months.quarter}
        timed = [h for h in every if not self._apart(h)]
        ends = {(self._year_of(h), h.months.last) for h in timed if h.months.single or h.months.running}
        singles = {(self._year_of(h), h.months.last) for h in timed if h.months.single}
        lasts = {last for _, last in ends}
        self.over_time = len(lasts) >= _MANY or (len(ends) >= 2 and not time.stated and len(lasts) >= 2)
        self._lasts = {h.months.last for h in every if h.months.last is not None and not self._apart(h)}
        self._singles = bool(singles)
        self.parts = find_summed_periods((h for h in every if self.years_back(h) == 0), filled)
        self._several = len({last for _, last in singles}) >= 2
        self._running = any(h.months.running or h.figure is Column.YTD for h in timed)
        self._monthly = any(h.figure is Column.MONTH for h in every) or (self._running and bool(singles))
        amounts = [h for h in self._order if h.amount and h.figure is None and not h.months.last and not h.rest]
        self._counterpart = any(h.whole and not h.rest and h.figure is None and self.years_back(h) == 0 for h in every)
        self.alone = (
            not self._running and not self._monthly and not singles and len({h.months.year or h.months.years_back or 0 for h in amounts}) == len(amounts)
        )
        of_rows = {h.months.year for h in every if h.whole and h.months.year and h.months.last is None}
        self.ends = {Month(year, last) for year, last in ends if year and last}
        self.ends |= {Month(row, last) for year, last in ends if last and not year for row in of_rows if row}

    def stops_short(self, heading: Heading) -> bool:
        """Whether a heading is over the sum of months that stop before that of the report."""
        period, parts = self._time.period, self.parts
        return period is not None and parts is not None and parts.is_sum(heading) and parts.lack(period.month)

    def of_this_year(self, heading: Heading) -> bool:
        """Whether a heading is about the year of the report, and not about one quarter among others."""
        return self.years_back(heading) == 0 and not heading.prior and heading.figure is not Column.PRIOR and not self._apart(heading)

    def of_the_month(self, before: Heading) -> bool:
        """Whether a row may be about the month of the report: the words before it name no other time."""
        period = self._time.period
        other = period is not None and before.months.last not in (None, period.month)
        return not other and not self.another_time(before) and self.years_back(before) == 0

    def another_time(self, before: Heading) -> bool:
        """Whether the words before a row name another month or year than the report's, or than the same of last year."""
        period, months = self._time.period, before.months
        if period is None or self.over_time:
            return False
        if self._apart(before):
            return True
        if months.last is not None:
            return months.last != period.month
        back = self.years_back(before)
        same = back == 1 and (period.month == 12 or self._time.running or (self._counterpart and months.year is None))
        return before.whole and back != 0 and not same

    def years_back(self, heading: Heading) -> int | None:
        """How many years before the report's a heading lies; None where either is not known."""
        year = self._time.period.year if self._time.period else self._year
        if heading.months.year is None:
            return heading.months.years_back or 0
        return year - heading.months.year if year is not None else None

    def _elsewhere(self, head: Heading, back: int) -> bool:
        """
        Whether a heading names a time that need not be the report's, or the same of last year.

        上年 and 2022年 are the whole year: the counterpart of 1—12月, or of a column 今年 or 2023年 beside them.  10月 over the
        figures of a report of November is a slip or another month.
        """
        period = self._time.period
        if head.months.last is not None:
            return head.months.single and back == 0 and not self.over_time and period is not None and head.months.last != period.month
        if back and head.figure is Column.YTD and head.months.year is not None and period is not None and period.month != 12:
            return not (self._time.running or any(h.figure is Column.YTD and h.months.year == period.year for h in self._order))
        if back == 0 or not head.whole:
            return False
        return not (self._whole_year(head) or (self._counterpart and (self._time.running or period is None or head.months.year is None)))

    def _whole_year(self, head: Heading) -> bool:
        """Whether a heading names a year and the figures of this year are those of a whole one too."""
        period = self._time.period
        return head.whole and period is not None and period.month == 12 and self._running and not self._time.monthly

    def _month(self, head: Heading) -> tuple[Month | None, int | None]:
        """The month of the report a figure belongs to, and how many years before it lies; None when nowhere."""
        period, months = self._time.period, head.months
        year = self._year_of(head)
        if self._apart(head) or (months.last is not None and not (months.single or months.running)):
            return None, None  # a quarter is nobody's report
        if self.over_time and months.last is not None:
            return (Month(year, months.last), 0) if year else (None, None)
        if period is None:
            period = max(self.ends, default=None)
        back = self.years_back(head)
        if period is None or back not in (0, 1):
            return None, None
        if months.last not in (None, period.month) and (back or months.quarter or len(self._lasts) > 1):
            return None, None  # another month, for comparison
        return period, back

    def _apart(self, heading: Heading) -> bool:
        """Whether a heading is about a quarter that is not the year so far, or about the end or the whole of another year."""
        months, period = heading.months, self._time.period
        if months.quarter:
            return months.first != 1 or len(self._quarters) > 1
        return months.running and months.last == 12 and period is not None and period.month != 12 and self.years_back(heading) != 0

    def _year_of(self, heading: Heading) -> int | None:
        if heading.months.year or self._year is None:
            return heading.months.year
        return self._year - (1 if heading.months.years_back == 1 else 0)
