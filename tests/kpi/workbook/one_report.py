"""The report of a workbook that is about one office and one month."""

from collections.abc import Sequence
from typing import Any

from kpi.catalog.model import Catalog
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import Sheet
from kpi.workbook.report import Report


def read_report(sheets: Sequence[Sheet], catalog: Catalog, **request: Any) -> Report:
    """The only report of some sheets; the arguments are those of `read_reports`."""
    [report] = read_reports(sheets, catalog, **request)
    return report
