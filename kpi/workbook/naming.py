"""The keys by which two written names are the same: widths, blanks and brackets do not make a difference."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kpi.workbook.money import COINS, money_unit
from kpi.workbook.signs import IDLE, LONGEST, clean, unmarked

DASHES = "-‐‑–—―~～〜至到"  # between the first and the last of some months or years, as the inside of a class
_BLANK = re.compile(rf"[\s{IDLE}]+")
_BRACKETS = str.maketrans("[]{}【】〔〕《》〈〉「」『』", "()()()()()()()()")
_QUOTES = str.maketrans("", "", "\"'“”‘’、,，:：")
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTHS = re.compile(rf"(?<![\d一二三四五六七八九十.])(?:{_MONTH}(?:月份?)?[、,])+{_MONTH}月")
_NUMBERED = re.compile(r"^\d{1,2}[、,](?=20\d\d年|\d{1,2}月)", re.ASCII)
_UNITS = {
    "百分比": "%",
    "百分之": "%",
    "圆": "元",
    "m2": "平方米",
    "平米": "平方米",
    "m3": "立方米",
    "kg": "千克",
    "公斤": "千克",
    "t": "吨",
}


@lru_cache(maxsize=8_192)  # the same few thousand labels come back with every sheet
def name_key(text: str) -> str:
    """The key under which a label is looked up, of a very long one its beginning: 「数据 项（含“三小”）」 and 「数据项(含三小)」 are one."""
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    if "月" in plain:  # 1、2月 is not 12月, and 1、11月 the first item
        plain = _MONTHS.sub(lambda match: match[0] if match.start() == 0 and not _in_order(match[0]) else re.sub("[、,]", "和", match[0]), plain)
        plain = _NUMBERED.sub("", plain)
    return plain.translate(_BRACKETS).translate(_QUOTES).casefold()


def _in_order(months: str) -> bool:
    """Whether months in digits follow each other; those in words are a list, whichever they are."""
    numbers = [int(number) for number in re.findall(r"\d+", months)]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


def numbered(names: Iterable[str], longest: int = LONGEST) -> list[str]:
    """Names of at most so many signs, with a number behind those that are there already, in whatever letters: each is there once."""
    shown: list[str] = []
    taken: set[str] = set()
    for name in names:
        own, number = name[:longest], 1
        while own.casefold() in taken:
            number += 1
            own = f"{name[: longest - len(str(number))]}{number}"
        taken.add(own.casefold())
        shown.append(own)
    return shown


@lru_cache(maxsize=1_024)
def unit_key(text: str) -> str:
    """The key of a unit: 户（次） and 户次 are one."""
    plain = name_key(unmarked(clean(text))[0]).translate(str.maketrans("", "", "()"))
    money = money_unit(plain)
    return _UNITS.get(plain) or (money if money[-1:] in COINS else plain)
