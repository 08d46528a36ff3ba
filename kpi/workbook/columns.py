"""
Which figure of which month a cell holds, from the headings over it and before it.

A heading that leaves open whether it means the month or the months since January is asked about; it is never taken
for the likelier one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.period import Month
from kpi.workbook.heading import Heading
from kpi.workbook.identity import Identity
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
    """What a cell may hold, the likeliest first."""

    candidates: tuple[tuple[str, float], ...]


class Columns:
    """The headings of one table, seen together."""

    def __init__(self, headings: Sequence[Heading], beside: Iterable[Heading], identity: Identity) -> None:
        self._identity = identity
        self._order = [heading for heading in headings if heading.part is None]
        every = [*self._order, *beside]
        self._year = identity.year
        ends = {(self._year_of(h), h.months.last) for h in every if h.months.single or h.months.running}
        singles = {(self._year_of(h), h.months.last) for h in every if h.months.single}
        lasts = {last for _, last in ends}
        self.over_time = len(lasts) >= _MANY or (len(ends) >= 2 and not identity.stated and len(lasts) >= 2)
        self._lasts = lasts
        self._singles = bool(singles)
        self._from_january = min((last or 1 for _, last in singles), default=1) == 1
        self._several = len({last for _, last in singles}) >= 2
        self._running = any(h.months.running or h.figure is Column.YTD for h in every)
        self._monthly = any(h.figure is Column.MONTH for h in every) or (self._running and bool(singles))
        amounts = [h for h in self._order if h.amount and h.figure is None and not h.months.last and not h.rest]
        self.alone = (
            not self._running and not self._monthly and not singles and len({h.months.year or h.months.years_back or 0 for h in amounts}) == len(amounts)
        )
        self.ends = {Month(year, last) for year, last in ends if year and last}

    def slot(self, over: Heading, before: Heading = Heading("")) -> Slot | Open | None:  # noqa: B008 - immutable
        """
        What a cell under one heading and behind another holds.

        Returns:
            None when neither heading says that it holds a figure at all, or when it is about months that no report covers.

        """
        head = self._combined(over, before)
        if head.rest or not head.says_figure:
            return None
        month, back = self._month(head)
        if month is None or back is None:
            return None
        as_of = head.months.as_of(month.year)
        if isinstance(head.figure, Beside):
            return Slot(
                month,
                head.of or self._neighbour(over) or (Column.MONTH if self._identity.monthly or (self._monthly and not self._running) else Column.YTD),
                head.figure,
            )
        figure = self._figure(over, head)
        if isinstance(figure, Open):
            return figure
        if back == 1 or head.prior or head.figure is Column.PRIOR:
            if figure is Column.MONTH:
                return Slot(month, Column.MONTH, Beside.PRIOR_MONTH)
            return Slot(month, Column.PRIOR, as_of=None)
        return Slot(month, figure, as_of=as_of if as_of and Month.of(as_of) == month else None)

    def answered(self, answer: str, over: Heading) -> Slot | None:
        """What a column holds about which somebody has said what it is; None for one of no use."""
        month = over.months.month or self._identity.period
        if month is None:
            return None
        if answer in set(Column):
            return Slot(month, Column(answer))
        return Slot(month, Column.YTD, Beside(answer)) if answer in set(Beside) else None

    def _figure(self, over: Heading, head: Heading) -> Column | Open:
        """Month or cumulative; for last year's figure, whose counterpart it is."""
        if self.over_time and head.months.last is None and (head.total or head.figure is Column.YTD):  # the sum of the months before it
            return Column.YTD if self._from_january else Open((("ytd", 0.5),))
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
            months = type(months)(months.rest, second.months.year, None, months.first, months.last, months.day)
        figure = first.figure or second.figure
        return Heading(
            first.text + second.text,
            figure=figure,
            of=first.of or second.of,
            prior=first.prior or second.prior,
            amount=first.amount and second.amount,
            total=first.total or second.total,
            months=months,
            rest=over.rest,
        )

    def _month(self, head: Heading) -> tuple[Month | None, int | None]:
        """The month of the report a figure belongs to, and how many years before it lies; None when nowhere."""
        period, months = self._identity.period, head.months
        year = self._year_of(head)
        if self.over_time and months.last is not None and (months.single or months.running):
            return (Month(year, months.last), 0) if year else (None, None)
        if months.last is not None and not (months.single or months.running):
            return None, None  # a quarter is nobody's report
        if period is None:
            period = max(self.ends, default=None)
        if period is None:
            return None, None
        if months.last not in (None, period.month) and len(self._lasts) > 1:
            return None, None  # an earlier month, for comparison
        if months.year is not None and months.year != period.year:
            return (period, 1) if months.year == period.year - 1 and months.last in (None, period.month) else (None, None)
        return period, 1 if months.years_back == 1 else 0

    def _year_of(self, heading: Heading) -> int | None:
        if heading.months.year or self._year is None:
            return heading.months.year
        return self._year - (1 if heading.months.years_back == 1 else 0)
