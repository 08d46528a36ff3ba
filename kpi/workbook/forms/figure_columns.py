"""
Which figure of which month a cell holds, from the headings over it and before it.

A heading that leaves open whether it means the month or the months since January is asked about; it is never taken
for the likelier one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.period import Month
from kpi.workbook.answer_mapping import SKIP
from kpi.workbook.forms.identity import Identity
from kpi.workbook.layout.heading import Heading
from kpi.workbook.layout.period_sums import SummedPeriods, find_summed_periods
from kpi.workbook.report import Beside, Column

_MANY = 3  # so many months in one table are a table over time


@dataclass(frozen=True, slots=True)
class Slot:
    """What a cell holds; ``beside`` says that it is not the figure itself."""

    month: Month
    column: Column
    beside: Beside | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """
    What a cell may hold, the likeliest first.

    ``other`` says that the heading speaks of another month or year than the report's; ``stock`` is what the cell holds of
    a stock, which has no month's figure, where that is certain; ``parts`` are the months that a sum stands beside, which
    stop before that of the report.
    """

    candidates: tuple[tuple[str, float], ...]
    other: bool = False
    stock: Slot | None = None
    parts: SummedPeriods | None = None


class Columns:
    """The headings of one table, seen together."""

    def __init__(self, headings: Sequence[Heading], beside: Iterable[Heading], identity: Identity, filled: Iterable[Heading] = ()) -> None:
        self._identity = identity
        self._order = [heading for heading in headings if heading.part is None]
        every = [*self._order, *beside]
        self._year = identity.year
        self._quarters = {h.months.last for h in every if h.months.quarter}
        timed = [h for h in every if not self._apart(h)]
        ends = {(self._year_of(h), h.months.last) for h in timed if h.months.single or h.months.running}
        singles = {(self._year_of(h), h.months.last) for h in timed if h.months.single}
        lasts = {last for _, last in ends}
        self.over_time = len(lasts) >= _MANY or (len(ends) >= 2 and not identity.stated and len(lasts) >= 2)
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

    def slot(self, over: Heading, before: Heading = Heading("")) -> Slot | Open | None:  # noqa: B008 - immutable
        """
        What a cell under one heading and behind another holds.

        Returns:
            None when neither heading says that it holds a figure at all, or when it is about months that no report covers.

        """
        head = self._combined(over, before)
        if head.rest or not head.says_figure or self.another_time(before):
            return None
        if (part := self.parts) and part.is_sum(head) and (whole := self._sum(head, part)):
            return whole
        month, back = self._month(head)
        if month is None or back is None:
            return self._beside_year_end(over, head)
        as_of = head.months.as_of(month.year)
        if isinstance(head.figure, Beside):
            return Slot(month, self._whose(over, head), head.figure)
        if self._elsewhere(head, back):
            return Open((("prior", 0.5), (SKIP, 0.5)) if back else ((SKIP, 0.5), ("month", 0.5)), other=True)
        figure = Column.YTD if back and self._whole_year(head) else self._figure(over, head)
        if isinstance(figure, Open):
            prior = figure.candidates[0][0].startswith("prior")
            certain = self.alone or (head.months.day is not None and head.months.running)
            return replace(figure, stock=Slot(month, Column.PRIOR if prior else Column.YTD, as_of=as_of) if certain else None)
        if back == 1 or head.prior or head.figure is Column.PRIOR:
            if figure is Column.MONTH:
                return Slot(month, Column.MONTH, Beside.PRIOR_MONTH)
            return Slot(month, Column.PRIOR, as_of=None)
        return Slot(month, figure, as_of=as_of if as_of and Month.of(as_of) == month else None)

    def _sum(self, head: Heading, parts: SummedPeriods) -> Slot | Open | None:
        """What stands under 合计 of some months or quarters: it runs to the last of them; None where that is the month of the report."""
        period, year = self._identity.period, self._year_of(head) or self._year
        if self.stops_short(head):
            return Open((("ytd", 0.5), (SKIP, 0.5)), other=True, parts=parts)
        if self.over_time and not parts.quarters and year:
            return Slot(Month(year, parts.end), Column.YTD)
        return Open((("ytd", 0.5), (SKIP, 0.5)), other=True) if period and not parts.runs_to(period.month) else None

    def stops_short(self, heading: Heading) -> bool:
        """Whether a heading is over the sum of months that stop before that of the report."""
        period, parts = self._identity.period, self.parts
        return period is not None and parts is not None and parts.is_sum(heading) and parts.lack(period.month)

    def of_this_year(self, heading: Heading) -> bool:
        """Whether a heading is about the year of the report, and not about one quarter among others."""
        return self.years_back(heading) == 0 and not heading.prior and heading.figure is not Column.PRIOR and not self._apart(heading)

    def of_the_month(self, before: Heading) -> bool:
        """Whether a row may be about the month of the report: the words before it name no other time."""
        period = self._identity.period
        other = period is not None and before.months.last not in (None, period.month)
        return not other and not self.another_time(before) and self.years_back(before) == 0

    def current(self, over: Heading, before: Heading) -> bool:
        """Whether a cell holds, or may hold, a figure of the report's own month or of the year up to it."""
        slot = self.slot(over, before)
        if isinstance(slot, Open):
            return not slot.other
        return slot is not None and slot.beside is None and slot.column is not Column.PRIOR

    def sure_of_last_year(self, heading: Heading) -> bool:
        """Whether a heading says 上年同期累计 in so many words."""
        slot = self.slot(heading)
        return isinstance(slot, Slot) and slot.beside is None and slot.column is Column.PRIOR and heading.months.year is None

    def likely(self, heading: Heading) -> tuple[tuple[str, float], ...]:
        """What a heading that names no figure of this month may be nevertheless."""
        if isinstance(heading.figure, Beside):
            return (heading.figure.value, 0.5), (Column.YTD.value, 0.3)
        if self.years_back(heading) == 1 and heading.figure is Column.MONTH:
            return (Beside.PRIOR_MONTH.value, 0.5), (SKIP, 0.3), (Column.MONTH.value, 0.2)
        if self.years_back(heading) == 1 and not heading.months.quarter:
            return (Column.PRIOR.value, 0.5), (SKIP, 0.3), (Column.YTD.value, 0.2)
        return ((SKIP, 0.5),)

    def answered(self, answer: str, over: Heading, before: Heading = Heading("")) -> Slot | None:  # noqa: B008 - immutable
        """What a column holds about which somebody has said what it is; None for one of no use, or in a row of another time."""
        head, parts = self._combined(over, before), self.parts
        if parts and not parts.quarters and parts.is_sum(head) and isinstance(slot := self.slot(over, before), Slot):
            return slot  # another year of the form has the month that was lacking
        month, back = self._month(head) if self.over_time or before.says_figure else (self._identity.period, 0)
        if month is None or back is None or self.another_time(before):
            return None
        if answer in set(Beside):
            return Slot(month, Column.YTD, Beside(answer))
        if back == 0 or not before.says_figure:
            return Slot(month, Column(answer))
        return Slot(month, Column.MONTH, Beside.PRIOR_MONTH) if answer == Column.MONTH else Slot(month, Column.PRIOR)

    def _whose(self, over: Heading, head: Heading) -> Column:
        """Whether what stands beside a figure is about the month's or the cumulative one."""
        near = head.of or self._neighbour(over)
        return near or (Column.MONTH if self._identity.monthly or (self._monthly and not self._running) else Column.YTD)

    def _elsewhere(self, head: Heading, back: int) -> bool:
        """
        Whether a heading names a time that need not be the report's, or the same of last year.

        上年 and 2022年 are the whole year: the counterpart of 1—12月, or of a column 今年 or 2023年 beside them.  10月 over the
        figures of a report of November is a slip or another month.
        """
        period = self._identity.period
        if head.months.last is not None:
            return head.months.single and back == 0 and not self.over_time and period is not None and head.months.last != period.month
        if back and head.figure is Column.YTD and head.months.year is not None and period is not None and period.month != 12:
            return not (self._identity.running or any(h.figure is Column.YTD and h.months.year == period.year for h in self._order))
        if back == 0 or not head.whole:
            return False
        return not (self._whole_year(head) or (self._counterpart and (self._identity.running or period is None or head.months.year is None)))

    def _whole_year(self, head: Heading) -> bool:
        """Whether a heading names a year and the figures of this year are those of a whole one too."""
        period = self._identity.period
        return head.whole and period is not None and period.month == 12 and self._running and not self._identity.monthly

    def another_time(self, before: Heading) -> bool:
        """Whether the words before a row name another month or year than the report's, or than the same of last year."""
        period, months = self._identity.period, before.months
        if period is None or self.over_time:
            return False
        if self._apart(before):
            return True
        if months.last is not None:
            return months.last != period.month
        back = self.years_back(before)
        same = back == 1 and (period.month == 12 or self._identity.running or (self._counterpart and months.year is None))
        return before.whole and back != 0 and not same

    def _beside_year_end(self, over: Heading, head: Heading) -> Slot | None:
        """The end of last year, which no report of another month than December is compared with; None of any other time."""
        period = self._identity.period
        if period is None or head.figure is not None or not head.months.year_end or self.years_back(head) != 1:
            return None
        return Slot(period, self._whose(over, head), Beside.YEAR_END)

    def _figure(self, over: Heading, head: Heading) -> Column | Open:
        """Month or cumulative; for last year's figure, whose counterpart it is."""
        if self.over_time and head.months.last is None and (head.total or head.figure is Column.YTD):  # the sum of the months before it
            return Open((("ytd", 0.5),))
        if _is_day(head) and len({h.months.last for h in self._order if _is_day(h) and self.years_back(h) == 0}) > 1:
            return Open((("month", 0.5), ("ytd", 0.5)))  # the last days of several months may stand for the months
        if isinstance(head.figure, Column):
            return Column.YTD if head.figure is Column.PRIOR else head.figure
        if head.months.running:
            return Column.YTD
        if head.months.single:
            sure = self._several or self._running or self._identity.monthly
            return Column.MONTH if sure else Open((("month", 0.6), ("ytd", 0.4)))
        if head.prior and not head.months.year:
            return self._of_prior(over)
        if not self.alone:
            return Open((("ytd", 0.5), ("month", 0.5)))
        if self._identity.running or (self._identity.period and self._identity.period.month == 1):
            return Column.YTD
        if self._identity.monthly:
            return Column.MONTH
        return Open((("ytd", 0.5), ("month", 0.5)))

    def _of_prior(self, over: Heading) -> Column | Open:
        """Whose counterpart a bare 上年同期 is: the only figure's, else that of the column before it when each has one."""
        if self._running and not self._monthly:
            return Column.YTD
        if self._monthly and not self._running:
            return Column.MONTH
        if not self._running and not self._monthly:
            return Column.YTD if self._identity.running and not self._singles else Open((("prior", 0.6), ("prior_month", 0.4)))
        before = self._neighbour(over)
        count = sum(heading.prior and not heading.rest for heading in self._order)
        if before is Column.YTD or count >= 2:
            return before or Open((("prior", 0.6), ("prior_month", 0.4)))
        return Open((("prior", 0.6), ("prior_month", 0.4)))

    def _neighbour(self, over: Heading) -> Column | None:
        """Which figure the nearest column to the left holds."""
        at = next((i for i, heading in enumerate(self._order) if heading is over), None)
        for heading in reversed(self._order[:at] if at is not None else []):
            if isinstance(heading.figure, Column) and heading.figure is not Column.PRIOR:
                return heading.figure
            if heading.months.running:
                return Column.YTD
            if heading.months.single:
                return Column.MONTH
        return None

    def _combined(self, over: Heading, before: Heading) -> Heading:
        """One heading of two: what the column leaves open the row may say."""
        if not before.says_figure:
            return over
        if not over.says_figure:
            return before
        first, second = (over, before) if over.months.last or not before.months.last else (before, over)
        months = first.months
        if months.year is None and second.months.year:
            months = replace(months, year=second.months.year, years_back=None)
        figure = first.figure or second.figure
        return Heading(
            first.text + second.text,
            figure=figure,
            of=first.of or second.of,
            prior=first.prior or second.prior,
            amount=first.amount and second.amount,
            total=first.total or second.total,
            whole=(first.whole or second.whole) and figure is None and months.last is None,
            months=months,
            rest=over.rest,
        )

    def _month(self, head: Heading) -> tuple[Month | None, int | None]:
        """The month of the report a figure belongs to, and how many years before it lies; None when nowhere."""
        period, months = self._identity.period, head.months
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
        months, period = heading.months, self._identity.period
        if months.quarter:
            return months.first != 1 or len(self._quarters) > 1
        return months.running and months.last == 12 and period is not None and period.month != 12 and self.years_back(heading) != 0

    def years_back(self, heading: Heading) -> int | None:
        """How many years before the report's a heading lies; None where either is not known."""
        year = self._identity.period.year if self._identity.period else self._year
        if heading.months.year is None:
            return heading.months.years_back or 0
        return year - heading.months.year if year is not None else None

    def _year_of(self, heading: Heading) -> int | None:
        if heading.months.year or self._year is None:
            return heading.months.year
        return self._year - (1 if heading.months.years_back == 1 else 0)


def _is_day(heading: Heading) -> bool:
    """Whether a heading is a day and nothing else says that the figures run up to it."""
    return heading.months.day is not None and not re.search("截|累计", heading.text)
