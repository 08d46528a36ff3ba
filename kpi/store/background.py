"""What is already known when a sheet comes in: the figures it must agree with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpi.value import State, Value


@dataclass(frozen=True, slots=True)
class Known:
    """A measure in one earlier or present month, as the store has it; None where it has no number."""

    ytd: Decimal | None
    state: State
    as_of: date | None

    @property
    def value(self) -> Value:
        """The figure as checks compare it."""
        return Value.of(self.ytd) if self.ytd is not None else Value(self.state)


@dataclass(frozen=True, slots=True)
class Background:
    """
    Figures by measure: of the same month (other offices' too), of the month before, of the same month last year.

    A measure that was not reported in a month is absent from that month's mapping.
    """

    present: Mapping[str, Known]
    previous: Mapping[str, Known]
    last_year: Mapping[str, Known]


NOTHING_KNOWN = Background({}, {}, {})
