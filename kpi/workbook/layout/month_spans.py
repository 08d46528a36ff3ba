"""
Which months a heading or a title speaks of: 11月, 2023年1—11月, 截至11月20日, 上半年, 第三季度.

A month alone and the months from January to it are different statements, and so are this year and last year; whatever
a text leaves open stays open here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kpi.period import Month
from kpi.workbook.naming import DASHES, name_key

_DIGITS = {sign: str(index) for index, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_SPOKEN_YEAR = re.compile(r"([二2])([〇零○0])([〇○零一二三四五六七八九]{2})(?=年)")
_SPOKEN_MONTH = re.compile(r"(?<![一二三四五六七八九十])(十[一二]?|[一二三四五六七八九])(?=月|[-—~至到]+(?:十[一二]?|[一二三四五六七八九])月)")
_SPOKEN_MONTHS = re.compile(r"[一二三四五六七八九十](?:(?:月份?)?[和与及]?[一二三四五六七八九十]){1,20}(?=月)")
_SPOKEN_NUMBER = re.compile(r"十[一二]?|[一二三四五六七八九]")
_LISTED = re.compile(r"(?<!\d)\d{1,2}(?:(?:月份?[和与及/&+]?|[和与及/&+])\d{1,2})+月份?(?!\d)", re.ASCII)
_LISTED_QUARTERS = re.compile(rf"(?<!\d)(?:第?[一二三四1-4](?:季度?)?[{DASHES}和与及]*)+第?[一二三四1-4]季度?")
_SHORT_YEAR = re.compile(r"(?<!\d)(?=2\d年(?:\d{1,2}[-—~至到月]|(?<=^...)[度份]?$))")
_DASH = f"[{DASHES}]+"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|(?=[-./]\d{1,2}(?!\d)))")
_BARE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_END = re.compile(r"(?<!\d)((?:19|20)\d\d)年度?(?:年?(?:末|底|终)|期末)(?!前)")
_EARLIER = re.compile(r"上一?年|去年|上年度")
_SAME = re.compile(r"本年度?|今年|当年")
_FULL_DATE = re.compile(r"(?<!\d)(20\d\d)(?:年(\d{1,2})月(\d{1,2})[日号]?|([-./])(\d{1,2})\4(\d{1,2}))(?!\d)", re.ASCII)
_FROM_FIRST = re.compile(rf"(?<!\d)1[月./-]1[日号]?{_DASH}(?=20\d\d年|\d{{1,2}}[月./-])", re.ASCII)
_REPEATED_YEAR = re.compile(rf"(20\d\d)(年\d{{1,2}}月?{_DASH})\1年", re.ASCII)
_RUNNING = re.compile(rf"(?<!\d)(\d{{1,2}})月?(?:份|底|末)?{_DASH}(\d{{1,2}})月(?:份|底|末|(\d{{1,2}})[日号])?(?!\d)", re.ASCII)
_UP_TO = re.compile(
    r"截[至止]到?(?:(20\d\d)[年./-])?(\d{1,2})[月./-](?:份|底|末|(\d{1,2})[日号]?)?(?:止|为止)?"
    r"|(?<!\d)(?:至|到)(\d{1,2})月(?:份|底|末)",
    re.ASCII,
)
_WITH_YEAR = re.compile(rf"(?<!\d)(20\d\d)(?:年度?|[./-])(\d{{1,2}})(?!\d)(?:月(?:份|(底|末))?)?(?![{DASHES}./]\d|个?季)", re.ASCII)
_PACKED = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)", re.ASCII)
_ALONE = re.compile(r"(?<!\d)(\d{1,2})月(?:份|(底|末))?(?!\d)", re.ASCII)
_PARTS_OF_YEAR = (
    (re.compile(r"前[三3]个?季度"), 1, 9),
    (re.compile(r"前[二两2]个?季度"), 1, 6),
    (re.compile(r"上半年度?|(?<!下)半年度"), 1, 6),
    (re.compile(r"下半年度?"), 7, 12),
    (re.compile(r"全年"), 1, 12),
)
_QUARTER = re.compile(r"第?([一二三四1-4])季度?(?:末|底)?|(?<![a-z])q([1-4])(?!\d)")
_TOGETHER = {(1, 3), (4, 6), (7, 9), (10, 12), (7, 12)}


@dataclass(frozen=True, slots=True)
class Months:
    """
    The months a text names; what it does not say is None.

    ``years_back`` is given by 上年 and 本年 where no year is written; ``rest`` is the text without all this.  ``quarter``
    says that the months are those of one quarter: the first is cumulative only where no other quarter stands beside it.
    """

    rest: str
    year: int | None = None
    years_back: int | None = None
    first: int | None = None
    last: int | None = None
    day: int | None = None
    quarter: bool = False
    scattered: bool = False  # not all months from the first to the last: 1月和11月

    @property
    def running(self) -> bool:
        """Whether it runs from January on, and so is cumulative."""
        return not self.scattered and self.first == 1 and self.last is not None and (self.last > 1 or self.day is not None)

    @property
    def single(self) -> bool:
        """Whether it names one month alone."""
        return self.last is not None and self.first == self.last and not self.running

    @property
    def some(self) -> bool:
        """Whether it names several months of which no figure is reported together: 11、12月; a quarter and half a year are."""
        return self.last is not None and (self.scattered or not (self.running or self.single or (self.first, self.last) in _TOGETHER))

    def __contains__(self, month: int) -> bool:
        """Whether a month may be among them."""
        return self.last is not None and (self.first or self.last) <= month <= self.last

    @property
    def chinese(self) -> str:
        """The months as a sentence says them: 11—12 月; 1 月和 11 月."""
        if self.last is None:
            return ""
        return f"{self.first} 月和 {self.last} 月" if self.scattered else f"{self.first}—{self.last} 月" if self.first != self.last else f"{self.last} 月"

    @property
    def year_end(self) -> bool:
        """Whether it is the last day of a year: a point in time, not the year."""
        return self.last == 12 and self.day == 31

    @property
    def month(self) -> Month | None:
        """The last month, when year and month are both written."""
        return Month(self.year, self.last) if self.year and self.last else None

    def as_of(self, year: int) -> date | None:
        """The day it runs to, when it names one."""
        if self.last is None or self.day is None:
            return None
        try:
            return date(self.year or year, self.last, self.day)
        except ValueError:
            return None


@lru_cache(maxsize=4_096)
def find_months(text: str, *, headed: bool = False) -> Months:
    """
    The months named in a text; the first way of naming that fits counts.

    A date without 截至 is a day to which figures run where it stands over a column (``headed``), and where a text is
    nothing but the last day of a month; elsewhere it is a day of its own, such as that of the filling in.
    """
    plain = _REPEATED_YEAR.sub(r"\1\2", _FROM_FIRST.sub("1月-", _arabic(name_key(text))))
    if (match := _FULL_DATE.search(plain)) and not _RUNNING.search(plain):
        if months := _up_to_date(plain, match, headed=headed):
            return _checked(months)
        plain = _without(plain, match)  # a day of its own, no period
    for pattern, read in _WAYS:
        if match := pattern.search(plain):
            return _checked(read(_without(plain, match), match))
    return _checked(_with_year(Months(plain)))


def _up_to_date(plain: str, match: re.Match[str], *, headed: bool) -> Months | None:
    """The months up to a day that is written with its year; None where it is a day of its own."""
    year, month, day = int(match[1]), int(match[2] or match[5]), int(match[3] or match[6])
    up_to = re.search(r"(?:截[至止]到?)?$", plain[: match.start()])
    if up_to and (up_to[0] or headed or (match[0] == plain and _last_of_month(year, month, day))):
        return Months(plain[: up_to.start()] + plain[match.end() :], year, None, 1, month, day)
    return None


def _year_end(rest: str, match: re.Match[str]) -> Months:
    return Months(rest, int(match[1]), None, 1, 12, 31)


def _running(rest: str, match: re.Match[str]) -> Months:
    return _with_year(Months(rest, first=int(match[1]), last=int(match[2]), day=int(match[3]) if match[3] else None))


def _listed_months(rest: str, match: re.Match[str]) -> Months:
    listed = [int(number) for number in re.findall(r"\d+", match[0])]
    return _with_year(Months(rest, first=min(listed), last=max(listed), scattered=max(listed) - min(listed) >= len(listed)))


def _up_to(rest: str, match: re.Match[str]) -> Months:
    year, last, day, bare = match.groups()
    return _with_year(Months(rest, int(year) if year else None, first=1, last=int(last or bare), day=int(day) if day else None))


def _month_of_year(rest: str, match: re.Match[str]) -> Months:
    return Months(rest, int(match[1]), None, 1 if match[3] else int(match[2]), int(match[2]))


def _packed(rest: str, match: re.Match[str]) -> Months:
    return Months(rest, int(match[1]), None, int(match[2]), int(match[2]))


def _month_alone(rest: str, match: re.Match[str]) -> Months:
    return _with_year(Months(rest, first=1 if match[2] else int(match[1]), last=int(match[1])))


def _part_of_year(first: int, last: int) -> "_Read":
    """What reads words that are always the same months: 上半年."""
    return lambda rest, match: _with_year(Months(rest, first=first, last=last))


def _listed_quarters(rest: str, match: re.Match[str]) -> Months:
    quarters = [_quarter(sign) for sign in re.findall("[一二三四1-4]", match[0])]
    return _with_year(Months(rest, first=3 * min(quarters) - 2, last=3 * max(quarters)))


def _quarter_alone(rest: str, match: re.Match[str]) -> Months:
    last = 3 * _quarter(match[1] or match[2])
    return _with_year(Months(rest, first=last - 2, last=last, quarter=True))


_Read = Callable[[str, "re.Match[str]"], Months]  # from the text without the words that matched, and these
_WAYS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_YEAR_END, _year_end),
    (_RUNNING, _running),
    (_LISTED, _listed_months),
    (_UP_TO, _up_to),
    (_WITH_YEAR, _month_of_year),
    (_PACKED, _packed),
    (_ALONE, _month_alone),
    *((pattern, _part_of_year(first, last)) for pattern, first, last in _PARTS_OF_YEAR),
    (_LISTED_QUARTERS, _listed_quarters),
    (_QUARTER, _quarter_alone),
)


def _with_year(months: Months) -> Months:
    if months.year is None and (
        match := _YEAR.search(months.rest) or (_BARE_YEAR.fullmatch(months.rest) if months.last is None else _BARE_YEAR.search(months.rest))
    ):
        return replace(months, rest=_without(months.rest, match), year=int(match[1]))
    if match := _EARLIER.search(months.rest):
        return replace(months, years_back=1)
    if match := _SAME.search(months.rest):
        return replace(months, rest=_without(months.rest, match), years_back=0)
    return months


def _quarter(sign: str) -> int:
    return "一二三四".find(sign) + 1 or int(sign)


def _last_of_month(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and day == Month(year, month).last_day.day


def _checked(months: Months) -> Months:
    """The same without months that no year has, which were something else."""
    if months.last is None or (1 <= (months.first or 1) <= months.last <= 12):
        return months
    return replace(months, first=None, last=None, day=None)


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _arabic(text: str) -> str:
    """二〇二三年十一月 as 2023年11月."""
    text = _SHORT_YEAR.sub("20", text)
    text = _SPOKEN_MONTHS.sub(lambda match: _listed(match[0]), text)
    text = _SPOKEN_YEAR.sub(lambda match: "20" + "".join(_DIGITS[sign] for sign in match[3]), text)
    return _SPOKEN_MONTH.sub(lambda match: str(_ten(match[1])), text)


def _listed(spoken: str) -> str:
    """Months in words, 一二 or 十一和十二, as a list of numbers; one month alone as it is."""
    numbers = [str(_ten(number)) for number in _SPOKEN_NUMBER.findall(spoken)]
    return "和".join(numbers) if len(numbers) > 1 else spoken


def _ten(spoken: str) -> int:
    return int(_DIGITS[spoken]) if spoken != "十" and len(spoken) == 1 else 10 + (int(_DIGITS[spoken[1]]) if len(spoken) > 1 else 0)
