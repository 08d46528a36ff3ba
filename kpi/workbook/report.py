"""
What was read from an office sheet: labelled figures, each with the cell it stands in.

Nothing here is checked against other sheets and nothing is mended; what could not be read is a finding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kpi.catalog.organisation import BUREAU
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.value import Value
from kpi.workbook.grid import Cell


class Column(StrEnum):
    """Which figure of a measure a cell holds."""

    MONTH = "month"  # 本月数
    YTD = "ytd"  # 本年累计; for a stock, a standard or a typed rate: the figure at the as_of
    PRIOR = "prior"  # 上年同期累计, the office's own 同口径 base

    @property
    def chinese(self) -> str:
        """The header in the sheet."""
        return {"month": "本月数", "ytd": "本年累计", "prior": "上年同期累计"}[self.value]


class Beside(StrEnum):
    """What else stands beside a figure; kept for checking, never computed with."""

    YOY = "yoy"  # 同比, in % or 个百分点
    CHANGE = "change"  # 增减数 against last year
    MOM = "mom"  # 环比
    TARGET = "target"  # 目标, 任务数
    PROGRESS = "progress"  # 完成率
    PRIOR_MONTH = "prior_month"  # 上年同月
    LAST_MONTH = "last_month"  # 上月
    YEAR_END = "year_end"  # 上年末

    @property
    def chinese(self) -> str:
        """As a question calls it."""
        return {
            "yoy": "同比",
            "change": "同比增减数",
            "mom": "环比",
            "target": "目标",
            "progress": "完成率",
            "prior_month": "上年同月",
            "last_month": "上月",
            "year_end": "上年末",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one measure in one cell."""

    measure: str
    column: Column
    value: Value
    place: Place
    raw: str  # the cell's text as it stood, before any normalising
    as_of: date  # 数据截止日 of the row, else of the sheet, else the last day of the period


@dataclass(frozen=True, slots=True)
class Typed:
    """A 同比, target or completion rate typed in beside a figure, so that a check can hold it against the computed one."""

    measure: str
    beside: Beside
    column: Column  # whose: the month's or the cumulative one
    value: Value
    place: Place
    raw: str


def limited_format(sheet: str) -> Finding:
    """The finding that only the values of a sheet can be read, which the screen may show in another way: 15000 as 1.5万元."""
    seen = "这个文件里只读得出各格存的数，读不出数字格式（如百分比、万元）、上标、删除线、隐藏的行列和错误值，读到的数可能与屏幕上看到的不同"
    return Finding("limited-format", Severity.CHECK, Place(sheet), seen, "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传；核对无误的，写明说明后可以入库")


ReportKey = tuple[str | None, Month | None, str | None]  # office, month and organisation of a report


class QuestionKind(StrEnum):
    """What a question is about."""

    ROW = "row"  # which measure it is
    LINE = "line"  # whether it is the office's own, where the measures stand over the columns
    COLUMN = "column"  # which figure it holds
    HEADING = "heading"  # which measure it is about, where the measures stand over the columns
    OFFICE = "office"
    ORG = "org"  # whose figures they are, where there are several organisations
    PERIOD = "period"
    CASES = "cases"  # whether a ledger's cases are counted besides those on file or instead of them


@dataclass(frozen=True, slots=True)
class Question:
    """
    Something the sheet leaves open, with what it may mean and how likely, the likeliest first.

    A row or heading is answered with the code of a measure, a column with the value of a `Column` or `Beside`, a line with
    `answer_mapping.OWN`, an office with its code; any of them with `answer_mapping.SKIP` when it is none of our figures.  ``layout`` and
    ``key`` are what the answer is kept under.  A period and an organisation are never kept: each file needs them anew.
    """

    kind: QuestionKind
    place: Place
    seen: str
    candidates: tuple[tuple[str, float], ...]
    layout: str = ""
    key: str = ""
    figures: tuple[tuple[str, str], ...] = ()  # the first of a row or column: the words before or above, and the cell


@dataclass(frozen=True, slots=True)
class KeptCases:
    """
    The cases of one month of a ledger, of each the columns that may be kept.

    Every list has one item per case, in the order of the sheet, behind them those of other ledgers that stay on file; ``rows`` counts from 1, as Excel does.
    """

    ledger: str
    keys: Sequence[str]  # what identifies the case, empty where the row does not say
    days: Sequence[date]
    sheets: Sequence[str]
    rows: Sequence[int]
    columns: Mapping[str, Sequence[str | date | Decimal | None]]
    place: str  # the column of the key, as the letters of Excel
    sources: Sequence[str] = ()  # of each case a mark of the sheet that brought it; none where that was not kept yet
    lacks: Sequence[str] = ()  # of each case those of the columns that its ledger had not, with | between them; none where all have all

    def has(self, at: int, column: str) -> bool:
        """Whether the ledger that a case came from had a column, be it empty."""
        return column in self.columns and not (self.lacks and column in self.lacks[at].split("|"))

    def where(self, at: int) -> Place:
        """The cell of the key of a case."""
        return Place(self.sheets[at], f"{self.place}{self.rows[at]}")


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """The cells of one sheet that were read; rows and columns are counted from 0."""

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[tuple[int, int, int, int], ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sheet of which something is not kept, and the columns of which nothing is, as the sender sees them: K 列「联系人」."""

    sheet: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What may be kept of a form: its bytes, where ``whole``, else a copy with the cells of these sheets."""

    sheets: tuple[KeptSheet, ...]
    left: tuple[LeftOut, ...]
    whole: bool
    words: frozenset[str] = frozenset()  # the texts of the read cells
    beside: tuple[str, ...] = ()  # what is left out besides cells, and was there: 批注, 页眉页脚


class Mate(NamedTuple):
    """A month of the same ledger that another file of the batch brings."""

    at: int  # the file, by its place in the batch: two may have one name
    period: Month
    file: str


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a workbook says about one office of one organisation and one month.

    ``readings`` holds every cell of the office's measures, 未报 ones included; ``remarks`` the 备注 by measure.
    ``office``, ``period`` and ``org`` are None when neither the sheet nor the sender says; a finding says so.
    ``questions`` are about what was therefore not read, ``typed`` are figures beside the figures.  ``cases`` are the
    rows of a ledger that the figures were counted from; of a form there are none, and ``kept`` says what may be kept of it.
    """

    office: str | None
    period: Month | None
    readings: tuple[Reading, ...]
    remarks: dict[str, str]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...] = ()
    typed: tuple[Typed, ...] = ()
    template: str = ""  # the ledger it was counted from; of a form the office's own
    cases: KeptCases | None = field(default=None, compare=False)
    kept: KeptForm | None = field(default=None, compare=False, repr=False)  # of a form; None: nothing is known of its file, whose bytes are kept
    org: str | None = BUREAU
    same_as: str = ""  # of a ledger: what on file holds the very same cases and figures, in words; empty: nothing
    rests_on: tuple[Mate, ...] = ()  # of a ledger: what it was put beside that is not stored yet

    @property
    def has_no_case(self) -> bool:
        """Whether it is the month of a ledger in which there is no case."""
        return self.cases is not None and not self.cases.keys
