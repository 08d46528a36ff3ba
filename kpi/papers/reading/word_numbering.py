"""
The automatic numbers of a Word document: 一、 (二) 1. as they are shown, which stand in no paragraph's text.

A paragraph belongs to a list by its own properties or by its style; each list counts by its levels, a level begins again below a higher one
(ISO/IEC 29500-1, 17.9).
"""

import re
from dataclasses import dataclass

from lxml import etree

from kpi.papers.reading.word_names import W
from kpi.papers.reading.word_number_signs import NUMBER_FORMATS
from kpi.papers.reading.word_package import WordPackage
from kpi.papers.reading.word_styles import LEVELS, WordStyles, whole


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool
    style: str
    restart: int  # the level, from 1, below which it begins again; 0: never


class WordNumbering:
    """The lists of a document; ask for the numbers of its paragraphs in their order, for each counts on."""

    def __init__(self, package: WordPackage, styles: WordStyles) -> None:
        self._styles = styles
        self._shared: dict[str, dict[int, _Level]] = {}  # the levels of each list that others share
        self._links: dict[str, str] = {}  # the style that one of them stands for
        self._lists: dict[str, str] = {}  # which of them a list shares
        self._own: dict[str, dict[int, _Level]] = {}  # the levels that a list has of its own
        self._starts: dict[tuple[str, int], int] = {}
        self._reached: dict[str, list[int | None]] = {}
        for name in package.beside("numbering"):
            root = package.part(name)
            if root is not None:
                self._read(root)

    def number_of(self, paragraph: etree._Element) -> str:
        """The number that is shown before a paragraph; nothing where it is in no list."""
        place = self._styles.list_of(paragraph)
        if place is None or place.number not in self._lists:
            return ""
        shared = self._resolved(self._lists[place.number])
        levels = self._shared.get(shared, {}) | self._own.get(place.number, {})
        level = place.level
        if level is None:
            level = next((at for at, about in levels.items() if place.style and about.style == place.style), 0)
        if level not in levels:
            return ""
        reached = self._reached.setdefault(shared, [None] * LEVELS)
        start, former = self._starts.pop((place.number, level), None), reached[level]
        if start is None:
            start = levels[level].start if former is None else former + 1
        reached[level] = start
        for below in range(level + 1, LEVELS):
            if below not in levels or levels[below].restart > level:
                reached[below] = None
        return self._shown(levels, level, reached)

    def _resolved(self, shared: str) -> str:
        """The list that has the levels: one may stand for a style, which names another."""
        style = self._links.get(shared)
        number = self._styles.list_of_style(style) if style else None
        return self._lists.get(number or "", shared)

    def _shown(self, levels: dict[int, _Level], level: int, reached: list[int | None]) -> str:
        own = levels[level]
        if own.form == "bullet":
            return ""

        def part(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            if which not in levels:
                return ""
            number = reached[which] if reached[which] is not None else levels[which].start
            form = "decimal" if own.legal and which != level else levels[which].form
            return NUMBER_FORMATS.get(form, str)(number or 0)

        return re.sub(r"%([1-9])", part, own.text)

    def _read(self, root: etree._Element) -> None:
        for shared in root.iter(f"{W}abstractNum"):
            key = shared.get(f"{W}abstractNumId", "")
            self._shared[key] = _levels(shared)
            link = shared.find(f"{W}numStyleLink")
            if link is not None:
                self._links[key] = link.get(f"{W}val", "")
        for instance in root.iter(f"{W}num"):
            number, shared_id = instance.get(f"{W}numId", ""), instance.find(f"{W}abstractNumId")
            if shared_id is None:
                continue
            self._lists[number] = shared_id.get(f"{W}val", "")
            self._own[number] = _levels(instance)
            for override in instance.iter(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._starts[number, whole(override.get(f"{W}ilvl"), 0)] = whole(start.get(f"{W}val"), 1)


def _levels(container: etree._Element) -> dict[int, _Level]:
    """The levels of a list by their number from 0."""
    return {deep: _level(level, deep) for level in container.iter(f"{W}lvl") if (deep := whole(level.get(f"{W}ilvl"), 0)) < LEVELS}


def _level(level: etree._Element, deep: int) -> _Level:
    def value(name: str, otherwise: str) -> str:
        child = level.find(f"{W}{name}")
        return otherwise if child is None else child.get(f"{W}val", otherwise)

    restart = whole(value("lvlRestart", str(deep)), deep)
    legal = level.find(f"{W}isLgl") is not None
    return _Level(whole(value("start", "1"), 1), value("numFmt", "decimal"), value("lvlText", ""), legal, value("pStyle", ""), restart)
