"""The frame of a picture of months: title, axes, years and marks, and where a month and a number lie in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.present.html.axis import Axis, lines_of, tick_texts, ticks, width_of
from kpi.present.html.label_places import XY, Box
from kpi.present.html.trend_plot import TrendPlot

LARGE, LEADING, GAP = 1.5, 1.25, 12.0  # of the large figure and of lines of type, as shares of the type; between picture and label
_TITLE = 1.15  # of the type


@dataclass(frozen=True, slots=True)
class PictureSheet:
    """What is drawn on: its size and type, how wide its margin for labels may become, and how many intervals its axis has."""

    width: float
    height: float
    type: float
    small: float  # the type of axes
    margin: float
    intervals: int
    wide: bool


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A text at a place; ``anchor`` is the side of it that stands there."""

    x: float
    y: float
    text: str
    anchor: str = "start"


class TrendFrame:
    """The axes of a plot on its sheet."""

    def __init__(self, plot: TrendPlot, sheet: PictureSheet) -> None:
        self.sheet, self.of = sheet, plot
        size = sheet.type
        marks = ticks(plot.drawn, sheet.intervals, from_zero=plot.from_zero or any(line.columns for line in plot.lines), whole=plot.whole)
        about = plot.about if marks[0] <= 0 else f"{plot.about} · 纵轴不从 0 起"  # a fall looks deeper than it is
        self._title = lines_of(plot.title, size * _TITLE, sheet.width)
        self._about = lines_of(about, sheet.small, sheet.width)
        head = (len(self._title) * _TITLE * size + len(self._about) * sheet.small) * LEADING + size * 1.6
        self._texts = tick_texts(marks, plot.unit)
        left = max(width_of(text, self.sheet.small) for text in self._texts) + 8
        right = self._margin()
        self.step = (sheet.width - left - right) / len(plot.heads)
        self._rows = _rows([place * self.step for place, _ in plot.notes], size * 1.3)
        foot = size * (3.1 if plot.years else 1.6) + (max(self._rows, default=-1) + 1) * size * 1.25
        self.plot = Box(left, head, sheet.width - left - right, sheet.height - head - foot)
        self.axis = Axis(marks, self.plot.y + self.plot.height, self.plot.y)

    def _margin(self) -> float:
        """The room for labels at the right, as wide as the widest of them needs."""
        size, last = self.sheet.type, len(self.of.heads) - 1
        texts = [label.text for line in self.of.lines for label in line.labels if not label.spare] + [level.label for level in self.of.levels]
        texts += [self.of.band.label] if self.of.band else []
        widest = max((width_of(line, size) for text in texts for line in lines_of(text, size, self.sheet.margin)), default=0.0)
        figures = [label.figure for line in self.of.lines for label in line.labels if label.place == last or not self.sheet.wide]
        widest = max([widest, *(width_of(figure, size * LARGE) for figure in figures)])
        return widest + 2 * GAP if widest else GAP

    @property
    def title(self) -> tuple[DrawnText, ...]:
        """The title, in as many lines as it needs."""
        size = self.sheet.type
        return tuple(DrawnText(0, round(size * _TITLE * (1 + place * LEADING), 1), text) for place, text in enumerate(self._title))

    @property
    def about(self) -> tuple[DrawnText, ...]:
        """Unit and months, below the title."""
        size = self.sheet.type
        top = size * _TITLE * LEADING * len(self._title)
        return tuple(DrawnText(0, round(top + self.sheet.small * (1.2 + place * LEADING), 1), text) for place, text in enumerate(self._about))

    @property
    def grid(self) -> tuple[DrawnText, ...]:
        """The ticks of the upright axis, each at the height of its line."""
        return tuple(DrawnText(self.plot.x - 8, self.axis.place(tick), text, "end") for tick, text in zip(self.axis.ticks, self._texts, strict=True))

    def x(self, place: float) -> float:
        """The middle of a month."""
        return round(self.plot.x + (place + 0.5) * self.step, 1)

    def point(self, place: int, number: Decimal) -> XY:
        """Where the figure of a month lies."""
        return self.x(place), self.axis.place(number)

    def heads(self) -> Iterator[DrawnText]:
        """The names of the months, of as many as there is room for; January always has its own."""
        size, heads = self.sheet.type, self.of.heads
        widest = max(width_of(head, self.sheet.small) for head in heads) * 1.15
        every = next(every for every in (1, 2, 3, 4, 6, 12, len(heads) or 1) if every * self.step >= widest or every >= len(heads))
        first = next((place for place, _ in self.of.years if place), 0)
        y = self.sheet.height - size * (1.7 if self.of.years else 0.4)
        for place, head in enumerate(heads):
            if (place - first) % every == 0:
                yield DrawnText(self.x(place), y, head, "middle")

    def years(self) -> Iterator[DrawnText]:
        """The years below the months, of as many as there is room for."""
        size, years = self.sheet.type, list(self.of.years)
        for number, (place, text) in enumerate(years):
            after = years[number + 1][0] if number + 1 < len(years) else len(self.of.heads)
            if number or (after - place) * self.step >= width_of(text, self.sheet.small) * 1.1:
                yield DrawnText(self.x(place), round(self.sheet.height - size * 0.35, 1), text, "middle")

    def notes(self) -> Iterator[DrawnText]:
        """The numbers of what is said below the picture, between the plot and its months."""
        size = self.sheet.type
        for (place, text), row in zip(self.of.notes, self._rows, strict=True):
            yield DrawnText(self.x(place), round(self.plot.y + self.plot.height + size * (1.05 + row * 1.25), 1), text, "middle")


def _rows(places: Sequence[float], width: float) -> list[int]:
    """The row of each mark, so that none stands on another: the first one where there is room."""
    ends: list[float] = []
    rows = []
    for place in places:
        row = next((row for row, end in enumerate(ends) if place >= end), len(ends))
        ends[row:] = [place + width, *ends[row + 1 :]]
        rows.append(row)
    return rows
