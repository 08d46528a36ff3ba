"""
What a cell of a web page holds, where Excel or a program that imitates it wrote the page.

Beside the text that is shown such a cell has the number it stands for (``x:num="0.97788"`` shown as 97.8%) and a number
format, in its own style or by a class.  The number is what Excel keeps when it opens the page.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

import xlrd

from kpi.workbook.process.child.number_format import PERCENT, as_printed, in_format, is_telling
from kpi.workbook.process.child.raw_sheet import as_written, number, typed

_MOST_KNOWN = 1_000  # pairs of a style and a class
_RULE = re.compile(r"([^{}]{1,200})\{([^{}]{0,4000})\}")
_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^;\"']+)", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)")
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{4}) ?|(.))", re.DOTALL)
_NAMED = {"percent": "0.00%", "general": "", "text": "@", "short date": "yyyy/m/d", "medium date": "d-mmm-yy", "long date": "yyyy/m/d", "fixed": "0.00"}
_LITERAL = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]|_.|\*.')
_EXACT = re.compile(r"[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?", re.ASCII)
_FIGURE = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?", re.ASCII)


class Formats:
    """The number formats that the style sheets of a page give its classes."""

    def __init__(self, sheets: str) -> None:
        self._codes: dict[str, str] = {}
        self._known: dict[tuple[str | None, str | None], str] = {}
        for selectors, body in _RULE.findall(sheets) if "mso-number-format" in sheets else ():
            if (code := _code(body)) is not None:
                self._codes |= dict.fromkeys(_CLASS.findall(selectors), code)

    def of(self, attributes: Mapping[str, str | None]) -> str:
        """The number format of a cell, as Excel writes it; empty where there is none."""
        attributes_of_style = attributes.get("style"), attributes.get("class")
        if attributes_of_style not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[attributes_of_style] = self._own_code(*attributes_of_style)
        return self._known[attributes_of_style]

    def _own_code(self, style: str | None, classes: str | None) -> str:
        own = _code(style or "")
        return own if own is not None else next((self._codes[name] for name in (classes or "").split() if name in self._codes), "")


def _code(style: str) -> str | None:
    match = _FORMAT.search(style)
    if match is None:
        return None
    written = match[1].strip().strip("\"'")
    plain = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else escape[2], written)
    return _NAMED.get(plain.lower(), plain)


def content(shown: str, attributes: Mapping[str, str | None], formats: Formats) -> str:
    """
    Kind and text of a cell.

    Args:
        shown: The text that is shown.
        attributes: Those of its tag, as the page spells them in small letters.
        formats: The number formats of the page.

    """
    if not attributes:
        return typed(shown)
    if error := attributes.get("x:err"):
        return typed(error)
    exact = (attributes.get("x:num") or "").strip()
    if "x:str" in attributes or not _EXACT.fullmatch(exact):
        return typed(shown)
    return _exact(float(exact), shown, formats.of(attributes))


def _exact(value: float, shown: str, code: str) -> str:
    """The number of a cell as its format shows it; a day where it is one."""
    if _is_date(code):
        try:
            return as_written(xlrd.xldate.xldate_as_datetime(value, 0))
        except (OverflowError, ValueError):
            return typed(shown)
    written = number(value)
    if written[:1] != "n":
        return typed(shown)
    if shown == written[1:] and not code:
        return written
    if code and is_telling(code):
        return in_format(written[1:], code)
    match = _FIGURE.search(shown)
    if match is None:  # a day, or a word for the number, and no format that would say which
        return typed(shown) if shown.strip() else written
    figure = Decimal(match[0].replace(",", "").replace("−", "-"))
    half = Decimal(5).scaleb(min(int(figure.as_tuple().exponent), 0) - 1)
    if shown.rstrip().endswith("%") and abs(Decimal(written[1:]) * 100 - figure) <= half:
        return in_format(written[1:], PERCENT)
    return as_printed(written[1:], shown)


@lru_cache(maxsize=1_024)
def _is_date(code: str) -> bool:
    plain = _LITERAL.sub("", code).lower()
    return any(sign in plain for sign in "ymd") and "0" not in plain and "#" not in plain
