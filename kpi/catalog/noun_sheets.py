"""Every noun of the catalogue as a sheet, in the order in which they are filled in."""

from kpi.catalog.sheets_of_ledgers import COLUMN_SHEET, COLUMN_VALUE_SHEET, CONDITION_SHEET, FIGURE_SHEET, LEDGER_SHEET
from kpi.catalog.sheets_of_measures import EARLIER_SHEET, INDICATOR_SHEET, MEASURE_SHEET, RELATION_SHEET, SENTENCE_SHEET, SYSTEM_SHEET
from kpi.catalog.sheets_of_offices import AREA_SHEET, BUREAU_SHEET, OFFICE_SHEET, ORG_SHEET, PARENT_SHEET
from kpi.catalog.sheets_of_targets import REFERENCE_SHEET, REFERENCE_VALUE_SHEET, TARGET_SHEET

_EVERY = (
    BUREAU_SHEET,
    ORG_SHEET,
    PARENT_SHEET,
    AREA_SHEET,
    OFFICE_SHEET,
    MEASURE_SHEET,
    INDICATOR_SHEET,
    EARLIER_SHEET,
    RELATION_SHEET,
    SYSTEM_SHEET,
    SENTENCE_SHEET,
    TARGET_SHEET,
    REFERENCE_SHEET,
    REFERENCE_VALUE_SHEET,
    LEDGER_SHEET,
    COLUMN_SHEET,
    COLUMN_VALUE_SHEET,
    FIGURE_SHEET,
    CONDITION_SHEET,
)
NOUN_SHEETS = {sheet.noun: sheet for sheet in _EVERY}
"""The sheets by their noun."""
