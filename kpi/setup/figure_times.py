"""Which figure a cell holds, and of which month, by the words over its column and before its row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.period import Month
from kpi.setup.sheet_subject import SheetSubject
from kpi.setup.surveyed_figure import FigureColumn
from kpi.workbook.layout.heading import Heading
from kpi.workbook.report import Beside, Column

_MANY = 2  # so many months in one table are a table over time


@dataclass(frozen=True, slots=True)
class FigureTime:
    """Which figure a cell holds; None where no word says so."""

    column: FigureColumn
    month: Month | None


class FigureTimes:
    """The times of one table, seen together."""

    def __init__(self, subject: SheetSubject, headings: Sequence[Heading], rows: Sequence[Heading], filled: Sequence[Heading]) -> None:
        """
        See the times of a table together.

        Args:
            subject: What stands around it.
            headings: The words over its columns.
            rows: The words before its rows.
            filled: Those of both under or behind which a figure stands.

        """
        self._subject, self._order = subject, headings
        self._last = max((heading.months.last for heading in filled if heading.months.last and not heading.months.quarter), default=None)
        months = {heading.months.last for heading in (*headings, *rows) if heading.months.single or heading.months.running}
        self.over_time = len(months) >= _MANY
        self.monthly = any(heading.figure is Column.MONTH for heading in (*headings, *rows))
        self._running = any(heading.figure is Column.YTD or heading.months.running for heading in (*headings, *rows))

    def time(self, over: Heading, before: Heading) -> FigureTime | None:
        """The time of the cell under one heading and behind another; None where it is of no month: a quarter, a sum over months."""
        head = _joined(over, before)
        months, subject = head.months, self._subject
        year = months.year or (subject.year - (months.years_back or 0) if subject.year else None)
        if months.quarter and not months.running:
            return None
        if head.figure in (Beside.YOY, Beside.CHANGE, Beside.MOM, Beside.TARGET, Beside.PROGRESS, Beside.YEAR_END, Beside.LAST_MONTH):
            return FigureTime(head.figure, subject.period)
        if self.over_time and months.last is None:  # the sum of the months before it
            summed = (head.total or head.figure is Column.YTD) and not head.prior and year and self._last
            return FigureTime(Column.YTD, Month(year, self._last)) if summed and year and self._last else None
        if self.over_time and months.last is not None:
            figure = head.figure if isinstance(head.figure, Column) else Column.YTD if months.running else None
            return FigureTime(figure, Month(year, months.last)) if year and not head.prior else None
        if self._of_last_year(head):
            return FigureTime(self._prior(over, head), subject.period)
        if months.last is not None and subject.period and months.last != subject.period.month:
            return None
        period = subject.period or (Month(year, months.last) if year and months.last else None)
        return FigureTime(self._plain(head), period)

    def _of_last_year(self, head: Heading) -> bool:
        year = self._subject.year
        return (
            head.prior
            or head.figure in (Column.PRIOR, Beside.PRIOR_MONTH)
            or head.months.years_back == 1
            or (year is not None and head.months.year == year - 1)
        )

    def _prior(self, over: Heading, head: Heading) -> FigureColumn:
        """Whose counterpart a figure of last year is: the year's so far, or that of the month."""
        if head.figure in (Column.PRIOR, Beside.PRIOR_MONTH):
            return head.figure
        if head.figure is Column.MONTH:
            return Beside.PRIOR_MONTH
        if head.figure is Column.YTD or head.months.running or not self.monthly:
            return Column.PRIOR
        at = next((at for at, heading in enumerate(self._order) if heading is over), 0)
        left = next((heading.figure for heading in reversed(self._order[:at]) if heading.figure in (Column.MONTH, Column.YTD)), None)
        return Beside.PRIOR_MONTH if left is Column.MONTH or not self._running else Column.PRIOR

    def _plain(self, head: Heading) -> FigureColumn:
        if isinstance(head.figure, Column):
            return head.figure
        if head.months.running:
            return Column.YTD
        if head.months.single and (self._running or self._subject.monthly):
            return Column.MONTH
        if self._subject.running and not self._subject.stock:
            return Column.YTD
        return Column.MONTH if self._subject.monthly else None


def _joined(over: Heading, before: Heading) -> Heading:
    """One heading of two: what the words over the column leave open, those before the row may say."""
    if not before.says_figure:
        return over
    if not over.says_figure:
        return before
    months = over.months if over.months.last else before.months
    year = over.months.year or before.months.year
    back = over.months.years_back if over.months.years_back is not None else before.months.years_back
    joined = replace(months, year=year, years_back=None if year else back)
    return replace(over, figure=over.figure or before.figure, prior=over.prior or before.prior, total=over.total or before.total, months=joined)
