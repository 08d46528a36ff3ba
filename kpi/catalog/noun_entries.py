"""
The entries of a catalogue, each with all that it holds: what a form shows and what a record of changes compares.

An entry is the row of its noun's sheet and the rows of what belongs to it alone, the parents of an organisation or the columns of
a ledger, without the fields that tie these to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kpi.catalog.noun_fields import NounSheet
from kpi.catalog.noun_rows import rows_of
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import Documents
from kpi.catalog.row_gathering import NounRow

PARTS: dict[str, tuple[NounSheet, ...]] = {
    noun: tuple(sheet for sheet in NOUN_SHEETS.values() if sheet.fields[0].apart and sheet.fields[0].leads_to == noun) for noun in NOUN_SHEETS
}
"""By noun the sheets of what belongs to one of its entries."""
ENTRY_NOUNS = tuple(noun for noun in NOUN_SHEETS if not any(noun == part.noun for parts in PARTS.values() for part in parts))
_KEYS = {"bureau": (), "target": ("indicator", "year", "office", "org", "from"), "reference": ("code", "org")}
_BETWEEN = "/"  # the fields of a key of several
FieldValues = Mapping[str, Any]  # by the key of a field what is written in it, as TOML has it


@dataclass(frozen=True, slots=True)
class NounEntry:
    """An entry; ``parts`` are the rows of what belongs to it, by the noun of their sheet."""

    noun: str
    own: FieldValues
    parts: Mapping[str, Sequence[FieldValues]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells it from the others of its noun, in one word: its code; of a target all that says whose it is and of when."""
        keys = _KEYS.get(self.noun, (NOUN_SHEETS[self.noun].fields[0].key,))
        return _BETWEEN.join(str(self.own.get(key, "")) for key in keys)

    @property
    def sheet(self) -> NounSheet:
        """How it is filled in."""
        return NOUN_SHEETS[self.noun]

    @property
    def name(self) -> str:
        """What people call it; its key where it has no name."""
        return str(self.own.get("name", self.key))


def ties(part: NounSheet, noun: str) -> tuple[str, ...]:
    """The fields by which the rows of a sheet belong to an entry of a noun: its code, and of a reference its organisation too."""
    others = ("org",) if noun == "reference" else ()
    return (part.fields[0].key, *others)


def entries_of(documents: Documents) -> list[NounEntry]:
    """The entries of a catalogue, noun by noun, in the order of the files."""
    rows = rows_of(documents)
    return [_entry(noun, own, rows) for noun in ENTRY_NOUNS for own in rows[noun]]


def _entry(noun: str, own: FieldValues, rows: Mapping[str, Sequence[FieldValues]]) -> NounEntry:
    parts = {}
    for part in PARTS[noun]:
        tie = ties(part, noun)
        whose = [own.get("code"), *(own.get(key) for key in tie[1:])]
        every = [{key: value for key, value in row.items() if key not in tie} for row in rows[part.noun] if [row.get(key) for key in tie] == whose]
        if every:
            parts[part.noun] = every
    return NounEntry(noun, own, parts)


def noun_rows(entries: Iterable[NounEntry]) -> dict[str, list[NounRow]]:
    """Entries as the rows of every sheet; the line of a row is its position in its sheet, and of a part in its entry."""
    rows: dict[str, list[NounRow]] = {noun: [] for noun in NOUN_SHEETS}
    for entry in entries:
        rows[entry.noun].append(NounRow(entry.noun, entry.own, len(rows[entry.noun]) + 1))
        for part in PARTS[entry.noun]:
            first, *others = ties(part, entry.noun)
            whose = {first: entry.own.get("code"), **{key: entry.own[key] for key in others if key in entry.own}}
            tied = {key: value for key, value in whose.items() if value is not None}
            rows[part.noun] += (NounRow(part.noun, {**tied, **values}, line) for line, values in enumerate(entry.parts.get(part.noun, ()), 1))
    return rows
