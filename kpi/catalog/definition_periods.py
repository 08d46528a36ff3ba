"""An indicator by the months in which each of its definitions held (口径沿革), and how another one comes to hold from a month on."""

from dataclasses import dataclass
from datetime import date

from kpi.catalog.earlier_definition import DEFINING, EarlierDefinition
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


@dataclass(frozen=True, slots=True)
class Redefinition:
    """One change of a definition: from which month it holds, and what is known of it."""

    first: Month
    by: str = ""
    on: date | None = None
    reason: str = ""
    document: str = ""


def redefined(before: Indicator, after: Indicator, change: Redefinition) -> Indicator:
    """
    An indicator that is computed otherwise from some month on; what held up to the month before is kept beside it.

    Args:
        before: The indicator as it is.
        after: As it is to be from the month on; what it says of earlier definitions is not looked at.
        change: The month, who, when, why.

    Returns:
        The new indicator.  A definition of ``before`` that would have begun in that month or later never held.  Where the
        definition of the month before is the same, nothing is added.

    """
    last = change.first.plus(-1)
    former = next(period for period in definition_periods(before) if period.last is None or last <= period.last)
    kept = tuple(earlier for earlier in before.earlier if earlier.until < last and (former.first is None or earlier.until < former.first))
    own = {name: getattr(former.indicator, name) for name in DEFINING}
    if own == {name: getattr(after, name) for name in DEFINING}:
        return after.model_copy(update={"earlier": kept})
    words = former.indicator.denominator_words if former.indicator.denominator_words != after.denominator_words else ""
    circumstances = {"reason": change.reason, "document": change.document, "changed_by": change.by, "changed_on": change.on}
    ended = EarlierDefinition.model_validate({"until": last, **own, "denominator_words": words, **circumstances})
    return after.model_copy(update={"earlier": (*kept, ended)})
