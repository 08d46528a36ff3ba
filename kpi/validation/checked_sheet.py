"""A sheet as the rules see it: its cells by measure and column, and beside them every figure that is known."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.target import Target
from kpi.finding import Finding
from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import Background, CellOnFile, CellsOnFile, EarlierFigure
from kpi.validation.course import Course, common, stretches
from kpi.validation.relation_figures import FigureKey, Figures
from kpi.value import UNREPORTED, State, Value
from kpi.workbook.report import Column, Reading, Report


@dataclass(frozen=True)
class CheckedSheet:
    """One report with what the rules look up."""

    report: Report
    period: Month
    catalog: Catalog
    background: Background
    today: date

    @property
    def year(self) -> int:
        """The year that its month belongs to."""
        return self.catalog.year.of(self.period)

    @property
    def month_number(self) -> int:
        """The place of its month in that year; courses go by these."""
        return self.catalog.year.number(self.period)

    def month_at(self, number: int) -> str:
        """The month at a place of its year, in words: ``9 月``."""
        return f"{self.catalog.year.month(self.year, number).month} 月"

    def months_between(self, first: int, last: int) -> str:
        """The months after one place of its year up to another, in words: ``9—11 月``."""
        return self.month_at(last) if first + 1 == last else f"{self.month_at(first + 1).removesuffix(' 月')}—{self.month_at(last)}"

    @property
    def year_begins(self) -> str:
        """The day on which its year begins, in words: ``1 月 1 日``."""
        return f"{self.catalog.year.begins} 月 1 日"

    @cached_property
    def cells(self) -> dict[tuple[str, Column], Reading]:
        """Every cell that was read."""
        return {(reading.measure, reading.column): reading for reading in self.report.readings}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures on the sheet, in its order."""
        return tuple(self.catalog.measures[code] for code in dict.fromkeys(reading.measure for reading in self.report.readings))

    @cached_property
    def filed(self) -> CellsOnFile:
        """The cells of this sheet over those that are filed; a blank cell silences none."""
        filed = {
            key: dict(months) for key, months in (_as_filed(self.background, self.period) if self.background.filed is None else self.background.filed).items()
        }
        for key, reading in self.cells.items():
            months = filed.setdefault(key, {})
            if reading.value.state is not State.UNREPORTED or self.period not in months:
                months[self.period] = CellOnFile(reading.value, reading.as_of, place=reading.place)
        return filed

    @property
    def filed_before(self) -> CellsOnFile:
        """The cells that are filed with those that this sheet would replace, as if it had not come."""
        filed, replaced = self.background.filed or {}, self.background.replaced
        return {key: {**filed.get(key, {}), **replaced.get(key, {})} for key in {**filed, **replaced}}

    def findings(self, rule: "SheetRule") -> tuple[Finding, ...]:
        """What a rule finds; one that others ask about, too, runs once."""
        if rule not in self._findings:
            self._findings[rule] = tuple(rule(self))
        return self._findings[rule]

    @cached_property
    def _findings(self) -> "dict[SheetRule, tuple[Finding, ...]]":
        return {}

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

    def before(self, measure: Measure) -> EarlierFigure | None:
        """The measure a month ago; None for a flow in the first month of a year, which starts from nothing."""
        if measure.kind is MeasureKind.FLOW and self.month_number == 1:
            return None
        return self.background.previous.get(measure.code)

    def month(self, measure: Measure) -> Decimal | None:
        """What the month brought, stated or from two cumulatives; of anything but a flow the level."""
        now, month = self.number(measure.code), self.number(measure.code, Column.MONTH)
        if measure.kind is not MeasureKind.FLOW:
            return now
        if month is not None or now is None or self.month_number == 1:
            return month if month is not None else now
        before = self.background.previous.get(measure.code)
        moved_on = before is not None and before.as_of is not None and self.cells[measure.code, Column.YTD].as_of > before.as_of
        return now - before.ytd if before is not None and before.ytd is not None and moved_on else None

    def past(self, measure: Measure) -> tuple[float, ...]:
        """The single months before this one as far as they are known, ascending; of anything but a flow the levels."""
        if measure.code not in self._pasts:
            history = self.background.history.get(measure.code, {})
            self._pasts[measure.code] = tuple(float(known.month) for month in sorted(history) if (known := history[month]).month is not None)
        return self._pasts[measure.code]

    @cached_property
    def _pasts(self) -> dict[str, tuple[float, ...]]:
        return {}

    def place(self) -> Place:
        """The sheet itself."""
        return Place(self.report.readings[0].place.sheet) if self.report.readings else Place("")

    def target(self, indicator: Indicator) -> Target | None:
        """What the organisation's indicator is held to at the end of the month; None without a target."""
        return self.catalog.target(indicator.code, self.period.last_day, self.report.org)

    def course(self, code: str, years_back: int = 0) -> Course:
        """A flow through the year of the sheet or the one before, of which this month may be restated on the sheet."""
        if (code, years_back) not in self._courses:
            self._courses[code, years_back] = self._course(code, years_back)
        return self._courses[code, years_back]

    @cached_property
    def _courses(self) -> dict[FigureKey, Course]:
        return {}

    def _course(self, code: str, years_back: int) -> Course:
        filed = self.filed_course(code, self.year - years_back)
        prior = self.filed.get((code, Column.PRIOR), {}).get(self.period) if years_back else None
        if prior is None or prior.value.number is None:
            return filed
        return Course({**filed.cumulatives, self.month_number: prior}, filed.months)

    def filed_course(self, code: str, year: int) -> Course:
        """A flow through a year as it was filed then, whatever this sheet restates of it."""
        cells = (self.filed.get((code, column), {}) for column in (Column.YTD, Column.MONTH))
        return Course(
            *({self.catalog.year.number(month): cell for month, cell in of_column.items() if self.catalog.year.of(month) == year} for of_column in cells)
        )

    def level(self, code: str, period: Month) -> CellOnFile | None:
        """What stood in a month, of anything but a flow; it may be written under 本月数."""
        ytd, month = (self.filed.get((code, column), {}).get(period) for column in (Column.YTD, Column.MONTH))
        return month if ytd is None or (ytd.value.state is State.UNREPORTED and month is not None) else ytd

    def recorded(self, measure: Measure) -> CellOnFile | None:
        """The figure of the same month last year as it was filed then, whatever this sheet states of it; of a flow the cumulative."""
        if measure.kind is not MeasureKind.FLOW:
            return self.level(measure.code, self.period.plus(-12))
        course = self.filed_course(measure.code, self.year - 1)
        total = course.total(self.month_number)
        return CellOnFile(total, course.day(self.month_number)) if total is not None else None

    def figures(self, wanted: Iterable[FigureKey], *, in_part: bool = False) -> Figures:
        """
        The figures of some measures at the end of this month, which may be compared with one another.

        Args:
            wanted: Measures, of this year (0) or the one before (1).
            in_part: Where the cumulatives are not known for the same months, take the months that are known of all.

        Returns:
            A value for each: a number, or the state that says why there is none.

        """
        keys = list(dict.fromkeys(wanted))
        flows = {key: self.course(*key) for key in keys if self.catalog.measures[key[0]].kind is MeasureKind.FLOW}
        totals = {key: self._total(key, course) for key, course in flows.items()}
        if in_part and len(flows) == len(keys) and not any(back for _, back in keys) and any(v.number is None for v in totals.values()):
            known = stretches(list(flows.values()), self.month_number)
            if known and known[-1][1] == self.month_number:
                totals = {key: _summed(course, known) for key, course in flows.items()}
        return {key: totals[key] if key in totals else self._stands(key) for key in keys}

    def _total(self, key: FigureKey, course: Course) -> Value:
        """The cumulative of a flow, or why there is none."""
        stated = course.cumulatives.get(self.month_number)
        if stated is not None and stated.value.state is not State.UNREPORTED:
            return stated.value
        return course.total(self.month_number) or UNREPORTED

    def _stands(self, key: FigureKey) -> Value:
        code, years_back = key
        prior = self.filed.get((code, Column.PRIOR), {}).get(self.period) if years_back else None
        cell = prior if prior is not None and prior.value.number is not None else self.level(code, self.period.plus(-12 * years_back))
        return cell.value if cell else UNREPORTED


SheetRule = Callable[[CheckedSheet], Iterator[Finding]]


def _summed(course: Course, known: Iterable[tuple[int, int]]) -> Value:
    values = [value for first, last in known if (value := course.between(first, last)) is not None]
    return Value.of(sum((value.number for value in values if value.number is not None), Decimal(0)), common(value.qualifier for value in values))


def _as_filed(background: Background, period: Month) -> CellsOnFile:
    """What is known of three months as if it were stated there."""
    filed: dict[tuple[str, Column], dict[Month, CellOnFile]] = {}
    for month, figures in ((period, background.present), (period.plus(-1), background.previous), (period.plus(-12), background.last_year)):
        for code, known in figures.items():
            filed.setdefault((code, Column.YTD), {})[month] = CellOnFile(known.value, known.as_of)
    return filed
