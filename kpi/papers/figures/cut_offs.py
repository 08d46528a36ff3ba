"""
The day to which the figures of a text run.

A day that is stated (截至11月23日, 1—10月, 上半年) holds for its sentence and goes on in the sentences behind it, until another time is
named, a sentence without a figure opens another matter, or the paragraph ends.  What is true of all else is the day of the whole text.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpi.papers.figures.text_figure import CutOffBasis

_YEAR = r"(?:(?:19|20)\d\d\s*年(?:度)?\s*)"
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_UNTIL = r"(?:截[至止](?:到)?|(?<![一-龥])(?:到|至))\s*"
_TIMES = re.compile(
    rf"(?P<now>截[至止](?:到)?\s*(?:目前|日前|今|当前|现在|发稿|本月|(?:今|本)年)|(?:迄今|目前为止))"
    rf"|{_UNTIL}{_YEAR}?(?P<month>\d{{1,2}})\s*月(?:份)?\s*(?:(?P<day>\d{{1,2}})\s*[日号]?|底|末|份)?"
    rf"|{_UNTIL}(?P<end_year>(?:19|20)\d\d)\s*年(?:底|末)"
    rf"|{_UNTIL}(?P<full>(?:19|20)\d\d)[-./](?P<full_month>\d{{1,2}})[-./](?P<full_day>\d{{1,2}})"
    rf"|{_YEAR}?(?<!\d)1\s*月?(?:1\s*日)?\s*[-—–~～至到]\s*(?P<last>\d{{1,2}})\s*月(?:份)?(?:\s*(?P<last_day>\d{{1,2}})\s*[日号])?"
    rf"|{_YEAR}?(?P<half>上半年|下半年|前三季度|前两季度|前二季度|(?:第)?(?P<quarter>[一二三四1234])\s*季度)(?!目标|计划|任务)"
    rf"|{_YEAR}?(?P<first_months>前\s*(?P<count>\d{{1,2}})\s*个月)"
    rf"|(?<![\d\-—–~至到、])(?:{_YEAR}|(?P<this>今年|本年)\s*)?(?P<alone>\d{{1,2}})\s*月(?:份|底|末)?(?=[，,]|全[区市县省局]|我[区市县局]|辖区|共|累计|新)"
    rf"|(?P<whole>全年|今年以来|本年度|年初以来|今年)"
)
_STOP = re.compile(r"[。！？!?；;\n]")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
_COMPARING = ("比", "较")  # 较2024年一季度的250件 names the day of that figure alone
_OF_IT = ("", "的", "同期的", "末的", "底的", "（", "的（", "末（", "底（", "同期（")
_TOPIC = 30  # signs of a sentence that opens another matter


@dataclass(frozen=True, slots=True)
class DatedStretch:
    """Signs of a text for which one day holds."""

    start: int
    end: int
    as_of: date | None
    basis: CutOffBasis


def cut_offs(text: str, counted: list[int], year: int | None, default: date | None) -> tuple[DatedStretch, ...]:
    """
    The days of an even text, as stretches that follow each other.

    Args:
        text: The text of a passage.
        counted: Where its figures begin.
        year: The year of the document, for days that name none.
        default: The day of the whole text.

    """
    stretches: list[DatedStretch] = []
    now: date | None = None
    for sentence in _SENTENCE.finditer(text):
        begin, end = sentence.span()
        if begin == end:
            continue
        times = [(match.start(), _day(match, year)) for match in _TIMES.finditer(text, begin, end) if text[match.start() - 1 : match.start()] not in _COMPARING]
        if not times and bisect_left(counted, begin) == bisect_left(counted, end) and len(sentence[0].strip()) <= _TOPIC:
            now = None
        place, basis = begin, CutOffBasis.INHERITED
        for where, day in times:
            stretches.append(DatedStretch(place, where, now or default, basis if now else CutOffBasis.DEFAULT))
            now, place, basis = day, where, CutOffBasis.STATED
        stretches.append(DatedStretch(place, end, now or default, basis if now else CutOffBasis.DEFAULT))
    return tuple(stretches)


def compared_day(before: str, year: int | None) -> date | None:
    """The day that the words before a figure name as the one it is compared by: 较2024年一季度的; None where they name none."""
    for match in _TIMES.finditer(before):
        if before[match.start() - 1 : match.start()] in _COMPARING and match.start() and before[match.end() :].strip() in _OF_IT:
            return _day(match, year)
    return None


def stated_days(text: str, year: int | None) -> Iterator[date]:
    """The days that an even text states as its cut-offs."""
    for match in _TIMES.finditer(text):
        day = _day(match, year)
        if day is not None:
            yield day


def _day(match: re.Match[str], year: int | None) -> date | None:
    """The day of a time; None of one that is that of the whole text."""
    groups = match.groupdict()
    if groups["full"]:
        return _date(int(groups["full"]), int(groups["full_month"]), int(groups["full_day"]))
    if groups["end_year"]:
        return date(int(groups["end_year"]), 12, 31)
    written = re.search(r"(?:19|20)\d\d(?=\s*年)", match[0])
    own = int(written[0]) if written else year
    if own is None or groups["now"] or groups["whole"]:
        return None
    if groups["half"]:
        return _date(own, _last_month(groups["half"], groups["quarter"]), None)
    if groups["count"]:
        return _date(own, int(groups["count"]), None)
    month = groups["month"] or groups["last"] or groups["alone"]
    day = groups["day"] or groups["last_day"]
    return _date(own, int(month), int(day) if day else None)


def _last_month(half: str, quarter: str | None) -> int:
    if quarter:
        return 3 * _NUMERALS[quarter]
    return {"上半年": 6, "前两季度": 6, "前二季度": 6, "前三季度": 9}.get(half, 12)


def _date(year: int, month: int, day: int | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(day, last) if day else last)
