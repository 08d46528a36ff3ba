"""A changed entry put in force (改一条并生效): refused or tried first, then kept with who, why and from which month."""

from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.model import Catalog
from kpi.catalog.noun_entries import NounEntry
from kpi.defining.change_refusals import refusals
from kpi.defining.dated_definition import DefinitionNote, dated, in_measures
from kpi.defining.entry_change import EntryError, with_entry, with_former_name
from kpi.defining.in_force import ChangeNote, put_in_force
from kpi.errors import RequestError
from kpi.period import Month
from kpi.store import clock

_TRIAL = "试算"  # in the place of a name and a reason, as long as nobody has given any


def tried(bureau: Bureau, before: NounEntry | None, after: NounEntry | None, first: Month | None = None) -> Catalog:
    """
    The catalogue that a change of an entry leads to; nothing is put in force.

    Args:
        bureau: The bureau.
        before: The entry as it was shown; nothing of a new one.
        after: As it is to be; nothing where it is taken out.
        first: From which month it is to hold; None: for all months.

    Raises:
        EntryError: It cannot be made; each fault names its field.

    """
    return _changed(bureau, before, _kept(bureau, before, after, ChangeNote(_TRIAL, _TRIAL, first)))


def save(bureau: LiveBureau, before: NounEntry | None, after: NounEntry | None, note: ChangeNote, *, number: int) -> LiveBureau:
    """
    Put a change of an entry in force.

    Args:
        bureau: The bureau.
        before: The entry as it was shown; nothing of a new one.
        after: As it is to be; nothing where it is taken out.
        note: Who, why, and from which month, where the noun knows months.
        number: Of the last change of the catalogue when the entry was shown.

    Returns:
        The bureau with the change.

    Raises:
        EntryError: It cannot be made.
        DeniedError, RequestError, StoreError: As `put_in_force`.

    """
    kept = _kept(bureau, before, after, note)
    first = note.first if kept != after else None  # of what is no definition all months are changed
    entry = after or before
    if entry is None:
        raise RequestError("没有任何改动。")
    act = "删去" if after is None else "新增" if before is None else "改动"
    about = f"{act}{entry.sheet.title}「{entry.name}」"
    return put_in_force(bureau, _changed(bureau, before, kept), ChangeNote(note.by, note.why, first, about), after=number)


def _kept(bureau: Bureau, before: NounEntry | None, after: NounEntry | None, note: ChangeNote) -> NounEntry | None:
    """A changed entry as it is kept: with what held until the month before, where it holds from a month on."""
    if before is None or after is None or note.first is None:
        return after
    return dated(before, after, note.first, DefinitionNote(note.why, note.by, clock.today()), in_measures(bureau.catalog, before))


def _changed(bureau: Bureau, before: NounEntry | None, after: NounEntry | None) -> Catalog:
    """
    The catalogue with an entry as it is kept.

    Raises:
        EntryError: It cannot be made.

    """
    faults = refusals(bureau.catalog, bureau.store.reported_codes(), before, after)
    if faults:
        raise EntryError(faults)
    return with_entry(bureau.catalog, before, with_former_name(before, after) if before and after else after)
