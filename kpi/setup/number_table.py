"""
The exact figures of many series beside each other, as whole numbers, so that sums and quotients are tried quickly.

A column of the table is a slot in time: a month, and the figure of the year so far, of the month, or of last year.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi.period import Month
from kpi.setup.measure_series import MeasureSeries, SeriesSlot
from kpi.setup.surveyed_figure import FigureColumn
from kpi.workbook.report import Beside, Column

_COUNTED = (Column.YTD, Column.MONTH, Column.PRIOR, Beside.PRIOR_MONTH, None)
_LIKE: Mapping[FigureColumn, tuple[FigureColumn, ...]] = {  # where a stock or a rate has one figure, and a flow two
    Column.YTD: (Column.YTD, None),
    None: (None, Column.YTD, Column.MONTH),
    Column.MONTH: (Column.MONTH, None),
    Column.PRIOR: (Column.PRIOR,),
    Beside.PRIOR_MONTH: (Beside.PRIOR_MONTH,),
}
_SCALE = 6  # digits behind the point that are kept


def counted_slots(series: MeasureSeries) -> list[SeriesSlot]:
    """The slots in which a series has an exact figure of this year or the last, by month."""
    return sorted((slot for slot in series.numbers if slot[1] in _COUNTED), key=lambda slot: (slot[0], str(slot[1]), slot[2]))


def number_at(series: MeasureSeries, slot: SeriesSlot) -> Decimal | None:
    """The exact figure of a series in a slot; of one with a single figure a month, that."""
    month, column, body = slot
    for like in _LIKE.get(column, ()):
        if (number := series.numbers.get((month, like, body))) is not None:
            return number
    return None


def whole(number: Decimal) -> int:
    """A figure as a whole number of millionths."""
    return int(number.scaleb(_SCALE))


def row_of(series: MeasureSeries, slots: Sequence[SeriesSlot]) -> tuple[int | None, ...]:
    """The figures of a series in some slots, as whole numbers; None where it has none."""
    return tuple(None if (number := number_at(series, slot)) is None else whole(number) for slot in slots)


def months_of_slots(slots: Sequence[SeriesSlot]) -> tuple[Month, ...]:
    """The months of some slots, each once."""
    return tuple(sorted({month for month, _, _ in slots}))
