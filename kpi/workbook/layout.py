"""
Where a sheet has its header and which column holds what.

Found by the words of the header, never by position: offices insert rows, move columns and rename sheets.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.naming import name_key
from kpi.workbook.report import Column

META_SHEET = "_meta"
_DEEPEST_HEADER = 60  # rows; a header further down belongs to no form


class Part(StrEnum):
    """The columns of a form beside its figures."""

    CODE = "code"
    NAME = "name"
    TOPIC = "topic"
    UNIT = "unit"
    AS_OF = "as_of"
    REMARK = "remark"


_WORDS: dict[Part | Column, tuple[str, ...]] = {
    Part.CODE: ("代码", "指标代码", "数据项代码", "编码"),
    Part.NAME: ("指标名称", "数据项", "数据项名称", "指标", "项目", "项目名称", "统计指标", "统计项目", "名称"),
    Part.TOPIC: ("分组", "类别", "分类", "大类"),
    Part.UNIT: ("计量单位", "单位", "数据单位"),
    Part.AS_OF: ("数据截止日", "数据截止日期", "截止日", "截止日期", "截止时间", "数据截止时间"),
    Part.REMARK: ("备注", "说明", "备注说明", "情况说明"),
    Column.MONTH: ("本月数", "当月", "本月", "当月数", "本月发生数", "当月发生数", "本月完成", "本月完成数"),
    Column.YTD: ("本年累计", "累计", "累计数", "本年累计数", "本年累计完成", "年初至今累计", "期末数", "执行值", "填报率", "本期累计"),
    Column.PRIOR: ("上年同期累计", "上年同期", "去年同期", "上年同期数", "去年同期数", "去年同期累计", "上年同期累计数", "去年同期累计数", "同期数"),
}
_MEANING = {word: part for part, words in _WORDS.items() for word in words}
_RUNNING = re.compile(r"(?:20\d\d年)?1月?[-—~至](\d{1,2})月(?:份)?(?:累计|累计数|数)?", re.ASCII)
_TAIL = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """The header of one sheet: its row, the column of each part, and what is wrong with it."""

    sheet: Sheet
    row: int
    columns: Mapping[Part | Column, int]
    twice: tuple[Column, ...]  # figures that two columns claim to hold
    running_to: int | None  # the N of a header 1-N月累计

    @property
    def figures(self) -> tuple[Column, ...]:
        """The figures it has a column for."""
        return tuple(column for column in Column if column in self.columns)

    def cell(self, row: int, part: Part | Column) -> Cell:
        """The cell of a row in the column of a part; empty when there is no such column."""
        return self.sheet.cell(row, self.columns[part]) if part in self.columns else Cell()

    def rows(self) -> Iterator[int]:
        """The rows below the header that hold something."""
        return (row for row in sorted(self.sheet.rows) if row > self.row)


def find_layout(sheet: Sheet) -> Layout | None:
    """The layout of a sheet, None when no row of it is the header of a form."""
    for row in sorted(sheet.rows):
        if row > _DEEPEST_HEADER:
            break
        layout = _read_header(sheet, row)
        if (Part.NAME in layout.columns or Part.CODE in layout.columns) and len(layout.columns) >= 3:
            return layout
    return None


def _read_header(sheet: Sheet, row: int) -> Layout:
    """What a row would say if it were the header."""
    columns: dict[Part | Column, int] = {}
    twice, running_to = [], None
    for index, cell in sorted(sheet.rows[row].items()):
        if cell.kind is not CellKind.TEXT:
            continue
        words = name_key(cell.text)
        running = _RUNNING.fullmatch(words) or _RUNNING.fullmatch(_TAIL.sub("", words))
        part = Column.YTD if running else _MEANING.get(words) or _MEANING.get(_TAIL.sub("", words))
        if part is None:
            continue
        if running:
            running_to = int(running[1])
        if part not in columns:
            columns[part] = index
        elif isinstance(part, Column):
            twice.append(part)
    return Layout(sheet, row, columns, tuple(twice), running_to)
