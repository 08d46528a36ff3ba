"""What has to be said beside a figure: 调整数 booked in its months, that there was nothing to count, a base that was restated, a blank counted as 0."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kpi.period import Month


@dataclass(frozen=True, slots=True)
class Adjustment:
    """调整数: what a stated cumulative holds beyond the one before it and the month, booked in its month and nowhere else."""

    measure: str
    name: str
    period: Month
    amount: Decimal
    note: str  # the 说明 given with the submission
    by: str
    at: datetime | None
    submission: int
    counted: bool = True  # whether the figure holds it: a sum of months does not


@dataclass(frozen=True, slots=True)
class Restated:
    """A base of last year that the office states to this year's scope, beside the one on record."""

    measure: str
    name: str
    period: Month  # of the sheet that restates it
    stated: Decimal
    recorded: Decimal
    note: str
    by: str
    at: datetime | None
    submission: int


@dataclass(frozen=True, slots=True)
class Idle:
    """A measure that says of months, or of the year so far, that there was nothing to count: 未开展 or 不适用."""

    measure: str
    name: str
    word: str
    months: tuple[Month, ...]  # empty: all of the year so far


@dataclass(frozen=True, slots=True)
class Blank:
    """A measure of which the sheets of some months say nothing, so that they were counted as 0."""

    measure: str
    name: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one figure."""

    adjustment: tuple[Adjustment, ...] = ()
    idle: tuple[Idle, ...] = ()
    restated: tuple[Restated, ...] = ()
    blank: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """The numbers of organisations with 调整数, with a restated base, with months of which there was nothing to count, and with blanks counted as 0."""

    adjusted: int = 0
    restated: int = 0
    idle: int = 0
    blank: int = 0


NO_MARKS = Marks()
NO_MARK_COUNTS = MarkCounts()
