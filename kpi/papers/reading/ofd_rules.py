"""
The lines that are drawn on a page of an OFD, which part the cells of tables (GB/T 33190—2016, 9.1).

A path moves (M), draws lines (L) and closes (C) at places inside its Boundary; a thin Boundary without such a path is a line itself.
"""

from collections.abc import Iterator

from lxml import etree

from kpi.papers.reading.ofd_numbers import numbers_of
from kpi.papers.reading.page_rows import PageRules

_THIN = 1.0  # millimetres
_MOST = 20_000  # steps of a page; a map has more, a table has not

DrawnLine = tuple[float, float, float, float]  # left, top, right and bottom of a line


def ofd_rules(contents: list[etree._Element]) -> PageRules:
    """The upright and level lines of a page."""
    strokes = [stroke for content in contents for path in content.iter("{*}PathObject") for stroke in _strokes(path)][:_MOST]
    return PageRules(
        tuple((left, top, bottom) for left, top, right, bottom in strokes if right - left < _THIN < bottom - top),
        tuple((top, left, right) for left, top, right, bottom in strokes if bottom - top < _THIN < right - left),
    )


def _strokes(path: etree._Element) -> Iterator[DrawnLine]:
    box = numbers_of(path.get("Boundary", ""))
    if len(box) != 4:
        return
    left, top, width, height = box
    if min(width, height) < _THIN:
        yield left, top, left + width, top + height
        return
    matrix = numbers_of(path.get("CTM", ""))
    a, _, _, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for first, second in _lines(next((each.text or "" for each in path.iter("{*}AbbreviatedData")), "")):
        xs = sorted(left + a * x + e for x, _ in (first, second))
        ys = sorted(top + d * y + f for _, y in (first, second))
        yield xs[0], ys[0], xs[1], ys[1]


def _lines(text: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines of a path, each by its two ends."""
    words = iter(text.split()[: 3 * _MOST])
    start = at = (0.0, 0.0)
    for word in words:
        if word in ("M", "S", "L"):
            point = numbers_of(f"{next(words, '')} {next(words, '')}")
            if len(point) != 2:
                return
            if word == "L":
                yield at, (point[0], point[1])
            else:
                start = (point[0], point[1])
            at = (point[0], point[1])
        elif word == "C":
            yield at, start
            at = start
