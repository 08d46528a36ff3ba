"""The kind of a target: that of its indicator, where the table does not say otherwise; of an indicator without one, what the table says."""

from collections.abc import Sequence

from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Better, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.setup.rate_words import is_growth
from kpi.setup.target_amount import TargetAmount, TargetSense

_ATLEAST = frozenset({TargetSense.PLAIN, TargetSense.AT_LEAST})
_ADMITTED = {
    TargetKind.ANNUAL: _ATLEAST,
    TargetKind.PROGRESS: _ATLEAST,
    TargetKind.FLOOR: _ATLEAST,
    TargetKind.PER_CAPITA: _ATLEAST,
    TargetKind.MILESTONE: _ATLEAST,
    TargetKind.CEILING: frozenset({TargetSense.PLAIN, TargetSense.AT_MOST}),
    TargetKind.GROWTH: frozenset({TargetSense.PLAIN, TargetSense.AT_LEAST, TargetSense.GROWTH}),
    TargetKind.RANGE: frozenset({TargetSense.BETWEEN}),
}


def kind_of_target(indicator: Indicator, catalog: Catalog, amounts: Sequence[TargetAmount]) -> TargetKind:
    """
    The kind of target that amounts of an indicator are.

    Raises:
        ValueError: They are meant otherwise than its kind; the message says so in Chinese.

    """
    senses = {amount.sense for amount in amounts} - {TargetSense.PLAIN}
    if len(senses) > 1:
        raise ValueError(f"同一个指标写了{'、'.join(sorted(sense.chinese for sense in senses))}几种写法，以哪个为准？")
    sense = senses.pop() if senses else TargetSense.PLAIN
    if TargetSense.GROWTH is sense and not is_growth_indicator(indicator):
        raise ValueError(f"表上写的是增速，「{indicator.name}」不是增长率；请另设增长率指标，或写明要完成多少")
    kind = indicator.target_kind if indicator.target_kind is not TargetKind.NONE else _by_sense(indicator, catalog, sense)
    if sense not in _ADMITTED[kind]:
        raise ValueError(f"表上写的是「{sense.chinese}」，「{indicator.name}」的目标类型是「{kind.chinese}」，以哪个为准？")
    if kind is TargetKind.MILESTONE:
        raise ValueError("限期完成的目标要写完成日期，请写明")
    return kind


def is_growth_indicator(indicator: Indicator) -> bool:
    """Whether an indicator is a growth: it compares with last year, its targets are of growth, or it is called one."""
    return indicator.target_kind is TargetKind.GROWTH or is_growth(indicator.name) or any(term.years_back for term in indicator.numerator.terms)


def _by_sense(indicator: Indicator, catalog: Catalog, sense: TargetSense) -> TargetKind:
    """The kind of an indicator that has none, by how its amounts are meant, which way is improvement, and whether it is counted over the year."""
    if sense is TargetSense.GROWTH or is_growth_indicator(indicator):
        return TargetKind.GROWTH
    if sense is TargetSense.BETWEEN:
        return TargetKind.RANGE
    if sense is TargetSense.AT_MOST or (sense is TargetSense.PLAIN and indicator.better is Better.LOWER):
        return TargetKind.CEILING
    measures = [catalog.measures[code] for code in indicator.numerator.codes if code in catalog.measures]
    counted = indicator.denominator is None and all(measure.kind is MeasureKind.FLOW for measure in measures)
    return TargetKind.ANNUAL if counted else TargetKind.FLOOR
