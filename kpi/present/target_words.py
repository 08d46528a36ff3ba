"""What a target asks for, in words."""

from decimal import Decimal

from kpi.catalog.target import TargetKind
from kpi.present import numbers

_SIGNS = {TargetKind.ANNUAL: "全年 ", TargetKind.PROGRESS: "年底前 ", TargetKind.MILESTONE: "限期 ", TargetKind.CEILING: "≤"}


def asked(kind: TargetKind | None, value: Decimal, upper: Decimal | None, unit: str) -> str:
    """What is asked for: ``≥97.8%``, ``全年 19,000 批次``, ``90～95%``."""
    if kind is TargetKind.RANGE and upper is not None:
        return f"{numbers.stated_amount(value, '')}～{numbers.stated_amount(upper, unit)}"
    return (_SIGNS.get(kind, "≥") if kind else "≥") + numbers.stated_amount(value, unit)
