"""A sheet as the rules see it: its cells by measure and column, and beside them every figure that is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kpi.catalog.model import Catalog, Measure, MeasureKind
from kpi.period import Month
from kpi.place import Place
from kpi.store.background import Background, Known
from kpi.value import UNREPORTED, Qualifier, State, Value
from kpi.workbook.report import Column, Reading, Report


@dataclass(frozen=True)
class Sheet:
    """
    One report with what the rules look up.

    ``figures`` holds the cumulative figure of every known measure, this year (0) and last year (1): those of this sheet
    first, then those of the store.
    """

    report: Report
    period: Month
    catalog: Catalog
    background: Background
    today: date

    @cached_property
    def cells(self) -> dict[tuple[str, Column], Reading]:
        """Every cell that was read."""
        return {(reading.measure, reading.column): reading for reading in self.report.readings}

    @cached_property
    def figures(self) -> dict[tuple[str, int], Value]:
        """Every known cumulative figure by measure and years back."""
        figures = {(code, 0): known.value for code, known in self.background.present.items()}
        figures |= {(code, 1): known.value for code, known in self.background.last_year.items()}
        for (code, column), reading in self.cells.items():
            if column is Column.PRIOR and reading.value.number is not None:
                figures[code, 1] = reading.value
        return figures | {(measure.code, 0): self._cumulative(measure) for measure in self.measures}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures on the sheet, in its order."""
        return tuple(self.catalog.measures[code] for code in dict.fromkeys(reading.measure for reading in self.report.readings))

    def measure(self, reading: Reading) -> Measure:
        """What a cell is about."""
        return self.catalog.measures[reading.measure]

    def numbers(self, column: Column) -> Iterator[tuple[Measure, Reading, Decimal]]:
        """The cells of a column that hold a number."""
        for reading in self.report.readings:
            if reading.column is column and reading.value.number is not None:
                yield self.measure(reading), reading, reading.value.number

    def number(self, code: str, column: Column = Column.YTD) -> Decimal | None:
        """The number stated in a cell; None when there is none."""
        reading = self.cells.get((code, column))
        return reading.value.number if reading else None

    def standing(self, code: str) -> Reading | None:
        """The cell the cumulative figure rests on: its own, or that of the month it follows from; None when not on this sheet."""
        ytd, month = self.cells.get((code, Column.YTD)), self.cells.get((code, Column.MONTH))
        return month if month is not None and (ytd is None or ytd.value.state is State.UNREPORTED) else ytd

    def before(self, measure: Measure) -> Known | None:
        """The measure a month ago; None for a flow in January, which starts from nothing."""
        if measure.kind is MeasureKind.FLOW and self.period.month == 1:
            return None
        return self.background.previous.get(measure.code)

    def month(self, measure: Measure) -> Decimal | None:
        """What the month brought, stated or from two cumulatives; of anything but a flow the level."""
        now, month = self.number(measure.code), self.number(measure.code, Column.MONTH)
        if measure.kind is not MeasureKind.FLOW:
            return now
        if month is not None or now is None or self.period.month == 1:
            return month if month is not None else now
        before = self.background.previous.get(measure.code)
        moved_on = before is not None and before.as_of is not None and self.cells[measure.code, Column.YTD].as_of > before.as_of
        return now - before.ytd if before is not None and before.ytd is not None and moved_on else None

    def past(self, measure: Measure) -> tuple[float, ...]:
        """The single months before this one as far as they are known, ascending; of anything but a flow the levels."""
        history = self.background.history.get(measure.code, {})
        return tuple(float(known.month) for month in sorted(history) if (known := history[month]).month is not None)

    def place(self) -> Place:
        """The sheet itself."""
        return Place(self.report.readings[0].place.sheet) if self.report.readings else Place("")

    def _cumulative(self, measure: Measure) -> Value:
        """The cumulative figure as stated, else last month's and this month's together."""
        ytd, month = (self.cells[measure.code, c].value if (measure.code, c) in self.cells else UNREPORTED for c in (Column.YTD, Column.MONTH))
        if ytd.state is not State.UNREPORTED or measure.kind is not MeasureKind.FLOW or month.number is None:
            return ytd
        before = self.before(measure)
        base = before.ytd if before else None
        if base is None and self.period.month > 1:
            return ytd
        return Value.of(month.number + (base or 0), month.qualifier if before is None or before.qualifier is Qualifier.EXACT else before.qualifier)
