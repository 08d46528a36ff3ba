"""
The log: what offices sent and what was taken back, in order, and the cells that count.

Of each organisation, office and month the latest submission that was not taken back counts, as a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.period import Month
from kpi.value import UNREPORTED, State, Value


@dataclass(frozen=True)
class Cells:
    """The three figures of one measure in one month, and the day they run to."""

    day: date
    month: Value = UNREPORTED
    ytd: Value = UNREPORTED
    prior: Value = UNREPORTED

    @property
    def blank(self) -> bool:
        """Whether the month says nothing; a restated base alone says nothing of this year."""
        return self.month.state is State.UNREPORTED and self.ytd.state is State.UNREPORTED

    @property
    def words(self) -> tuple[State, ...]:
        """The words that stand where numbers could."""
        return tuple(value.state for value in (self.month, self.ytd) if value.number is None and value.state is not State.UNREPORTED)

    @property
    def number(self) -> bool:
        return self.month.number is not None or self.ytd.number is not None


@dataclass(frozen=True)
class Sent:
    """A submission."""

    org: str
    office: str
    month: Month
    cells: Mapping[str, Cells] = field(hash=False)


@dataclass(frozen=True)
class Withdrawn:
    """The one that counted for an organisation, office and month is taken back."""

    org: str
    office: str
    month: Month


Entry = Sent | Withdrawn


Sheets = Mapping[tuple[str, str, Month], Mapping[str, Cells]]


def sheets(entries: Sequence[Entry]) -> Sheets:
    """The cells of the sheets that count, by organisation, office and month."""
    stacks: dict[tuple[str, str, Month], list[Sent]] = {}
    for entry in entries:
        stack = stacks.setdefault((entry.org, entry.office, entry.month), [])
        if isinstance(entry, Sent):
            stack.append(entry)
        elif stack:
            stack.pop()
    return {key: stack[-1].cells for key, stack in stacks.items() if stack}


def standing(counting: Sheets, noughts: Mapping[str, str]) -> dict[tuple[str, str], dict[Month, Cells]]:
    """
    The cells that count, by organisation and measure, by month; blank ones are left out.

    Args:
        counting: The sheets that count.
        noughts: The measures of which a blank is 0, with their offices: to the latest day of what the sheet says, else of all of it.

    """
    found: dict[tuple[str, str], dict[Month, Cells]] = {}
    for (org, office, month), every in counting.items():
        days = [cells.day for cells in every.values() if not cells.blank] or [cells.day for cells in every.values()]
        for code in {*every, *(code for code, owner in noughts.items() if owner == office)}:
            cells = every.get(code, Cells(max(days)))
            if cells.blank and code in noughts:
                found.setdefault((org, code), {})[month] = Cells(max(days), Value.of(Decimal(0)), prior=cells.prior)
            elif not cells.blank:
                found.setdefault((org, code), {})[month] = cells
    return found
