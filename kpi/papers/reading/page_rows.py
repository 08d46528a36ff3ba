"""The rows of a printed page: letters at places become rows of a page, from the top, and the pieces of each from the left."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

_GAP = 1.2  # heights of a letter: pieces further apart are cells of a table, or stand apart
_BLANK = 0.2  # heights of a letter: letters further apart have a blank between them
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
class PageRules:
    """The lines that are drawn on a page: of each its place, and from where to where it goes."""

    upright: tuple[tuple[float, float, float], ...] = ()  # from the left, its top and its bottom
    level: tuple[tuple[float, float, float], ...] = ()  # from the top, its left and its right end

    def parts(self, left: float, right: float, height: float) -> bool:
        """Whether an upright line stands between two places of a row."""
        return any(left <= at <= right and top < height < bottom for at, top, bottom in self.upright)

    def over(self, piece: PlacedText) -> float | None:
        """How high the nearest line above a piece is; None where there is none."""
        middle = (piece.left + piece.right) / 2
        height = (piece.top + piece.bottom) / 2
        return max((at for at, left, right in self.level if at < height and left <= middle <= right), default=None)


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


def page_rows(letters: Iterable[PlacedText], rules: PageRules = PageRules()) -> list[PageRow]:
    """The rows of a page; lines that are drawn part the pieces of a row."""
    rows: list[list[PlacedText]] = []
    for letter in sorted(letters, key=lambda letter: letter.top + letter.bottom):
        middle = (letter.top + letter.bottom) / 2
        if rows and abs(middle - _middle(rows[-1])) < 0.5 * max(letter.height, rows[-1][-1].height):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [PageRow(tuple(_pieces(row, rules))) for row in rows if any(letter.text.strip() for letter in row)]


def _middle(row: Sequence[PlacedText]) -> float:
    return (row[-1].top + row[-1].bottom) / 2


def _pieces(row: list[PlacedText], rules: PageRules) -> list[PlacedText]:
    """The letters of a row joined to pieces."""
    row.sort(key=lambda letter: letter.left)
    height = median(letter.height for letter in row if letter.text.strip())
    slack = 0.2 * height
    groups: list[list[PlacedText]] = []
    texts: list[str] = []
    blank, before = False, 0.0
    for letter in row:
        if not letter.text.strip():
            blank = True
            continue
        apart = letter.left - before > _GAP * height or (rules.upright and rules.parts(before - slack, letter.left + slack, _middle(row)))
        if not groups or apart:
            groups.append([letter])
            texts.append(letter.text)
        else:
            groups[-1].append(letter)
            texts[-1] += (" " if blank or letter.left - before > _BLANK * height else "") + letter.text
        blank, before = False, max(letter.right, before)
    return [_joined(group, text) for group, text in zip(groups, texts, strict=True)]


def _joined(group: Sequence[PlacedText], text: str) -> PlacedText:
    edges = (min(each.left for each in group), max(each.right for each in group), min(each.top for each in group), max(each.bottom for each in group))
    return PlacedText(tidy(text), *edges)
