"""
What the heads of a table say of its cells: their nouns, the unit in brackets, and whether a number is a figure at all.

The head rows are those above the first row with a number in it that is no year; the row's own name is what stands left of its numbers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kpi.papers.figures.counting_units import unit_behind
from kpi.papers.figures.even_text import even
from kpi.papers.paper import Paper, Passage, TablePlace

_NUMBER = re.compile(r"\s*(?:[-+−]?\s*[\d,]+(?:\.\d+)?\s*(?:%|‰|[十百千]?万|亿|[一-龥]{0,2})|\*+)\s*")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*年?度?\s*")
_TIME = re.compile(r"\s*(?:(?:19|20)\d\d\s*年?度?|(?:(?:19|20)\d\d\s*年\s*)?\d{1,2}\s*月份?)\s*")
_UNIT = re.compile(r"[（(\[【]\s*(?:单位\s*[:：]\s*)?([^（()）\[\]【】\d]{1,8}?)\s*[)）\]】]\s*$|单位\s*[:：]\s*([^\s，。；、()（）\d]{1,8})")
_COUNTING = re.compile(
    r".*(?:[序编代档文证案型货条批]号|号码|代码|邮编|电话|手机|联系方式|名次|位次|排名|排序|年份|年度|月份|日期|时间|备注)|No\.?", re.IGNORECASE
)
_NO_UNIT = re.compile(r"[a-zA-Z]$|其中|含|不含|合计|累计|新增|[率额量数]$")


@dataclass(frozen=True, slots=True)
class CellHeads:
    """What stands over and beside a cell: its nouns, the unit that they name, and whether its number only counts the rows, orders or names them."""

    row: str
    column: str
    unit: str
    figure: bool

    def until(self, year: int | None) -> str:
        """The time that a head names alone, as a cut-off: 截至2022年末 of 2022, 截至1月 of 1月; nothing of the year of the document itself."""
        for head in (self.row, self.column):
            if _YEAR.fullmatch(head):
                written = head.strip("年度 ")
                return "" if written == str(year) else f"截至{written}年末"
            if _TIME.fullmatch(head):
                return f"截至{head}"
        return ""


def cell_heads(document: Paper) -> dict[int, CellHeads]:
    """The heads of the cells of all tables of a document, by the index of their passage; head cells themselves hold no figures."""
    cells = [(passage, passage.cell) for passage in document.passages if passage.cell is not None]
    cells.sort(key=lambda each: (each[1].table, each[1].row, each[1].column))
    heads: dict[int, CellHeads] = {}
    for _, table in groupby(cells, key=lambda each: each[1].table):
        own = list(table)
        first = own[0][0].index
        caption = document.passages[first - 1].text if first and document.passages[first - 1].cell is None else ""
        heads.update(_of_table(own, _unit_in(even(caption)[-24:])))
    return heads


def _of_table(cells: Sequence[tuple[Passage, TablePlace]], unit: str) -> Iterable[tuple[int, CellHeads]]:
    texts = {passage.index: even(passage.text).strip() for passage, _ in cells}
    below = min((place.row for passage, place in cells if _is_number(texts[passage.index])), default=0)
    tops = [(place, texts[passage.index]) for passage, place in cells if place.row < below and texts[passage.index]]
    rows: dict[int, list[tuple[TablePlace, str]]] = {}
    for passage, place in cells:
        if place.row >= below and texts[passage.index] and not _is_number(texts[passage.index]):
            for row in range(place.row, place.row + place.rows):
                rows.setdefault(row, []).append((place, texts[passage.index]))
    width = max(2, *(place.column + place.columns - 1 for _, place in cells))
    for passage, place in cells:
        above = [text for top, text in tops if top.column <= place.column < top.column + top.columns < top.column + width]
        beside = [text for side, text in rows.get(place.row, []) if side.column < place.column]
        left, units = [text for text in beside if not _is_unit(text)], [text for text in beside if _is_unit(text)]
        names = any(_COUNTING.fullmatch(_bare(text)) for text in above[-1:])
        year = _YEAR.fullmatch(texts[passage.index] if above else f"{texts[passage.index]}年")
        own_unit = _first_unit([*reversed(above), *reversed(left)]) or next(iter(units), unit)
        yield passage.index, CellHeads(_joined(left), _joined(above), own_unit, place.row >= below and not names and not year)


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and not _TIME.fullmatch(text)


def _is_unit(text: str) -> bool:
    """Whether a cell is the unit of its row: 件, 万元, %."""
    match = unit_behind(f"1{text}", 1)
    return match is not None and match.end() == len(text) + 1


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _joined(texts: Sequence[str]) -> str:
    """Heads as one noun, without their units."""
    return "".join(dict.fromkeys(_UNIT.sub("", _bare(text)) if _unit_in(text) else _bare(text) for text in texts))


def _first_unit(texts: Iterable[str]) -> str:
    return next((unit for text in texts if (unit := _unit_in(text))), "")


def _unit_in(text: str) -> str:
    """The unit that a head names in brackets: 水表（只）."""
    match = _UNIT.search(text)
    unit = (match[1] or match[2]) if match else ""
    return "" if _NO_UNIT.search(unit) and not re.search(r"[mkμ]?[gLlm]$", unit) else unit
