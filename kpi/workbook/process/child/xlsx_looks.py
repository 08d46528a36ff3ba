"""
How an .xlsx makes its cells look where that changes what they say.

A number format shows another number; a raised digit behind a number is a footnote mark, and what is struck out no longer
counts, be it the font of the cell or of a few signs of its text.
"""

import html
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree

from kpi.workbook.process.child.number_format import PERCENT, is_telling, shows_other_text
from kpi.workbook.signs import in_runs

BUILT_IN = {9: PERCENT, 10: "0.00%"}  # of the formats not written in the file, those that show another number
_ITEM = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r\b[^>]*>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>([^<]*)</")
_POSITION = re.compile(rb"""<(?:\w+:)?vertAlign\s+val=["'](\w+)["']""")
_STRIKE = re.compile(rb"""<(?:\w+:)?strike(?:\s+val=["'](?:1|true)["'])?\s*/>""")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
RICH = (b"vertAlign", b"strike")


@dataclass
class Details:
    """What the value reader does not tell of a sheet."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    marks: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, first column, last row, last column


@dataclass(frozen=True)
class Looks:
    """The looks of one workbook; styles and shared strings go by their numbers as the sheets write them."""

    formats: Mapping[bytes, str] = field(default_factory=dict)  # those that show another number or text
    struck: frozenset[bytes] = frozenset()
    rich: Mapping[bytes, str] = field(default_factory=dict)

    @cached_property
    def of_texts(self) -> bool:
        """Whether a format shows another text."""
        return any(map(shows_other_text, self.formats.values()))

    @cached_property
    def pattern(self) -> re.Pattern[bytes] | None:
        """What the XML of a cell with a look holds; None when there is none in the workbook."""
        styles = b"|".join(sorted({*self.formats, *self.struck}))
        strings = b"|".join(sorted(self.rich))
        parts = [b" s=[\"'](?:" + styles + b")[\"']"] * bool(styles) + [rb"<(?:\w+:)?v>(?:" + strings + b")<"] * bool(strings)
        return re.compile(b"|".join(parts)) if parts else None


def read_looks(container: zipfile.ZipFile) -> Looks:
    """The looks that the styles and the shared strings of a workbook give its cells."""
    names = {name.lower(): name for name in container.namelist()}
    formats, crossed = _styles(container.read(names["xl/styles.xml"])) if "xl/styles.xml" in names else ({}, frozenset())
    strings = container.read(names["xl/sharedstrings.xml"]) if "xl/sharedstrings.xml" in names else b""
    rich = {}
    if any(sign in strings for sign in RICH):
        texts = ((b"%d" % number, rich_text(match[1] or b"")) for number, match in enumerate(_ITEM.finditer(strings)))
        rich = {number: text for number, text in texts if text is not None}
    return Looks(formats, crossed, rich)


def rich_text(xml: bytes) -> str | None:
    """The text of its runs, raised and struck out as they are shown; None where none is, or all are raised alike."""
    runs = []
    for match in _RUN.finditer(xml):
        text = html.unescape("".join(part.decode("utf-8", "replace") for part in _TEXT.findall(match[1])))
        position = _POSITION.search(match[1])
        runs.append((_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text), position[1].decode() if position else "", bool(_STRIKE.search(match[1]))))
    positions = {position for text, position, _ in runs if text.strip()}
    if len(positions) < 2 and not any(crossed for _, _, crossed in runs):
        return None
    return in_runs(runs)


def _styles(xml: bytes) -> tuple[dict[bytes, str], frozenset[bytes]]:
    """The number formats that may show another number than the cell holds, and the styles that strike it out."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - this process may be lost
    known, formats, fonts, crossed = dict(BUILT_IN), {}, set(), set()
    for element in root:
        match element.tag.rpartition("}")[2]:
            case "numFmts":
                known |= {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in element}
            case "fonts":
                fonts = {index for index, font in enumerate(element) if any(_strikes(part) for part in font)}
            case "cellXfs":
                for index, item in enumerate(element):
                    code = known.get(int(item.get("numFmtId", "0")), "")
                    if code and is_telling(code):
                        formats[b"%d" % index] = code
                    if int(item.get("fontId", "0")) in fonts:
                        crossed.add(b"%d" % index)
    return formats, frozenset(crossed)


def _strikes(part: ElementTree.Element) -> bool:
    return part.tag.rpartition("}")[2] == "strike" and part.get("val", "1") in ("1", "true")
