"""
One row of a board: an indicator in a period, with everything a leader asks about it, in groups by what is asked.

Figures are unrounded.  What is absent is None and the state says why.  Percentages are in per cent (97.787…, not 0.978).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpi.catalog.earlier_definition import ReplacedDefinition
from kpi.catalog.organisation_moves import Move
from kpi.catalog.target import TargetKind
from kpi.compute.marks import NO_MARK_COUNTS, Adjustment, Blank, Idle, MarkCounts, Restated
from kpi.period import CALENDAR_YEAR, Month, ReportingYear
from kpi.value import State


class Status(StrEnum):
    """状态; the order is the order of urgency."""

    MISSED = "未达标"
    BEHIND = "滞后"
    UNDECIDED = "未定"
    UNREPORTED = "未报"
    NO_TARGET = "无目标"
    MET = "达标"

    @property
    def late(self) -> bool:
        """Whether a target is not met, be it by a little."""
        return self in (Status.MISSED, Status.BEHIND)

    @property
    def decided(self) -> bool:
        """Whether there is a verdict, be it a good or a bad one."""
        return self.late or self is Status.MET

    def counted(self, *, may_assess: bool) -> "Status":
        """The status that may be counted: what the law forbids to assess has no target, met or missed."""
        return self if may_assess or self is Status.UNREPORTED else Status.NO_TARGET


@dataclass(frozen=True, slots=True)
class Lacking:
    """An organisation directly below a node that lacks a figure, whole or in part."""

    org: str
    name: str
    lacking: int  # how many of those that report at or below it
    leaves: int  # of how many


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of the period itself, with what it is made of."""

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
    base_as_of: date | None  # of a growth computed from last year's figures (@ly) the day to which those run
    annualised_days: int | None  # of a rate per year the days in which its numerator was counted
    qualifier: str = "="  # how the value is meant: = as it stands, 约, ≥, ≤
    certain: bool = True  # whether the value can be nothing else, see range_left_open.py
    state_words: str = ""  # why there is no growth over last year's figure although both are known


@dataclass(frozen=True, slots=True)
class SingleMonth:
    """本月数 and 环比."""

    value: Decimal | None
    mom: Decimal | None
    mom_words: str
    qualifier: str = "="


@dataclass(frozen=True, slots=True)
class LastYear:
    """上年同期 and 同比; of a stock 上年末 as well."""

    value: Decimal | None  # same period last year, comparable base
    as_of: date | None
    own: Decimal | None  # our own record of last year, when the office restated its base
    yoy: Decimal | None
    yoy_unit: str  # %, 个百分点 or 个千分点
    yoy_words: str
    year_end_value: Decimal | None  # what stood at the end of last year (上年末), of a stock
    since_year_end: Decimal | None  # 较上年末, in yoy_unit
    restated_part: str | None = None  # 分子 or 分母, where only this part of the base is to this year's scope and the other as recorded
    like_value: Decimal | None = None  # this year's side of the comparison, where that is of other months or organisations than the value
    qualifier: str = "="  # how last year's figure is meant; ≈ where it is not exact
    year_end_qualifier: str = "="


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """目标 and 进度: what the figure is to reach, and how far it is."""

    value: Decimal | None
    upper: Decimal | None
    kind: TargetKind
    document: str
    since: date | None  # the day from which it holds, where it was set within the year
    tolerance: Decimal | None
    pace: Decimal | None  # per cent, as progress is
    pace_basis: str  # how the pace is counted, in words
    progress: Decimal | None
    gap: Decimal | None  # how much is lacking, in the unit of the value: to the pace where there is one, else to the target; negative: to spare
    shortfall: float | None  # the gap as a share of the target; it orders rows and decides nothing


@dataclass(frozen=True, slots=True)
class Below:
    """汇总、缺谁: the organisations that report at or below that of the row."""

    leaves: int = 1  # how many; itself where it reports
    counted: int = 1  # how many of them are in the value
    compared: int = 1  # how many of them are in the comparison with last year, the same ones in both
    gapped: int = 0  # how many of those in the value have a cumulative that lacks months
    prior_gapped: int = 0  # and how many have one of last year that does, in the value (@ly) or beside it
    lacking: tuple[Lacking, ...] = ()  # who of those directly below is missing from the value
    marks: MarkCounts = NO_MARK_COUNTS  # how many of those below carry a mark


@dataclass(frozen=True, slots=True)
class Caveats:
    """What has to be said beside the figure."""

    adjustment: tuple[Adjustment, ...]  # 调整数 within the months it covers
    missing: tuple[Month, ...]  # months that a cumulative lacks, or that are left out of a rate
    prior_missing: tuple[Month, ...]  # and those that its base lacks
    restated: tuple[Restated, ...]  # bases that the office states otherwise than we have on record
    idle: tuple[Idle, ...] = ()  # what says that there was nothing to count, of months or of the year so far
    days_apart: bool = False  # whether the flows of a rate or a difference run to unlike days
    results_open: bool = False  # whether results may be pending that nobody told of
    blank: tuple[Blank, ...] = ()  # what was counted as 0 because a sheet says nothing of it
    moves: tuple[Move, ...] = ()  # what else belongs to the organisation than in the first of the months that it is compared with
    definition: ReplacedDefinition | None = None  # by which it is computed, where another one is in force now


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One indicator in one period."""

    period: Month
    org: str
    indicator: str
    name: str
    office: str
    unit: str
    data_year: int  # the year the figure is about; a report on the year before is filed in this one
    may_assess: bool
    status: Status
    figure: Figure
    month: SingleMonth
    last_year: LastYear
    target: TargetProgress
    caveats: Caveats
    below: Below = Below()
    signal: str | None = None  # 信号还是波动, in words, where that is asked
    year_begins: int = CALENDAR_YEAR.begins  # the month with which the year begins over which it adds up

    @property
    def year(self) -> ReportingYear:
        """The year over which it adds up."""
        return ReportingYear(self.year_begins)

    @property
    def year_called(self) -> int:
        """What the year of its period is called by."""
        return self.year.of(self.period)

    @property
    def too_high(self) -> bool:
        """Whether it is above where it should be, if it is not where it should be: over a ceiling, or over the upper end of a range."""
        upper, value = self.target.upper, self.figure.value
        return self.target.kind is TargetKind.CEILING or (upper is not None and value is not None and value > upper)

    @property
    def whole(self) -> bool:
        """Whether the value lacks neither organisations nor months, those of last year that it is made of (@ly) among them."""
        base = self.figure.base_as_of is not None and (self.caveats.prior_missing or self.below.prior_gapped)
        return self.below.counted == self.below.leaves and not self.caveats.missing and not self.below.gapped and not base
