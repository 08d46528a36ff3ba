"""What is asked for, as it is printed: ``≥97.8%``, ``全年 19,000 批次``."""

from decimal import Decimal

from kpi.catalog.target import TargetKind
from kpi.present import numbers

_SIGNS = {TargetKind.ANNUAL: "全年 ", TargetKind.PROGRESS: "年底前 ", TargetKind.MILESTONE: "限期 ", TargetKind.CEILING: "≤"}


def asked(kind: TargetKind, value: Decimal, upper: Decimal | None, unit: str) -> str:
    """A target with the digits of its document."""
    if kind is TargetKind.RANGE and upper is not None:
        return f"{numbers.stated_amount(value, '')}～{numbers.stated_amount(upper, unit)}"
    return _SIGNS.get(kind, "≥") + numbers.stated_amount(value, unit)
