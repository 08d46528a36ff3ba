"""
What a number format shows in the place of a number: 15000 as 1.5万元, 0.978 as 97.8%.

A format may divide by thousands, set a point between the digits, and write a unit behind them; then the screen shows
another number than the cell holds.  Shown here are all digits of the number, not only those that the format leaves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kpi.workbook.frame import SHOWN

PERCENT = "0%"
BLANK = "空白"  # shown for a number by a format that shows nothing
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<space>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<power>E[+-])|(?P<digits>[0#?]+)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)", re.ASCII)
_PRINTED = re.compile(r"(?P<before>[^\d,.]*)(?P<digits>\d+(?:,\d+)*(?:\.\d+)?)(?P<after>[^\d,.]*)", re.ASCII)
_OF_TIME = re.compile(r"[ymdhsbge]", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_BUSY = "￥¥$€£()（）+-:：_* '"


@dataclass
class _Section:
    """One part of a format: what it does to the numbers it is for."""

    condition: tuple[str, Decimal] | None = None
    percent: bool = False
    power: int = 0  # it shows a number so many powers of ten smaller
    before: str = ""
    after: str = ""
    digits: bool = False  # the number itself is shown
    other: bool = False  # it shows dates, fractions, powers of ten or text: nothing is said of it
    broken: bool = False  # words or digits of its own stand between the digits

    @property
    def telling(self) -> bool:
        """Whether it shows something else than the plain number."""
        words = bool(_words(self.before) or _words(self.after))
        return not self.other and (self.percent or bool(self.power) or words or self.broken or not (self.digits or self.before or self.after))

    def show(self, number: Decimal) -> str:
        """How a number looks; nothing where it looks like itself."""
        before, after = _words(self.before), _words(self.after)
        if self.other or self.percent:
            return ""
        if not self.digits:
            return before + after or (BLANK if number and not (self.before or self.after) else "")
        if self.broken:
            return f"{before}…{after}"
        return f"{before}{_plain(number.scaleb(-self.power))}{after}" if self.power or before or after else ""


@lru_cache(maxsize=1_024)
def is_telling(code: str) -> bool:
    """Whether numbers under a format may look like others than they are."""
    return any(section.telling for section in _sections(code))


def in_format(number: str, code: str) -> str:
    """Kind and text of a number under a format, with how it is shown where that is something else."""
    value = Decimal(number)
    section = _chosen(_sections(code), value)
    if section is None:
        return f"n{number}"
    if section.percent and not section.other:
        return f"n{_plain(value.scaleb(2))}%"
    shown = section.show(value)
    return f"n{number}{SHOWN}{shown}" if shown else f"n{number}"


def as_printed(number: str, text: str) -> str:
    """Kind and text of a number that a file gives beside the text printed for it, rounded and with its unit: 15234 and 1.5万元."""
    match = _PRINTED.fullmatch(text.strip())
    value = Decimal(number)
    if match is None or not value:
        return f"n{number}"
    before, after, printed = _words(match["before"]), _words(match["after"]), Decimal(match["digits"].replace(",", ""))
    power = value.adjusted() - printed.adjusted() if printed else 0
    half = Decimal(5).scaleb(-1 - len(match["digits"].partition(".")[2]))
    fitting = next((near for near in (power, power + 1, power - 1) if abs(abs(value.scaleb(-near)) - printed) <= half), None)
    if fitting is None:
        return f"n{number}{SHOWN}{text.strip()}"
    return f"n{number}{SHOWN}{before}{_plain(value.scaleb(-fitting))}{after}" if fitting or before or after else f"n{number}"


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> _Section | None:
    """The section for a number: by its condition, else by its sign."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _holds(number, *section.condition):
                return section
        return None
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if not number and len(sections) > 2 else sections[0]


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {"<": number < limit, ">": number > limit, "=": number == limit, "<=": number <= limit, ">=": number >= limit, "<>": number != limit}[sign]


@lru_cache(maxsize=1_024)
def _sections(code: str) -> tuple[_Section, ...]:
    return tuple(_read(tokens) for tokens in _parted(code))


def _parted(code: str) -> Iterator[list[tuple[str, str]]]:
    """The tokens of each section: what kind of token, and its text."""
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        if kind == "sign" and match[0] == ";":
            yield tokens
            tokens = []
        else:
            tokens.append((kind, match[kind]))
    yield tokens


def _read(tokens: list[tuple[str, str]]) -> _Section:
    section = _Section()
    last = max((at for at, (kind, _) in enumerate(tokens) if kind in ("digits", "general")), default=-1)
    section.digits = last >= 0
    begun = pointed = dotted = False
    commas = 0
    for at, (kind, text) in enumerate(tokens):
        if kind in ("digits", "general"):
            if begun and not pointed:
                commas = 0  # between digits a comma parts thousands
            begun = True
            section.power += len(text) if dotted and not pointed and kind == "digits" else 0
        elif kind == "sign" and text == "," and begun:
            commas += 1
        elif kind == "sign" and text == "." and begun:
            section.power, commas, pointed = section.power + 3 * commas, 0, True
        elif kind == "sign" and text == "%":
            section.percent = True
        elif kind == "power" or (kind == "sign" and (text in "@/" or _OF_TIME.match(text))):
            section.other = True
        elif kind == "bracket":
            _bracket(section, text, begun=begun)
        elif kind != "space":
            if begun and at < last:
                dotted, section.broken = dotted or text == ".", section.broken or (text != "." and bool(_words(text)))
            elif begun:
                section.after += text
            else:
                section.before += text
    section.power += 3 * commas
    section.broken |= any(sign.isdigit() for sign in section.before + section.after)
    return section


def _bracket(section: _Section, text: str, *, begun: bool) -> None:
    """A condition, a currency, or something that changes the look only."""
    if condition := _CONDITION.fullmatch(text):
        section.condition = (condition[1], Decimal(condition[2]))
    elif text.startswith("$"):
        sign = text[1:].partition("-")[0]
        section.after, section.before = section.after + sign * begun, section.before + sign * (not begun)
    elif _ELAPSED.fullmatch(text):
        section.other = True


def _words(text: str) -> str:
    """What a text says beyond currency and punctuation."""
    return text.strip(_BUSY) if any(sign.isalnum() or sign in "%‰" for sign in text) else ""


def _plain(number: Decimal) -> str:
    """A number without an exponent and without idle zeros."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
