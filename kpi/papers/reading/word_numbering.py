"""
The automatic numbers of a Word document: 一、 (二) 1. as they are shown, which stand in no paragraph's text.

A paragraph belongs to a list by its own properties or by its style; each list counts by its levels, a level begins again below a higher one
(ISO/IEC 29500-1, 17.9).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from kpi.papers.reading.word_names import W
from kpi.papers.reading.word_package import WordPackage

_DIGITS = "零一二三四五六七八九"
_LEVELS = 9


def in_chinese(number: int) -> str:
    """A number as a list counts in Chinese: 十, 十一, 二十, 一百零三; digits from ten thousand on."""
    if not 0 < number < 10_000:
        return str(number)
    words, zero = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + sign
            zero = False
        elif words:
            zero = True
    return words.removeprefix("一") if 10 <= number < 20 else words


def _roman(number: int) -> str:
    signs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    words = ""
    for size, sign in signs:
        words += sign * (number // size)
        number %= size
    return words


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "chineseCounting": in_chinese,
    "chineseCountingThousand": in_chinese,
    "japaneseCounting": in_chinese,
    "taiwaneseCountingThousand": in_chinese,
    "chineseLegalSimplified": lambda number: in_chinese(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")),
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "bullet": lambda _: "",
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool


class WordNumbering:
    """The lists of a document; ask for the numbers of its paragraphs in their order, for each counts on."""

    def __init__(self, package: WordPackage, styles: "WordStyles") -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._reached: dict[str, list[int | None]] = {}
        for name in package.beside("numbering"):
            root = package.part(name)
            if root is not None:
                self._read(root)

    def number_of(self, paragraph: etree._Element) -> str:
        """The number that is shown before a paragraph; nothing where it is in no list."""
        found = self._styles.list_of(paragraph)
        if found is None or found[0] not in self._lists:
            return ""
        instance, level = found
        shared = self._lists[instance]
        levels = self._levels.get(shared, {})
        if level not in levels:
            return ""
        reached = self._reached.setdefault(shared, [None] * _LEVELS)
        start = self._starts.pop((instance, level), None)
        former = reached[level]
        if start is not None:
            reached[level] = start
        else:
            reached[level] = levels[level].start if former is None else former + 1
        reached[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._shown(levels, level, reached)

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
            return _FORMATS.get(form, str)(number or 0)

        return re.sub(r"%([1-9])", part, own.text)

    def _read(self, root: etree._Element) -> None:
        for shared in root.iter(f"{W}abstractNum"):
            key = shared.get(f"{W}abstractNumId", "")
            self._levels[key] = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in shared.iter(f"{W}lvl")}
        for instance in root.iter(f"{W}num"):
            number, shared_id = instance.get(f"{W}numId", ""), instance.find(f"{W}abstractNumId")
            if shared_id is None:
                continue
            self._lists[number] = shared_id.get(f"{W}val", "")
            for override in instance.iter(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._starts[number, int(override.get(f"{W}ilvl", "0"))] = _whole(start.get(f"{W}val"), 1)


def _level(level: etree._Element) -> _Level:
    def value(name: str, otherwise: str) -> str:
        child = level.find(f"{W}{name}")
        return otherwise if child is None else child.get(f"{W}val", otherwise)

    return _Level(_whole(value("start", "1"), 1), value("numFmt", "decimal"), value("lvlText", ""), level.find(f"{W}isLgl") is not None)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise


class WordStyles:
    """What the styles of a document say of its paragraphs: which list they belong to, and which are headings."""

    def __init__(self, package: WordPackage) -> None:
        self._styles: dict[str, etree._Element] = {}
        for name in package.beside("styles"):
            root = package.part(name)
            if root is not None:
                self._styles |= {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}

    def list_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and the level, from 0, that a paragraph belongs to."""
        number: str | None = None
        level: int | None = None
        for properties in self._properties(paragraph):
            numbering = properties.find(f"{W}numPr")
            if numbering is None:
                continue
            own, deep = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
            number = number if number is not None or own is None else own.get(f"{W}val", "")
            level = level if level is not None or deep is None else _whole(deep.get(f"{W}val"), 0)
            if number is not None:
                break
        return None if number in (None, "", "0") or number is None else (number, min(level or 0, _LEVELS - 1))

    def heading_of(self, paragraph: etree._Element) -> int:
        """The level of the heading that a paragraph is, 0 of text."""
        for properties in self._properties(paragraph):
            outline = properties.find(f"{W}outlineLvl")
            if outline is not None:
                level = _whole(outline.get(f"{W}val"), 9)
                return level + 1 if level < _LEVELS else 0
        return 0

    def _properties(self, paragraph: etree._Element) -> list[etree._Element]:
        """The properties of a paragraph, its own first, then those of its style and of what that is based on."""
        listed: list[etree._Element] = []
        own = paragraph.find(f"{W}pPr")
        name: str | None = None
        if own is not None:
            listed.append(own)
            style = own.find(f"{W}pStyle")
            name = None if style is None else style.get(f"{W}val")
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            properties = self._styles[name].find(f"{W}pPr")
            if properties is not None:
                listed.append(properties)
            base = self._styles[name].find(f"{W}basedOn")
            name = None if base is None else base.get(f"{W}val")
        return listed
