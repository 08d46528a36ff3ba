"""
What figures are that no word explains, 本月数 or 本年累计: as the course of all of them that one office sends shows.

A figure that falls within a year is of its month.  Those that never fall, of several measures over several months, run from January.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.catalog.measure import MeasureKind, UnstatedFigure
from kpi.setup.measure_series import MeasureSeries
from kpi.workbook.report import Column

_STEPS = 6  # that a cumulative figure must rise, all measures of an office together
_STOCKS = (MeasureKind.STOCK, MeasureKind.STANDARD)


@dataclass(frozen=True, slots=True)
class UnstatedReading:
    """How such figures are read, and whether the figures show it."""

    figure: UnstatedFigure
    shown: bool


def unstated_figures(kinds: Mapping[str, tuple[MeasureSeries, MeasureKind]]) -> dict[str, UnstatedReading]:
    """
    How the unexplained figures of each measure are read, by its code.

    Args:
        kinds: All series with their kinds, by code.

    """
    by_office: dict[str, list[MeasureSeries]] = {}
    for series, kind in kinds.values():
        if kind is MeasureKind.FLOW:
            by_office.setdefault(series.office, []).append(series)
    offices = {office: _of_office(own) for office, own in by_office.items()}
    return {code: reading for code, (series, kind) in kinds.items() if (reading := _of_series(series, kind, offices.get(series.office)))}


def _of_series(series: MeasureSeries, kind: MeasureKind, office: UnstatedReading | None) -> UnstatedReading | None:
    columns = {column for _, column, _ in series.figures}
    if kind is MeasureKind.RATE and (Column.MONTH in columns or (None in columns and (office is None or office.figure is UnstatedFigure.MONTH))):
        return UnstatedReading(UnstatedFigure.MONTH, shown=True)
    if None not in columns:
        return None
    if kind in _STOCKS:
        return UnstatedReading(UnstatedFigure.YTD, shown=True)
    return office


def _of_office(own: Sequence[MeasureSeries]) -> UnstatedReading:
    """How the unexplained figures of an office are read that add up over time."""
    rises = falls = 0
    for series in own:
        for body in series.bodies:
            run = series.run(None, body)
            steps = [(run[month.plus(-1)], number) for month, number in run.items() if month.month > 1 and month.plus(-1) in run]
            falls += sum(after < before for before, after in steps)
            rises += sum(after >= before for before, after in steps)
    if falls:
        return UnstatedReading(UnstatedFigure.MONTH, shown=True)
    return UnstatedReading(UnstatedFigure.YTD if rises >= _STEPS else UnstatedFigure.MONTH, shown=False)
