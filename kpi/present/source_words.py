"""What is said of a cell that a figure was read from."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from kpi.period import Month
from kpi.present import day_words, numbers


class StatedCell(Protocol):
    """A cell, as far as these sentences need it."""

    @property
    def unit(self) -> str: ...
    @property
    def adjustment(self) -> Decimal | None: ...
    @property
    def recorded(self) -> Decimal | None: ...


def booked(cell: StatedCell) -> Iterator[str]:
    """What the cell holds beyond the months, and what it restates."""
    if cell.adjustment is not None:
        yield f"含调整数 {numbers.change(cell.adjustment, cell.unit, numbers.precision(cell.adjustment))}"
    if cell.recorded is not None:
        yield f"上年报送为 {numbers.stated_amount(cell.recorded, cell.unit)}"


def age(as_of: date, period: Month) -> str:
    """How much older than the end of its month a figure is: ``比 11 月末早 61 天``; empty of one that is not."""
    days = (period.last_day - as_of).days
    return f"比 {day_words.month(period)}末早 {days} 天" if days > 0 else ""
