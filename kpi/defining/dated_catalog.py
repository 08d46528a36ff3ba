"""A whole catalogue whose definitions hold from a month on (整个目录从某月起): each indicator that is defined otherwise keeps what held before."""

from kpi.catalog.model import Catalog
from kpi.catalog.noun_entries import NounEntry, entries_of
from kpi.catalog.plain_tables import documents_of
from kpi.defining.dated_definition import EARLIER, DefinitionNote, dated, in_measures, may_be_dated
from kpi.defining.entry_change import catalog_of_entries
from kpi.errors import RequestError
from kpi.period import Month


def dated_catalog(catalog: Catalog, other: Catalog, first: Month, note: DefinitionNote) -> Catalog:
    """
    Another catalogue, with the definitions in force kept as earlier ones until the month before.

    Args:
        catalog: The catalogue in force.
        other: The other one; an indicator whose earlier definitions it writes otherwise itself is left as it is.
        first: From which month it holds.
        note: What is said of the change.

    Raises:
        RequestError: No definition is another one, so that no month could be told from another.
        EntryError: The loader would not take it.

    """
    former = {(entry.noun, entry.key): entry for entry in entries_of(documents_of(catalog)) if may_be_dated(entry.noun)}
    entries = entries_of(documents_of(other))
    changed = [_dated(catalog, former.get((entry.noun, entry.key)), entry, first, note) for entry in entries]
    if changed == entries:
        raise RequestError("没有一个指标的口径与现在的不同，没有什么可以从某个月起；请去掉月份。")
    return catalog_of_entries(changed)


def _dated(catalog: Catalog, before: NounEntry | None, after: NounEntry, first: Month, note: DefinitionNote) -> NounEntry:
    if before is None or before.parts.get(EARLIER) != after.parts.get(EARLIER):
        return after
    return dated(before, after, first, note, in_measures(catalog, before))
