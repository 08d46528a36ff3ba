"""
A finding (核对意见): one fault at one place, with the way out of it.

It stands at the bottom of the core because both reading (a cell that is no number) and checking (a sum that does
not add up) raise findings, and everything above shows them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kpi.place import Place

NAMED = 5  # things that one sentence names


class Severity(StrEnum):
    """What a finding means for the sheet it is in."""

    BLOCK = "block"  # 需修改: unreadable or impossible; nothing of the sheet is stored
    CHECK = "check"  # 请核对: stored once confirmed with a written 说明, flagged as long as it stands
    HINT = "hint"  # 提示: stored, worth a look

    @property
    def chinese(self) -> str:
        """The word on the page."""
        return {"block": "需修改", "check": "请核对", "hint": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; ``seen`` and ``remedy`` are one line of Chinese each."""

    code: str  # stable kebab-case name: tests and 填报说明 refer to it
    severity: Severity
    place: Place
    seen: str  # 合格 44 + 不合格 7 = 51，检验批次为 54
    remedy: str  # 请核对是否把在检批次计入了检验批次
    relation: str | None = None  # the relation that raised it, R051
    measures: tuple[str, ...] = ()  # the measures concerned
    cases: tuple[str, ...] = ()  # every case of a ledger that it is about, where ``seen`` names the first few; not kept with the submission


def few(names: Sequence[str], unit: str = "") -> str:
    """The first of several names as a sentence lists them, and that there are more: A、B、C、D、E等, with a unit A、B、C、D、E等 7 份."""
    more = f"等 {len(names)} {unit}" if unit else "等"
    return "、".join(names[:NAMED]) + (more if names[NAMED:] else "")
