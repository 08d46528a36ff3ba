"""How the figures of a series move over the months, and so what kind of measure it may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.period import Month
from kpi.setup.measure_series import MeasureSeries
from kpi.workbook.report import Column

_RESTART = Decimal("0.6")  # of December: a January below it has begun again
_STEADY = Decimal("0.25")  # of the larger of two neighbours: a level rarely moves further in a month
_STILL = Decimal("0.06")
_FEW = 3  # months that a run needs to speak


@dataclass(frozen=True, slots=True)
class Trial:
    """How often something holds, of how many months in which it could be tried."""

    holds: int
    of: int

    @property
    def always(self) -> bool:
        return 0 < self.of == self.holds


@dataclass(frozen=True, slots=True)
class Movement:
    """What the figures of one series show."""

    added: Trial  # 上月累计 + 本月数 = 本年累计, and in January 本月数 = 本年累计
    repeated: Trial  # months after January in which 本月数 and 本年累计 are the same number, so that nothing was added to what was there before
    unmonthly: Trial  # months in which the cell 本月 stays empty although the year's figure is there and has moved on
    unadded: Trial  # months in which 本年累计 stays empty although the month's figure is there
    summed: Trial  # months of a table over time that add up to its sum
    fell: bool  # the year's figure is lower than the month before of the same year
    restarted: bool  # it begins again in January
    rises: bool  # it never falls within a year, and moves
    level: bool  # it never moves far from one month to the next
    steady: bool  # it hardly moves at all, and so may be a level though nothing calls it one
    constant: bool


def movement_of(series: MeasureSeries) -> Movement:
    """The movement of a series, of the office's own figures, else of its bodies'."""
    body = "" if "" in series.bodies else series.bodies[0]
    months, years, plain = (series.run(column, body) for column in (Column.MONTH, Column.YTD, None))
    run = max((years, plain, months), key=len)
    numbers = list(run.values())
    steps = _steps(run)
    within = [(before, after) for before, after, month in steps if month.month > 1]
    over = [(before, after) for before, after, month in steps if month.month == 1]
    return Movement(
        _added(months, years),
        _repeated(months, years),
        _unmonthly(series, body),
        _unadded(series, body),
        _summed(plain, years),
        any(after < before for before, after in within),
        run is not months and bool(over) and all(after < before * _RESTART for before, after in over if before > 0) and any(before > 0 for before, _ in over),
        bool(within) and all(after >= before for before, after in within) and any(after > before for before, after in within),
        _keeps_within(_STEADY, steps),
        _keeps_within(_STILL, steps),
        len(set(numbers)) <= 1,
    )


def _keeps_within(share: Decimal, steps: Sequence[tuple[Decimal, Decimal, Month]]) -> bool:
    """Whether no step is larger than a share of the larger of its numbers."""
    return len(steps) >= _FEW - 1 and all(abs(after - before) <= share * max(abs(before), abs(after)) for before, after, _ in steps)


def _steps(run: Mapping[Month, Decimal]) -> list[tuple[Decimal, Decimal, Month]]:
    """The numbers of each two months that follow one another, and the later month."""
    return [(run[month.plus(-1)], number, month) for month, number in run.items() if month.plus(-1) in run]


def _added(months: Mapping[Month, Decimal], years: Mapping[Month, Decimal]) -> Trial:
    trials = [
        months[month] == total if month.month == 1 else years[month.plus(-1)] + months[month] == total
        for month, total in years.items()
        if month in months and (month.month == 1 or month.plus(-1) in years)
    ]
    return Trial(sum(trials), len(trials))


def _repeated(months: Mapping[Month, Decimal], years: Mapping[Month, Decimal]) -> Trial:
    """How often both columns hold one number where a flow that had begun would not: not in January, and not where both are 0."""
    trials = [months[month] == total and years.get(month.plus(-1)) != 0 for month, total in years.items() if month.month > 1 and months.get(month)]
    return Trial(sum(trials), len(trials))


def _summed(months: Mapping[Month, Decimal], totals: Mapping[Month, Decimal]) -> Trial:
    """How often the single months of a year add up to a total, of more than one month."""
    years = [([number for month, number in months.items() if month.year == last.year and month <= last], total) for last, total in totals.items()]
    trials = [sum(numbers) == total for numbers, total in years if len(numbers) > 1]
    return Trial(sum(trials), len(trials))


def _unmonthly(series: MeasureSeries, body: str) -> Trial:
    """Months with a column 本月: how often it is empty although a figure of the year stands beside, of a day within the month."""
    trials = []
    for month, column, of in series.figures:
        if column is not Column.YTD or of != body:
            continue
        figure = series.figures[month, column, of]
        if figure.monthly and (figure.as_of is None or Month.of(figure.as_of) == month):
            trials.append((month, Column.MONTH, of) not in series.figures)
    return Trial(sum(trials), len(trials))


def _unadded(series: MeasureSeries, body: str) -> Trial:
    """Months with a column 累计: how often it is empty although a figure of the month stands beside."""
    months = [month for (month, column, of), figure in series.figures.items() if column is Column.MONTH and of == body and figure.cumulative]
    trials = [(month, Column.YTD, body) not in series.figures for month in months]
    return Trial(sum(trials), len(trials))
