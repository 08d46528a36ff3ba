"""What the words over a column of a table of targets say: whose numbers stand there, of which months, in which unit; or what else the column is for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kpi.setup.surveyed_words import is_body
from kpi.setup.target_names import WHOLE_BUREAU, HolderNames, TargetHolder
from kpi.setup.target_schedule import MonthSpan
from kpi.workbook.forms.measure_names import label_unit
from kpi.workbook.layout.heading import Part, read_heading
from kpi.workbook.naming import name_key
from kpi.workbook.report import Beside

_OWNER = re.compile(r"(?:责任|牵头|主办|承办|主责|落实|填报)(?:科室|股室|单位|部门|处室|机构)|[科股处]室|责任人?单位")
_DOCUMENT = re.compile(r".{0,6}(?:依据|文号)|(?:目标|任务|指标)?来源|下达文件|文件(?:名称)?")
_IGNORED = re.compile(r"完成(?!时)|实绩|实际|上一?年|去年|同期|得分|分值|权重|进度|基数|增幅|增速|小计|完成时限|时限")
_WHOLE = re.compile(r"(?:全年|年度|本年|年底|年末)?(?:总)?(?:目标|任务|计划|指标)(?:任务|目标)?(?:值|数|量|要求)?")
_HALF = re.compile(r"(?<![上下])半年度?(?!报)")  # of a course: 一季度, 半年, 三季度, 全年
_GOAL = re.compile(r".{1,6}(?:目标|任务|计划|要求|标准)(?:值|数|量)?")
_EVERYBODY = frozenset({"全局", "全区", "全市", "全县", "全旗", "区局", "市局", "县局", "本局", "总目标"})
_WHOLE_YEAR = (1, 12)


class ColumnRole(StrEnum):
    """What a column is for."""

    VALUE = "value"
    UNIT = "unit"
    OWNER = "owner"
    DOCUMENT = "document"
    OTHER = "other"  # known to hold no target: 序号, 备注, 上年完成
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """One column; of a value whose it is, of which months, and whether it is called a sum."""

    index: int
    role: ColumnRole
    words: str
    holder: TargetHolder = WHOLE_BUREAU
    stranger: str = ""  # a body that the catalogue does not know
    span: MonthSpan | None = None  # None: the whole year
    total: bool = False
    unit: str = ""


def target_column(index: int, levels: Sequence[str], holders: HolderNames, year: int | None) -> TargetColumn:
    """
    A column by the words that stand one above the other over it.

    Args:
        index: Its index.
        levels: The words, the topmost first.
        holders: The offices and organisations of the catalogue.
        year: The year of the targets, as far as it is known: a column of another year is none of theirs.

    """
    column = TargetColumn(index, ColumnRole.UNKNOWN, "".join(levels))
    for words in (_HALF.sub("上半年", level) for level in levels):
        column = replace(column, unit=column.unit or read_heading(words).unit or label_unit(words))
        if column.role is ColumnRole.OTHER:
            continue
        if holder := holders.find(words):
            column = replace(column, role=ColumnRole.VALUE, holder=holder)
        elif (role := _other_role(words)) and (column.role is not ColumnRole.VALUE or role is ColumnRole.OTHER):
            column = replace(column, role=role)
        else:
            column = _with_time(column, words, year)
    return column


def is_column_word(text: str, holders: HolderNames) -> bool:
    """Whether a text may stand over a column of a table of targets."""
    heading, key = read_heading(text), name_key(text)
    known = heading.part is not None or heading.understood or heading.total or key in _EVERYBODY or any(pattern.fullmatch(key) for pattern in (_WHOLE, _GOAL))
    return known or holders.find(text) is not None or _other_role(text) is not None or is_body(text)


def _other_role(words: str) -> ColumnRole | None:
    """What a column is for that holds no numbers of targets."""
    key, part = name_key(words), read_heading(words).part
    if _DOCUMENT.fullmatch(key):
        return ColumnRole.DOCUMENT
    if part is Part.UNIT:
        return ColumnRole.UNIT
    if part is Part.OFFICE or _OWNER.fullmatch(key):
        return ColumnRole.OWNER
    if part is not None or _IGNORED.search(key):
        return ColumnRole.OTHER
    return None


def _with_time(column: TargetColumn, words: str, year: int | None) -> TargetColumn:
    """A column with what one level of its words says of time."""
    heading = read_heading(words)
    months = heading.months
    if months.year is not None and year is not None and months.year != year:
        return replace(column, role=ColumnRole.OTHER)
    if months.last is not None:
        span = (months.first or 1, months.last)
        return replace(column, role=ColumnRole.VALUE, span=None if span == _WHOLE_YEAR else span)
    if heading.total or name_key(words) in _EVERYBODY:
        return replace(column, role=ColumnRole.VALUE, total=True)
    if (heading.figure is Beside.TARGET and not heading.rest) or heading.whole_year or _WHOLE.fullmatch(name_key(words)):
        return replace(column, role=ColumnRole.VALUE)
    if is_body(words):
        return replace(column, role=ColumnRole.VALUE, stranger=words)
    return column
