"""An indicator by the months in which each of its definitions held (口径沿革)."""

from dataclasses import dataclass

from kpi.catalog.earlier_definition import EarlierDefinition
from kpi.catalog.indicator import Indicator
from kpi.period import Month


@dataclass(frozen=True, slots=True)
class DefinitionPeriod:
    """The months of a definition, both ends included, and the indicator as it is computed in them; an end that is None is open."""

    first: Month | None
    last: Month | None
    indicator: Indicator
    change: EarlierDefinition | None  # the definition it took the place of, with who changed it and why; None of the first one


def definition_periods(indicator: Indicator) -> tuple[DefinitionPeriod, ...]:
    """The definitions of an indicator, the earliest first; one alone where it was never another one."""
    befores = (None, *indicator.earlier)
    return tuple(
        DefinitionPeriod(before.until.plus(1) if before else None, own.until if own else None, indicator.as_defined(own) if own else indicator, before)
        for before, own in zip(befores, (*indicator.earlier, None), strict=True)
    )
