"""What stands on the slides of a meeting, before anything is drawn: titles, facts, charts and tables as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kpi.compute.row import Status


class Stroke(StrEnum):
    """How a series of a chart is drawn."""

    FULL = "full"  # this year
    PALE = "pale"  # last year
    DASHED = "dashed"  # what is asked for


class Plot(StrEnum):
    """Which kind a chart is of."""

    LINES = "lines"
    COLUMNS = "columns"
    BARS = "bars"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series: a value for each category, None where there is a gap; ``colors`` in their order, or one for all."""

    name: str
    values: tuple[float | None, ...]
    stroke: Stroke = Stroke.FULL
    colors: tuple[str, ...] = ()  # RRGGBB


@dataclass(frozen=True, slots=True)
class SlideChart:
    """
    A chart: its kind, its categories, its series, and the number formats of its values and of its axis as Excel writes them.

    ``caption`` stands above it: the unit, and the year of its months.
    """

    plot: Plot
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    number_format: str = "General"
    axis_format: str = "General"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; one with a status is printed as its shape and word, in its colour."""

    text: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class SlideTable:
    """
    A table: the heads of its columns, and its rows.

    Its letters are as large as the least number of pages allows that it needs with letters of ``least`` points.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    least: float


@dataclass(frozen=True, slots=True)
class Slide:
    """
    One slide.

    Attributes:
        title: Its message, in words.
        status: The status that it is about; None where it is about several.
        facts: Names and what stands behind them, beside the chart.
        chart: Its chart; None where there is none.
        table: Its table, which is drawn over as many slides as it needs.
        notes: What the speaker has below the slide: how each figure is counted, what must be said beside it.

    """

    title: str
    status: Status | None = None
    facts: tuple[tuple[str, str], ...] = ()
    chart: SlideChart | None = None
    table: SlideTable | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlideDeck:
    """The slides of a meeting: the title of the whole, lines below it, what stands at the foot of every slide, and the slides."""

    title: str
    lines: Sequence[str]
    foot: str
    slides: Sequence[Slide]
