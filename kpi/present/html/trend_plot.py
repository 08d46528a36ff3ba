"""
What a picture of months (走势图) is drawn of: lines, columns, targets, bands and marks by the place of their month.

The months of the axis are numbered from 0; whatever has one entry for each month has None where there is nothing to draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlottedMonth:
    """The figure of a month, and what is said of it under the pointer."""

    number: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class PlotLabel:
    """What is written beside a month of a line: the figure large, or a name with its figure; ``spare`` where it may be left out for want of room."""

    place: int
    text: str
    figure: str = ""  # printed large, above the text
    spare: bool = False


@dataclass(frozen=True, slots=True)
class PlotLine:
    """A line over the months; ``kind`` is its name in the style sheet."""

    kind: str
    months: Sequence[PlottedMonth | None]
    labels: Sequence[PlotLabel] = ()
    restarts: frozenset[int] = frozenset()  # months before which the line breaks, since the figure begins anew
    columns: bool = False  # drawn as columns from 0


@dataclass(frozen=True, slots=True)
class PlotLevel:
    """
    What is asked for month by month.

    A level holds for the whole of its month, so it is drawn as steps; the pace climbs, so it is drawn from month to month.
    """

    kind: str
    levels: Sequence[Decimal | None]
    label: str
    steps: bool = True
    restarts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PlotBand:
    """A band across all months with its middle: the natural limits and the mean."""

    low: Decimal
    middle: Decimal
    high: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """A month whose results are not all there: between what its figure can still end."""

    place: int
    low: Decimal
    high: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class TrendPlot:
    """All of a picture, in words and exact numbers."""

    title: str
    about: str  # unit, span and months
    unit: str
    heads: Sequence[str]  # of each month
    years: Sequence[tuple[int, str]]  # the first month of each year on the axis, and how it is called
    lines: Sequence[PlotLine]
    levels: Sequence[PlotLevel] = ()
    band: PlotBand | None = None
    open: Sequence[OpenMonth] = ()
    notes: Sequence[tuple[int, str]] = ()  # the month and the number of what is said below the picture
    from_zero: bool = False
    whole: bool = False  # counts, of which there are no parts

    @property
    def drawn(self) -> list[Decimal]:
        """Every number that the picture must have room for."""
        numbers = [month.number for line in self.lines for month in line.months if month is not None]
        numbers += [level for asked in self.levels for level in asked.levels if level is not None]
        numbers += [self.band.low, self.band.high] if self.band else []
        return numbers + [bound for month in self.open for bound in (month.low, month.high)]
