"""
A definition that holds from a month on (口径从某月起): the former one is kept as an earlier definition, until the month before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kpi.catalog.noun_entries import NounEntry
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.period import Month

EARLIER = "earlier"  # the noun of earlier definitions


@dataclass(frozen=True, slots=True)
class DefinitionNote:
    """What an earlier definition says of how it was replaced."""

    reason: str
    by: str
    on: date


def may_be_dated(noun: str) -> bool:
    """Whether an entry of a noun can be defined otherwise from a month on."""
    return EARLIER in NOUN_SHEETS and NOUN_SHEETS[EARLIER].below == noun


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
    if not may_be_dated(before.noun):
        return after
    defining = [field.key for field in NOUN_SHEETS[EARLIER].fields if any(own.key == field.key for own in before.sheet.fields) and not field.apart]
    if all(before.own.get(key) == after.own.get(key) for key in defining):
        return after
    until = str(first.plus(-1))
    earlier = list(before.parts.get(EARLIER, ()))
    kept = [row for row in earlier if Month.parse(row["until"]) < first]
    replaced: Mapping[str, Any] = next((row for row in earlier if Month.parse(row["until"]) >= first), {key: before.own.get(key) for key in defining})
    if replaced.get("denominator_words") == after.own.get("denominator_words"):
        replaced = {key: value for key, value in replaced.items() if key != "denominator_words"}
    notes = {"until": until, "reason": note.reason, "changed_by": note.by, "changed_on": note.on}
    known = {field.key for field in NOUN_SHEETS[EARLIER].fields}
    row = {key: value for key, value in {**replaced, **notes}.items() if value not in (None, "") and key in known}
    return replace(after, parts={**after.parts, EARLIER: [*kept, row]})
