"""
Which columns a word of an upper header row stands for, where it is merged over none: 2022年 over one of 本月 | 累计.

Such a word is typed over the first of its columns, or over the middle or the last one.  Headings below that repeat say where
a group begins; where they do not, nobody can tell whose a column is that has a blank over it.
"""

from collections.abc import Mapping, Sequence

from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.heading import Part, read_heading
from kpi.workbook.layout.merged_cells import Spread
from kpi.workbook.layout.time_cells import dated_words
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.number import whole_number
from kpi.workbook.signs import clean

_AMONG = "其中"


def group_words(spread: Spread, indexes: Sequence[int], top: int, bottom: int) -> tuple[dict[tuple[int, int], str], set[int]]:
    """The words of groups that are merged over no columns, by row and column, and the columns that may be in this group or in that."""
    words: dict[tuple[int, int], str] = {}
    doubtful: set[int] = set()
    for row in range(bottom - 1, top - 1, -1):
        for run in _runs(spread, row, indexes, bottom):
            over = {index: head_text(spread.sheet.cell(row, index)) for index in run}
            below = {index: tuple(words.get((lower, index)) or head_text(spread.cell(lower, index)) for lower in range(row + 1, bottom + 1)) for index in run}
            groups = words_of_groups(over, below)
            words |= {(row, index): text for index, text in (groups or over).items() if text}
            doubtful |= {index for index in run if groups is None and not over[index]}
    return words, doubtful


def _runs(spread: Spread, row: int, indexes: Sequence[int], bottom: int) -> list[list[int]]:
    """The neighbouring columns with headings below a row of the header, and nothing merged in it."""
    runs: list[list[int]] = [[]]
    for index in indexes:
        free = spread.anchor(row, index) == (row, index) == spread.end(row, index)
        headed = any(head_text(spread.cell(below, index)) for below in range(row + 1, bottom + 1))
        if not free or not headed or (runs[-1] and runs[-1][-1] + 1 != index):
            runs.append([])
        if free and headed:
            runs[-1].append(index)
    return [run for run in runs if len(run) > 1]


def words_of_groups(words: Mapping[int, str], below: Mapping[int, tuple[str, ...]]) -> dict[int, str] | None:
    """
    The word of each column of one run of columns, or of each row where the word stands before its rows.

    Args:
        words: What stands over the columns, by their indexes; empty where nothing does.
        below: The headings below, of the same columns.

    Returns:
        The words where each group of repeating headings has one, wherever in it; an empty mapping where the words stand over
        the first columns, as they should; None where a blank over a first column leaves open which group it is in.

    """
    order = sorted(words)
    size = _period([below[index] for index in order])
    typed = [at for at, index in enumerate(order) if words[index]]
    if not typed or len(typed) == len(order):
        return {}
    if size and [at // size for at in typed] == list(range(len(order) // size)):
        return {index: words[order[typed[at // size]]] for at, index in enumerate(order)}
    if typed[0] == 0 or (size and not any(at % size for at in typed)) or words[order[typed[0]]].startswith(_AMONG):
        return {}
    return None


def _period(headings: Sequence[tuple[str, ...]]) -> int:
    """After how many columns the headings begin again, all the same; 0 where they do not."""
    for size in range(2, len(headings) // 2 + 1):
        if len(headings) % size == 0 and all(heading == headings[at % size] for at, heading in enumerate(headings)):
            return size
    return 0


def head_text(cell: Cell) -> str:
    """A heading as words; a month that Excel keeps as a date is one too, and so is the same written out: 2023/12/1, 202312."""
    if dated := dated_words(cell):
        return dated
    if cell.kind is CellKind.NUMBER and whole_number(cell.text) is not None:
        return cell.shown or (f"{cell.text}年" if len(cell.text) == 4 else f"{cell.text}月")
    return cell.text.strip()


def is_of_units(spread: Spread, row: int) -> bool:
    """Whether a row holds nothing but units of the columns over it."""
    texts = [clean(cell.text).strip("()") for cell in spread.sheet.rows.get(row, {}).values() if cell.text.strip()]
    return len(texts) > 1 and all(map(is_unit, texts))


def is_over_labels(spread: Spread, row: int, cells: Mapping[int, str]) -> bool:
    """Whether a row has words of no use to a heading right over 项目 or 序号, merged with nothing: 登记股 | 2024年1月末 is a line of the form."""
    for column, text in cells.items():
        below = read_heading(head_text(spread.cell(row + 1, column))).part
        own = read_heading(text)
        if below in (Part.NAME, Part.CODE, Part.OTHER) and spread.end(row, column) == (row, column):
            return own.part is None and not own.understood
    return False
