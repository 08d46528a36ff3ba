r"""
Texts in cells, so that none is lost on the way through a workbook.

A backslash takes the meaning from the sign behind it: ``\、`` and ``\；`` part no list, ``\\`` is one backslash.  What a workbook
does not keep, signs of control and blanks at the ends, is its number (``\u000D``), and a text of no letters, which an empty cell
cannot tell from nothing at all, is ``\空``.  A backslash before any other sign stands for itself.
"""

import re
import unicodedata
from collections.abc import Iterable

EMPTY_TEXT = "\\空"
_PARTS = "、；"
_ESCAPE = re.compile(r"\\(?:(?P<part>[、；\\])|u(?P<number>[0-9A-Fa-f]{4}))")
_OF_A_WORKBOOK = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # how a workbook writes a sign by its number
_KEPT = "\n"
_LOST = {"Cc", "Cs", "Cn", "Zl", "Zp"}  # kinds of signs that programs drop or change
_ENDS = re.compile(r"^\s+|\s+$")


def escaped(text: str) -> str:
    """A text as its cell holds it."""
    return _by_number(text.replace("\\", "\\\\")) or EMPTY_TEXT


def unescaped(cell: str) -> str:
    """The text that a cell holds; blanks at its ends are nobody's intention."""
    plain = cell.strip()
    return "" if plain == EMPTY_TEXT else _ESCAPE.sub(_meant, plain)


def joined(texts: Iterable[str]) -> str:
    """Several texts as their cell holds them."""
    return "、".join(re.sub(f"[{_PARTS}]", r"\\\g<0>", escaped(text)) for text in texts)


def parted(cell: str) -> list[str]:
    """The several texts that a cell holds; nothing between two signs that part is no text."""
    texts, start = [], 0
    for match in re.finditer(rf"\\[\\{_PARTS}]|[{_PARTS}]", cell):
        if len(match[0]) == 1:
            texts.append(cell[start : match.start()])
            start = match.end()
    texts.append(cell[start:])
    return [unescaped(text) for text in texts if text.strip()]


def _meant(match: re.Match[str]) -> str:
    return match["part"] or chr(int(match["number"], 16))


def _by_number(text: str) -> str:
    """A text with the signs that a workbook would lose by their numbers."""
    if text.isprintable() and text == text.strip() and not _OF_A_WORKBOOK.search(text):  # as nearly all are
        return text
    text = _ENDS.sub(lambda ends: "".join(map(_number, ends[0])), _OF_A_WORKBOOK.sub(_number("_").replace("\\", r"\\"), text))
    return "".join(_number(sign) if sign != _KEPT and ord(sign) < 0x10000 and unicodedata.category(sign) in _LOST else sign for sign in text)


def _number(sign: str) -> str:
    return f"\\u{ord(sign):04X}"
