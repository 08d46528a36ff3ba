"""
Pages in two columns: their lines are read down the left column and then down the right one.

A table has pieces beside one another too, but its cells are short and end where they like; the lines of columns are long and nearly all full.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from kpi.papers.reading.page_rows import PageRow, PageRules, PlacedText

_LEAST_LINES = 4  # of each column
_LEAST_LETTERS = 10  # of a line, as a rule
_FULL = 1.5  # heights of a letter: how far from the edge of its column a full line ends
_LEAST_FULL = 0.6  # of the lines of a column


def columns_of_page(rows: Sequence[PageRow], rules: PageRules) -> Iterator[list[PageRow]]:
    """The rows of a page in the order in which they are read, what stands below one another together: of two columns the left one, then the right one."""
    middle = (min((row.left for row in rows), default=0.0) + max((row.right for row in rows), default=0.0)) / 2
    across: list[PageRow] = []
    for beside, group in groupby(rows, key=lambda row: _stands_beside(row, middle, rules)):
        run = list(group)
        left = [piece for row in run for piece in row.pieces if piece.right <= middle]
        right = [piece for row in run for piece in row.pieces if piece.left >= middle]
        if beside and _is_column(left) and _is_column(right):
            yield across
            yield [PageRow((piece,)) for piece in left]
            yield [PageRow((piece,)) for piece in right]
            across = []
        else:
            across += run
    yield across


def _stands_beside(row: PageRow, middle: float, rules: PageRules) -> bool:
    """Whether no piece of a row goes over the middle of the page, and no side has more than one."""
    pieces = row.pieces
    sides = [piece.right <= middle for piece in pieces]
    return not rules.hold(row) and all(piece.right <= middle or piece.left >= middle for piece in pieces) and max(sides.count(True), sides.count(False)) == 1


def _is_column(lines: Sequence[PlacedText]) -> bool:
    if len(lines) < _LEAST_LINES:
        return False
    edge = max(line.right for line in lines)
    full = sum(line.right > edge - _FULL * line.height for line in lines)
    return full >= _LEAST_FULL * len(lines) and sum(len(line.text) for line in lines) >= _LEAST_LETTERS * len(lines)
