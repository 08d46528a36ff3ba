"""
Targets (目标): the number an indicator must reach, from when it holds, how it is due over the year and what it scores.

A target changed within the year is a second entry with the day from which it holds and the document that says so; the
first stays for every figure that runs to an earlier day.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.organisation import BUREAU
from kpi.period import ReportingYear


class TargetKind(StrEnum):
    """What a target asks for."""

    ANNUAL = "annual"  # 年度总量: cumulative / target against pace
    PROGRESS = "progress"  # 任务完成率: a completion rate that must reach the target by the year's end, against pace
    FLOOR = "floor"  # 不低于
    CEILING = "ceiling"  # 不高于
    GROWTH = "growth"  # 增速不低于
    RANGE = "range"  # 介于两数之间
    MILESTONE = "milestone"  # 某日前达到
    PER_CAPITA = "per_capita"  # 人均不低于
    NONE = "none"  # 只监测，不设目标

    @property
    def chinese(self) -> str:
        return {
            "annual": "年度总量",
            "progress": "任务进度",
            "floor": "不低于",
            "ceiling": "不高于",
            "growth": "增速不低于",
            "range": "区间",
            "milestone": "限期完成",
            "per_capita": "人均不低于",
            "none": "只监测",
        }[self.value]


class Pace(StrEnum):
    """How a number for the whole year falls due within it (序时进度)."""

    DAYS = "days"  # elapsed days of the days of the year
    MONTHS = "months"  # the month's number of twelve, whatever its day
    MILESTONES = "milestones"  # stepped: from each date on, its share
    PROFILE = "profile"  # as last year's own total grew

    @property
    def chinese(self) -> str:
        return {"days": "按天数", "months": "按月数", "milestones": "按节点", "profile": "按上年自身进度"}[self.value]


class Milestone(FrozenModel):
    """A date and the share of the year's number that is due from that day on, in per cent."""

    on: date
    share: Decimal


class ScoreRule(StrEnum):
    """How the points of a target are earned (考核计分)."""

    PROPORTIONAL = "proportional"  # 按完成比例得分
    DEDUCT = "deduct"  # 每差一个单位扣若干分

    @property
    def chinese(self) -> str:
        return {"proportional": "按完成比例得分", "deduct": "按差距扣分"}[self.value]


class Score(FrozenModel):
    """What a target is worth; ``step`` and the amounts of a step are in the unit of the indicator, ``floor`` in per cent of completion."""

    points: Decimal
    rule: ScoreRule = ScoreRule.PROPORTIONAL
    floor: Decimal = Decimal(0)  # proportional: below this completion no points at all
    step: Decimal | None = None  # deduct: each begun step short of the target
    deduct: Decimal = Decimal(0)  # costs so many points, down to none
    bonus_step: Decimal | None = None  # each full step beyond the target
    bonus: Decimal = Decimal(0)  # earns so many points more
    cap: Decimal | None = None  # at most so many points, bonus included; the points themselves when it is not written


class Reference(FrozenModel):
    """An outside number by year (参考数), such as the population, with the document it is taken from."""

    code: str
    org: str = BUREAU  # whose number it is; of a table that does not say, the root's
    name: str
    unit: str
    values: dict[int, Decimal]
    source: str
    note: str = ""


class Target(FrozenModel):
    """A number for an indicator, an office, an organisation and a year (the one that begins then), with the document that set it."""

    indicator: str
    year: int
    office: str
    org: str = BUREAU  # whose task it is; of a table that does not say, the root's
    kind: TargetKind
    value: Decimal
    upper: Decimal | None = None  # for a range
    due: date | None = None  # for a milestone
    since: date | None = Field(None, alias="from")  # the day from which it holds; the whole year when it is not written
    per: str | None = None  # the reference of which the value is per unit: 批次 per 万人
    monthly: tuple[Decimal, ...] = ()  # twelve numbers from the first month of the year on: of a total what each month adds, else the limit of each month
    pace: Pace = Pace.DAYS
    milestones: tuple[Milestone, ...] = ()  # for the pace of that name
    parts: tuple[str, ...] = ()  # indicators whose targets together are this one (任务分解)
    tolerance: Decimal  # 滞后 when behind by at most this: 个百分点 of progress, or the indicator's own unit
    score: Score | None = None
    document: str
    note: str = ""

    @property
    def paced(self) -> bool:
        """Whether it is a number for the year's end, due by the share of the year that has passed."""
        return self.kind in (TargetKind.ANNUAL, TargetKind.PROGRESS)

    @property
    def yearly(self) -> bool:
        """Whether only a cumulative figure can be held to it."""
        return self.paced or self.kind is TargetKind.MILESTONE

    def first_day(self, year: ReportingYear) -> date:
        """The day from which it holds, where years are such ones."""
        return self.since or year.first_day(self.year)
