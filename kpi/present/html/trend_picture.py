"""
The picture of months (走势图): from exact numbers to places of a drawing; the template only prints them.

Each picture is drawn twice, for a wide and for a narrow screen: type that is only scaled down cannot be read on a phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.present.html.label_places import XY, Box
from kpi.present.html.trend_frame import DrawnText, PictureSheet, TrendFrame
from kpi.present.html.trend_labels import DrawnLabel, TrendLabels
from kpi.present.html.trend_plot import PlotLevel, PlotLine, TrendPlot

WIDE = PictureSheet(1200, 440, 20, 17, 290, 6, wide=True)
NARROW = PictureSheet(360, 420, 16, 15, 106, 5, wide=False)
_COLUMN = 0.62  # of the width of a month
_SMALL_DOT, _LAST_DOT, _CLOSE = 0.2, 0.38, 1.3  # of the type: how large dots are, and how far apart months must be for each to have one


@dataclass(frozen=True, slots=True)
class DrawnDot:
    """A month of a line."""

    x: float
    y: float
    kind: str
    words: str
    radius: float  # 0 where months stand so close that their dots would hide the line


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A column, or what a month can still end between."""

    box: Box
    words: str


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """The drawing in its own units."""

    sheet: PictureSheet
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


def picture(plot: TrendPlot, sheet: PictureSheet) -> TrendPicture | None:
    """The drawing of a plot; None where no month has a figure."""
    if not any(month is not None for line in plot.lines for month in line.months):
        return None
    return _Drawer(TrendFrame(plot, sheet)).drawn()


class _Drawer:
    """What is drawn in a frame."""

    def __init__(self, frame: TrendFrame) -> None:
        self.frame, self.of, self.sheet = frame, frame.of, frame.sheet
        self.plot, self.axis = frame.plot, frame.axis

    def drawn(self) -> TrendPicture:
        plot, frame = self.of, self.frame
        columns = [self._column(place, month.number, month.words) for line in plot.lines if line.columns for place, month in enumerate(line.months) if month]
        paths = [(line.kind, self._pieces(line)) for line in plot.lines if not line.columns]
        paths += [(level.kind, self._steps(level) if level.steps else self._climb(level)) for level in plot.levels]
        middle = self.axis.place(plot.band.middle) if plot.band else None
        dots, open_months = list(self._dots()), list(self._open())
        around = self.sheet.type * 0.3
        taken = [box.box for box in (*columns, *open_months)] + [Box(dot.x - around, dot.y - around, 2 * around, 2 * around) for dot in dots]
        return TrendPicture(
            sheet=self.sheet,
            title=frame.title,
            about=frame.about,
            plot=self.plot,
            grid=frame.grid,
            heads=tuple(frame.heads()),
            years=tuple(frame.years()),
            turns=tuple(round(self.plot.x + place * frame.step, 1) for place, _ in plot.years if place),
            band=self._band(),
            middle=middle,
            columns=tuple(columns),
            open=tuple(open_months),
            paths=tuple((kind, _path(pieces)) for kind, pieces in paths if _path(pieces)),
            dots=tuple(dots),
            labels=tuple(TrendLabels(frame).placed(taken, [piece for _, pieces in paths for piece in pieces], middle)),
            notes=tuple(frame.notes()),
        )

    def _column(self, place: int, number: Decimal, words: str) -> DrawnBox:
        zero, end = self.axis.place(Decimal(0)), self.axis.place(number)
        return self._box(place, self.frame.step * _COLUMN, min(zero, end), max(zero, end), words)

    def _open(self) -> Iterator[DrawnBox]:
        width = min(self.frame.step * _COLUMN, self.sheet.type * 1.4)
        for month in self.of.open:
            yield self._box(month.place, width, self.axis.place(month.high), self.axis.place(month.low), month.words)

    def _box(self, place: int, width: float, top: float, end: float, words: str) -> DrawnBox:
        return DrawnBox(Box(round(self.frame.x(place) - width / 2, 1), top, round(width, 1), round(end - top, 1)), words)

    def _band(self) -> Box | None:
        band = self.of.band
        if band is None:
            return None
        top = self.axis.place(band.high)
        return Box(self.plot.x, top, self.plot.width, round(self.axis.place(band.low) - top, 1))

    def _pieces(self, line: PlotLine) -> list[list[XY]]:
        """The line in pieces, broken where a month has no figure and where the figure begins anew."""
        return _broken([None if month is None else self.frame.point(place, month.number) for place, month in enumerate(line.months)], line.restarts)

    def _climb(self, level: PlotLevel) -> list[list[XY]]:
        return _broken([None if number is None else self.frame.point(place, number) for place, number in enumerate(level.levels)], level.restarts)

    def _steps(self, level: PlotLevel) -> list[list[XY]]:
        """Level over the whole of each month, so that it steps between two months where the target changed."""
        places = [None if number is None else (float(place), self.axis.place(number)) for place, number in enumerate(level.levels)]
        edge, step = self.plot.x, self.frame.step
        return [[(round(edge + (place + side) * step, 1), height) for place, height in piece for side in (0, 1)] for piece in _broken(places, level.restarts)]

    def _dots(self) -> Iterator[DrawnDot]:
        for line in self.of.lines:
            if line.columns:
                continue
            there = [month is not None for month in line.months]
            last = max((place for place, known in enumerate(there) if known), default=None)
            for place, month in enumerate(line.months):
                if month is not None:
                    before = place and there[place - 1] and place not in line.restarts
                    lone = not before and (not any(there[place + 1 : place + 2]) or place + 1 in line.restarts)
                    small = _SMALL_DOT if lone or self.frame.step >= self.sheet.type * _CLOSE else 0
                    radius = round(self.sheet.type * (_LAST_DOT if place == last else small), 1)
                    yield DrawnDot(*self.frame.point(place, month.number), line.kind, month.words, radius)


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
