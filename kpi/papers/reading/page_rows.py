"""The rows of a printed page: letters at places become rows of a page, from the top, and the pieces of each from the left."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

_GAP = 1.2  # heights of a letter: pieces further apart are cells of a table, or stand apart
_BLANK = 0.3  # heights of a letter: letters further apart have a blank between them
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3000-\u303f“”‘’…—"
_NEEDLESS = re.compile(rf"(?<=[{_WIDE}]) +(?=[{_WIDE}0-9A-Za-z*%(])|(?<=[0-9A-Za-z*%)]) +(?=[{_WIDE}])")


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Letters and the rectangle around them, in any unit, counted from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of a page: its pieces from the left, one of a line of text, several of a row of a table."""

    pieces: tuple[PlacedText, ...]

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)

    @property
    def height(self) -> float:
        return max(piece.height for piece in self.pieces)

    @property
    def text(self) -> str:
        return tidy(" ".join(piece.text for piece in self.pieces))


def tidy(text: str) -> str:
    """A text without blanks that only part a Chinese letter from another or from a figure; those between figures stay."""
    return _NEEDLESS.sub("", re.sub(r"[ \u00a0\t]+", " ", text)).strip(" \u3000")


def page_rows(letters: Iterable[PlacedText]) -> list[PageRow]:
    """The rows of a page."""
    rows: list[list[PlacedText]] = []
    for letter in sorted((letter for letter in letters if letter.text.strip()), key=lambda letter: letter.top + letter.bottom):
        middle = (letter.top + letter.bottom) / 2
        if rows and abs(middle - _middle(rows[-1])) < 0.5 * max(letter.height, rows[-1][-1].height):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [PageRow(tuple(_pieces(row))) for row in rows]


def _middle(row: Sequence[PlacedText]) -> float:
    return (row[-1].top + row[-1].bottom) / 2


def _pieces(row: list[PlacedText]) -> list[PlacedText]:
    """The letters of a row joined to pieces."""
    row.sort(key=lambda letter: letter.left)
    height = median(letter.height for letter in row)
    groups: list[list[PlacedText]] = [[row[0]]]
    for letter in row[1:]:
        if letter.left - max(each.right for each in groups[-1][-2:]) > _GAP * height:
            groups.append([letter])
        else:
            groups[-1].append(letter)
    return [_joined(group, height) for group in groups]


def _joined(group: Sequence[PlacedText], height: float) -> PlacedText:
    text = group[0].text
    for before, letter in zip(group, group[1:], strict=False):
        text += (" " if letter.left - before.right > _BLANK * height else "") + letter.text
    edges = (min(each.left for each in group), max(each.right for each in group), min(each.top for each in group), max(each.bottom for each in group))
    return PlacedText(tidy(text), *edges)
