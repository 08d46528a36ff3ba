"""What the editions remember of a definition (口径) that is another one now: how an indicator was computed when a meeting saw it."""

from collections.abc import Mapping

from kpi.bureau import Bureau
from kpi.errors import StoreError
from kpi.meeting.editions import editions, shown
from kpi.meeting.frozen_rows import ROUNDING, FrozenRow
from kpi.period import Month
from kpi.present import formulas
from kpi.present.row_fields import facts_changed
from kpi.store.edition import Edition


def redefined(was: FrozenRow, definition: str, facts: Mapping[str, str]) -> list[str]:
    """What of a definition differs between a frozen row and now, each in a few words; empty where nothing does."""
    changed = was.definition != definition
    silent = {
        *([formulas.PARTS] if changed else []),  # the definition says it
        *([ROUNDING] if ROUNDING not in facts else []),  # another figure, which every rule prints alike
    }
    words = [f"口径由「{was.definition}」改为「{definition}」"] if changed else []
    return words + facts_changed({name: fact for name, fact in was.facts.items() if name not in silent}, facts)


def definition_changes(bureau: Bureau, month: Month, org: str | None = None) -> dict[str, tuple[str, ...]]:
    """
    The indicators that were computed otherwise in a meeting about the year that ends with a month, the same month last year included.

    Otherwise, that is, than the catalogue says that they were in the month of the meeting: of a change that it knows of, with the
    month from which it holds, nothing is said here.

    Args:
        bureau: The bureau.
        month: The month that is looked at.
        org: The organisation, the root of the tree unless told; its own editions are asked.

    Returns:
        By indicator what differs, as the latest edition with a difference has it, with the code of that edition.  Editions whose
        file is lost say nothing, nor do those that were computed with the catalogue as it is now.

    """
    catalog, node = bureau.catalog, org or bureau.catalog.root
    changes: dict[str, tuple[str, ...]] = {}
    for issue in editions(bureau, org=node):
        edition = issue.edition
        if edition.catalog != catalog.digest and month.plus(-12) <= edition.period <= month:
            for row in _rows(bureau, edition):
                if row.row.indicator not in changes and (since := _since(bureau, row)):
                    changes[row.row.indicator] = tuple(f"{words}（会议版 {edition.code} 以后）" for words in since)
    return changes


def _rows(bureau: Bureau, edition: Edition) -> list[FrozenRow]:
    """The rows of an edition of the indicators that there still are; none where its file is lost."""
    try:
        return [row for row in shown(bureau, edition) if row.row.indicator in bureau.catalog.indicators]
    except StoreError:  # it is named at the start and on its own page
        return []


def _since(bureau: Bureau, row: FrozenRow) -> list[str]:
    entry, measures = bureau.catalog.at(row.row.period).indicators[row.row.indicator], bureau.catalog.measures
    return redefined(row, formulas.indicator(entry, measures), formulas.facts(entry, measures))
