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

    def across(self, height: float) -> list[float]:
        """Where the upright lines stand that go through a height."""
        return [at for at, top, bottom in self.upright if top < height < bottom]

    def hold(self, row: "PageRow") -> bool:
        """Whether a row stands in a drawn table: an upright line before it and one behind it."""
        middle = (row.top + row.bottom) / 2
        beside = self.across(middle)
        return bool(beside) and min(beside) < row.left + 0.5 * row.height and max(beside) > row.right - 0.5 * row.height

    def above(self, piece: PlacedText) -> float | None:
        """How high the nearest level line above a piece is; None where there is none."""
        middle, height = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
        return max((at for at, left, right in self.level if at < height and left <= middle <= right), default=None)

    def before(self, piece: PlacedText) -> float:
        """Where the nearest upright line before a piece stands."""
        middle, height = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
        return max((at for at, top, bottom in self.upright if at < middle and top < height < bottom), default=0.0)


NO_RULES = PageRules()


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


def page_rows(letters: Iterable[PlacedText], rules: PageRules = NO_RULES) -> list[PageRow]:
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
    across = rules.across(_middle(row))
    groups: list[list[PlacedText]] = []
    texts: list[str] = []
    blank, before = False, 0.0
    for letter in row:
        if not letter.text.strip():
            blank = True
            continue
        if groups and _is_drawn_again(groups[-1][-1], letter):
            continue
        apart = letter.left - before > _GAP * height or any(before - slack <= at <= letter.left + slack for at in across)
        if not groups or apart:
            groups.append([letter])
            texts.append(letter.text)
        else:
            groups[-1].append(letter)
            texts[-1] += (" " if blank or letter.left - before > _BLANK * height else "") + letter.text
        blank, before = False, max(letter.right, before)
    return [_joined(group, text) for group, text in zip(groups, texts, strict=True)]


def _is_drawn_again(before: PlacedText, letter: PlacedText) -> bool:
    """Whether a letter is the one before it once more, a little aside: so some programs make letters bold."""
    return letter.text == before.text and letter.left - before.left < 0.3 * (before.right - before.left)


def _joined(group: Sequence[PlacedText], text: str) -> PlacedText:
    edges = (min(each.left for each in group), max(each.right for each in group), min(each.top for each in group), max(each.bottom for each in group))
    return PlacedText(tidy(text), *edges)
