"""勾稽核对: every relation of the catalogue at one period."""

from kpi.bureau import Bureau
from kpi.period import Month
from kpi.validation.relations import Evaluated, evaluate
from kpi.value import Value


def relations(bureau: Bureau, period: Month) -> list[Evaluated]:
    """Evaluate all relations that apply to a period, on the cumulative figures and their comparable base."""
    figures: dict[tuple[str, int], Value] = {}
    background = bureau.store.background(period)
    for code, known in background.last_year.items():
        figures[code, 1] = known.value
    for code, known in background.present.items():
        figures[code, 0] = known.value
    return [evaluate(relation, bureau.catalog, figures) for relation in bureau.catalog.relations.values() if relation.period in (None, str(period))]
