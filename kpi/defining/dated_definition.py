"""
A definition that holds from a month on (口径从某月起): the former one is kept as an earlier definition, until the month before.
"""

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from kpi.catalog.earlier_definition import DEFINING
from kpi.catalog.model import Catalog
from kpi.catalog.noun_entries import FieldValues, NounEntry
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.period import Month

EARLIER = "earlier"  # the noun of earlier definitions
_WORDS = "denominator_words"  # which an earlier definition leaves out where they are those of the present one


@dataclass(frozen=True, slots=True)
class DefinitionNote:
    """What an earlier definition says of how it was replaced."""

    reason: str
    by: str
    on: date


def may_be_dated(noun: str) -> bool:
    """Whether an entry of a noun can be defined otherwise from a month on."""
    return NOUN_SHEETS[EARLIER].below == noun


def is_redefined(before: NounEntry, after: NounEntry) -> bool:
    """Whether a changed entry computes or judges otherwise, so that it may do so from a month on."""
    return may_be_dated(before.noun) and not _same(before.own, after.own)


def in_measures(catalog: Catalog, entry: NounEntry) -> FieldValues:
    """What of an indicator's definition is written otherwise where no other indicator may stand in it; nothing where none does."""
    indicator = catalog.indicators.get(entry.own["code"]) if entry.noun == "indicator" else None
    if indicator is None:
        return {}
    parts = {"numerator": indicator.numerator, "denominator": indicator.denominator, "failed": indicator.failed, "total": indicator.total}
    written = {key: formula.in_measures for key, formula in parts.items() if formula is not None}
    return written | ({"scale": indicator.scale} if indicator.scale != 1 else {})


def dated(before: NounEntry, after: NounEntry, first: Month, note: DefinitionNote, alone: FieldValues = MappingProxyType({})) -> NounEntry:
    """
    An entry with a definition that holds from a month on.

    Args:
        before: As it is in force.
        after: As it is to be.
        first: The first month of what is to be.
        note: What is said of the change.
        alone: What of ``before`` is written otherwise in a definition that says all by itself, see `in_measures`.

    Returns:
        ``after`` with what held in the month before as its last earlier definition; what would have begun in ``first`` or later
        never held.  ``after`` itself where the noun knows no months, or nothing of the definition is another one.

    """
    if not is_redefined(before, after):
        return after
    last = first.plus(-1)
    earlier = list(before.parts.get(EARLIER, ()))
    former = next((row for row in earlier if Month.parse(row["until"]) >= last), before.own)
    kept = [row for row in earlier if Month.parse(row["until"]) < last]
    if not _same(former, after.own):
        notes = {"until": str(last), "reason": note.reason, "changed_by": note.by, "changed_on": note.on}
        former = {**former, **alone} if former is before.own else former
        row = {key: former.get(key) for key in (*DEFINING, _WORDS)} | notes
        kept.append({key: value for key, value in row.items() if value not in (None, "")})
    return replace(after, parts={**after.parts, EARLIER: [_with_words(row, before.own.get(_WORDS), after.own.get(_WORDS)) for row in kept]})


def _same(definition: FieldValues, other: FieldValues) -> bool:
    """Whether two definitions compute and judge alike."""
    return all(definition.get(key) == other.get(key) for key in DEFINING)


def _with_words(row: FieldValues, was: Any, now: Any) -> FieldValues:
    """An earlier definition with what its denominator is called: where it says nothing that is as it was before, not as it is to be."""
    words = row.get(_WORDS) or was
    rest = {key: value for key, value in row.items() if key != _WORDS}
    return rest if words in (None, "", now) else rest | {_WORDS: words}
