"""
What a term of a formula counts in the place of one measure at the month itself: what stood earlier, a run of months, a product.

A derivation has no figures of its own on any sheet.  They are made of those of its measures when parts are summed, as
``kpi/store/sql/derived_figures.sql`` says, and follow the same rules of what lacks.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from kpi.catalog.measure import Measure, MeasureKind
from kpi.period import Month, ReportingYear, months

LONGEST = 12  # months that a term may look back, or a window hold
MOST_FACTORS = 3
MOST_DECIMALS = 6  # digits of the product of its measures, as many as the store keeps
_SUFFIX = re.compile(r"year_start|month_start|ago_([1-9]\d?)m|last_([1-9]\d?)m(?:_ago_([1-9]\d?)m)?|since_([1-9]\d?)", re.ASCII)


class DerivationRule(StrEnum):
    """How the figures of a derivation are made."""

    YEAR_START = "year_start"  # what stood at the end of last year
    AGO = "ago"  # what stood some months before
    WINDOW = "window"  # a flow over the last months, the asked one among them
    PRODUCT = "product"  # of measures, month by month
    RECEIVED = "received"  # the sheets of an office that came in and are in force
    DUE = "due"  # those that it owes


SHEET_RULES = (DerivationRule.RECEIVED, DerivationRule.DUE)


@dataclass(frozen=True, slots=True)
class Derivation:
    """
    How it is made, of which measures, and over how many months; ``code`` is how formulas write it.

    Of sheets the measures are the first on each of them, and ``subject`` says whose sheets they are.
    """

    code: str
    rule: DerivationRule
    measures: tuple[str, ...]
    length: int = 0  # months back, or months of the window
    ago: int = 0  # of a window: how many months before the asked one it ends
    opens: int = 0  # of a window that goes back to the last such month, 9 for September; its length is another each month
    subject: str = ""

    @property
    def earlier(self) -> bool:
        """Whether all of it was before the month, so that it tells nothing of the day to which a figure runs."""
        return self.rule in (DerivationRule.AGO, DerivationRule.YEAR_START) or self.ago > 0

    @property
    def of_sheets(self) -> bool:
        """Whether it counts sheets, whatever stands on them."""
        return self.rule in SHEET_RULES

    def first(self, point: Month, year: ReportingYear) -> Month:
        """The first month whose figures stand in that of ``point``; of a product, which adds up like any flow, the month itself."""
        match self.rule:
            case DerivationRule.YEAR_START:
                return year.opening(point).plus(-1)
            case DerivationRule.AGO:
                return point.plus(-self.length)
            case DerivationRule.WINDOW if self.opens:
                return Month(point.year - (point.month < self.opens), self.opens)
            case DerivationRule.WINDOW:
                return point.plus(1 - self.length - self.ago)
        return point

    def months(self, point: Month, year: ReportingYear) -> tuple[Month, ...]:
        """All of these months, ascending."""
        first = self.first(point, year)
        return months(first, point.plus(-self.ago)) if self.rule is DerivationRule.WINDOW else (first,)

    def words(self, names: list[str]) -> str:
        """What it is called: 年初在册户数, 近 12 个月立案件数, 检查户次 × 每户次工时, 质量科应报报表."""
        if self.of_sheets:
            return f"{self.subject}{'应报' if self.rule is DerivationRule.DUE else '已报'}报表"
        before = {DerivationRule.YEAR_START: "年初", DerivationRule.AGO: f"{self.length} 个月前", DerivationRule.WINDOW: f"近 {self.length} 个月"}.get(
            self.rule, ""
        )
        if self.rule is DerivationRule.AGO and self.length == 1:
            before = "月初"
        if self.opens:
            before = f"{self.opens} 月以来"
        if self.ago:
            before = "上月" if self.ago == self.length == 1 else f"{self.ago} 个月前的{before if self.length > 1 else '当月'}"
        return f"{before}{' × '.join(names)}"

    def measure(self, parts: list[Measure]) -> Measure:
        """What stands for it where a measure is asked about: of the office of the first, a stock where months of it do not add up."""
        flow = self.of_sheets or (self.rule is DerivationRule.PRODUCT and any(part.kind is MeasureKind.FLOW for part in parts))
        sheets = {"unit": "份", "signed": False, "decimals": 0, "ledger_only": False, "report_year_offset": 0, "scope": "本局"} if self.of_sheets else {}
        return parts[0].model_copy(
            update={
                "code": self.code,
                "name": self.words([part.name for part in parts]),
                "unit": "·".join(part.unit for part in parts),
                "kind": MeasureKind.FLOW if flow else MeasureKind.STOCK,
                "signed": any(part.signed for part in parts),
                "decimals": min(MOST_DECIMALS, sum(part.decimals for part in parts)),
                "ledger_only": any(part.ledger_only for part in parts),
                **sheets,
            }
        )

    def faults(self, parts: list[Measure]) -> list[str]:
        """Why its measures cannot be taken so, in Chinese."""
        if self.of_sheets:
            return []
        words = self.words([part.name for part in parts])
        flows = [part.name for part in parts if part.kind is MeasureKind.FLOW]
        if self.rule is DerivationRule.PRODUCT:
            faults = []
            if len(flows) > 1:
                faults.append(f"把时期数{'、'.join(f'「{name}」' for name in flows)}相乘；累计相乘不等于逐月相乘再相加，一个乘积里只能有一个时期数")
            if sum(part.decimals for part in parts) > MOST_DECIMALS:
                faults.append(f"的乘积「{words}」超过 {MOST_DECIMALS} 位小数，请减少数据项的 decimals")
            return faults
        if self.rule is DerivationRule.WINDOW:
            return [f"的「{words}」不是时期数；@{self.code.partition('@')[2]} 只用于时期数" for part in parts if part.kind is not MeasureKind.FLOW]
        return [f"的「{words}」是时期数；@{self.code.partition('@')[2]} 只用于时点数，时期数请用 @last_3m 的写法" for _ in flows]


def suffixed(measure: str, suffix: str) -> Derivation | None:
    """The derivation written ``measure@suffix``; None where there is no such suffix, or it reaches further back than a year."""
    match = _SUFFIX.fullmatch(suffix)
    if match is None:
        return None
    ago, last, before = match[1], match[2], int(match[3] or 0)
    if suffix == "year_start":
        return Derivation(f"{measure}@year_start", DerivationRule.YEAR_START, (measure,))
    if suffix == "month_start" or ago == "1":
        return Derivation(f"{measure}@month_start", DerivationRule.AGO, (measure,), 1)
    if match[4]:
        opens = int(match[4])
        return Derivation(f"{measure}@{suffix}", DerivationRule.WINDOW, (measure,), opens=opens) if 2 <= opens <= 12 else None
    length = int(ago or last)
    if length + before > LONGEST + (before > 0) or (last == "1" and not before):
        return None
    return Derivation(f"{measure}@{suffix}", DerivationRule.AGO if ago else DerivationRule.WINDOW, (measure,), length, before)


def product(measures: tuple[str, ...]) -> Derivation:
    """The product of some measures."""
    return Derivation("*".join(measures), DerivationRule.PRODUCT, measures)
