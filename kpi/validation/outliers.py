"""
Months unlike all others: far from what the measure has been, and from what the season explains.

Put as a question and seldom: an unusual month may be true, and then it is the news.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import months
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.copies import stale_copy
from kpi.validation.dispersion import counting_floor, modified_z
from kpi.validation.finding_words import shown
from kpi.validation.levels import level_breaks_off
from kpi.validation.misplaced import columns_the_same, cumulatives_under_month, months_under_cumulative
from kpi.validation.months import cumulative_falls
from kpi.validation.slips import slip_of_scale
from kpi.validation.zeros import figures_fall_to_zero
from kpi.workbook.report import Column, Reading

_FAR = 3.5
_ENOUGH = 8  # monthly values that make a habit
_HANDFUL = 3  # questions on one sheet, the worst first
_STIR = 0.005  # of a stock: the share by which it changes without a reason
_POINTS = 2.0  # percentage points by which any rate may wander


@dataclass(frozen=True, slots=True)
class _Series:
    """A figure beside its own past, ascending in time; ``season`` is the same month of last year."""

    measure: Measure
    reading: Reading
    value: float
    past: tuple[float, ...]
    season: float | None
    stock: float = 0.0  # what a change is a change of

    @property
    def distance(self) -> float:
        """How unusual the figure is: the lesser of its distances from all its past and from the same month of last year."""
        middle = median(self.past)
        from_past = modified_z(self.value, self.past, self._floor(middle))
        if self.season is None:
            return from_past
        return min(from_past, modified_z(self.value, [month - middle + self.season for month in self.past], self._floor(self.season)))

    def _floor(self, level: float) -> float:
        """The least deviation that means something."""
        if self.measure.kind is MeasureKind.RATE and self.measure.unit == "%":
            return _POINTS
        if self.measure.decimals:
            return max(max(map(abs, (level, *self.past))) / 10, 10.0**-self.measure.decimals, self.stock * _STIR)
        return max(counting_floor(level), self.stock * _STIR)

    def _words(self) -> str:
        """The figure as it stands on the sheet, and what is unusual about it where that is only computed from it."""
        number, column = self.reading.value.number, self.reading.column
        if self.measure.kind is MeasureKind.STOCK:
            return f" {number}，比上月{'多' if self.value > 0 else '少'} {shown(abs(self.value))}"
        if self.measure.kind is MeasureKind.FLOW and column is Column.YTD and shown(self.value) != shown(float(number or 0)):
            return f"本年累计 {number}，减去上月累计，本月数是 {shown(self.value)}"
        return f"{column.chinese if self.measure.kind is MeasureKind.FLOW else ''} {number}"

    def finding(self, *, remarked: bool) -> Finding:
        low, high = shown(min(self.past)), shown(max(self.past))
        stock = self.measure.kind is MeasureKind.STOCK
        so_far = f"都是 {low}" if low == high else f"在 {low} 至 {high} 之间"
        season = f"，上年同月 {shown(self.season)}" if self.season is not None else ""
        return Finding(
            "unusual-value",
            Severity.HINT,
            self.reading.place,
            f"{self.measure.name}{self._words()}，此前 {len(self.past)} 个月{'的变化' if stock else ''}{so_far}{season}",
            "是否填错了行，或多写、少写了一位？情况属实的不必改动，可在备注中说明" if remarked else "是否漏了或重了台账的行？情况属实的不必改动",
            measures=(self.measure.code,),
        )


_EXPLAIN = (
    slip_of_scale,
    level_breaks_off,
    cumulative_falls,
    months_under_cumulative,
    cumulatives_under_month,
    columns_the_same,
    figures_fall_to_zero,
    stale_copy,
)


def unusual_value(sheet: CheckedSheet) -> Iterator[Finding]:
    """The few figures that lie farthest from their own past, where nothing better is said of them."""
    explained = {code for rule in _EXPLAIN for finding in sheet.findings(rule) for code in finding.measures}
    outliers = [s for m in sheet.measures if m.code not in explained and (s := _series(sheet, m)) and len(s.past) >= _ENOUGH and s.distance > _FAR]
    for series in sorted(outliers, key=lambda series: -series.distance)[:_HANDFUL]:
        yield series.finding(remarked=sheet.report.cases is None)


def _series(sheet: CheckedSheet, measure: Measure) -> _Series | None:
    """What an unusual month shows in: of a flow the month, of a rate the level, of a stock its change since last month."""
    value = sheet.month(measure)
    if value is None or measure.kind is MeasureKind.STANDARD:
        return None
    history = sheet.background.history.get(measure.code, {})
    if measure.kind is not MeasureKind.STOCK:
        column = Column.MONTH if sheet.number(measure.code, Column.MONTH) is not None else Column.YTD
        a_year_ago = history.get(sheet.period.plus(-12))
        season = float(a_year_ago.month) if a_year_ago and a_year_ago.month is not None else None
        return _Series(measure, sheet.cells[measure.code, column], float(value), sheet.past(measure), season)
    steps = _steps(sheet, measure)
    before = sheet.background.previous.get(measure.code)
    if before is None or before.ytd is None or sheet.month_number == 1:  # a new year sets tasks and bases anew
        return None
    change = float(value - before.ytd)
    return _Series(measure, sheet.cells[measure.code, Column.YTD], change, tuple(steps.values()), steps.get(12), float(before.ytd))


def _steps(sheet: CheckedSheet, measure: Measure) -> dict[int, float]:
    """The changes of a stock from month to month within a year, ascending, by how many months ago."""
    history = sheet.background.history.get(measure.code, {})
    steps = {}
    for ago, month in zip(range(23, 0, -1), months(sheet.period.plus(-23), sheet.period.plus(-1)), strict=True):
        here, there = history.get(month), history.get(month.plus(-1))
        if not sheet.catalog.year.opens(month) and here and there and here.month is not None and there.month is not None:
            steps[ago] = float(here.month - there.month)
    return steps
