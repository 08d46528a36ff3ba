"""The board (看板): every indicator of one period, and those that were missed, worst first."""

from collections.abc import Iterable

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow, Status
from kpi.figures.indicators import indicators
from kpi.period import Month, Span, months
from kpi.review.known_nouns import known_office
from kpi.review.who_is_missing import lacked
from kpi.value import State


def board(bureau: Bureau, period: Month, span: Span = Span.YTD, office: str | None = None, org: str | None = None) -> list[BoardRow]:
    """
    Every indicator of the catalogue in one period, in the catalogue's order.

    One that only a ledger can give is left out where none came: an office need not keep ledgers.  So is one whose office or
    measures there were not in that month.

    Args:
        bureau: The bureau.
        period: The month asked about; the span ends with it.
        span: How many months the values cover.
        office: Only the indicators of this office, by code, name or alias.
        org: The organisation, the root of the tree unless told.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: No such office.
    """
    bureau.require(Right.READ, org)
    catalog = bureau.catalog.at(period)
    own = known_office(catalog, office) if office is not None else None
    codes = [code for code in catalog.listed_in(period) if own in (None, catalog.indicators[code].office)]
    rows = lacked(bureau, indicators(bureau.store, bureau.catalog, [period], codes, span, org), span)
    return [row for row in rows if row.figure.state is not State.UNREPORTED or not only_from_ledgers(catalog, row.indicator)]


def missed(bureau: Bureau, period: Month, org: str | None = None) -> list[BoardRow]:
    """What of a month's board was missed, as `late` orders it."""
    return late(board(bureau, period, org=org))


def late(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """The rows that are 未达标 or 滞后 and may be assessed, worst first: by status, then by share of the target lacking."""
    misses = [row for row in rows if row.may_assess and row.status.late]
    return sorted(misses, key=lambda row: (row.status is not Status.MISSED, -(row.target.shortfall or 0.0), row.indicator))


def everything(bureau: Bureau, period: Month, org: str | None = None) -> list[BoardRow]:
    """Every indicator of a month, and after them every measure that is none, year to date; raises DeniedError as `board` does."""
    bureau.require(Right.READ, org)
    return indicators(bureau.store, bureau.catalog, [period], bureau.catalog.codes, org=org)


def periods(bureau: Bureau) -> tuple[Month, ...]:
    """The months that hold figures, ascending; empty for an empty store."""
    span = bureau.store.months()
    return months(*span) if span else ()


def only_from_ledgers(catalog: Catalog, code: str) -> bool:
    """Whether only a ledger can give an indicator; without one there is no row of it."""
    return any(catalog.measures[measure].ledger_only for measure in catalog.indicators[code].numerator.codes)
