"""Ledgers read where nothing is on file."""

from collections.abc import Sequence
from typing import Any

from kpi.catalog.model import Catalog
from kpi.workbook.ledgers.ledger_reports import in_order, open_ledgers
from kpi.workbook.ledgers.ledger_sheet import LedgerSheet, UnreadSheet
from kpi.workbook.report import Report


def read_ledgers(sheets: Sequence[LedgerSheet], unread: Sequence[UnreadSheet], catalog: Catalog, **told: Any) -> list[Report]:
    """The reports of the ledgers of a workbook; the arguments are those of `open_ledgers`."""
    return in_order([report for register in open_ledgers(sheets, unread, catalog, **told) for report in register.reports()])
