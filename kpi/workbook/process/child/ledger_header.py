"""
Which sheets are ledgers, by the headings over their columns.

A heading leads to a column by its exact words; a merely similar one may stand for a date or a category, which are checked
value by value, but never for a code or a text, which would let anything in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from kpi.errors import WorkbookError
from kpi.persons import HINTS, HINTS_INSIDE
from kpi.workbook.forms.opposite_words import contradict_all
from kpi.workbook.money import without_unit
from kpi.workbook.naming import name_key
from kpi.workbook.process.child.ledger_units import is_unit_row, money_in, unit_of
from kpi.workbook.process.child.raw_sheet import RawSheet, as_written

_SCANNED = 40  # rows in which the headings must stand
_ENOUGH = 4  # columns that make a ledger of a table whose title does not say so
_SURE = 2  # columns without which a table is not worth a closer look
_ALIKE, _APART = 0.75, 0.15
_BRACKETED = re.compile(r"\([^()]*\)|[*#★☆]")
_PERSON = re.compile("|".join(HINTS))
_WHOSE = re.compile("|".join(HINTS_INSIDE))
_FREE = ("text", "code")  # roles whose cells are kept as they are written


@dataclass(frozen=True)
class LedgerHeading:
    """One column of a ledger found in a header."""

    column: Mapping[str, Any]
    index: int
    text: str
    certain: bool
    unit: str = ""  # of an amount, as the headings name it


@dataclass(frozen=True)
class Header:
    """A ledger recognised by its headings."""

    layout: Mapping[str, Any]
    headings: tuple[LedgerHeading, ...]
    bottom: int  # its last row
    titled: bool
    width: int  # how many headings there are in all
    over: tuple[str, ...]  # the texts above
    words: tuple[str, ...]  # all headings
    again: int | None = None  # the column of the first heading of a second table beside, which has the same headings

    @property
    def rank(self) -> tuple[int, bool, float]:
        return sum(heading.certain for heading in self.headings), self.titled, len(self.headings)


def find_header(sheet: RawSheet, layouts: Sequence[Mapping[str, Any]]) -> Header | None:
    """The best header among the first rows; a row of headings may stand under one of groups."""
    head = _head(sheet)
    numbers = list(head)
    best: list[Header] = []
    short: list[str] = []
    for position, cells in enumerate(head.values()):
        texts = {column: cell[1:].strip() for column, cell in cells.items()}
        if len(texts) < 2 or any(cell[:1] != "s" for cell in cells.values()):
            continue
        below = head[numbers[position + 1]] if position + 1 < len(head) else {}
        lower = {column: cell[1:].strip() for column, cell in below.items()}
        both = texts | (_under_groups(sheet, texts, lower, numbers[position]) if lower else {})
        if position:
            above = {column: cell[1:].strip() for column, cell in head[numbers[position - 1]].items()}
            texts = _under_groups(sheet, above, texts, numbers[position - 1])
        over = tuple(cell[1:] for row in numbers[:position] for cell in head[row].values() if cell[:1] == "s")
        title = name_key("".join(over) + sheet.name)
        for layout in layouts:
            titled = any(words in title for words in layout["titles"])
            single, double = _headings(texts, layout), _headings(both, layout)
            deeper = len(double) > len(single) and all(cell[:1] == "s" for cell in below.values())
            headings, bottom = (double, numbers[position + 1]) if deeper else (single, numbers[position])
            names = {heading.column["name"] for heading in headings}
            missing = [column["name"] for column in layout["columns"] if column["required"] and column["name"] not in names]
            if not missing and (titled or len(headings) >= _ENOUGH):
                words = both if deeper else texts
                best.append(Header(layout, headings, bottom, titled, len(words), over, tuple(words.values()), _again(headings, words)))
            elif missing and titled and len(headings) >= _ENOUGH - 1:
                short.append(f"工作表「{sheet.name}」像是{layout['name']}，但没有{'、'.join(f'「{name}」' for name in missing)}一列")
    if not best:
        if short:
            raise WorkbookError(f"{short[0]}；请补上这一列，或把列名改成这个写法后再上传。")
        return None
    best.sort(key=lambda header: header.rank, reverse=True)
    rivals = {header.layout["name"] for header in best if header.rank == best[0].rank}
    if len(rivals) > 1:
        raise WorkbookError(f"工作表「{sheet.name}」分不清是{'还是'.join(sorted(rivals))}；请在标题中写明台账名称后再上传。")
    return _with_units(best[0], {row: {column: cell[1:] for column, cell in cells.items()} for row, cells in head.items()}, sheet)


def _with_units(header: Header, texts: Mapping[int, Mapping[int, str]], sheet: RawSheet) -> Header:
    """A header with the units of its amounts; a row under it that says nothing but units is one more of its rows."""
    below = next((row for row in texts if row > header.bottom), None)
    units = texts[below] if below is not None and is_unit_row(list(texts[below].values())) else {}
    headings = []
    for heading in header.headings:
        if heading.column["role"] == "number":
            above = {row: cells for row, cells in texts.items() if row <= header.bottom}
            unit = unit_of(heading.text, heading.column["unit"], heading.index, above, sheet.merges) or money_in(units.get(heading.index, ""))
            heading = replace(heading, unit=unit)
        headings.append(heading)
    return replace(header, headings=tuple(headings), bottom=below if units and below is not None else header.bottom)


def _under_groups(sheet: RawSheet, groups: Mapping[int, str], texts: Mapping[int, str], row: int) -> dict[int, str]:
    """The lower of two rows of headings; under a group that is about persons (投诉人信息 over 编号 and 类别) each says so too."""
    over: dict[int, str] = {}
    for top, first, _, last in sheet.merges:
        columns = [column for column in texts if first <= column <= last]
        if top == row and first in groups and 0 < len(columns) < len(texts) and _PERSON.search(groups[first]):  # over all of them it is a title
            over |= dict.fromkeys(columns, groups[first])
    return {column: f"{text}({over[column]})" if over.get(column, text) != text else text for column, text in texts.items()}


def _head(sheet: RawSheet) -> dict[int, dict[int, str]]:
    """The first rows that hold something: kind and text of each cell by column."""
    head: dict[int, dict[int, str]] = {}
    for row, left, cells in sheet.rows():
        if len(head) == _SCANNED:
            break
        if written := {column: text for column, cell in enumerate(cells, start=left) if (text := as_written(cell))}:
            head[row] = written
    return head


@lru_cache(maxsize=512)  # the words of one sheet are compared with every ledger
def heading_key(text: str) -> str:
    """A heading without what stands in brackets: 受理日期（年月日）* and 受理日期 are one."""
    key = name_key(text)
    while (shorter := _BRACKETED.sub("", key)) and shorter != key:  # brackets stand in brackets
        key = shorter
    return key


def _headings(texts: Mapping[int, str], layout: Mapping[str, Any]) -> tuple[LedgerHeading, ...]:
    """Which column of a ledger each heading is; the first heading that fits a column is it."""
    exact = layout["exact"]
    headings: dict[str, LedgerHeading] = {}
    rest: list[tuple[int, str]] = []
    for index, text in sorted(texts.items()):
        column = exact.get(name_key(text)) or _without_brackets(text, exact) or _before_unit(text, exact)
        if column is None:
            rest.append((index, text))
        else:
            headings.setdefault(column["name"], LedgerHeading(column, index, text, certain=True))
    for index, text in rest if len(headings) >= _SURE else ():
        column = _similar(text, [column for column in layout["columns"] if column["name"] not in headings])
        if column is not None:
            headings[column["name"]] = LedgerHeading(column, index, text, certain=False)
    return tuple(sorted(headings.values(), key=lambda heading: heading.index))


def _again(headings: Sequence[LedgerHeading], texts: Mapping[int, str]) -> int | None:
    """The column of the leading heading of a second table, to the right of all that is read: every required heading stands there once more."""
    right = max(heading.index for heading in headings)
    beside = {text: index for index, text in sorted(texts.items(), reverse=True) if index > right}
    required = [heading.text for heading in headings if heading.column["required"]]
    return min(beside[text] for text in required) if all(text in beside for text in required) else None


def _without_brackets(text: str, exact: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The column of a heading with something in brackets, unless that says that persons stand there where anything would be kept."""
    column = exact.get(heading_key(text))
    if column is not None and column["role"] in _FREE and _WHOSE.search("".join(_BRACKETED.findall(name_key(text)))):
        return None
    return column


def _before_unit(text: str, exact: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The column of amounts of a heading with a unit of money behind it: 挽回经济损失/千元."""
    column = exact.get(_key_before_unit(text))
    return column if column is not None and column["role"] == "number" else None


@lru_cache(maxsize=512)
def _key_before_unit(text: str) -> str:
    return without_unit(heading_key(text))[0]


def _similar(text: str, columns: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The one date or category that a heading is nearly spelled like; None when it is not certain."""
    key = heading_key(text)
    if len(key) < 3 or len(key) > 12 or _PERSON.search(key):
        return None
    likeness = [
        (max(SequenceMatcher(None, key, heading_key(spelled)).ratio() for spelled in column["spelled"]), column)
        for column in columns
        if column["role"] in ("date", "category") and not contradict_all([key], map(heading_key, column["spelled"]))
    ]
    likeness.sort(key=lambda pair: -pair[0])
    if not likeness or likeness[0][0] < _ALIKE or (len(likeness) > 1 and likeness[1][0] > likeness[0][0] - _APART):
        return None
    return likeness[0][1]
