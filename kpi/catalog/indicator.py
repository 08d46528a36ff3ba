"""What leaders follow (指标)."""

from datetime import date

from kpi.catalog.earlier_definition import DEFINING, EarlierDefinition
from kpi.catalog.formula import Linear
from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.measure import Better
from kpi.catalog.target import TargetKind
from kpi.period import Month


class Indicator(FrozenModel):
    """What leaders follow (指标): a measure, or a ratio or growth computed from measures."""

    code: str
    name: str
    office: str  # filled in by the loader
    unit: str
    decimals: int = 0  # digits on a page
    numerator: Linear
    denominator: Linear | None = None  # None: the indicator is the numerator itself
    scale: int = 1  # 100 for a percentage
    annualised: bool = False  # a rate per year: what was counted so far × days of the year ÷ days counted
    may_exceed: bool = False  # of a percentage: the numerator is no part of the denominator and may outgrow it (收缴率)
    belated: bool = False  # of a share: the numerator may be of what the denominator counted in months before (办结, 整改)
    failed: Linear | None = None  # with `total`: bounds while lots are pending
    total: Linear | None = None
    better: Better
    target_kind: TargetKind
    may_assess: bool = True  # False: 只监测不考核
    may_assess_note: str = ""  # the law or document that forbids
    headline: bool = False  # on the first screen of 总览
    order: int = 0
    area: str = ""  # code of its area; empty: that of its office
    why_it_matters: str
    denominator_words: str  # 分母：已出具检验结论的批次（不含在检）; 不是比率 when it has none
    source: str
    reviewed_on: date
    reported: str | None = None  # the measure of kind rate with the same code, filled in by the loader
    note: str = ""
    earlier: tuple[EarlierDefinition, ...] = ()  # how it was computed before, the earliest first

    def as_defined(self, earlier: EarlierDefinition) -> "Indicator":
        """The indicator as it was computed up to some month."""
        fields = {name: getattr(earlier, name) for name in DEFINING}
        return self.model_copy(update=fields | ({"denominator_words": earlier.denominator_words} if earlier.denominator_words else {}))

    def superseded(self, month: Month) -> EarlierDefinition | None:
        """The earlier definition that held in a month; None where the one in force does."""
        return next((earlier for earlier in self.earlier if month <= earlier.until), None)

    @property
    def formulas(self) -> tuple[Linear, ...]:
        """All parts that are written as formulas."""
        return tuple(formula for formula in (self.numerator, self.denominator, self.failed, self.total) if formula)

    @property
    def derived(self) -> bool:
        """Whether any of them holds a derivation, so that no sheet alone tells its figures."""
        return any(formula.derivations for formula in self.formulas)
