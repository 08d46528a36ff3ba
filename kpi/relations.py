"""勾稽核对: every relation of the catalogue at one period."""

from kpi.bureau import Bureau
from kpi.period import Month
from kpi.validation.relations import Evaluated, evaluate
from kpi.value import Value
from kpi.workbook.organisation import check_told


def relations(bureau: Bureau, period: Month, org: str | None = None) -> list[Evaluated]:
    """
    Evaluate all relations that apply to a period, on the cumulative figures of one organisation and their comparable base.

    Args:
        bureau: The bureau.
        period: The month.
        org: The organisation; the bureau itself where it stands alone, else the first that reports.

    Raises:
        RequestError: The organisation does not report itself: a law is about the figures of one sheet or several, not of sums.

    """
    whose = org or bureau.catalog.leaves(bureau.catalog.root)[0]
    check_told(bureau.catalog, whose)
    figures: dict[tuple[str, int], Value] = {}
    background = bureau.store.background(period, whose)
    for code, known in background.last_year.items():
        figures[code, 1] = known.value
    for code, known in background.present.items():
        figures[code, 0] = known.value
    return [evaluate(relation, bureau.catalog, figures) for relation in bureau.catalog.relations.values() if relation.period in (None, str(period))]
