"""The subject with a code, looked up in the catalogue."""

from collections.abc import Sequence
from functools import lru_cache

from kpi.catalog.formula import Term
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.compute.subject import Subject
from kpi.figures.definitions import formulas, shift, subtracts


@lru_cache(maxsize=8192)
def subject_of(catalog: Catalog, code: str) -> Subject:
    """The subject with a code, of an indicator or a measure."""
    indicator, entry = catalog.indicators.get(code), catalog.indicator_or_measure(code)
    parts = {part: formula for part, formula in formulas(catalog, code).items() if part != "reported"}
    above, below = parts["numerator"].terms, parts["denominator"].terms if "denominator" in parts else ()
    terms = (*above, *below)
    measures = [catalog.counted(term) for term in terms]
    own = [catalog.measures[code] for term in terms for code in term.codes]
    takes_off = any(map(subtracts, (parts["numerator"], parts.get("denominator", parts["numerator"]))))
    changes = takes_off or any(measure.signed for measure in measures)
    flows = {part: all(catalog.counted(term).kind is MeasureKind.FLOW for term in made.terms) for part, made in parts.items()}
    return Subject(
        code=code,
        name=entry.name,
        office=entry.office,
        unit=entry.unit,
        scale=indicator.scale if indicator else 1,
        divided=bool(below),
        target_kind=indicator.target_kind if indicator else TargetKind.NONE,
        may_assess=indicator is None or indicator.may_assess,
        reported_decimals=catalog.measures[indicator.reported].decimals if indicator and indicator.reported else None,
        terms=terms,
        flows=flows,
        sheets=tuple(dict.fromkeys(catalog.offices[measure.office].template for measure in own)),
        year_offset=measures[0].report_year_offset,
        annualised=indicator is not None and indicator.annualised,
        shifts={part: shift(formula) for part, formula in parts.items()},
        share=indicator is not None and bool(below) and indicator.unit == "%" and not indicator.may_exceed and not changes,
        subtracts=takes_off,
        changes=changes,
        stands_below=bool(below) and flows["numerator"] and not any(catalog.counted(term).kind is MeasureKind.FLOW for term in below),
        growth=bool(below) and all(term.years_back for term in below),
        rises=_rises(above, below) and not any(measure.signed for measure in measures) and all(flows.values()),
        year=catalog.year,
    )


def _rises(above: Sequence[Term], below: Sequence[Term]) -> bool:
    """Whether what is counted has the base taken off, and that base is all that it is over: (x - x@ly) / x@ly."""
    now, base = [term for term in above if not term.years_back], [term for term in above if term.years_back]
    taken_off = {(term.measure, -term.coefficient) for term in base}
    over = {(term.measure, term.coefficient) for term in below}
    return all(term.years_back for term in below) and taken_off == over == {(term.measure, term.coefficient) for term in now}
