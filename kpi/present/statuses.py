"""How a status is said: always a shape and a word, so that it survives a black-and-white print and a colour-blind reader."""

from collections import Counter
from collections.abc import Iterable

from kpi.catalog.target import TargetKind
from kpi.compute.row import BoardRow, Status

SHAPES = {
    Status.MISSED: "■",
    Status.BEHIND: "▲",
    Status.UNDECIDED: "◆",
    Status.UNREPORTED: "□",
    Status.NO_TARGET: "○",
    Status.MET: "●",
}
JUDGED = (Status.MISSED, Status.BEHIND, Status.UNDECIDED, Status.MET)  # of an indicator that has a figure and something asked for
PACED = (TargetKind.ANNUAL, TargetKind.PROGRESS)  # held against the pace, not against the target itself


def badge(status: Status) -> str:
    """Shape and word: ``■ 未达标``."""
    return f"{SHAPES[status]} {status.value}"


def marks() -> list[tuple[str, str]]:
    """What the shapes of a heat map mean: the badge and the name of the colour of each status."""
    return [(badge(status), status.name.lower()) for status in Status]


def assessed(row: BoardRow) -> Status:
    """The status of a row that may be counted."""
    return row.status.counted(may_assess=row.may_assess)


def tally(rows: Iterable[BoardRow]) -> dict[Status, int]:
    """How many indicators stand where, most urgent first."""
    counts = Counter(assessed(row) for row in rows)
    return {status: counts[status] for status in Status}
