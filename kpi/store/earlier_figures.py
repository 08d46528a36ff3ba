"""What is already known when a sheet comes in: the figures it must agree with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.period import Month
from kpi.place import Place
from kpi.value import Qualifier, State, Value
from kpi.workbook.report import Column


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """A measure in one earlier or present month, as the store has it; None where it has no number."""

    ytd: Decimal | None
    state: State
    as_of: date | None
    month: Decimal | None = None  # of a flow the single month, stated or from two cumulatives; of all else the level
    qualifier: Qualifier = Qualifier.EXACT

    @property
    def value(self) -> Value:
        """The figure as checks compare it."""
        return Value.of(self.ytd, self.qualifier) if self.ytd is not None else Value(self.state)


@dataclass(frozen=True, slots=True)
class CellOnFile:
    """One cell that counts: what it states, to which day, and where it stands; ``seq`` of a file that is not yet stored is 0."""

    value: Value
    as_of: date | None
    file: str = ""
    place: Place = Place("")  # noqa: RUF009 - immutable
    seq: int = 0


FiledCell = tuple[str, Column, Month, CellOnFile]  # its measure, column and month
CellsOnFile = Mapping[tuple[str, Column], Mapping[Month, CellOnFile]]  # by measure and column; a blank cell may be absent
History = Mapping[str, Mapping[Month, EarlierFigure]]  # by measure; months in which it was not reported are absent


@dataclass(frozen=True, slots=True)
class Background:
    """
    Figures by measure: of the same month (other offices' too), of the month before, of the same month last year.

    A measure that was not reported in a month is absent from that month's mapping.  ``history`` holds the months before
    this one, two years back, of the measures of one office.  ``filed`` are the cells of those measures, and of all that an
    indicator or a relation ties to them, from last year to the next, without those that the report would replace;
    ``replaced`` are these.  None: only the figures are known.  ``flagged`` are the findings, code and words, of what it
    would replace.
    """

    present: Mapping[str, EarlierFigure]
    previous: Mapping[str, EarlierFigure]
    last_year: Mapping[str, EarlierFigure]
    history: History = field(default_factory=dict)
    filed: CellsOnFile | None = None
    replaced: CellsOnFile = field(default_factory=dict)
    flagged: frozenset[tuple[str, str]] = frozenset()


NOTHING_KNOWN = Background({}, {}, {})
