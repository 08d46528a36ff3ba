"""The heat map (热力图): rows by columns, each cell a status by shape, word and colour, and a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.compute.row import Status
from kpi.present.statuses import SHAPES


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: the status it stands for, None where there is nothing, what is written in it, and where it leads."""

    status: Status | None
    text: str
    words: str  # in full, for the pointer and for those who have it read aloud
    link: str

    @property
    def kind(self) -> str:
        """The name of the status in the style sheet."""
        return self.status.name.lower() if self.status else "nothing"

    @property
    def shape(self) -> str:
        """The shape of the status."""
        return SHAPES[self.status] if self.status else ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row: its name, where that leads, and its cells."""

    name: str
    link: str
    cells: Sequence[HeatCell]
