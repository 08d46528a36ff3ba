"""The changes of the catalogue (变动记录) as people read them: who, when, why, from which month, and what became of which entry."""

from dataclasses import dataclass
from datetime import datetime

from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.files import folder_of_texts
from kpi.catalog.model import Catalog
from kpi.catalog.plain_tables import Documents
from kpi.defining.entry_differences import EntryDifference, differences
from kpi.defining.in_force import changes, kept_catalog
from kpi.errors import RequestError
from kpi.period import Month
from kpi.store.catalog_change import CatalogChange


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change, and what it changed; the first one says what was in force before anything was changed here."""

    number: int
    at: datetime
    by: str
    why: str
    first: Month | None
    entries: tuple[EntryDifference, ...]


def change_records(bureau: LiveBureau) -> tuple[ChangeRecord, ...]:
    """
    Every change, the latest first.

    Raises:
        DeniedError: The caller may neither read figures nor define.
        StoreError: A change is missing or damaged.

    """
    require_sight(bureau)
    documents: Documents = {}
    records = []
    for change in changes(bureau):
        following = _applied(documents, change)
        entries = () if change.number == 1 else tuple(differences(documents, following))
        records.append(ChangeRecord(change.number, change.at, change.by, change.why, change.first, entries))
        documents = following
    return tuple(reversed(records))


def require_sight(bureau: Bureau) -> None:
    """Definitions are read by whoever reads figures, and by who defines."""
    if not bureau.may(Right.DEFINE):
        bureau.require(Right.READ)


def earlier_catalog(bureau: LiveBureau, number: int) -> Catalog:
    """
    The catalogue after a change.

    Raises:
        RequestError: There is no such change, or the catalogue is kept elsewhere.
        CatalogError: This program does not understand it.

    """
    kept = kept_catalog(bureau)
    if not 1 <= number <= kept.number:
        raise RequestError(f"没有第 {number} 次变动；现有 {kept.number} 次，用 catalog history 可以看到。")
    return kept.catalog(number)


def _applied(documents: Documents, change: CatalogChange) -> Documents:
    """The tables of the files after a change, of which only those that it wrote are read."""
    written = folder_of_texts({name: text for name, text in change.files.items() if text is not None}).documents
    kept = {name: document for name, document in documents.items() if name not in change.files}
    return dict(sorted({**kept, **written}.items()))
