"""Sheets with one row per case (台账): what of them may be kept, and the measures they yield."""

from enum import StrEnum

from pydantic import Field

from kpi.catalog.frozen_model import FrozenModel


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


class LedgerColumn(FrozenModel):
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


class Condition(FrozenModel):
    """Which rows count; exactly one of ``one_of``, ``filled`` and ``within`` is stated."""

    column: str
    one_of: tuple[str, ...] = ()
    filled: bool | None = None
    within: int | None = None  # working days after ``since``
    since: str = ""


class LedgerFigure(FrozenModel):
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


class Ledger(FrozenModel):
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
