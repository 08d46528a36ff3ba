"""
What a number format shows in the place of a number or a text: 15000 as 1.5万元, 0.978 as 97.8%, the text 5 as 5亿元.

A format may divide by thousands, set a point between the digits, and write a unit behind them; then the screen shows
another number than the cell holds.  Shown here are all digits of the number, not only those that the format leaves.
Texts have a section of their own, the fourth, or the last one where it holds the sign @.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kpi.workbook.process.wire import BLANK, SHOWN

PERCENT = "0%"
_SECTIONS = 4  # for numbers above, below and equal to nought, and for texts
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<space>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<power>E[+-])|(?P<digits>[0#?]+)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)", re.ASCII)
_PRINTED = re.compile(r"(?P<before>[^\d,.]*)(?P<digits>\d+(?:,\d+)*(?:\.\d+)?)(?P<after>[^\d,.]*)", re.ASCII)
_OF_TIME = re.compile(r"[ymdhsbge]", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_IDLE = "￥¥:：'\"\xa0\u2002\u2003\u2009\u202f\u3000 \t"  # our own currency and blanks, at the outside of what stands beside a number
_BRACKETS = "()（）"
_OPEN, _CLOSED = re.compile("[(（]"), re.compile("[)）]")
_MINUS = re.compile("[-−‐–—－负]")


@dataclass
class _Section:
    """One part of a format: what it does to the numbers it is for."""

    condition: tuple[str, Decimal] | None = None
    percent: bool = False
    power: int = 0  # it shows a number so many powers of ten smaller
    before: str = ""
    after: str = ""
    digits: bool = False  # the number itself is shown
    other: bool = False  # it shows dates, fractions or powers of ten: it is left as it is
    broken: bool = False  # words or digits of its own stand between the digits
    unsigned: bool = False  # it is for negative numbers alone and writes no minus but its own

    def show(self, number: Decimal) -> str:
        """How a number looks; nothing where it looks like itself."""
        if self.other:
            return ""
        percent = "%" if self.percent else ""
        if not self.digits:
            words = _words(self.before + self.after, number)
            return words if words or not number else (self.before + self.after).strip() or BLANK
        if self.broken:
            return f"{_words(self.before, number)}…{_words(self.after, number)}"
        return _beside(self.before, number.scaleb(-self.power), percent + self.after, number, signed=not self.unsigned, same=percent)


def _beside(before: str, seen: Decimal, after: str, number: Decimal, *, signed: bool, same: str = "") -> str:
    """
    A number with the words on both sides of it, and with the signs where they are not its own.

    Args:
        before: What stands before the digits.
        seen: The digits and the sign of the number.
        after: What stands behind them.
        number: The number itself.
        signed: Whether a minus is shown for a negative number besides those in the words.
        same: What stands behind the digits of a number that looks like itself.

    Returns:
        Nothing where it looks like itself.

    """
    minus = bool(_MINUS.search(before + after.strip())) or _encloses(before, after)
    automatic = number < 0 and signed
    if number and ((minus + automatic != (number < 0)) or (number < 0 and "+" in before)):
        return f"{'-' if automatic else ''}{before.strip(_IDLE)}{_plain(abs(seen))}{after.strip(_IDLE)}"
    before, after = _words(before, number).removesuffix("+"), _words(after, number)
    return f"{before}{_plain(seen)}{after}" if seen != number or before or after != same else ""


def _encloses(before: str, after: str) -> bool:
    """Whether a bracket opens before a number or closes behind it: (125), but not 125（万元）."""
    return len(_OPEN.findall(before)) > len(_CLOSED.findall(before)) or len(_CLOSED.findall(after)) > len(_OPEN.findall(after))


def shows_other_text(code: str) -> bool:
    """Whether a text under a format looks like another than it is."""
    return text_in_format("字", code) != "s字"


@lru_cache(maxsize=1_024)
def is_telling(code: str) -> bool:
    """Whether numbers or texts under a format may look like others than they are."""
    if shows_other_text(code):
        return True
    limits = {section.condition[1] for section in _sections(code) if section.condition}
    tried = {limit + step for limit in (Decimal(), *limits) for step in (-1, 0, 1)}
    return any(in_format(_plain(number), code) != f"n{_plain(number)}" for number in tried)


def in_format(number: str, code: str) -> str:
    """Kind and text of a number under a format, with how it is shown where that is something else."""
    value = Decimal(number)
    section = _chosen(_sections(code), value)
    if section is None:
        return f"n{number}"
    if section.percent and not section.other:
        value = value.scaleb(2)
        number = f"{_plain(value)}%"
    shown = section.show(value)
    return f"n{number}{SHOWN}{shown}" if shown else f"n{number}"


def text_in_format(text: str, code: str) -> str:
    """Kind and text of a text under a format: what is shown for it, and where that is nothing the text itself with a word that says so."""
    section = _text_section(code)
    if section is None or not text.strip():
        return f"s{text}"
    shown = "".join(text if (kind, sign) == ("sign", "@") else _literal(kind, sign) for kind, sign in section).strip()
    return f"s{text}" if shown == text.strip() else f"s{shown}" if shown else f"s{text}{SHOWN}{BLANK}"


def as_printed(number: str, text: str) -> str:
    """Kind and text of a number that a file gives beside the text printed for it, rounded and with its unit: 15234 and 1.5万元."""
    match = _PRINTED.fullmatch(text.strip())
    value = Decimal(number)
    if match is None or not value:
        return f"n{number}"
    printed = Decimal(match["digits"].replace(",", ""))
    power = value.adjusted() - printed.adjusted() if printed else 0
    half = Decimal(5).scaleb(-1 - len(match["digits"].partition(".")[2]))
    fitting = next((near for near in (power, power + 1, power - 1) if abs(abs(value.scaleb(-near)) - printed) <= half), None)
    if fitting is None:
        return f"n{number}{SHOWN}{text.strip()}"
    shown = _beside(match["before"], value.scaleb(-fitting), match["after"], value, signed=False)
    return f"n{number}{SHOWN}{shown}" if shown else f"n{number}"


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> _Section | None:
    """The section for a number: by its condition, else by its sign; None where there is none, and the number looks like itself."""
    if not sections:
        return None
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
    """The sections for numbers."""
    parted = list(_parted(code))
    sections = tuple(_read(tokens) for tokens in (parted[:-1] if _is_for_texts(parted) else parted))
    plain = not any(section.condition for section in sections)
    positives = False  # whether an earlier section takes them
    for index, section in enumerate(sections):
        match section.condition:
            case None:
                section.unsigned = index == 1 if plain else positives
            case sign, limit:
                section.unsigned = sign in ("<", "<=", "=") and (limit < 0 or (sign == "<" and not limit))
                positives |= sign in (">", ">=") and not limit
    return sections


@lru_cache(maxsize=1_024)
def _text_section(code: str) -> tuple[tuple[str, str], ...] | None:
    """The tokens of the section for texts; None where the format has none."""
    parted = list(_parted(code))
    return tuple(parted[-1]) if _is_for_texts(parted) else None


def _is_for_texts(parted: Sequence[Sequence[tuple[str, str]]]) -> bool:
    """Whether the last of some sections is for texts."""
    return len(parted) == _SECTIONS or (len(parted) < _SECTIONS and ("sign", "@") in parted[-1])


def _literal(kind: str, sign: str) -> str:
    """What a token shows beside a text."""
    if kind == "space":
        return sign[1:] if sign[0] == "*" else ""
    if kind == "bracket":
        return sign[1:].partition("-")[0] if sign.startswith("$") else ""
    return sign


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
        elif kind != "space" or (text[0] == "*" and text[1:].strip()):  # a sign that fills the cell is seen, a blank is not
            text = text[1:] if kind == "space" else text
            if begun and at < last:
                dotted, section.broken = dotted or text == ".", section.broken or (text != "." and bool(text.strip(_IDLE)))
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


def _words(text: str, number: Decimal) -> str:
    """What a text beside a number says beyond our own currency, blanks, brackets and the sign that the number has itself."""
    plain = _MINUS.sub("", text) if number <= 0 else text
    return plain.strip(_IDLE + _BRACKETS)


def _plain(number: Decimal) -> str:
    """A number without an exponent and without idle zeros."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
