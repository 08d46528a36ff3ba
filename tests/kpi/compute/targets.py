"""Targets and pasts for tests: whole, with only what a test is about said."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kpi.catalog.target import Target, TargetKind
from kpi.compute.months_of_indicator import MonthOfIndicator
from kpi.compute.range_left_open import Range
from kpi.compute.rate import divide
from kpi.compute.target_in_force import TargetInForce
from kpi.compute.verdict import Verdict, judge
from kpi.period import Month


def target(value: int | str = 100, **said: Any) -> Target:
    """A total of 100 for 2023, tolerance 5."""
    fields: dict[str, Any] = {
        "indicator": "tested",
        "year": 2023,
        "office": "food",
        "kind": TargetKind.ANNUAL,
        "value": Decimal(value),
        "tolerance": Decimal(5),
        "document": "分解表",
    }
    return Target(**fields | said)


def verdict(
    entry: TargetInForce, day: date, numerator: int | Decimal, denominator: int | Decimal = 1, scale: int = 1, pending: tuple[int, int] | None = None
) -> Verdict:
    """The verdict on parts of which nothing lacks; ``pending``: how many failed, and how many there are in all."""
    value = divide(Decimal(numerator), Decimal(denominator), scale)
    if pending is not None and numerator + pending[0] < pending[1]:
        failed, total = pending
        return judge(Range(divide(Decimal(numerator), Decimal(total), scale), divide(Decimal(total - failed), Decimal(total), scale)), value, [(entry, day)])
    return judge(Range(value, value) if value is not None else None, value, [(entry, day)])


def year(number: int, months: Sequence[int | None], as_of: date | None = None) -> list[MonthOfIndicator]:
    """A flow's months of a year; the last one runs to ``as_of`` when it is told."""
    found: list[MonthOfIndicator] = []
    total: int | None = 0
    for position, amount in enumerate(months, 1):
        month = Month(number, position)
        total = None if amount is None or total is None else total + amount
        day = as_of if as_of and position == len(months) else month.last_day
        numerator, ytd = (None if figure is None else Decimal(figure) for figure in (amount, total))
        found.append(MonthOfIndicator(month, numerator, None, ytd, day, flow=True, whole=day == month.last_day))
    return found
