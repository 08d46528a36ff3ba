"""Everything a row of a board is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.catalog.earlier_definition import ReplacedDefinition
from kpi.catalog.organisation_moves import Move
from kpi.compute.marks import MarkCounts, Marks
from kpi.compute.parts import Parts
from kpi.compute.subject import Subject
from kpi.compute.target_in_force import TargetInForce
from kpi.period import Month


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What the store, the catalogue and the readers of remarks know of one indicator at one point."""

    subject: Subject
    point: Month
    parts: Parts
    targets: Sequence[TargetInForce]
    marks: Marks
    marks_below: MarkCounts
    moves: tuple[Move, ...]
    month_qualifier: str  # how the single month is meant
    year_end_qualifier: str  # and what stood at the end of last year
    unlike: str  # why the single month cannot be set against the one before, in words; empty where it can
    definition: ReplacedDefinition | None = None  # by which it is computed, where another one is in force now
