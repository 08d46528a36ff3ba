"""
The nouns of the catalogue (指标目录), as they are after loading: checked, complete, immutable.

One file of ``data/catalog`` describes one office; `load` puts them together.  Codes are unique over the whole
catalogue within their noun; a measure and an indicator may share a code when the indicator *is* that measure, or
when the measure is the rate that the office types in beside the one we compute (填报值 beside 计算值).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from kpi.catalog.formula import Expression, Linear
from kpi.catalog.frozen_model import Frozen
from kpi.catalog.organisation import BUREAU, Organisation
from kpi.catalog.target import Reference, Target
from kpi.catalog.target import TargetKind as TargetKind  # an indicator names the kind its targets have
from kpi.catalog.tree import Tree
from kpi.period import Month


class Better(StrEnum):
    """Which way is improvement."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"

    @property
    def chinese(self) -> str:
        return {"higher": "越高越好", "lower": "越低越好", "neutral": "不论高低"}[self.value]


class MeasureKind(StrEnum):
    """How the figures of a measure go together over time."""

    FLOW = "flow"  # 时期数: months add up to the cumulative figure
    STOCK = "stock"  # 时点数: the last one stands
    STANDARD = "standard"  # 服务标准: a promised limit in force; behaves as a stock
    RATE = "rate"  # 填报率: a rate typed by the office; shown beside the computed one, never used to compute


class Office(Frozen):
    """A reporting office (科室/所)."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str
    order: int
    template: str  # title of its sheet, 食品安全协调科月报表
    due_day: int = 5  # day of the following month by which the sheet is owed


CROSS = "×"  # in an alias: between the name of a row and the heading of a column that together name a measure


def two_sides(alias: str) -> tuple[str, str] | None:
    """The row and the column that an alias such as 采矿业 × 营业收入 names, in either order; None for a plain name."""
    sides = [side.strip() for side in alias.split(CROSS)]
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


class Measure(Frozen):
    """A quantity an office reports (数据项)."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    office: str  # filled in by the loader from the file it stands in
    topic: str  # heading in the sheet: 监督抽检
    unit: str
    kind: MeasureKind
    decimals: int = 0
    better: Better = Better.NEUTRAL
    signed: bool = False  # may be negative, and a rate may leave 0 to 100: net increases, growth rates
    scope: str = "本局"  # 本局 or 全区: whose work the figure counts
    seq: tuple[int, ...] = ()  # rows of the seed document it was read from; empty when the document lacks it
    report_year_offset: int = 0  # -1: the figure filed in 2023 is about 2022 (年报)
    ledger_only: bool = False  # counted from a ledger; no row of the office's sheet
    note: str = ""  # how to count, in one sentence; also the prompt in the sheet


class Indicator(Frozen):
    """What leaders follow (指标): a measure, or a ratio or growth computed from measures."""

    code: str
    name: str
    office: str  # filled in by the loader
    unit: str
    decimals: int = 0  # digits on a page
    numerator: Linear
    denominator: Linear | None = None  # None: the indicator is the numerator itself
    scale: int = 1  # 100 for a percentage
    annualised: bool = False  # a rate per year: what was counted so far × days of the year ÷ days counted
    may_exceed: bool = False  # of a percentage: the numerator is no part of the denominator and may outgrow it (收缴率)
    belated: bool = False  # of a share: the numerator may be of what the denominator counted in months before (办结, 整改)
    failed: Linear | None = None  # with `total`: bounds while lots are pending
    total: Linear | None = None
    better: Better
    target_kind: TargetKind
    may_assess: bool = True  # False: 只监测不考核
    may_assess_note: str = ""  # the law or document that forbids
    headline: bool = False  # on the first screen of 总览
    order: int = 0
    why_it_matters: str
    denominator_words: str  # 分母：已出具检验结论的批次（不含在检）; 不是比率 when it has none
    source: str
    reviewed_on: date
    reported: str | None = None  # the measure of kind rate with the same code, filled in by the loader
    note: str = ""


class RelationKind(StrEnum):
    """Which law a relation (勾稽关系) states."""

    SUM = "sum"
    BOUND = "bound"
    EQUALITY = "equality"
    RATIO = "ratio"  # a computed rate against the one typed in, after rounding to its decimals
    COMPLEMENT = "complement"
    DUPLICATE = "duplicate"  # one fact stated twice
    REACHABLE = "reachable"  # is the rate possible with this denominator at all (granularity)
    DERIVED = "derived"  # no law: a figure that follows from others, shown for information
    EVERY_RATE = "every-rate"  # holds for every measure of kind rate: 0 ≤ rate ≤ 100
    EVERY_COUNT = "every-count"  # holds for every counted measure: a whole number, not negative


class Raises(StrEnum):
    """What a violated relation raises."""

    BLOCK = "block"
    CHECK = "check"
    HINT = "hint"
    NOTHING = "nothing"


class Relation(Frozen):
    """A law between figures of one period, or a derived figure."""

    id: str
    name: str
    office: str  # filled in by the loader; "bureau" for those over several offices
    kind: RelationKind
    strength: str  # hard / soft / info, as the law is meant
    raises: Raises
    left: Expression | None = None
    op: str = "="  # = ≈ < <= >= > and != for figures that should not be the same
    right: Expression | None = None
    decimals: int | None = None  # for ≈: digits after rounding half up
    period: str | None = None  # holds only for this month's document
    seq: tuple[int, ...] = ()
    remedy: str = ""
    note: str = ""


class System(Frozen):
    """A platform, register, campaign or mechanism of the bureau (平台、台账、专项行动), and what it feeds."""

    id: str
    name: str
    office: str
    kind: str  # platform, register, campaign, mechanism, monitoring, committee, policy_document, event, project
    data: str  # what it holds, in our own words
    feeds: tuple[str, ...] = ()  # codes of measures and indicators
    note: str = ""


class Role(StrEnum):
    """What a column of a ledger holds, and so how it is read."""

    CODE = "code"  # a number or code, as written
    DATE = "date"
    CATEGORY = "category"  # one of a few words
    NUMBER = "number"
    TEXT = "text"  # free text; phones, ID numbers and the like are masked before it leaves the parsing process


class Counting(StrEnum):
    """How the rows of a month become a figure."""

    ROWS = "rows"  # how many there are
    DISTINCT = "distinct"  # how many different codes stand in a column
    SUM = "sum"  # a column added up
    WORKDAYS = "workdays"  # working days from one date to another, added up


class LedgerColumn(Frozen):
    """
    A column that may be kept.

    Whatever a ledger holds in other columns is never read: there stand names, telephones and addresses.
    """

    ledger: str  # filled in by the loader from the file's name
    name: str
    aliases: tuple[str, ...] = ()
    role: Role
    key: bool = False  # the columns marked so identify a case together
    required: bool = False  # a table without it is not this ledger
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # of a category: each word and its other spellings
    once: tuple[str, ...] = ()  # of a category: words that happen once only to what the first column of the key identifies
    not_before: str = ""  # of a date: the date column it cannot precede
    unit: str = ""  # of a number: what it counts unless the heading says otherwise


class Condition(Frozen):
    """Which rows count; exactly one of ``one_of``, ``filled`` and ``within`` is stated."""

    column: str
    one_of: tuple[str, ...] = ()
    filled: bool | None = None
    within: int | None = None  # working days after ``since``
    since: str = ""


class LedgerFigure(Frozen):
    """A measure that a ledger yields: the rows dated in a month that meet the conditions, counted."""

    ledger: str  # filled in by the loader
    measure: str
    count: Counting = Counting.ROWS
    of: str = ""  # the column that distinct, sum and workdays look at
    since: str = ""  # of workdays: the date they run from
    per: int = 1  # a sum in 元 of a measure in 万元 is divided by 10000
    where: tuple[Condition, ...] = ()
    either: tuple[tuple[Condition, ...], ...] = ()  # groups of conditions; a row that meets all of any one group counts
    less: tuple[Condition, ...] = ()  # rows that meet these are taken off: 净增 = 设立 - 注销
    note: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it cannot do without."""
        conditions = (*self.where, *(condition for group in self.either for condition in group), *self.less)
        named = (self.of, self.since, *(name for condition in conditions for name in (condition.column, condition.since)))
        return tuple(dict.fromkeys(name for name in named if name))


class Ledger(Frozen):
    """A sheet with one row per case (台账), what of it may be kept, and the measures it yields."""

    code: str  # filled in by the loader from the file's name; also the template its submissions go under
    name: str
    office: str
    titles: tuple[str, ...] = ()  # words in the title or the sheet's name that tell it from other tables
    date: str  # the column by which a row belongs to a month
    source: str  # where the register comes from, and how it is kept
    note: str = ""
    columns: tuple[LedgerColumn, ...] = ()  # filled in by the loader, as are the figures
    figures: tuple[LedgerFigure, ...] = ()

    def column(self, name: str) -> LedgerColumn:
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a case, the one that must be there first."""
        return tuple(column.name for column in sorted(self.columns, key=lambda column: not column.required) if column.key)


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything, by code, in the order of the offices and of the files; one catalogue is the same only as itself."""

    bureau: str  # name of the bureau as pages print it
    offices: dict[str, Office]
    measures: dict[str, Measure]
    indicators: dict[str, Indicator]
    relations: dict[str, Relation]
    systems: dict[str, System]
    targets: dict[tuple[str, int], tuple[Target, ...]]  # by indicator and year: of every office, by the day from which they hold
    digest: str  # sha256 over the files, to know a changed catalogue
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    references: dict[tuple[str, str], Reference] = field(default_factory=dict)  # by code and organisation
    orgs: dict[str, Organisation] = field(default_factory=dict)  # in the order of the tree; never empty: without a tree, the bureau itself
    first_month: Month | None = None  # with which the bureau's figures begin; None: nobody has said

    def __post_init__(self) -> None:
        alone = Organisation(code=BUREAU, name=self.bureau, reports=True)
        object.__setattr__(self, "orgs", dict(self.tree.orgs) if self.orgs else {BUREAU: alone})

    @property
    def owed(self) -> dict[str, Measure]:
        """The measures that stand on the offices' sheets; the others are counted from ledgers."""
        return {code: measure for code, measure in self.measures.items() if not measure.ledger_only}

    def office_measures(self, office: str) -> tuple[Measure, ...]:
        """The measures an office owes, in the order of its sheet."""
        return tuple(measure for measure in self.owed.values() if measure.office == office)

    @cached_property
    def tree(self) -> Tree:
        """The organisations as they stood below one another in each month."""
        return Tree(self.orgs.values())

    @property
    def branched(self) -> bool:
        """Whether there is more than one organisation; only then is any of them named."""
        return len(self.orgs) > 1

    @property
    def root(self) -> str:
        """The organisation that stands for all."""
        return next(iter(self.orgs))

    def leaves(self, org: str, first: Month | None = None, last: Month | None = None) -> tuple[str, ...]:
        """The organisations at or below one that report, in any of some months, of all months unless told."""
        return self.tree.leaves(org, first, last)

    def children(self, org: str, first: Month | None = None, last: Month | None = None) -> tuple[str, ...]:
        """The organisations directly below one, in any of some months, of all months unless told."""
        return self.tree.children(org, first, last)

    def meant(self, org: str) -> str:
        """The organisation that an entry of the log is of: what was entered for the bureau that stood alone is the root's once there is a tree."""
        return self.root if org == BUREAU and org not in self.orgs else org

    def path(self, org: str) -> tuple[str, ...]:
        """The organisations from the root down to one, both included, in the last months that there is one."""
        return self.tree.path(org)

    def called(self, office: str | None, org: str | None) -> str:
        """An office with its organisation before it, if there is a tree; either may be left out."""
        before = self.orgs[org].name if self.branched and org in self.orgs else ""
        return before + (self.offices[office].name if office else "")

    def held(self, code: str, year: int, org: str | None = None) -> tuple[Target, ...]:
        """
        The targets that an indicator is held to in a year, by the day from which they hold.

        Args:
            code: The indicator.
            year: The year.
            org: The organisation, the root unless told; each has targets of its own or none, never those of another level.

        Returns:
            Those of the indicator's own office, else those of the bureau as a whole.

        """
        every = [target for target in self.targets.get((code, year), ()) if target.org == (org or self.root)]
        own = tuple(target for target in every if target.office == self.indicators[code].office)
        return own or tuple(target for target in every if target.office not in self.offices)

    def target(self, code: str, on: date, org: str | None = None) -> Target | None:
        """The target of an organisation, the root unless told, in force on a day."""
        return next((target for target in reversed(self.held(code, on.year, org)) if target.first_day <= on), None)

    def wanted(self, target: Target) -> Decimal:
        """What a target asks for, the reference of its organisation that it is per unit of multiplied in."""
        return target.value if target.per is None else target.value * self.references[target.per, target.org].values[target.year]
