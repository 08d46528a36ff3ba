"""What is asked about: an indicator of the catalogue, or a measure as an indicator of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kpi.catalog.formula import Term
from kpi.catalog.model import Catalog, Indicator, MeasureKind, TargetKind
from kpi.compute.definitions import itself


@dataclass(frozen=True, slots=True)
class Subject:
    """What its figures are made of and printed as."""

    code: str
    name: str
    office: str
    unit: str
    scale: int
    divided: bool
    target_kind: TargetKind
    may_assess: bool
    reported_decimals: int | None
    terms: tuple[Term, ...]  # of numerator and denominator
    flows: Mapping[str, bool]  # by part: whether all of it adds up over months
    sheets: tuple[str, ...]  # the reports its parts stand in
    year_offset: int
    annualised: bool


@lru_cache(maxsize=8192)
def subject_of(catalog: Catalog, code: str) -> Subject:
    """The subject with a code, of an indicator or a measure."""
    indicator: Indicator | None = catalog.indicators.get(code)
    entry = indicator or catalog.measures[code]
    parts: dict[str, tuple[Term, ...]] = {"numerator": itself(code).terms}
    if indicator is not None:
        made = ((part, getattr(indicator, part)) for part in ("numerator", "denominator", "failed", "total"))
        parts = {part: formula.terms for part, formula in made if formula is not None}
    terms = (*parts["numerator"], *parts.get("denominator", ()))
    measures = [catalog.measures[term.measure] for term in terms]
    return Subject(
        code=code,
        name=entry.name,
        office=entry.office,
        unit=entry.unit,
        scale=indicator.scale if indicator else 1,
        divided="denominator" in parts,
        target_kind=indicator.target_kind if indicator else TargetKind.NONE,
        may_assess=indicator is None or indicator.may_assess,
        reported_decimals=catalog.measures[indicator.reported].decimals if indicator and indicator.reported else None,
        terms=terms,
        flows={part: all(catalog.measures[term.measure].kind is MeasureKind.FLOW for term in made) for part, made in parts.items()},
        sheets=tuple(dict.fromkeys(catalog.offices[measure.office].template for measure in measures)),
        year_offset=measures[0].report_year_offset,
        annualised=indicator is not None and indicator.annualised,
    )
