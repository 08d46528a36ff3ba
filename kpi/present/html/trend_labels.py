"""
The labels of a picture of months: beside the ends of their lines, so that nobody looks from a legend to a line and back.

What ends at the last month is labelled in the margin, anything else next to its end if there is room, else in the margin too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kpi.present.html.axis import lines_of, width_of
from kpi.present.html.label_places import XY, Box, beside, spread
from kpi.present.html.trend_frame import GAP, LARGE, LEADING, DrawnText, TrendFrame
from kpi.present.html.trend_plot import PlotLabel


@dataclass(frozen=True, slots=True)
class DrawnLabel:
    """A label, its box, and the thin line that leads from it to its point where it stands away from it."""

    kind: str
    box: Box
    texts: tuple[DrawnText, ...]
    figure: DrawnText | None
    leader: str


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


class TrendLabels:
    """The labels of a plot in its frame."""

    def __init__(self, frame: TrendFrame) -> None:
        self.frame = frame
        self.sheet, self.plot, self.step = frame.sheet, frame.plot, frame.step

    def placed(self, boxes: Sequence[Box], pieces: Sequence[Sequence[XY]], middle: float | None) -> Iterator[DrawnLabel]:
        """Labels next to their points first, those of the margin after them, with whatever has no room there."""
        lines = [pair for piece in pieces for pair in pairwise(piece)]
        lines += [((self.plot.x, middle), (self.plot.x + self.plot.width, middle))] if middle is not None else []
        taken = list(boxes)
        margin: list[_Wording] = []
        room = Box(self.plot.x, self.plot.y - self.sheet.type * 1.1, self.plot.width, self.plot.height + self.sheet.type * 1.1)
        for wording in self._wordings():
            inside = not wording.last or wording.label.spare or (wording.label.figure and not self.sheet.wide)
            box = beside(wording.point, wording.width, wording.height, room, taken, lines) if inside else None
            if box is not None:
                taken.append(box)
                yield self._printed(wording, box, "middle")
            elif not wording.label.spare:
                margin.append(wording)
        low, high = self.plot.y - self.sheet.type, self.plot.y + self.plot.height + self.sheet.type
        edges = spread([wording.point[1] for wording in margin], [wording.height for wording in margin], low, high)
        for wording, edge in zip(margin, edges, strict=True):
            x = self.plot.x + self.plot.width + GAP
            yield self._printed(wording, Box(round(x, 1), round(edge, 1), wording.width, wording.height), "start")

    def _wordings(self) -> list[_Wording]:
        """Everything that is to be labelled: the large figures first, they are looked for first."""
        plot, last = self.frame.of, len(self.frame.of.heads) - 1
        wordings = [
            self._wording(line.kind, label, self.frame.point(label.place, month.number))
            for line in plot.lines
            for label in line.labels
            if (month := line.months[label.place]) is not None
        ]
        for level in plot.levels:
            end = max((place for place, number in enumerate(level.levels) if number is not None), default=None)
            if end is not None and level.label:
                x, y = self.frame.point(end, level.levels[end] or Decimal(0))
                wordings.append(self._wording(level.kind, PlotLabel(end, level.label), (x + self.step / 2 if level.steps else x, y)))
        if plot.band is not None:
            wordings.append(self._wording("limits", PlotLabel(last, plot.band.label), (self.plot.x + self.plot.width, self.frame.axis.place(plot.band.middle))))
        return sorted(wordings, key=lambda wording: (not wording.label.figure, wording.label.spare))

    def _wording(self, kind: str, label: PlotLabel, point: XY) -> _Wording:
        size = self.sheet.type
        lines = lines_of(label.text, size, self.sheet.margin)
        widths = [width_of(line, size) for line in lines] + ([width_of(label.figure, size * LARGE)] if label.figure else [])
        height = (len(lines) + (LARGE if label.figure else 0)) * size * LEADING
        return _Wording(kind, point, label.place == len(self.frame.of.heads) - 1, label, lines, round(max(widths), 1), round(height, 1))

    def _printed(self, wording: _Wording, box: Box, anchor: str) -> DrawnLabel:
        size, x = self.sheet.type, round(box.x + (box.width / 2 if anchor == "middle" else 0), 1)
        top = box.y
        figure = None
        if wording.label.figure:
            figure = DrawnText(x, round(top + size * LARGE, 1), wording.label.figure, anchor)
            top += size * LARGE * LEADING
        texts = tuple(DrawnText(x, round(top + size * (1 + place * LEADING), 1), line, anchor) for place, line in enumerate(wording.lines))
        (start, height), middle = wording.point, round(box.y + box.height / 2, 1)
        away = anchor == "start" and (abs(middle - height) > size * 0.5 or box.x - start > self.step)
        leader = f"M{start + 6:g} {height:g}L{box.x - 3:g} {middle:g}" if away else ""
        return DrawnLabel(wording.kind, box, texts, figure, leader)
