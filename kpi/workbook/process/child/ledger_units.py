"""
The unit that the headings over a column of amounts name: in brackets or behind a separator, over it, under it, or for the whole sheet.

Only words of units leave the parsing process; what else stands in brackets could be a name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from kpi.workbook.currency import foreign_currency
from kpi.workbook.money import COINS, money_unit, stated_money, without_unit
from kpi.workbook.naming import name_key

UNKNOWN = "?"  # a unit is named, and it is none that is known
_BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_IDLE = ("", "-", "—", "无", "年月日", "日期", "单位", "计量单位")  # in a row of units, where there is none
_THINGS = ("件", "批次", "台", "户", "个", "家", "次", "人", "起", "吨", "条", "份", "%")
_LOOKS_LIKE = re.compile(r"元|圆|人民币|rmb|cny|币$|[¥￥]|^.{0,2}[十拾百佰千仟万萬亿億毛块]$|^[a-z]{2,8}$|^[kwm]$|^单位.|[园園]$|^\W?000$")
_REMARK = re.compile(r"[含按见不请指仅限多](?!.*[百千万亿]元$)|单元|.{9,}")  # 含万客隆, but 含税千元 is a unit
_SIZE = re.compile("[十百千万亿]*")

Merges = Iterable[tuple[int, int, int, int]]


def unit_of(heading: str, base: str, column: int, above: Mapping[int, Mapping[int, str]], merges: Merges) -> str:
    """
    The unit of a column.

    Args:
        heading: Its own heading.
        base: What it counts in unless the sheet names another unit: 元, 件.
        column: The column.
        above: The texts over the heading, by row and column; the nearest row is the last.
        merges: The merged cells: first row, first column, last row, last column.

    Returns:
        Such as 千元, 美元 or 件, `UNKNOWN` of a unit that nobody knows; empty where no unit is named.

    """
    if base[-1:] not in COINS:
        return next((inside for inside in _BRACKETS.findall(name_key(heading)) if inside.endswith(base) and _SIZE.fullmatch(inside.removesuffix(base))), "")
    over = [text for row in sorted(above, reverse=True) if (text := _over(row, column, above, merges))]
    for key in map(name_key, (heading, *over)):
        units = _in_brackets(key)
        if len(set(units)) > 1:
            return UNKNOWN
        if unit := next(iter(units), "") or _money(key) or _behind(key):
            return unit
    if other := _other_unit(name_key(heading)):
        return other
    lines = [text for row in sorted(above, reverse=True) for text in above[row].values()]
    return next(iter(of_sheet(lines)), "")


def is_unit_row(cells: Sequence[str]) -> bool:
    """Whether a row under the headings says nothing but units."""
    texts = [name_key(text).strip("()") for text in cells]
    units = [text for text in texts if text.replace("/", "") not in _IDLE]
    return bool(units) and all(_money(text) or text in _THINGS for text in units)


def money_in(text: str) -> str:
    """The unit of money that a text is, without brackets and 人民币; empty where it is none."""
    return _money(name_key(text).strip("()"))


def _over(row: int, column: int, above: Mapping[int, Mapping[int, str]], merges: Merges) -> str:
    """What stands over a column in a row, also as one cell over several columns."""
    if column in above[row]:
        return above[row][column]
    left = next((merge[1] for merge in merges if merge[0] <= row <= merge[2] and merge[1] <= column <= merge[3]), None)
    return above[row].get(left, "") if left is not None else ""


def _in_brackets(key: str) -> list[str]:
    return [unit for inside in _BRACKETS.findall(key) if (unit := _money(inside))]


def _behind(key: str) -> str:
    """The unit behind the name of a column; 单位美元 and 万美元 are no names before 元."""
    name, unit = without_unit(key)
    return "" if foreign_currency(key) or name.startswith("单位") else _money(unit)


def _other_unit(key: str) -> str:
    """What stands in the brackets of a heading as a unit and is none of money; `UNKNOWN` where it only looks like one."""
    insides = _BRACKETS.findall(key)
    if thing := next((inside for inside in insides if inside in _THINGS), ""):
        return thing
    return UNKNOWN if any(_LOOKS_LIKE.search(inside) and not _REMARK.match(inside) for inside in insides) else ""


def of_sheet(texts: Iterable[str]) -> tuple[str, ...]:
    """The units of money that texts around the cases name for all of them, each once; `UNKNOWN` of one that nobody knows."""
    units = (unit for text in texts for unit in stated_money(text))
    return tuple(dict.fromkeys(unit if money_unit(unit)[-1:] in COINS or foreign_currency(unit) else UNKNOWN for unit in units))


def _money(words: str) -> str:
    """The unit of money, ours or another, that words are and nothing else."""
    if unit := money_unit(words):
        return unit
    if words in ("块", "人民币", "rmb", "cny"):
        return "元"
    return words if len(words) <= 8 and foreign_currency(words) else ""
