"""
A definition that holds from a month on (口径从某月起): the former one is kept as an earlier definition, until the month before.
"""

from dataclasses import dataclass, replace
from datetime import date

from kpi.catalog.earlier_definition import DEFINING
from kpi.catalog.noun_entries import FieldValues, NounEntry
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.period import Month

_EARLIER = NOUN_SHEETS["earlier"]
_WORDS = "denominator_words"  # of an earlier definition only where they were others


@dataclass(frozen=True, slots=True)
class DefinitionNote:
    """What an earlier definition says of how it was replaced."""

    reason: str
    by: str
    on: date


def may_be_dated(noun: str) -> bool:
    """Whether an entry of a noun can be defined otherwise from a month on."""
    return _EARLIER.below == noun


def dated(before: NounEntry, after: NounEntry, first: Month, note: DefinitionNote) -> NounEntry:
    """
    An entry with a definition that holds from a month on.

    Args:
        before: As it is in force.
        after: As it is to be.
        first: The first month of what is to be.
        note: What is said of the change.

    Returns:
        ``after`` with what held in the month before as its last earlier definition, and without those that it takes the place of;
        ``after`` itself where the noun knows no months, or nothing of the definition is another one.

    """
    if not may_be_dated(before.noun) or all(before.own.get(key) == after.own.get(key) for key in DEFINING):
        return after
    earlier = list(before.parts.get(_EARLIER.noun, ()))
    kept = [row for row in earlier if Month.parse(row["until"]) < first]
    replaced = next((row for row in earlier if Month.parse(row["until"]) >= first), before.own)
    row = {field.key: replaced[field.key] for field in _EARLIER.fields if field.key in replaced and not field.apart}
    if row.get(_WORDS) == after.own.get(_WORDS):
        row.pop(_WORDS, None)
    notes: FieldValues = {"until": str(first.plus(-1)), "reason": note.reason, "changed_by": note.by, "changed_on": note.on}
    return replace(after, parts={**after.parts, _EARLIER.noun: [*kept, {**row, **notes}]})
