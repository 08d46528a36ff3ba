"""
The dumb-bells of two years (哑铃图): last year's figure, this year's, and the way between them, one row an indicator.

Last year of every row stands on one upright line, and the way from it is the change in the unit of the group: per cent of
counts and amounts, points of rates.  So one look along the line tells the side, and the length how much; with every
indicator on a scale of its own only the printed figures could be compared, and from five metres those cannot be read.
What goes further than the axis ends in an arrow, or one odd change would press all others against the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.present.html.axis import lines_of, width_of
from kpi.present.html.label_places import Box
from kpi.present.html.trend_frame import DrawnText

_TITLE, _LEADING = 1.15, 1.25
_ROUND = (1, 2, 3, 5, 8, 10)
_FAR = 2  # times the change that four of five rows stay below: how far the axis goes


@dataclass(frozen=True, slots=True)
class ComparedYears:
    """A row: both figures as printed, the change and what it is, and the shape of its status where a target is missed."""

    name: str
    before: str
    now: str
    change: str
    amount: Decimal
    shape: str = ""
    kind: str = ""  # of the status in the style sheet


@dataclass(frozen=True, slots=True)
class DumbbellSheet:
    """What the rows are drawn on: its width and type, the height of a row, and the part of the width that the axis has."""

    width: float
    type: float
    small: float  # the type of what is beside
    row: float
    start: float
    end: float
    wide: bool


WIDE_ROWS = DumbbellSheet(1200, 20, 17, 42, 560, 800, wide=True)
NARROW_ROWS = DumbbellSheet(360, 16, 15, 84, 20, 340, wide=False)


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """A row in the units of the drawing."""

    y: float
    before: float
    now: float
    beyond: str  # the arrow of a change that goes further than the axis, as path data
    texts: tuple[tuple[str, DrawnText], ...]  # by their name in the style sheet
    words: str


@dataclass(frozen=True, slots=True)
class DumbbellPicture:
    """The drawing."""

    sheet: DumbbellSheet
    height: float
    heads: tuple[tuple[str, DrawnText], ...]
    axis: Box  # from its lower to its upper end; the line of last year stands in its middle
    rows: tuple[Dumbbell, ...]


def reach_of(amounts: Sequence[Decimal]) -> Decimal:
    """How far an axis goes to either side: a round number, and no further than lets four of five changes keep a length that can be seen."""
    sizes = sorted(map(abs, amounts))
    if not sizes or not sizes[-1]:
        return Decimal(1)
    usual = sizes[(len(sizes) * 4 - 1) // 5]
    wanted = min(sizes[-1], usual * _FAR) or sizes[-1]
    power = Decimal(1).scaleb(wanted.adjusted())
    return next(step * power for step in _ROUND if step * power >= wanted)


def dumbbells(title: str, about: str, rows: Sequence[ComparedYears], reach: Decimal, sheet: DumbbellSheet) -> DumbbellPicture:
    """
    The picture of rows of one unit.

    Args:
        title: Of the picture.
        about: The unit and the months, as the picture says them itself.
        rows: In the order in which they are drawn.
        reach: How far the axis goes to either side, in the unit of the change.
        sheet: What it is drawn on.

    """
    size, middle = sheet.type, (sheet.start + sheet.end) / 2
    head = [("k-title", line) for line in lines_of(title, size * _TITLE, sheet.width)]
    head += [("k-axis", line) for line in lines_of(about, sheet.small, sheet.width)]
    heads, y = [], 0.0
    for kind, line in head:
        y += size * _LEADING * (_TITLE if kind == "k-title" else 1)
        heads.append((kind, DrawnText(0, round(y, 1), line)))
    y += size * 1.6
    if sheet.wide:
        ends = ((sheet.start, f"-{reach:f}", "start"), (middle, "减 ← → 增", "middle"), (sheet.end, f"+{reach:f}", "end"))
        columns = ((sheet.start - 24, "上年同期 ○", "end"), *ends, (sheet.end + 24, "今年 ●", "start"), (sheet.width, "同比", "end"))
        heads += [("k-axis", DrawnText(x, round(y, 1), text, anchor)) for x, text, anchor in columns]
    top = y + size * 0.4
    drawn = tuple(_row(row, top + place * sheet.row, reach, sheet) for place, row in enumerate(rows))
    bottom = round(top + len(rows) * sheet.row, 1)
    return DumbbellPicture(sheet, bottom + 6, tuple(heads), Box(sheet.start, round(top, 1), sheet.end - sheet.start, bottom - round(top, 1)), drawn)


def _row(row: ComparedYears, top: float, reach: Decimal, sheet: DumbbellSheet) -> Dumbbell:
    size, middle, half = sheet.type, (sheet.start + sheet.end) / 2, (sheet.end - sheet.start) / 2
    share = max(Decimal(-1), min(Decimal(1), row.amount / reach))
    now = round(middle + float(share) * half, 1)
    words = f"{row.name}：上年同期 {row.before}，今年 {row.now}，{row.change}"
    if sheet.wide:
        y = round(top + sheet.row / 2, 1)
        base = round(y + size * 0.35, 1)
        room = sheet.start - 24 - width_of(row.before, size) - 20
        name = _shortened(row.name, size, room - (size * 1.3 if row.shape else 0))
        texts = [
            ("k-strong", DrawnText(size * 1.3 if row.shape else 0, base, name)),
            ("k-axis", DrawnText(sheet.start - 24, base, row.before, "end")),
            ("k-strong", DrawnText(sheet.end + 24, base, row.now)),
            ("k-strong", DrawnText(sheet.width, base, row.change, "end")),
        ]
    else:
        y = round(top + sheet.row - size * 0.9, 1)
        base, below = round(top + size * 1.2, 1), round(top + size * 2.5, 1)
        room = sheet.width - width_of(row.change, size) - 8
        texts = [
            ("k-strong", DrawnText(size * 1.3 if row.shape else 0, base, _shortened(row.name, size, room - (size * 1.3 if row.shape else 0)))),
            ("k-strong", DrawnText(sheet.width, base, row.change, "end")),
            ("k-axis", DrawnText(0, below, f"上年 {row.before}")),
            ("k-axis", DrawnText(sheet.width, below, f"今年 {row.now}", "end")),
        ]
    if row.shape:
        texts.append((f"k-shape-{row.kind}", DrawnText(0, base, row.shape)))
    side = 1 if now > middle else -1
    beyond = f"M{now:g} {y - 9:g}l{side * 13} 9l{side * -13} 9z" if abs(row.amount) > reach else ""
    return Dumbbell(y, round(middle, 1), now, beyond, tuple(texts), words)


def _shortened(name: str, size: float, room: float) -> str:
    """A name that fits; of a long one the end is left out, it stands whole in the table and under the pointer."""
    if width_of(name, size) <= room:
        return name
    short = next((name[:length] for length in range(len(name) - 1, 0, -1) if width_of(name[:length] + "…", size) <= room), name[:1])
    return f"{short}…"
