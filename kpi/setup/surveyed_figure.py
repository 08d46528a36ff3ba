"""One figure as a sheet shows it, before there is a catalogue that says what it is: words, unit, time, value and cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.period import Month
from kpi.place import Place
from kpi.value import Value
from kpi.workbook.grid import Sheet
from kpi.workbook.report import Beside, Column

FigureColumn = Column | Beside | None
"""Which figure of a measure a cell holds; None where no word says so: a month among others, an amount."""


@dataclass(frozen=True, slots=True)
class SurveyedFile:
    """A workbook that an office has sent before there was a catalogue."""

    name: str
    sheets: Sequence[Sheet]
    folders: tuple[str, ...] = ()  # that it lay in, the nearest first
    arrived: date | None = None  # the day on which it came


@dataclass(frozen=True, slots=True)
class TableTitle:
    """What stands over a table and says whose it is."""

    office: str  # behind 填报单位; empty where it does not say
    words: str  # its title, else the name of its sheet


@dataclass(frozen=True, slots=True)
class SurveyedFigure:
    """One cell with a figure, or with a word that stands for none."""

    file: str
    folders: tuple[str, ...]
    place: Place
    title: TableTitle
    path: tuple[str, ...]  # what the figure is of: groups and wholes, the nearest last, then its own name
    among: bool  # its name says 其中: it is part of the one before it in the path
    body: str  # the station, school or court of a row or column; empty where the figure is the office's own
    unit: str  # as it is written; empty where nothing says so
    column: FigureColumn
    heading: str  # the words over its column
    month: Month | None
    as_of: date | None  # 数据截止日 of its row
    value: Value
    monthly: bool = False  # its table has a column 本月 as well
    cumulative: bool = False  # its table has a column 累计 as well
    crossing: str = ""  # 采矿业 × 营业收入, where row and column name it together
    grouped: str = ""  # 出厂水 × 合格样品数, where two words over its column may
    of_sum: bool = False  # its row is the sum of the rows of months above it
    filled: date | None = None  # the day on which its sheet was filled in
    named_month: bool = False  # the name of the file says the month, or the year of it, and the sheet does not

    @property
    def name(self) -> str:
        return self.path[-1]
