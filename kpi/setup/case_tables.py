"""Which tables are ledgers (台账): one row a case, each with its own number or day, and no figure of a month."""

import re

from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.naming import name_key
from kpi.workbook.signs import clean

_LEAST = 5  # rows of a ledger
_LOOKED_AT = 60
_DAY = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s.*)?")
_OF_DAY = re.compile(r"日期|时间|日$|年月日")
_CODED = re.compile(r"(?=.*\d)[\w()（）\[\]〔〕【】\-/.·]{5,40}")
_OF_CODE = re.compile(r"(?:[案文单编字证户卡序]号|编码|代码|流水号|注册号|号码)$")


def is_case_table(table: Table) -> bool:
    """Whether the rows of a table are cases: they have days of their own, or numbers that no two of them share."""
    rows = list(table.rows())[:_LOOKED_AT]
    if len(rows) < _LEAST or any(column.heading.part is Part.UNIT for column in table.columns):
        return False
    return any(_holds_days(table, column, rows) or _holds_codes(table, column, rows) for column in table.columns)


def _holds_days(table: Table, column: ColumnHead, rows: list[int]) -> bool:
    """Whether a column called after a day has one in most rows."""
    if column.heading.part is Part.AS_OF or not _OF_DAY.search(name_key("".join(column.levels))):
        return False
    return sum(is_day(table.spread.cell(row, column.index)) for row in rows) * 2 > len(rows)


def _holds_codes(table: Table, column: ColumnHead, rows: list[int]) -> bool:
    """Whether a column called after a number has another one in each row."""
    if not _OF_CODE.search(name_key("".join(column.levels))):
        return False
    texts = [clean(cell.text) for row in rows if (cell := table.spread.cell(row, column.index)).kind in (CellKind.TEXT, CellKind.NUMBER)]
    return len(texts) * 2 > len(rows) and len(set(texts)) == len(texts) and all(map(_CODED.fullmatch, texts))


def is_day(cell: Cell) -> bool:
    """Whether a cell holds a day of its own."""
    return cell.kind is CellKind.DATE or bool(_DAY.fullmatch(clean(cell.text)))
