"""
Which figure of which month a cell holds, from the headings over it and before it.

A heading that leaves open whether it means the month or the months since January is asked about; it is never taken
for the likelier one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.catalog.measure import UnstatedFigure
from kpi.period import Month
from kpi.workbook.answer_mapping import SKIP
from kpi.workbook.forms.heading_times import HeadingTimes, TableTime
from kpi.workbook.layout.heading import Heading
from kpi.workbook.layout.period_sums import SummedPeriods
from kpi.workbook.report import Beside, Column


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
    earlier: bool = False  # it is of last year

    def unstated(self, figure: UnstatedFigure, period: Month | None) -> Slot | None:
        """What the cell holds by what the catalogue says of figures that no word explains; None where it says nothing, or the words are of another time."""
        if self.other or self.parts or period is None or figure is UnstatedFigure.ASKED:
            return None
        column = Column.MONTH if figure is UnstatedFigure.MONTH else Column.YTD
        if not (self.earlier or self.candidates[0][0].startswith("prior")):
            return Slot(period, column)
        return Slot(period, Column.MONTH, Beside.PRIOR_MONTH) if column is Column.MONTH else Slot(period, Column.PRIOR)


class Columns(HeadingTimes):
    """The headings of one table, seen together: which figure stands under each."""

    def slot(self, over: Heading, before: Heading = Heading("")) -> Slot | Open | None:  # noqa: B008 - immutable
        """
        What a cell under one heading and behind another holds.

        Returns:
            None when neither heading says that it holds a figure at all, or when it is about months that no report covers.

        """
        head = joined_heading(over, before)
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
            return replace(figure, earlier=back == 1, stock=Slot(month, Column.PRIOR if prior else Column.YTD, as_of=as_of) if certain else None)
        if back == 1 or head.prior or head.figure is Column.PRIOR:
            if figure is Column.MONTH:
                return Slot(month, Column.MONTH, Beside.PRIOR_MONTH)
            return Slot(month, Column.PRIOR, as_of=None)
        return Slot(month, figure, as_of=as_of if as_of and Month.of(as_of) == month else None)

    def _sum(self, head: Heading, parts: SummedPeriods) -> Slot | Open | None:
        """What stands under 合计 of some months or quarters: it runs to the last of them; None where that is the month of the report."""
        period, year = self._time.period, self._year_of(head) or self._year
        if self.stops_short(head):
            return Open((("ytd", 0.5), (SKIP, 0.5)), other=True, parts=parts)
        if self.over_time and not parts.quarters and year:
            return Slot(Month(year, parts.end), Column.YTD)
        return Open((("ytd", 0.5), (SKIP, 0.5)), other=True) if period and not parts.runs_to(period.month) else None

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
        """The figure of a column that somebody has explained; None for a column of no use, or in a row of another time."""
        head, parts = joined_heading(over, before), self.parts
        if parts and not parts.quarters and parts.is_sum(head) and isinstance(slot := self.slot(over, before), Slot):
            return slot  # another year of the form has the month that was lacking
        month, back = self._month(head) if self.over_time or before.says_figure else (self._time.period, 0)
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
        return near or (Column.MONTH if self._time.monthly or (self._monthly and not self._running) else Column.YTD)

    def _beside_year_end(self, over: Heading, head: Heading) -> Slot | None:
        """The end of last year, which no report of another month than December is compared with; None of any other time."""
        period = self._time.period
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
            sure = self._several or self._running or self._time.monthly
            return Column.MONTH if sure else Open((("month", 0.6), ("ytd", 0.4)))
        if head.prior and not head.months.year:
            return self._of_prior(over)
        if not self.alone:
            return Open((("ytd", 0.5), ("month", 0.5)))
        if self._time.running or (self._time.period and self._time.period.month == 1):
            return Column.YTD
        if self._time.monthly:
            return Column.MONTH
        return Open((("ytd", 0.5), ("month", 0.5)))

    def _of_prior(self, over: Heading) -> Column | Open:
        """Whose counterpart a bare 上年同期 is: the only figure's, else that of the column before it when each has one."""
        if self._running and not self._monthly:
            return Column.YTD
        if self._monthly and not self._running:
            return Column.MONTH
        if not self._running and not self._monthly:
            return Column.YTD if self._time.running and not self._singles else Open((("prior", 0.6), ("prior_month", 0.4)))
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


def settled(headings: Sequence[Heading], rows: Sequence[Heading], time: TableTime, filled: Mapping[int, Heading]) -> tuple[Columns, TableTime]:
    """
    The headings of a table and its time; a table over time needs no month of its own, it is of the last one with figures.

    Args:
        headings: The words over its columns.
        rows: The words before its rows.
        time: What the words around it say.
        filled: The headings of both under or behind which something stands.

    """
    columns = Columns(headings, rows, time, filled.values())
    if not is_over_time(columns, time) or (time.stated and time.period is not None):
        return columns, time
    dated = (columns.slot(heading) for heading in filled.values() if heading.months.last)
    latest = max((slot.month for slot in dated if isinstance(slot, Slot)), default=None)
    time = replace(time, period=latest or max(columns.ends))
    return Columns(headings, rows, time, filled.values()), time


def is_over_time(columns: Columns, time: TableTime) -> bool:
    """Whether the headings of a table say themselves of which months it is."""
    return bool(columns.ends) and (columns.over_time or (time.period is None and len({end.month for end in columns.ends}) == 1))


def joined_heading(over: Heading, before: Heading) -> Heading:
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


def _is_day(heading: Heading) -> bool:
    """Whether a heading is a day and nothing else says that the figures run up to it."""
    return heading.months.day is not None and not re.search("截|累计", heading.text)
