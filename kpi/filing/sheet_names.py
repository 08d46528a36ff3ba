"""The names of sheets (报表) by which people and the audit speak of them."""

from kpi.catalog.model import Catalog
from kpi.store.referral import ReferredSheet
from kpi.store.submission import Submission


def sheet_name(catalog: Catalog, sheet: Submission | ReferredSheet) -> str:
    """Whose a sheet is and of which month, after its number if it has one: ``第 3 号 食品科 2023 年 11 月``."""
    name = f"{catalog.called(sheet.office, sheet.org)} {sheet.period.chinese}"
    return f"第 {sheet.seq} 号 {name}" if isinstance(sheet, Submission) and sheet.seq else name
