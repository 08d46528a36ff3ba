"""
An entry of the catalogue changed, added or taken out (改一条): the whole catalogue that comes of it, or what is wrong with which field.

What the loader would refuse is refused here, by the loader itself; its lines are put into the headings of the fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpi.catalog.fault_line import Where
from kpi.catalog.field_words import in_headings, looked_at
from kpi.catalog.files import Folder
from kpi.catalog.load import catalog_of
from kpi.catalog.model import Catalog
from kpi.catalog.noun_entries import NounEntry, entries_of, noun_rows
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import documents_of
from kpi.catalog.row_gathering import EntryRows, NounRow, gather
from kpi.errors import CatalogError, KpiError


@dataclass(frozen=True, slots=True)
class EntryFault:
    """
    What is wrong, in a Chinese sentence, and at which field.

    ``part`` is the noun of the row that is meant, where it is one of those below the entry, and ``position`` counts them from 1;
    without a ``key`` no field of the entry is meant, it may be another entry that the change does not suit.
    """

    words: str
    key: str = ""
    part: str = ""
    position: int = 0


class EntryError(KpiError):
    """A change that cannot be made; ``faults`` says all that is wrong with it."""

    def __init__(self, faults: Sequence[EntryFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("".join(fault.words for fault in faults))


@dataclass(frozen=True, slots=True)
class _FormWhere(Where):
    """An entry in a form: its faults are kept by their line, with the row and the field that each is about."""

    rows: EntryRows | None = None
    placed: dict[str, tuple[NounRow, str, str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return _called(self._rows.own)

    def says(self, words: str) -> str:
        """The line of a fault, and where to look."""
        row, key = looked_at(self._rows, words)
        sentence = f"{in_headings(words, self._rows.own.noun)}。"
        line = f"{self}：{sentence}"
        self.placed[line] = row, key, sentence
        return line

    @property
    def _rows(self) -> EntryRows:
        if self.rows is None:
            raise ValueError("an entry of a form has a row")
        return self.rows


def find_entry(catalog: Catalog, noun: str, key: str) -> NounEntry | None:
    """The entry with a key; None where there is none."""
    return next((entry for entry in entries_of(documents_of(catalog)) if (entry.noun, entry.key) == (noun, key)), None)


def with_entry(catalog: Catalog, before: NounEntry | None, after: NounEntry | None) -> Catalog:
    """
    The catalogue with an entry changed, added (nothing ``before``) or taken out (nothing ``after``).

    Raises:
        EntryError: The loader would not take it, or what is to be changed is not there.

    """
    entries = entries_of(documents_of(catalog))
    at = next((place for place, entry in enumerate(entries) if before and (entry.noun, entry.key) == (before.noun, before.key)), None)
    if before and at is None:
        raise EntryError([EntryFault(f"「{before.sheet.title}」里已经没有「{before.name}」；请刷新页面再看。")])
    if at is None:
        entries.append(_required(after))
    else:
        entries[at : at + 1] = [after] if after else []
    return _loaded(noun_rows(entries), entries, after)


def catalog_of_entries(entries: Sequence[NounEntry]) -> Catalog:
    """
    The catalogue of all its entries.

    Raises:
        EntryError: The loader would not take it.

    """
    return _loaded(noun_rows(entries), entries, None)


def with_former_name(before: NounEntry, after: NounEntry) -> NounEntry:
    """A renamed entry, which keeps the name it had as an alias, so that sheets that still bear it are read."""
    former, aliases = before.own.get("name"), after.own.get("aliases", [])
    takes = any(field.key == "aliases" for field in after.sheet.fields)
    if not takes or not former or former == after.own.get("name") or former in aliases:
        return after
    return replace(after, own={**after.own, "aliases": [*aliases, former]})


def _required(after: NounEntry | None) -> NounEntry:
    if after is None:
        raise ValueError("nothing is changed into nothing")
    return after


def _loaded(rows: Mapping[str, Sequence[NounRow]], entries: Sequence[NounEntry], changed: NounEntry | None) -> Catalog:
    """What the loader makes of some rows, or every fault of it."""
    own = next((row for entry, row in _own_rows(rows, entries) if entry is changed), None)
    gathering = gather(rows)
    faults = []
    for fault in gathering.faults:
        heading = NOUN_SHEETS[fault.row.noun].field(fault.key).heading
        faults.append(_fault(own, rows, fault.row, fault.key, f"「{heading}」{fault.words}。"))
    placed: dict[str, tuple[NounRow, str, str]] = {}
    places = {key: _FormWhere("", "", entry, placed) for key, entry in gathering.entries.items()}
    folder = Folder(gathering.documents, () if gathering.complete else ("",), (), "", places)
    try:
        catalog = catalog_of(folder)
    except CatalogError as error:
        faults += (_fault(own, rows, *placed[line]) if line in placed else EntryFault(line) for line in error.faults)
    if faults:
        raise EntryError(list(dict.fromkeys(faults)))
    return catalog


def _own_rows(rows: Mapping[str, Sequence[NounRow]], entries: Sequence[NounEntry]) -> list[tuple[NounEntry, NounRow]]:
    """Every entry with its row."""
    left = {noun: iter(every) for noun, every in rows.items()}
    return [(entry, next(left[entry.noun])) for entry in entries]


def _fault(own: NounRow | None, rows: Mapping[str, Sequence[NounRow]], row: NounRow, key: str, sentence: str) -> EntryFault:
    """A fault at a field of the entry, or at one of another entry, which is named."""
    if row is own:
        return EntryFault(sentence, key or NOUN_SHEETS[row.noun].fields[0].key)
    if own is not None and _belongs(row, own):
        return EntryFault(sentence, key, row.noun, row.line)
    above = next((other for other in rows.get(NOUN_SHEETS[row.noun].fields[0].leads_to, ()) if _belongs(row, other)), row)
    return EntryFault(f"{_called(above)}：{sentence}")


def _belongs(row: NounRow, own: NounRow) -> bool:
    """Whether a row is of what belongs to an entry."""
    tie = NOUN_SHEETS[row.noun].fields[0]
    return tie.apart and tie.leads_to == own.noun and row.values.get(tie.key) == own.values.get("code")


def _called(row: NounRow) -> str:
    name = row.values.get("name") or row.values.get(NOUN_SHEETS[row.noun].fields[0].key, "")
    return f"「{NOUN_SHEETS[row.noun].title}」里的「{name}」"
