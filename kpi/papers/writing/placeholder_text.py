"""
Placeholders in the XML of a Word file: found even where Word has split them over runs, replaced letter by letter, every other byte as it was.

A placeholder stands between two braces on each side: ``{{食品抽检合格率}}``.  It belongs to one paragraph; its value takes the look of its first letter.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

_W = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
_PARAGRAPHS, _TEXTS = ({f"{space} {name}" for space in _W} for name in ("p", "t"))
_PLACE = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝]+?)\s*(?:\}\}|｝｝)")


class UnreadablePartError(Exception):
    """A part is no XML that an office program writes."""


@dataclass(slots=True)
class _Text:
    """A stretch of letters in a part: where its bytes are, and the letters."""

    start: int
    end: int = 0
    letters: str = ""


@dataclass(slots=True)
class _Paragraphs:
    """The stretches of letters by paragraph, the inner ones apart from that which they stand in."""

    parser: expat.XMLParserType
    open: list[list[_Text]] = field(default_factory=list)
    closed: list[list[_Text]] = field(default_factory=list)
    text: _Text | None = None
    reading: bool = False

    def begin(self, name: str, _attributes: object) -> None:
        if name in _PARAGRAPHS:
            self.open.append([])
        self.reading = name in _TEXTS and bool(self.open)

    def letters(self, data: str) -> None:
        if self.reading:
            if self.text is None:
                self.text = _Text(self.parser.CurrentByteIndex)
            self.text.letters += data

    def end(self, name: str) -> None:
        if name in _TEXTS and self.text is not None:
            self.text.end = self.parser.CurrentByteIndex
            self.open[-1].append(self.text)
            self.text = None
        elif name in _PARAGRAPHS:
            self.closed.append(self.open.pop())
        self.reading = False


def placeholders(content: bytes) -> list[str]:
    """
    What stands in the placeholders of a part, in the order of reading.

    Raises:
        UnreadablePartError: It is no XML that an office program writes.

    """
    return [match[1] for paragraph in _paragraphs(content) for match in _PLACE.finditer("".join(text.letters for text in paragraph))]


def replaced(content: bytes, value_of: Callable[[str], str]) -> bytes:
    """
    A part with the values of its placeholders; where it has none, the same bytes.

    A word that stands before a placeholder and begins its value is written once: 同比{{…:同比}} becomes 同比上升….

    Raises:
        UnreadablePartError: It is no XML that an office program writes.

    """
    changed: list[tuple[_Text, str]] = []
    for paragraph in _paragraphs(content):
        whole = "".join(text.letters for text in paragraph)
        matches = list(_PLACE.finditer(whole))
        if not matches:
            continue
        start = 0
        for text in paragraph:
            end = start + len(text.letters)
            new, place = "", start
            for match in matches:
                if match.start() >= end or match.end() <= start:
                    continue
                new += whole[place : max(place, match.start())]
                new += _not_twice(whole[: match.start()], value_of(match[1])) if start <= match.start() < end else ""
                place = min(match.end(), end)
            new += whole[place:end]
            if new != text.letters:
                changed.append((text, new))
            start = end
    for text, new in sorted(changed, key=lambda change: -change[0].start):
        content = content[: text.start] + escape(new).encode() + content[text.end :]
    return content


def _not_twice(before: str, value: str) -> str:
    """A value without the word that it begins with and that stands before it already."""
    shared = (size for size in range(len(value), 1, -1) if value[:size].isalpha() and before.endswith(value[:size]))
    return value[next(shared, 0) :]


def _paragraphs(content: bytes) -> list[list[_Text]]:
    parser = expat.ParserCreate(namespace_separator=" ")
    paragraphs = _Paragraphs(parser)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = paragraphs.begin, paragraphs.end, paragraphs.letters
    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = _declared, _defined
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise UnreadablePartError from None
    return paragraphs.closed


def _declared(_version: str, encoding: str | None, _alone: int) -> None:
    """The bytes are counted as UTF-8, which office programs write."""
    if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
        raise UnreadablePartError


def _defined(*_: object) -> None:
    """No office program defines words of its own, which could unfold without end."""
    raise UnreadablePartError
