"""
Times as people abbreviate them in titles and names, written out: H1 as 上半年, 22.12 as 2022年12月, 前11个月 as 1-11月.

Titles, names of sheets and of files alone are read so; over a column or before a row 22.1 may be the number of an item.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from kpi.workbook.naming import DASHES
from kpi.workbook.signs import clean

_HALF = re.compile(r"(?<![上下])半年度?(?!报)|(?<=20\d\d)半年度?|(?<=年)半年度?")  # 统计半年报表 says how often, 2023年半年报 which half
_SPOKEN = "〇一二三四五六七八九"
_DIGITS = dict(zip(_SPOKEN, "0123456789", strict=True)) | {"零": "0", "○": "0"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMES = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DASH = f"[{DASHES}]"
_FREE, _END = r"(?<![a-z0-9.])", r"(?![a-z0-9])"  # no part of a word, a code or a number: H7N9, GB2762
_YEAR = r"(?:(?:20)?(2\d)年?[-_. ']{0,2})?"
_YEAR_BEHIND = r"(?:[-_. ,']{0,2}(?:20)?(2\d)(?![\d.]))?"
_BEHIND_MONTH = r"(?=$|[\s()_-]|月|累计|情况|数据?|报|表|统计|汇总)"  # M12螺栓 is a bolt
_SIZED = "万亿千百个元户家件次项倍号批份页"


def _dated(behind: str) -> Callable[[re.Match[str]], str]:
    """What writes out a match whose groups are a year, the number of what is counted, and a year that may stand behind it."""

    def written(match: re.Match[str]) -> str:
        return f"{_of(match['before'] or match['after'])}{behind.format(match['number'])}"

    return written


def _pattern(before: str, number: str, after: str = "", end: str = _END) -> re.Pattern[str]:
    years = [_YEAR.replace("(2", "(?P<before>2"), _YEAR_BEHIND.replace("(2", "(?P<after>2")]
    return re.compile(f"{_FREE}{years[0]}{before}(?P<number>{number}){after}{years[1]}{end}", re.IGNORECASE | re.ASCII)


def _half(match: re.Match[str]) -> str:
    return _dated({"1": "上半年", "2": "下半年"}[match["number"]])(match)


def _day(match: re.Match[str]) -> str:
    """A day without a year; the last one of a month is the day that figures run to."""
    month, day = int(match[1]), int(match[2] or match[3])
    return f"{'截至' if day >= _LAST[month - 1] else ''}{month}月{day}日"


def _month(match: re.Match[str]) -> str:
    return f"{_of(match['before'] or match['after'])}{_MONTHS.index(match['number'][:3].casefold()) + 1}月"


def _spoken(number: str) -> int:
    """A number from two to twelve: 十一, 两, 11."""
    if number.isdecimal():
        return int(number)
    return 10 * number.startswith("十") + max(_SPOKEN.find(number[-1].replace("两", "二")), 0)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_HALF, lambda _: "上半年"),
    (_pattern("h", "[12]"), _half),
    (_pattern("", "[12]", "h"), _half),
    (_pattern("q", "[1-4]"), _dated("第{}季度")),
    (_pattern("", "[1-4]", "q"), _dated("第{}季度")),
    (re.compile(rf"{_FREE}{_YEAR}m0?1{_DASH}m?(0?[1-9]|1[0-2])(?!\d)", re.IGNORECASE | re.ASCII), lambda match: f"{_of(match[1])}1-{int(match[2])}月"),
    (_pattern("m", "1[0-2]|0?[1-9]", end=_BEHIND_MONTH), _dated("{}月")),
    (_pattern("w", "[1-5]?[0-9]"), _dated("第{}周")),
    (re.compile(rf"{_FREE}fy[-_ ']?(?:20)?(2\d){_END}", re.IGNORECASE | re.ASCII), lambda match: f"20{match[1]}年度"),
    (_pattern("", _NAMES, r"\.?"), _month),
    (
        re.compile(rf"(?<![\d./表件第号-])(2\d)([./-])(1[0-2]|0?[1-9])(?![\d./%‰{_SIZED}-])", re.ASCII),
        lambda match: f"20{match[1]}年{int(match[3])}月",
    ),
    (re.compile(r"^(1[0-2]|0?[1-9])(?:[./](3[01]|[12]\d|0[1-9])|月(\d{1,2})日)$", re.ASCII), _day),
    (re.compile(r"[前头](1[0-2]|[2-9]|十[一二]?|[二两三四五六七八九])个?月(?!前|后)"), lambda match: f"1-{_spoken(match[1])}月"),
    (
        re.compile("(?<![〇零○一二三四五六七八九])二[〇零○]([〇零○一二三四五六七八九]{2})(?![〇零○一二三四五六七八九年])"),
        lambda match: f"20{_figures(match[1])}年",
    ),
)


def _of(year: str | None) -> str:
    return f"20{year}年" if year else ""


def _figures(spoken: str) -> str:
    return "".join(_DIGITS[sign] for sign in spoken)


@lru_cache(maxsize=4_096)
def written_out(text: str) -> str:
    """A title or a name in half width, with the times in it written out."""
    plain = clean(text)
    for pattern, written in _RULES:
        plain = pattern.sub(written, plain)
    return plain
