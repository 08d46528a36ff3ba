"""Blank sheets to take away (空白报表): of one office, or of all offices in one archive; with last month and last year printed in where asked."""

import io
import zipfile
from collections.abc import Iterable

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.filing.form_sheet import prefilled
from kpi.period import Month
from kpi.workbook.writing.template import write_template

_MOMENT = (2000, 1, 1, 0, 0, 0)  # a label, the same for every archive


def blank_book(bureau: Bureau, org: str | None, office: str, period: Month, *, prefill: bool) -> bytes:
    """
    The fill-in sheet of an office for a month.

    Args:
        bureau: The bureau.
        org: The organisation that it is printed for; None where there is but one, or it is to name none.
        office: Its code.
        period: The month.
        prefill: Whether 上年同期累计 stands in it as it is on file, and behind each row what was reported last month.

    Raises:
        DeniedError: It is to say figures that the caller may not read.

    """
    if prefill:
        bureau.require(Right.READ, org, office)
    filling = prefilled(bureau, org or bureau.catalog.root, office, period) if prefill else None
    return write_template(bureau.catalog, office, period, filling, org)


def blank_books(bureau: Bureau, orgs: Iterable[str], period: Month, *, prefill: bool) -> bytes:
    """The same of every office of some organisations in a zip archive; of several each in a folder of its own."""
    catalog, buffer = bureau.catalog, io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:  # a workbook is packed already
        for org in orgs:
            folder = f"{catalog.orgs[org].name}/" if catalog.branched else ""
            for office in catalog.offices_in(period):
                entry = zipfile.ZipInfo(f"{folder}{period}_{office.template}.xlsx", _MOMENT)
                archive.writestr(entry, blank_book(bureau, org if catalog.branched else None, office.code, period, prefill=prefill))
    return buffer.getvalue()
