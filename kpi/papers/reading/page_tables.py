"""
The tables of a printed page: cells between drawn lines, or pieces that stand below one another.

Figures are taken from the text; what a table adds are the labels beside and above them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.papers.reading.page_rows import PageRow, PageRules, PlacedText

_SAME = 2.0  # how far apart lines are that are drawn as one: the edges of two cells


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell: its row and column from 1, and its lines from the top."""

    row: int
    column: int
    lines: tuple[str, ...]


def blocks_of_page(rows: Sequence[PageRow], rules: PageRules) -> Iterator[tuple[list[PageRow], bool]]:
    """The rows one by one, those of a table together; whether the rows are a table."""
    start = 0
    while start < len(rows):
        end = start + 1
        if rules.hold(rows[start]):
            while end < len(rows) and rules.hold(rows[end]):
                end += 1
            yield list(rows[start:end]), True
        else:
            end = _end_of_aligned(rows, start, rules)
            yield list(rows[start:end]), end - start > 1
        start = end


def _end_of_aligned(rows: Sequence[PageRow], start: int, rules: PageRules) -> int:
    """Where rows of several pieces end that begin at a row; a short line below one of their pieces is a further line of it."""
    end = start
    while end < len(rows) and len(rows[end].pieces) > 1 and not rules.hold(rows[end]):
        end += 1
        if end < len(rows) and _is_further_line(rows[end], rows[end - 1]):
            end += 1
    return max(end, start + 1)


def _is_further_line(row: PageRow, above: PageRow) -> bool:
    """Whether a line stands close below one piece of a row, and beside none of the others."""
    near = row.top - above.bottom < row.height
    covered = [piece for piece in above.pieces if piece.left < row.right and row.left < piece.right]
    return len(row.pieces) == 1 and near and len(covered) == 1


def cells_of_page(rows: Sequence[PageRow], rules: PageRules) -> list[PageCell]:
    """The cells of a table row by row."""
    return _ruled(rows, rules) if rules.hold(rows[0]) else _aligned(rows)


def _ruled(rows: Sequence[PageRow], rules: PageRules) -> list[PageCell]:
    """Cells between drawn lines; one that is merged stands in its first row and column."""
    lines: dict[tuple[float, float], list[str]] = defaultdict(list)
    for row in rows:
        for piece in row.pieces:
            above = rules.above(piece)
            lines[row.top if above is None else above, rules.before(piece)].append(piece.text)
    tops = _ranks([top for top, _ in lines])
    lefts = _ranks([left for _, left in lines])
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for (top, left), texts in lines.items():
        cells[tops[top], lefts[left]] += texts
    return [PageCell(row, column, tuple(texts)) for (row, column), texts in sorted(cells.items())]


def _ranks(places: Sequence[float]) -> dict[float, int]:
    """The numbers of places from 1 on; those that are nearly the same are one."""
    ranks: dict[float, int] = {}
    rank, last = 0, float("-inf")
    for place in sorted(set(places)):
        rank += place - last > _SAME
        ranks[place] = rank
        last = place
    return ranks


def _aligned(rows: Sequence[PageRow]) -> list[PageCell]:
    """Cells by what stands below one another, each row of the page a row of the table."""
    columns: list[tuple[float, float]] = []
    most = max(len(row.pieces) for row in rows)
    for row in rows:
        if len(row.pieces) == most:
            edges = [(piece.left, piece.right) for piece in row.pieces]
            columns = [(min(a, left), max(b, right)) for (a, b), (left, right) in zip(columns or edges, edges, strict=True)]
    return [PageCell(number, column, (piece.text,)) for number, row in enumerate(rows, 1) for column, piece in _placed(row, columns)]


def _placed(row: PageRow, columns: Sequence[tuple[float, float]]) -> Iterator[tuple[int, PlacedText]]:
    """The pieces of a row, each with the number of the column that it stands nearest to; no two of a row in one."""
    last = 0
    for piece in row.pieces:
        middle = (piece.left + piece.right) / 2
        nearest = min(range(len(columns)), key=lambda at: max(columns[at][0] - middle, middle - columns[at][1], 0.0)) + 1
        last = max(nearest, last + 1)
        yield last, piece
