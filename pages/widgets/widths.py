"""
How wide the columns of a table are: each as its longest text needs.

Where all of them need more than a large screen has, the longest give way and their texts wrap, so that nothing is cut.
"""

from collections.abc import Iterable, Mapping
from math import ceil
from unicodedata import east_asian_width

SCREEN = 1456  # pixels that a screen of 1920 leaves beside the navigation
_WIDE, _NARROW, _AROUND, _BADGE = 14.0, 7.9, 18, 12  # of a Chinese character, of a Latin one, around a text, around a badge
_OTHERS = dict.fromkeys(" .,:;|'!", 4.2) | {"%": 13.0}
_LEAST = 110  # a column that gives way keeps room for seven characters
_SLACK = 10  # what the estimate of a text is too wide by, at least
_LINE, _WRAPPED = 20, 66  # pixels of a line; the library wraps texts in rows of more than 64
_MOST_LINES = 6


def needed(header: str, cells: Iterable[object]) -> int:
    """The pixels that a column needs to show its header and its longest cell on one line."""
    return ceil(max(_length(header) + _AROUND, *(_cell(cell) for cell in cells)))


def fitted(needs: Mapping[str, int], room: int = SCREEN) -> dict[str, int]:
    """
    The widths of the columns within so much room.

    Args:
        needs: What each column needs, by header.
        room: Pixels.

    Returns:
        What each needs, if there is room; else the longest share what the short ones leave.

    """
    left, widths = room, {}
    for place, (header, need) in enumerate(sorted(needs.items(), key=lambda item: item[1])):
        share = left // (len(needs) - place)
        widths[header] = min(need, max(share, _LEAST))
        left -= widths[header]
    return {header: widths[header] for header in needs}


def row_height(needs: Mapping[str, int], widths: Mapping[str, int]) -> int | None:
    """How high rows must be for what wraps; None where nothing does."""
    lines = max((ceil((need - _AROUND) * 1.08 / (widths[header] - _AROUND)) for header, need in needs.items() if need - widths[header] > _SLACK), default=1)
    return None if lines == 1 else max(_WRAPPED, min(lines, _MOST_LINES) * _LINE + 14)


def _cell(cell: object) -> float:
    if isinstance(cell, list):
        return sum(_length(str(badge)) + _BADGE for badge in cell) + _AROUND
    return _length("" if cell is None else str(cell)) + _AROUND


def _length(text: str) -> float:
    return sum(_WIDE if east_asian_width(sign) in "WFA" else _OTHERS.get(sign, _NARROW) for sign in text)
