"""One row of a board: an indicator in a period, with everything a leader asks about it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpi.catalog.model import TargetKind
from kpi.catalog.organisation_moves import Move
from kpi.compute.marks import NO_MARK_COUNTS, Adjustment, Idle, MarkCounts, Restated
from kpi.period import Month
from kpi.value import State


class Status(StrEnum):
    """状态; the order is the order of urgency."""

    MISSED = "未达标"
    BEHIND = "滞后"
    UNDECIDED = "未定"
    UNREPORTED = "未报"
    NO_TARGET = "无目标"
    MET = "达标"


@dataclass(frozen=True, slots=True)
class Lacking:
    """An organisation directly below a node that lacks a figure, whole or in part."""

    org: str
    name: str
    lacking: int  # how many of those that report at or below it
    leaves: int  # of how many


@dataclass(frozen=True, slots=True)
class BoardRow:
    """
    One indicator in one period; names follow the JSON contract of ``board``.

    Figures are unrounded.  What is absent is None and ``state`` says why.  Percentages are in per cent
    (97.787…, not 0.978); ``yoy`` and ``mom`` are in ``yoy_unit``; ``pace``, ``progress`` in per cent.
    """

    period: Month
    org: str
    indicator: str
    name: str
    office: str
    unit: str
    state: State
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reported_value: Decimal | None  # 填报值, where the office types the rate in
    reported_decimals: int | None
    as_of: date | None  # earliest of its parts
    as_of_latest: date | None  # differs from as_of when the parts run to different days
    low: Decimal | None  # bounds while lots are pending
    high: Decimal | None
    month_value: Decimal | None  # the single month (本月)
    prior_value: Decimal | None  # same period last year, comparable base
    prior_as_of: date | None
    prior_own: Decimal | None  # our own record of last year, when the office restated its base
    yoy: Decimal | None
    yoy_unit: str  # %, 个百分点 or 个千分点
    yoy_words: str
    mom: Decimal | None
    mom_words: str
    target: Decimal | None
    target_upper: Decimal | None
    target_kind: TargetKind
    target_document: str
    target_since: date | None  # the day from which it holds, where it was set within the year
    tolerance: Decimal | None
    pace: Decimal | None
    pace_basis: str  # how the pace is counted, in words
    progress: Decimal | None
    gap: Decimal | None  # how much is lacking, in the unit of the value: to the pace where there is one, else to the target; negative: to spare
    shortfall: float | None  # the gap as a share of the target; it orders rows and decides nothing
    status: Status
    may_assess: bool
    signal: str | None
    year_end_value: Decimal | None  # what stood at the end of last year (上年末), of a stock
    since_year_end: Decimal | None  # 较上年末, in yoy_unit
    data_year: int  # the year the figure is about; a report on the year before is filed in this one
    base_as_of: date | None  # of a growth computed from last year's figures (@ly) the day to which those run
    annualised_days: int | None  # of a rate per year the days in which its numerator was counted
    adjustment: tuple[Adjustment, ...]  # 调整数 within the months it covers
    missing: tuple[Month, ...]  # months that a cumulative lacks, or that are left out of a rate
    prior_missing: tuple[Month, ...]  # and those that its base lacks
    restated: tuple[Restated, ...]  # bases that the office states otherwise than we have on record
    leaves: int = 1  # how many organisations report below this one; itself where it reports
    counted: int = 1  # how many of them are in the value
    compared: int = 1  # how many of them are in the comparison with last year, the same ones in both
    gapped: int = 0  # how many of those in the value have a cumulative that lacks months
    prior_gapped: int = 0  # and how many have one of last year that does, in the value (@ly) or beside it
    lacking: tuple[Lacking, ...] = ()  # who of those directly below is missing from the value
    restated_part: str | None = None  # 分子 or 分母, where only this part of the base is to this year's scope and the other as recorded
    qualifier: str = "="  # how the value is meant: = as it stands, 约, ≥, ≤
    like_value: Decimal | None = None  # this year's side of the comparison, where that is of other months or organisations than the value
    idle: tuple[Idle, ...] = ()  # what says that there was nothing to count, of months or of the year so far
    prior_qualifier: str = "="  # how last year's figure is meant; ≈ where it is not exact
    certain: bool = True  # whether the value can be nothing else, see possible.py
    days_apart: bool = False  # whether the flows of a rate or a difference run to unlike days
    results_open: bool = False  # whether results may be pending that nobody told of
    marks_below: MarkCounts = NO_MARK_COUNTS  # how many of those below carry a mark
    month_qualifier: str = "="  # how the single month is meant
    year_end_qualifier: str = "="  # and what stood at the end of last year
    state_words: str = ""  # why there is no growth over last year's figure although both are known
    moves: tuple[Move, ...] = ()  # what else belongs to the organisation than in the first of the months that it is compared with

    @property
    def whole(self) -> bool:
        """Whether the value lacks neither organisations nor months, those of last year that it is made of (@ly) among them."""
        base = self.base_as_of is not None and (self.prior_missing or self.prior_gapped)
        return self.counted == self.leaves and not self.missing and not self.gapped and not base
