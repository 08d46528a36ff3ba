"""How one definition (口径) of an indicator differs from the next one, and who changed it."""

from collections.abc import Mapping
from itertools import pairwise

from kpi.catalog.definition_periods import DefinitionPeriod, definition_periods
from kpi.catalog.earlier_definition import EarlierDefinition
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure
from kpi.period import Month
from kpi.present import formulas
from kpi.present.row_fields import facts_changed


def changes(indicator: Indicator, measures: Mapping[str, Measure], first: Month, last: Month) -> list[str]:
    """What became of a definition from any of some months on: ``口径自 2026 年 4 月起由「甲 ÷ 乙」改为「丙 ÷ 乙」，依据「…」``."""
    periods = definition_periods(indicator)
    return [_changed(before.indicator, after, measures) for before, after in pairwise(periods) if after.first is not None and first <= after.first <= last]


def details(before: Indicator, after: Indicator, measures: Mapping[str, Measure]) -> list[str]:
    """What differs between two definitions of an indicator, each in a few words."""
    was, now = (formulas.indicator(entry, measures) for entry in (before, after))
    words = [f"由「{was}」改为「{now}」"] if was != now else []
    facts, later = (_facts(entry, measures) for entry in (before, after))
    return words + facts_changed({name: fact for name, fact in facts.items() if name != formulas.PARTS or was == now}, later)


def circumstances(change: EarlierDefinition) -> str:
    """Who changed a definition, when and why, as far as it is known."""
    who = "，".join(text for text in (change.changed_by, change.changed_on.isoformat() if change.changed_on else "") if text)
    return "；".join(text for text in (who, change.reason) if text)


def _changed(before: Indicator, after: DefinitionPeriod, measures: Mapping[str, Measure]) -> str:
    change = after.change
    reason = f"，原因：{change.reason}" if change and change.reason else ""
    document = f"，依据「{change.document}」" if change and change.document else ""
    since = after.first.chinese if after.first else ""
    return f"口径自 {since}起{'，'.join(details(before, after.indicator, measures))}{reason}{document}"


def _facts(entry: Indicator, measures: Mapping[str, Measure]) -> dict[str, str]:
    """What else of a definition can differ, each under its name."""
    return {"单位": entry.unit, "小数位数": f"{entry.decimals} 位", "目标类型": entry.target_kind.chinese, **formulas.facts(entry, measures)}
