"""
What was read from an office sheet: labelled figures, each with the cell it stands in.

Nothing here is checked against other sheets and nothing is mended; what could not be read is a finding.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpi.finding import Finding
from kpi.period import Month
from kpi.place import Place
from kpi.value import Value


class Column(StrEnum):
    """Which figure of a measure a cell holds."""

    MONTH = "month"  # 本月数
    YTD = "ytd"  # 本年累计; for a stock, a standard or a typed rate: the figure at the as_of
    PRIOR = "prior"  # 上年同期累计, the office's own 同口径 base

    @property
    def chinese(self) -> str:
        """The header in the sheet."""
        return {"month": "本月数", "ytd": "本年累计", "prior": "上年同期累计"}[self.value]


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one measure in one cell."""

    measure: str
    column: Column
    value: Value
    place: Place
    raw: str  # the cell's text as it stood, before any normalising
    as_of: date  # 数据截止日 of the row, else of the sheet, else the last day of the period


@dataclass(frozen=True, slots=True)
class Report:
    """
    One sheet of one office for one month.

    ``readings`` holds every cell of the office's measures, 未报 ones included; ``remarks`` the 备注 by measure.
    ``office`` and ``period`` are None when the sheet does not say and nobody has told; a finding says so.
    """

    office: str | None
    period: Month | None
    readings: tuple[Reading, ...]
    remarks: dict[str, str]
    findings: tuple[Finding, ...]
