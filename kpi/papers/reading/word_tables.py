"""The cells of a Word table, each once: one that is merged over rows or columns at its first place, with how many it covers."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kpi.papers.reading.word_letters import entered
from kpi.papers.reading.word_names import CELL, ROW, TABLE, W


@dataclass(slots=True)
class WordCell:
    """A cell: its element, its row and column from 1, and how many rows and columns it covers."""

    element: etree._Element
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def cells_of(table: etree._Element) -> Iterator[WordCell]:
    """The cells of a table row by row, those in content controls too; rows that were deleted are left out."""
    cells: list[WordCell] = []
    above: dict[int, WordCell] = {}
    number = 0
    for row in _inside(table, ROW):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        number += 1
        column = 1 + _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for element in _inside(row, CELL):
            properties = element.find(f"{W}tcPr")
            if properties is not None and properties.find(f"{W}cellDel") is not None:
                continue
            width = 1 if properties is None else _count(properties.find(f"{W}gridSpan"), 1)
            merged = None if properties is None else properties.find(f"{W}vMerge")
            beside = None if properties is None else properties.find(f"{W}hMerge")
            if merged is not None and merged.get(f"{W}val") != "restart" and column in above:
                above[column].rows = number - above[column].row + 1
            elif beside is not None and beside.get(f"{W}val") != "restart" and cells and cells[-1].row == number:
                cells[-1].columns += width
            else:
                cells.append(WordCell(element, number, column, 1, width))
                above[column] = cells[-1]
            column += width
    yield from cells


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, not those of tables inside it."""
    for child in entered(element):
        if child.tag == tag:
            yield child
        elif child.tag not in (TABLE, ROW, CELL):
            yield from _inside(child, tag)


def _count(element: etree._Element | None, otherwise: int) -> int:
    value = "" if element is None else element.get(f"{W}val", "")
    return int(value) if value.isascii() and value.isdigit() and int(value) < 1_000 else otherwise
