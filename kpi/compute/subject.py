"""What is asked about: an indicator of the catalogue, or a measure as an indicator of itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.catalog.formula import Term
from kpi.catalog.target import TargetKind
from kpi.period import ReportingYear


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
    shifts: Mapping[str, int]  # by part: the power of ten by which its sums are kept too large
    share: bool  # a part of a whole, in per cent: between 0 and 100
    subtracts: bool  # figures are taken off, or compared with last year's
    changes: bool  # may fall as well as rise when more is counted: it subtracts, or its figures may be negative
    stands_below: bool  # what was counted over what stands: more months only add to it
    growth: bool  # a rate over last year's figure
    rises: bool  # a growth of counts or amounts over the same of last year, so that every further one raises it
    year: ReportingYear  # over which its flows add up

    @property
    def sums_up(self) -> bool:
        """Whether it is a count or an amount that grows over the year, so that what is asked of the year is not asked of a month."""
        return not self.divided and all(self.flows.values())
