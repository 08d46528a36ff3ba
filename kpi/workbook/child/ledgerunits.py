"""
The unit that the headings over a column of amounts name: in its brackets, over it, under it, or for the whole sheet.

Only words of money leave the parsing process; what else stands in brackets could be a name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from kpi.workbook.currency import foreign_currency
from kpi.workbook.naming import name_key

_MONEY = re.compile(r"(?:单位)?((?:人民币|rmb|cny|[¥￥])?(?:[十百千万亿]+(?:[元圆块])?|[元圆块])|[十百千万亿]*(?:人民币|rmb|cny))")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OF_SHEET = re.compile(r"单位((?:人民币)?[十百千万亿]*[元圆])")
_OURS = re.compile(r"人民币|rmb|cny|[¥￥]|单位")

Merges = Iterable[tuple[int, int, int, int]]


def unit_of(heading: str, column: int, above: Mapping[int, Mapping[int, str]], merges: Merges) -> str:
    """
    The unit of a column.

    Args:
        heading: Its own heading.
        column: The column.
        above: The texts over the heading, by row and column; the nearest row is the last.
        merges: The merged cells: first row, first column, last row, last column.

    Returns:
        Such as 千元 or 美元; empty where nothing is said.

    """
    over = [text for row in sorted(above, reverse=True) if (text := _over(row, column, above, merges))]
    lines = [text for row in above.values() for text in row.values()]
    for text in (heading, *over):
        if unit := _in_brackets(name_key(text)):
            return unit
    return next((match[1] for text in lines if (match := _OF_SHEET.search(name_key(text)))), "")


def is_unit_row(cells: Sequence[str]) -> bool:
    """Whether a row under the headings says nothing but units."""
    texts = [name_key(text).strip("()") for text in cells]
    return bool(texts) and all(_MONEY.fullmatch(text) or text in ("件", "批次", "台", "户", "个", "家", "年月日", "%") for text in texts)


def money_in(text: str) -> str:
    """The unit of money that a text is, without brackets and 人民币; empty where it is none."""
    return _unit(name_key(text).strip("()"))


def _over(row: int, column: int, above: Mapping[int, Mapping[int, str]], merges: Merges) -> str:
    """What stands over a column in a row, also as one cell over several columns."""
    if column in above[row]:
        return above[row][column]
    left = next((merge[1] for merge in merges if merge[0] <= row <= merge[2] and merge[1] <= column <= merge[3]), None)
    return above[row].get(left, "") if left is not None else ""


def _in_brackets(key: str) -> str:
    return next((unit for content in _BRACKETS.findall(key) if (unit := _unit(content))), "")


def _unit(words: str) -> str:
    if _MONEY.fullmatch(words):
        return _OURS.sub("", words).replace("圆", "元").replace("块", "元") or "元"
    return words if len(words) <= 8 and foreign_currency(words) else ""
