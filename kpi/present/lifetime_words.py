"""What offices and measures carry on that ended: said beside the figures of who or what carries on."""

from collections.abc import Iterable

from kpi.catalog.indicator import Indicator
from kpi.catalog.model import Catalog
from kpi.catalog.organisation import Lifetime
from kpi.period import Month


def came_from(catalog: Catalog, code: str, first: Month, last: Month) -> list[str]:
    """
    That an indicator or measure, or its office, began within some months, and what it carries on.

    Args:
        catalog: The catalogue.
        code: The indicator or measure.
        first: The first of the months.
        last: The last one, whose definition counts.

    Returns:
        ``「立案件数」自 2026 年 4 月起统计，承接「甲立案件数」、「乙立案件数」，以前各月请看它们``; nothing where all of it was there before.

    """
    entry = catalog.at(last).indicator_or_measure(code)
    codes = entry.numerator.codes if isinstance(entry, Indicator) else (code,)
    measures = [catalog.measures[measure] for measure in codes]
    sentences = [_began(measure, catalog.measures.values(), first, last, "起统计") for measure in measures]
    return [sentence for sentence in (*sentences, _began(catalog.offices[entry.office], catalog.offices.values(), first, last, "起设立")) if sentence]


def _began(life: Lifetime, every: Iterable[Lifetime], first: Month, last: Month, word: str) -> str:
    if life.first is None or not first <= life.first <= last:
        return ""
    before = "、".join(f"「{other.name}」" for other in every if other.successor == life.code)
    carries_on = f"，承接{before}，以前各月请看它们" if before else ""
    return f"「{life.name}」自 {life.first.chinese}{word}{carries_on}"
