"""The columns of a table with what they count and which figure they hold: 入库 and 本月 of 本月入库, seen together where words alone mislead."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kpi.setup.surveyed_words import is_body, is_sum
from kpi.workbook.forms.measure_names import label_words
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Heading, read_heading
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import name_key
from kpi.workbook.report import Beside, Column
from kpi.workbook.signs import clean

_NOTHING = Heading("")
_OF_ALL = re.compile(  # words over figures that say of no measure what it is
    r"(?:[本当]季度?|[本当]期|报告期|已|实际|现)?(?:完成|办理|发生|执行|统计|填报|上报|落实|进展|实绩|指标|工作)?(?:数据|数量|数值|数|值|量|额|情况|实绩|结果)?(?:\(.*\))?"
)
_OF_STOCK = re.compile(r"[期月年季]末")
_AMONG = "其中"
_NAMED_BY = (Beside.TARGET, Beside.PROGRESS, Beside.CHANGE)  # words that may be of the name of a measure: 检查完成率, 净增数


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column of figures: the words that name what is counted, and those that say which figure it is."""

    head: ColumnHead
    names: tuple[str, ...]
    time: Heading
    body: str = ""  # the station or school that the figures under it are of


def named_columns(heads: Iterable[ColumnHead]) -> list[NamedColumn]:
    """The columns under some headings, those of one name told apart, and those of bodies with their body."""
    return _with_bodies(_told_apart([_named_column(head) for head in heads]))


def _told_apart(columns: Sequence[NamedColumn]) -> list[NamedColumn]:
    """The columns, those of one name and time with their words of amount as well: 低保户数 and 低保人数 of 户数 and 人数 under 低保."""
    columns = _with_levels(columns)
    alike = Counter(map(_named_time, columns))
    return [_with_amount(column) if column.names and alike[_named_time(column)] > 1 else column for column in columns]


def _with_levels(columns: Sequence[NamedColumn]) -> list[NamedColumn]:
    """The columns, where 期末余额 beside 本年累计 is a quantity of its own."""
    running = any(column.time.figure is Column.YTD and "累计" in column.head.heading.text for column in columns)
    levels = [running and not column.names and column.time.figure is Column.YTD and bool(_OF_STOCK.match(column.head.heading.text)) for column in columns]
    return [replace(column, names=column.head.levels[-1:], time=_NOTHING) if level else column for column, level in zip(columns, levels, strict=True)]


def _named_time(column: NamedColumn) -> tuple[object, ...]:
    time = column.time
    return column.names, time.figure, time.prior, time.months.last, time.months.year, time.total


def _with_amount(column: NamedColumn) -> NamedColumn:
    amount = "".join(label_words(words) for words in column.head.levels if words not in column.names and read_heading(words).amount)
    return replace(column, names=(*column.names[:-1], f"{label_words(column.names[-1])}{amount}")) if amount else column


def _with_bodies(columns: list[NamedColumn]) -> list[NamedColumn]:
    """The columns, with the body of each whose lowest words name one; where most of those beside each other name bodies, all of them do."""
    named = [column.names for column in columns if column.names and not is_sum(column.names[-1])]
    bodies = {names for names in named if is_body(names[-1])}
    groups = {names[:-1]: [other for other in named if other[:-1] == names[:-1]] for names in named}
    bodies |= {names for own in groups.values() if sum(names in bodies for names in own) * 2 > len(own) > 1 for names in own}
    return [replace(column, body=column.names[-1]) if column.names in bodies else column for column in columns]


def sum_in_words(column: NamedColumn) -> tuple[str, ...]:
    """The words over a column of sums that are no 合计: 全院."""
    return column.names if column.names and is_sum(column.names[-1]) and not column.head.heading.understood else ()


def common_act(columns: Sequence[NamedColumn]) -> tuple[str, ...]:
    """What all columns say was done, beside which figure each holds: 入库 of 本月入库, 累计入库, 上年同期累计."""
    acts = {column.names for column in columns if column.names and not column.body}
    if len(acts) != 1:
        return ()
    [act] = acts
    says_figures = len(columns) > 1 and all(column.time.figure or column.time.prior for column in columns)
    return act if says_figures or (len(act) == 1 and _OF_ALL.fullmatch(name_key(act[0]))) else ()


def _named_column(column: ColumnHead) -> NamedColumn:
    """A column with its words parted into names and times."""
    names, times = [], []
    for words in column.levels:
        heading = read_heading(words)
        if name_key(words) == _AMONG:
            continue
        if is_unit(clean(words).strip("()（）")):
            times.append(f"({clean(words).strip('()（）')})")
        elif heading.understood or (heading.part is not None and len(column.levels) > 1):
            times.append(words)
        elif heading.figure is None or heading.figure in _NAMED_BY or _OF_STOCK.match(clean(words)):
            names.append(words)
        else:
            names.append(heading.rest)
            times.append(words.replace(heading.rest, "") if heading.rest in words else words)
    if not names:
        return NamedColumn(column, (), column.heading)
    time = read_heading(*times) if times else _NOTHING
    return NamedColumn(column, tuple(names), time if time.says_figure else _NOTHING)
