"""
Cells of a table that LibreOffice joined when it read an old Word file: in a .doc that ends with a table, without the paragraph that must stand behind it.

The file itself has a mark behind each cell, and one more behind each row; where the letters of a paragraph stand in it with such marks between them, the
paragraph is a table again, so that 1763, 1724 and 39 in three cells are never the number 1763172439.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace

_MARK, _WIDE = "\x07", "utf-16-le"


def with_lost_cells(document: Paper, data: bytes) -> Paper:
    """A document with the tables that were joined to paragraphs as tables; ``data`` is the old Word file that it was read from."""
    letters = data.decode(_WIDE, "replace")
    if _MARK not in letters:
        return document
    pieces = letters.split(_MARK)
    unmarked, ends = "".join(pieces), list(accumulate(map(len, pieces)))
    table = max((each.cell.table for each in document.passages if each.cell), default=0)
    passages: list[Passage] = []
    for passage in document.passages:
        place = unmarked.find(passage.text) if passage.part is PaperPart.BODY and passage.cell is None and passage.text not in letters else -1
        if place < 0:
            passages.append(passage)
            continue
        table += 1
        first, last = bisect_right(ends, place), bisect_left(ends, place + len(passage.text))
        begin, end = place - ends[first] + len(pieces[first]), ends[last] - place - len(passage.text)
        marked = _MARK.join(pieces[first : last + 1])
        passages += _cells(passage, marked[begin : len(marked) - end], table)
    return replace(document, passages=tuple(replace(each, index=index) for index, each in enumerate(passages)))


def _cells(passage: Passage, marked: str, table: int) -> Iterator[Passage]:
    for row, line in enumerate(marked.split(_MARK * 2), 1):
        for column, text in enumerate(line.split(_MARK), 1):
            place = f"{PaperPart.TABLE.value}{table}第{row}行第{column}列"
            yield replace(passage, text=text, part=PaperPart.TABLE, place=place, cell=TablePlace(table, row, column))
