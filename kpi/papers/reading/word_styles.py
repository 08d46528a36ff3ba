"""What the styles of a Word document say of its paragraphs: which list they belong to, and which are headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kpi.papers.reading.word_names import W
from kpi.papers.reading.word_package import WordPackage

LEVELS = 9
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


def whole(text: str | None, otherwise: int) -> int:
    """A whole number as an attribute writes it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list that a paragraph belongs to and its level from 0; None where the list itself names the style that each level is for."""

    number: str
    level: int | None
    style: str


class WordStyles:
    """What the styles of a document say of its paragraphs: which list they belong to, and which are headings."""

    def __init__(self, package: WordPackage) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        for name in package.beside("styles"):
            root = package.part(name)
            if root is not None:
                self._styles |= {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        for name, style in self._styles.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = name

    def list_of(self, paragraph: etree._Element) -> ListPlace | None:
        """The place of a paragraph in a list."""
        level: int | None = None
        for style, properties in self._properties(paragraph):
            numbering = properties.find(f"{W}numPr")
            if numbering is None:
                continue
            own, deep = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
            if level is None and deep is not None:
                level = min(whole(deep.get(f"{W}val"), 0), LEVELS - 1)
            if own is not None:
                number = own.get(f"{W}val", "")
                return ListPlace(number, level, style) if number not in ("", "0") else None
        return None

    def list_of_style(self, name: str) -> str | None:
        """The number of the list that a style of lists stands for."""
        style = self._styles.get(name)
        number = None if style is None else style.find(f"{W}pPr/{W}numPr/{W}numId")
        return None if number is None else number.get(f"{W}val")

    def heading_of(self, paragraph: etree._Element) -> int:
        """The level of the heading that a paragraph is, 0 of text."""
        for style, properties in self._properties(paragraph):
            outline = properties.find(f"{W}outlineLvl")
            if outline is not None:
                level = whole(outline.get(f"{W}val"), 9)
                return level + 1 if level < LEVELS else 0
            name = self._styles[style].find(f"{W}name") if style else None
            if name is not None and (heading := _HEADING.fullmatch(name.get(f"{W}val", ""))):
                return int(heading[1])
        return 0

    def _properties(self, paragraph: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        """The properties of a paragraph, its own first, then those of its style and of what that is based on, each with the name of the style."""
        own = paragraph.find(f"{W}pPr")
        if own is not None:
            yield "", own
        style = None if own is None else own.find(f"{W}pStyle")
        name = self._default if style is None else style.get(f"{W}val")
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            properties = self._styles[name].find(f"{W}pPr")
            yield name, self._styles[name] if properties is None else properties
            base = self._styles[name].find(f"{W}basedOn")
            name = None if base is None else base.get(f"{W}val")
