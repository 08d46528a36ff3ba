"""Which figure a cell holds, and of which month: as the intake reads it, but for what only the course of the figures can decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.period import Month
from kpi.setup.sheet_subject import SheetSubject
from kpi.setup.surveyed_figure import FigureColumn
from kpi.workbook.forms.figure_columns import Open, joined_heading, settled
from kpi.workbook.forms.heading_times import TableTime
from kpi.workbook.layout.heading import Heading
from kpi.workbook.report import Beside, Column

_NOTHING = Heading("")


@dataclass(frozen=True, slots=True)
class FigureTime:
    """Which figure a cell holds; None where no word says so."""

    column: FigureColumn
    month: Month | None


class FigureTimes:
    """The times of one table, seen together by the `Columns` of the intake."""

    def __init__(self, subject: SheetSubject, headings: Sequence[Heading], rows: Sequence[Heading], filled: Mapping[int, Heading]) -> None:
        """
        See the times of a table together.

        Args:
            subject: What stands around it.
            headings: The words over its columns.
            rows: The words before its rows.
            filled: Those of both under or behind which a figure stands, by column or row.

        """
        time = TableTime(subject.period, subject.year, subject.stated, subject.running, subject.monthly)
        self._columns, self._time = settled(headings, rows, time, filled)
        self._subject = subject
        self.named = subject.named and not (self._columns.over_time and not any(heading.months.year for heading in (*headings, *rows)) and subject.stated)
        self.over_time = self._columns.over_time
        self.monthly = any(heading.figure is Column.MONTH for heading in (*headings, *rows))
        self.cumulative = any(heading.figure is Column.YTD for heading in (*headings, *rows))

    def time(self, over: Heading, before: Heading) -> FigureTime | None:
        """The time of the cell under one heading and behind another; None where it is of no month: a quarter, a sum over months."""
        plain = over if over.says_figure else replace(_NOTHING, amount=not before.says_figure)
        head = joined_heading(plain, before)
        slot = self._columns.slot(plain, before)
        if isinstance(slot, Open):
            if slot.other or slot.parts:
                return None
            if slot.earlier:
                return FigureTime(Column.PRIOR if self._subject.running else Beside.PRIOR_MONTH, self._time.period)
            return FigureTime(
                Column.PRIOR if slot.candidates[0][0] == "prior" else Beside.PRIOR_MONTH if slot.candidates[0][0] == "prior_month" else self._plain(head),
                self._time.period,
            )
        if slot is None:
            return None
        return FigureTime(None if slot.beside is None and self._is_unsaid(slot.column, head) else slot.beside or slot.column, slot.month)

    def _is_unsaid(self, column: Column, head: Heading) -> bool:
        """Whether no word says which figure it is: a month among others, the only column of January."""
        if column is Column.MONTH:
            return head.figure is not Column.MONTH and not self._subject.monthly
        return column is Column.YTD and not (head.figure is Column.YTD or head.months.running or head.total or self._subject.running)

    def _plain(self, head: Heading) -> FigureColumn:
        """What a figure is that no word over it tells: the title may say that all are of the month or of the year so far."""
        if isinstance(head.figure, Column):
            return head.figure
        if self._subject.running and not self._subject.stock:
            return Column.YTD
        return Column.MONTH if self._subject.monthly else None
