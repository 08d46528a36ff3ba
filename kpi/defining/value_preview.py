"""What an indicator would come to under another catalogue (试算), beside what it comes to under the one in force; nothing is written."""

from dataclasses import dataclass, replace

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow
from kpi.figures.definitions import definitions
from kpi.figures.indicators import indicators
from kpi.period import Month, months
from kpi.review import board
from kpi.store.supposed import SupposedStore

MONTHS = 12


@dataclass(frozen=True, slots=True)
class PreviewedMonth:
    """A month: the row of its board, year to date, as it is and as it would be; None where the indicator is not in the catalogue."""

    period: Month
    now: BoardRow | None
    then: BoardRow | None


def preview(bureau: Bureau, catalog: Catalog, code: str, org: str | None = None) -> tuple[PreviewedMonth, ...]:
    """
    The last twelve months of an indicator under a catalogue that is not in force, the latest first.

    Args:
        bureau: The bureau with what is in force.
        catalog: What may be put in force.
        code: The indicator.
        org: The organisation, the root unless told.

    Raises:
        DeniedError: The caller may not read the figures.

    """
    bureau.require(Right.READ, org)
    reported = board.periods(bureau)
    if not reported:
        return ()
    last = reported[-1]
    asked = months(max(reported[0], last.plus(1 - MONTHS)), last)
    supposed = replace(bureau_of(bureau), catalog=catalog, store=SupposedStore(bureau.store, catalog, definitions(catalog)))
    now, then = (_rows(view, code, asked, org) for view in (bureau, supposed))
    return tuple(PreviewedMonth(month, now.get(month), then.get(month)) for month in reversed(asked))


def bureau_of(bureau: Bureau) -> Bureau:
    """A bureau that is only looked at."""
    return Bureau(bureau.catalog, bureau.store, caller=bureau.caller)


def _rows(bureau: Bureau, code: str, asked: tuple[Month, ...], org: str | None) -> dict[Month, BoardRow]:
    if code not in bureau.catalog.indicators:
        return {}
    return {row.period: row for row in indicators(bureau.store, bureau.catalog, list(asked), [code], org=org) if row.indicator == code}
