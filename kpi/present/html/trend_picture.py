"""
The picture of months (走势图): from exact numbers to places of a drawing; the template only prints them.

Labels stand beside the ends of their lines, so nobody looks from a legend to a line and back; a line that ends at the
last month is labelled in the margin, any other next to its end if there is room.  Each picture is drawn twice, for a wide
and for a narrow screen: type that is only scaled down cannot be read on a phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kpi.present.html.axis import Axis, lines_of, tick_texts, ticks, width_of
from kpi.present.html.label_places import XY, Box, beside, spread
from kpi.present.html.trend_plot import PlotLabel, PlotLevel, PlotLine, TrendPlot

_LARGE, _LEADING, _GAP = 1.5, 1.25, 12.0  # of the large figure and of lines of type, as shares of the type; between picture and label
_COLUMN = 0.62  # of the width of a month


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: its size and type, how wide its margin for labels may become, and how many intervals its axis has."""

    width: float
    height: float
    type: float
    margin: float
    intervals: int
    wide: bool


WIDE = Sheet(1200, 500, 20, 290, 6, wide=True)
NARROW = Sheet(400, 440, 16, 112, 5, wide=False)


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A text at a place; ``anchor`` is the side of it that stands there."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class DrawnDot:
    """A month of a line."""

    x: float
    y: float
    kind: str
    words: str
    last: bool


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A column, or what a month can still end between."""

    box: Box
    words: str


@dataclass(frozen=True, slots=True)
class DrawnLabel:
    """A label, its box, and the thin line that leads from it to its point where it stands away from it."""

    kind: str
    box: Box
    texts: tuple[DrawnText, ...]
    figure: DrawnText | None
    leader: str


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """The drawing in its own units."""

    sheet: Sheet
    title: tuple[DrawnText, ...]
    about: tuple[DrawnText, ...]
    plot: Box
    grid: tuple[DrawnText, ...]
    heads: tuple[DrawnText, ...]
    years: tuple[DrawnText, ...]
    turns: tuple[float, ...]  # where a year ends and the next begins
    band: Box | None
    middle: float | None
    columns: tuple[DrawnBox, ...]
    open: tuple[DrawnBox, ...]
    paths: tuple[tuple[str, str], ...]  # kind and path data
    dots: tuple[DrawnDot, ...]
    labels: tuple[DrawnLabel, ...]
    notes: tuple[DrawnText, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """A label before it has a place."""

    kind: str
    point: XY
    last: bool
    label: PlotLabel
    lines: tuple[str, ...]
    width: float
    height: float


def picture(plot: TrendPlot, sheet: Sheet) -> TrendPicture | None:
    """The drawing of a plot; None where no month has a figure."""
    if not any(month is not None for line in plot.lines for month in line.months):
        return None
    drawer = _Drawer(plot, sheet)
    return drawer.drawn()


class _Drawer:
    """The plot on its sheet: the axes first, then what is drawn along them, then the labels around that."""

    def __init__(self, plot: TrendPlot, sheet: Sheet) -> None:
        self.sheet, self.about = sheet, plot
        size = sheet.type
        self.title = lines_of(plot.title, size * 1.15, sheet.width)
        self.subtitle = lines_of(plot.about, size * 0.85, sheet.width)
        head = (len(self.title) * 1.15 + len(self.subtitle) * 0.85) * size * _LEADING + size * 1.6
        marks = ticks(plot.drawn, sheet.intervals, from_zero=plot.from_zero or any(line.columns for line in plot.lines), whole=plot.whole)
        self.texts = tick_texts(marks, plot.unit)
        left = max(width_of(text, size * 0.85) for text in self.texts) + 8
        right = self._margin()
        self.step = (sheet.width - left - right) / len(plot.heads)
        self.note_rows = _rows([place * self.step for place, _ in plot.notes], size * 1.3)
        foot = size * (3.1 if plot.years else 1.6) + (max(self.note_rows, default=-1) + 1) * size * 1.25
        self.plot = Box(left, head, sheet.width - left - right, sheet.height - head - foot)
        self.axis = Axis(marks, self.plot.y + self.plot.height, self.plot.y)

    def _margin(self) -> float:
        """The room for labels at the right, as wide as the widest of them needs."""
        size, last = self.sheet.type, len(self.about.heads) - 1
        texts = [label.text for line in self.about.lines for label in line.labels if not label.spare] + [level.label for level in self.about.levels]
        texts += [self.about.band.label] if self.about.band else []
        widest = max((width_of(line, size) for text in texts for line in lines_of(text, size, self.sheet.margin)), default=0.0)
        if self.sheet.wide:
            figures = [label.figure for line in self.about.lines for label in line.labels if label.place == last]
            widest = max([widest, *(width_of(figure, size * _LARGE) for figure in figures)])
        return widest + 2 * _GAP if widest else _GAP

    def drawn(self) -> TrendPicture:
        plot, size = self.about, self.sheet.type
        columns = [self._column(place, month.number, month.words) for line in plot.lines if line.columns for place, month in enumerate(line.months) if month]
        paths = [(line.kind, self._pieces(line)) for line in plot.lines if not line.columns]
        paths += [(level.kind, self._steps(level) if level.steps else self._climb(level)) for level in plot.levels]
        middle = self.axis.place(plot.band.middle) if plot.band else None
        return TrendPicture(
            sheet=self.sheet,
            title=tuple(DrawnText(0, round(size * 1.15 * (1 + place * _LEADING), 1), text) for place, text in enumerate(self.title)),
            about=tuple(
                DrawnText(0, round(size * (1.15 * _LEADING * len(self.title) + 0.85 * (1.2 + place * _LEADING)), 1), text)
                for place, text in enumerate(self.subtitle)
            ),
            plot=self.plot,
            grid=tuple(DrawnText(self.plot.x - 8, self.axis.place(tick), text, "end") for tick, text in zip(self.axis.ticks, self.texts, strict=True)),
            heads=tuple(self._heads()),
            years=tuple(DrawnText(max(self._x(place), 0.0), self.sheet.height - size * 0.35, text, "middle") for place, text in self._years()),
            turns=tuple(round(self.plot.x + place * self.step, 1) for place, _ in plot.years if place),
            band=self._band(),
            middle=middle,
            columns=tuple(columns),
            open=tuple(self._open()),
            paths=tuple((kind, _path(pieces)) for kind, pieces in paths if _path(pieces)),
            dots=tuple(self._dots()),
            labels=tuple(self._labels([box.box for box in columns], [piece for _, pieces in paths for piece in pieces], middle)),
            notes=tuple(self._notes()),
        )

    def _x(self, place: float) -> float:
        return round(self.plot.x + (place + 0.5) * self.step, 1)

    def _point(self, place: int, number: Decimal) -> XY:
        return self._x(place), self.axis.place(number)

    def _column(self, place: int, number: Decimal, words: str) -> DrawnBox:
        zero, end = self.axis.place(Decimal(0)), self.axis.place(number)
        width = self.step * _COLUMN
        return DrawnBox(Box(round(self._x(place) - width / 2, 1), min(zero, end), round(width, 1), round(abs(zero - end), 1)), words)

    def _open(self) -> Iterator[DrawnBox]:
        width = min(self.step * _COLUMN, self.sheet.type * 1.4)
        for month in self.about.open:
            top, end = self.axis.place(month.high), self.axis.place(month.low)
            yield DrawnBox(Box(round(self._x(month.place) - width / 2, 1), top, round(width, 1), round(end - top, 1)), month.words)

    def _band(self) -> Box | None:
        band = self.about.band
        if band is None:
            return None
        top = self.axis.place(band.high)
        return Box(self.plot.x, top, self.plot.width, round(self.axis.place(band.low) - top, 1))

    def _pieces(self, line: PlotLine) -> list[list[XY]]:
        """The line in pieces, broken where a month has no figure and where the figure begins anew."""
        return _broken([None if month is None else self._point(place, month.number) for place, month in enumerate(line.months)], line.restarts)

    def _climb(self, level: PlotLevel) -> list[list[XY]]:
        return _broken([None if number is None else self._point(place, number) for place, number in enumerate(level.levels)], level.restarts)

    def _steps(self, level: PlotLevel) -> list[list[XY]]:
        """Level over the whole of each month, so that it steps between two months where the target changed."""
        places = [None if number is None else (float(place), self.axis.place(number)) for place, number in enumerate(level.levels)]
        pieces = _broken(places, level.restarts)
        edge = self.plot.x
        return [[(round(edge + (place + side) * self.step, 1), height) for place, height in piece for side in (0, 1)] for piece in pieces]

    def _dots(self) -> Iterator[DrawnDot]:
        for line in self.about.lines:
            if line.columns:
                continue
            last = max((place for place, month in enumerate(line.months) if month is not None), default=None)
            for place, month in enumerate(line.months):
                if month is not None:
                    yield DrawnDot(*self._point(place, month.number), line.kind, month.words, place == last)

    def _heads(self) -> Iterator[DrawnText]:
        """The names of the months, of as many as there is room for; January always has its own."""
        size, heads = self.sheet.type, self.about.heads
        widest = max(width_of(head, size * 0.85) for head in heads) * 1.15
        every = next(every for every in (1, 2, 3, 4, 6, 12, len(heads) or 1) if every * self.step >= widest or every >= len(heads))
        first = next((place for place, _ in self.about.years if place), 0)
        y = self.sheet.height - size * (1.7 if self.about.years else 0.4)
        for place, head in enumerate(heads):
            if (place - first) % every == 0:
                yield DrawnText(self._x(place), y, head, "middle")

    def _years(self) -> Iterator[tuple[int, str]]:
        """The years below the months, of as many as there is room for."""
        years = list(self.about.years)
        for place, (month, text) in enumerate(years):
            after = years[place + 1][0] if place + 1 < len(years) else len(self.about.heads)
            if place or (after - month) * self.step >= width_of(text, self.sheet.type * 0.85) * 1.1:
                yield month, text

    def _notes(self) -> Iterator[DrawnText]:
        size = self.sheet.type
        for (place, text), row in zip(self.about.notes, self.note_rows, strict=True):
            yield DrawnText(self._x(place), round(self.plot.y + self.plot.height + size * (1.05 + row * 1.25), 1), text, "middle")

    def _labels(self, columns: Sequence[Box], pieces: Sequence[Sequence[XY]], middle: float | None) -> Iterator[DrawnLabel]:
        """Labels next to their points first, those of the margin after them, with whatever found no room."""
        lines = [pair for piece in pieces for pair in pairwise(piece)]
        lines += [((self.plot.x, middle), (self.plot.x + self.plot.width, middle))] if middle is not None else []
        around = self.sheet.type * 0.3
        boxes = [*columns, *(Box(dot.x - around, dot.y - around, 2 * around, 2 * around) for dot in self._dots())]
        margin: list[_Wording] = []
        room = Box(self.plot.x, self.plot.y - self.sheet.type * 1.1, self.plot.width, self.plot.height + self.sheet.type * 1.1)
        for wording in self._wordings():
            inside = not wording.last or wording.label.spare or (wording.label.figure and not self.sheet.wide)
            box = beside(wording.point, wording.width, wording.height, room, boxes, lines) if inside else None
            if box is not None:
                boxes.append(box)
                yield self._printed(wording, box, "middle")
            elif not wording.label.spare:
                margin.append(wording)
        low, high = self.plot.y - self.sheet.type, self.plot.y + self.plot.height + self.sheet.type
        edges = spread([wording.point[1] for wording in margin], [wording.height for wording in margin], low, high)
        for wording, edge in zip(margin, edges, strict=True):
            x = self.plot.x + self.plot.width + _GAP
            yield self._printed(wording, Box(round(x, 1), round(edge, 1), wording.width, wording.height), "start")

    def _wordings(self) -> list[_Wording]:
        """Everything that is to be labelled: the large figures first, they are looked for first."""
        plot, last = self.about, len(self.about.heads) - 1
        found = [
            self._wording(line.kind, label, self._point(label.place, month.number))
            for line in plot.lines
            for label in line.labels
            if (month := line.months[label.place]) is not None
        ]
        for level in plot.levels:
            end = max((place for place, number in enumerate(level.levels) if number is not None), default=None)
            if end is not None and level.label:
                x, y = self._point(end, level.levels[end] or Decimal(0))
                found.append(self._wording(level.kind, PlotLabel(end, level.label), (x + self.step / 2 if level.steps else x, y)))
        if plot.band is not None:
            found.append(self._wording("limits", PlotLabel(last, plot.band.label), (self.plot.x + self.plot.width, self.axis.place(plot.band.middle))))
        return sorted(found, key=lambda wording: (not wording.label.figure, wording.label.spare))

    def _wording(self, kind: str, label: PlotLabel, point: XY) -> _Wording:
        size = self.sheet.type
        lines = lines_of(label.text, size, self.sheet.margin)
        widths = [width_of(line, size) for line in lines] + ([width_of(label.figure, size * _LARGE)] if label.figure else [])
        height = (len(lines) + (_LARGE if label.figure else 0)) * size * _LEADING
        return _Wording(kind, point, label.place == len(self.about.heads) - 1, label, lines, round(max(widths), 1), round(height, 1))

    def _printed(self, wording: _Wording, box: Box, anchor: str) -> DrawnLabel:
        size, x = self.sheet.type, round(box.x + (box.width / 2 if anchor == "middle" else 0), 1)
        top = box.y
        figure = None
        if wording.label.figure:
            figure = DrawnText(x, round(top + size * _LARGE, 1), wording.label.figure, anchor)
            top += size * _LARGE * _LEADING
        texts = tuple(DrawnText(x, round(top + size * (1 + place * _LEADING), 1), line, anchor) for place, line in enumerate(wording.lines))
        (start, height), middle = wording.point, round(box.y + box.height / 2, 1)
        away = anchor == "start" and (abs(middle - height) > size * 0.5 or box.x - start > self.step)
        leader = f"M{start + 6:g} {height:g}L{box.x - 3:g} {middle:g}" if away else ""
        return DrawnLabel(wording.kind, box, texts, figure, leader)


def _rows(places: Sequence[float], width: float) -> list[int]:
    """The row of each mark, so that none stands on another: the first one where there is room."""
    ends: list[float] = []
    rows = []
    for place in places:
        row = next((row for row, end in enumerate(ends) if place >= end), len(ends))
        ends[row:] = [place + width, *ends[row + 1 :]]
        rows.append(row)
    return rows


def _broken(points: Sequence[XY | None], restarts: frozenset[int]) -> list[list[XY]]:
    pieces: list[list[XY]] = [[]]
    for place, point in enumerate(points):
        if point is None or place in restarts:
            pieces.append([])
        if point is not None:
            pieces[-1].append(point)
    return [piece for piece in pieces if piece]


def _path(pieces: Sequence[Sequence[XY]]) -> str:
    """The path data of several lines; a single point makes none."""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in piece) for piece in pieces if len(piece) > 1)
