"""Where the labels of lines stand (线端标签): beside the ends of their lines, never one over another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

XY = tuple[float, float]
OWN = 0.15  # the part of the way from a point to its label in which its own line may run


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing; ``y`` is its upper edge."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Whether two rectangles share more than an edge."""
        return self.x < other.x + other.width and other.x < self.x + self.width and self.y < other.y + other.height and other.y < self.y + self.height

    def within(self, other: "Box") -> bool:
        """Whether it lies wholly in another one."""
        return self.x >= other.x and self.y >= other.y and self.x + self.width <= other.x + other.width and self.y + self.height <= other.y + other.height

    def crossed(self, start: XY, end: XY) -> bool:
        """Whether a straight line passes through it (Liang and Barsky, ACM Transactions on Graphics 3(1), 1984)."""
        (x, y), (run, rise) = start, (end[0] - start[0], end[1] - start[1])
        enters, leaves = 0.0, 1.0
        for change, before, after in ((run, x - self.x, self.x + self.width - x), (rise, y - self.y, self.y + self.height - y)):
            if change == 0:
                if before < 0 or after < 0:
                    return False
                continue
            near, far = sorted((-before / change, after / change))
            enters, leaves = max(enters, near), min(leaves, far)
        return enters < leaves


@dataclass(slots=True)
class _Block:
    """Labels that touch: how far each wants the block to lie, summed, and how high it is."""

    wanted: float
    count: int
    height: float
    start: float = 0.0


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """
    The upper edges of labels below one another, each as near to where it belongs as the others let it.

    Labels that would touch form a block around the mean of what they want (pooled neighbours, as in isotonic regression).

    Args:
        wanted: Where the middle of each should be.
        heights: How high each is.
        low: The upper end of the room.
        high: Its lower end.

    Returns:
        In the order given.  None overlaps another; all lie in the room if there is room for all.

    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    blocks: list[_Block] = []
    for place in order:
        block = _Block(wanted[place] - heights[place] / 2, 1, heights[place])
        block.start = _kept_in(block, low, high)
        while blocks and blocks[-1].start + blocks[-1].height > block.start:
            before = blocks.pop()
            block = _Block(before.wanted + block.wanted - before.height * block.count, before.count + block.count, before.height + block.height)
            block.start = _kept_in(block, low, high)
        blocks.append(block)
    edges, rest = [0.0] * len(wanted), iter(order)
    for block in blocks:
        edge = block.start
        for _ in range(block.count):
            place = next(rest)
            edges[place] = edge
            edge += heights[place]
    return edges


def _kept_in(block: _Block, low: float, high: float) -> float:
    return max(low, min(block.wanted / block.count, high - block.height))


def beside(point: XY, width: float, height: float, room: Box, boxes: Iterable[Box], lines: Iterable[tuple[XY, XY]]) -> Box | None:
    """
    A place for a label next to a point of the picture, over nothing that is drawn there.

    Args:
        point: What is labelled.
        width: Of the label.
        height: Of the label.
        room: Where it may stand.
        boxes: What it must not cover.
        lines: Lines that must not run through it.

    Returns:
        None where everything next to the point is taken, or would stand beyond another line, as if it were the label of that.

    """
    (x, y), boxes, lines = point, list(boxes), list(lines)
    for away in (height * 0.45, height * 0.9, height * 1.5):
        for left, top in (
            (x - width / 2, y - away - height),
            (x - width - away, y - height / 2),
            (x - width, y - away - height),
            (x, y - away - height),
            (x + away, y - height / 2),
            (x - width / 2, y + away),
            (x, y + away),
            (x - width, y + away),
        ):
            box = Box(left, top, width, height)
            if not box.within(room) or any(map(box.overlaps, boxes)) or any(box.crossed(*line) for line in lines):
                continue
            near = (min(max(x, left), left + width), min(max(y, top), top + height))
            start = (x + (near[0] - x) * OWN, y + (near[1] - y) * OWN)
            if not any(crossing(start, near, *line) for line in lines):
                return box
    return None


def crossing(start: XY, end: XY, other_start: XY, other_end: XY) -> bool:
    """Whether two straight lines cross: the ends of each lie on either side of the other."""

    def side(of: XY, first: XY, last: XY) -> float:
        return (last[0] - first[0]) * (of[1] - first[1]) - (last[1] - first[1]) * (of[0] - first[0])

    apart = side(start, other_start, other_end) * side(end, other_start, other_end)
    return apart < 0 and side(other_start, start, end) * side(other_end, start, end) <= 0
