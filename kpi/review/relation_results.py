"""勾稽核对: every relation of the catalogue at one period."""

from collections.abc import Mapping
from dataclasses import replace

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.relation import Relation
from kpi.period import Month
from kpi.store.earlier_figures import NOTHING_KNOWN
from kpi.validation.backgrounds import filed_cells
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.crossfooting import figures_of
from kpi.validation.relation_figures import Evaluated, FigureKey, Figures, evaluate
from kpi.value import Value
from kpi.workbook.forms.whose_organisation import check_requested_org
from kpi.workbook.report import Report


def relations(bureau: Bureau, period: Month, org: str | None = None) -> list[Evaluated]:
    """
    Evaluate all relations that apply to a period, on the cumulative figures of one organisation and their comparable base.

    Sums that lack months are compared over the months that all of them have.

    Args:
        bureau: The bureau.
        period: The month.
        org: The organisation; the bureau itself where it stands alone, else the first that reports.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: The organisation does not report itself: a law is about the figures of one sheet or several, not of sums.

    """
    whose = org or bureau.catalog.leaves(bureau.catalog.root)[0]
    check_requested_org(bureau.catalog, whose)
    bureau.require(Right.READ, whose)
    figures: dict[FigureKey, Value] = {}
    background = bureau.store.background(period, whose)
    for code, known in background.last_year.items():
        figures[code, 1] = known.value
    for code, known in background.present.items():
        figures[code, 0] = known.value
    every = [relation for relation in bureau.catalog.relations.values() if relation.period in (None, str(period))]
    in_part = _in_part(bureau, every, period, whose)
    return [evaluate(relation, bureau.catalog.at(period), in_part.get(relation.id, figures)) for relation in every]


def _in_part(bureau: Bureau, every: list[Relation], period: Month, org: str) -> Mapping[str, Figures]:
    """The figures of the relations over measures that lack months, by relation."""
    gapped = bureau.store.gapped(period, org)
    codes = {relation.id: {code for side in (relation.left, relation.right) if side for code, _ in side.codes} for relation in every}
    touched = [relation for relation in every if codes[relation.id] & gapped]
    if not touched:
        return {}
    wanted = sorted(set().union(*(codes[relation.id] for relation in touched)))
    filed = filed_cells(bureau.store, wanted, bureau.catalog.year.opening(period.plus(-12)), period, org)
    sheet = CheckedSheet(Report(None, period, (), {}, ()), period, bureau.catalog.at(period), replace(NOTHING_KNOWN, filed=filed), period.last_day)
    return {relation.id: figures_of(sheet, relation) for relation in touched}
