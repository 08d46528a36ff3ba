"""
Which office a table is of, by what it says behind 填报单位, else by its title, else by the names of folders and file.

The name of the bureau before that of the office is taken off: it is what all of them begin with.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kpi.setup.surveyed_figure import TableTitle
from kpi.workbook.forms.table_subject import stem_of
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.time_cells import file_month
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.naming import name_key

_TEMPLATE = re.compile(r"(?:工作)?(?:情况|数据|业务|主要指标)?(?:统计|汇总|一览)?(?:月报表?|季报表?|报表|统计表|情况表|汇总表|月度|月|表|台账)+$")
_OFFICE = re.compile(  # the name of an office where a title begins; what ends like one and is a word of something else is none
    r"(?:[\u3400-\u9fff]{0,12}?(?:稽查|执行)局|[\u3400-\u9fff]{1,12}?(?:办公室|(?<![教手阅浴居寝])室(?![内外温])|科(?![技学研普目室])|(?<![场住厕诊])所(?![有属得在辖列])|处(?![理罚置分方])|(?<![网车])站(?![点位台])"
    r"|(?<![干全内])部(?![门分署队委])|(?<![小])组(?![织成合])|办(?![理结案学税公事])|股(?![份权东])|(?<![家法开])庭(?![审前外])|分局|[大中支总]队(?![伍长])|中心(?![城小校幼])|专班"
    r"|(?<!公立)(?<!民营)(?<!级)医院|卫生院|(?:水|处理|电|分)厂|[一二三四五六七八九十]中|小学|中学|幼儿园|分公司|营业厅))"
    r"(?:\([\u3400-\u9fff]{2,12}(?:中心|办公室|科|室|所|股|部|站|办|队)\))?"
)
_NAMED_BUREAU = re.compile(r"[省市县区旗州].*(?:局|法院|检察院|公司|委员会)$")
_EVERYBODY = re.compile(r"[各全本我]")  # 各税务所 is no office
_ENDING = re.compile(r"(?<!稽查)(?<!执行)(?<!邮政支)局|委员会|委(?!托|派)|政府|法院|检察院|公司|集团|学区|医院")
_LEAST = 2  # characters of the name of an office
_PREFIX, _LONGEST = 3, 24  # characters that a bureau's name has
_NUMBER = re.compile(r"\d+$")
_BLANKS = re.compile(r"\s+")
_IDLE = re.compile(r"[\s_\-—()（）.·《》〈〉]+")
_FORM = re.compile(r"[表报]$|[表报][(（]|情况$")
_PLACES = re.compile(r"^(?:sheet|表|新建|附件)\d*$", re.IGNORECASE)


class OfficeSource(StrEnum):
    """What says whose a table is."""

    LINE = "填报单位"
    TITLE = "标题"
    FOLDER = "文件夹"
    FILE = "文件名"


@dataclass(frozen=True, slots=True)
class NamedOffice:
    """The name of an office, and what says so."""

    name: str
    source: OfficeSource


class TitledTable(Protocol):
    """A figure or a ledger: the file that it came in, its folders, and what stands over its table."""

    @property
    def file(self) -> str:
        """The name of the file."""

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders, the nearest first."""

    @property
    def title(self) -> TableTitle:
        """What stands over the table."""


class OfficeWords:
    """The offices of some tables, seen together."""

    def __init__(self, figures: Sequence[TitledTable]) -> None:
        lines = {figure.title.office for figure in figures if figure.title.office}
        titles = {without_time(figure.title.words) for figure in figures}
        self.bureau = _bureau(lines) or _bureau(titles)
        self._folders = Counter(folder for folders in {figure.folders for figure in figures} for folder in folders[:1])
        self._known: dict[tuple[str, str, tuple[str, ...], str], NamedOffice] = {}

    def office(self, figure: TitledTable) -> NamedOffice:
        """The office of the table that a figure stands in."""
        key = figure.title.office, figure.title.words, figure.folders, figure.file
        if key not in self._known:
            self._known[key] = self._office(figure)
        return self._known[key]

    def _office(self, figure: TitledTable) -> NamedOffice:
        if line := self._own(figure.title.office):
            return NamedOffice(line, OfficeSource.LINE)
        if title := self._named_in(figure.title.words):
            return NamedOffice(title, OfficeSource.TITLE)
        folder = subject_words(figure.folders[0]) if figure.folders else ""
        if folder and (len(self._folders) > 1 or self._named_in(folder) == folder):
            return NamedOffice(folder, OfficeSource.FOLDER)
        if name := self._named_in(stem_of(figure.file)):
            return NamedOffice(name, OfficeSource.FILE)
        name = self._own(subject_words(stem_of(figure.file)) or subject_words(figure.title.words) or stem_of(figure.file))
        return NamedOffice(name, OfficeSource.FILE)

    def _named_in(self, text: str) -> str:
        """The office that a title, or the name of a file, begins with, behind the name of the bureau and the time; empty where it begins with none."""
        for part in _around_time(text):
            plain = self._own(part)
            behind = (plain[len(beginning) :] for beginning in sorted(_beginnings(plain), key=len, reverse=True) if _NAMED_BUREAU.search(beginning))
            for own in (*behind, plain):
                if (match := _OFFICE.match(own)) and not _EVERYBODY.match(match[0]):
                    return match[0]
        return ""

    def _own(self, text: str) -> str:
        plain = _BLANKS.sub("", name_key(text))
        return plain.removeprefix(self.bureau) if len(plain) - len(self.bureau) >= _LEAST else plain


def without_time(text: str) -> str:
    """A title or the name of a file without the months and years that it names."""
    return _IDLE.sub("", find_months(written_out(file_month(text))).rest)


def _around_time(text: str) -> tuple[str, ...]:
    """What stands before and behind the time in a title: 教师发展中心, 培训情况 of 教师发展中心2024年培训情况; all of it where it names none."""
    plain, rest = name_key(written_out(file_month(text))), find_months(written_out(file_month(text))).rest
    at = next((at for at, (sign, other) in enumerate(zip(plain, rest, strict=False)) if sign != other), len(rest))
    return tuple(part for part in (rest[:at], rest[at:]) if part) if rest != plain else (plain,)


def template_of(titles: Sequence[str], office: str) -> str:
    """What the form of an office is called: the title that stands most often, one called a form before captions; without time, as it is printed."""
    title = most_common(title for title in titles if _FORM.search(title)) or most_common(titles)
    plain = without_time(title)
    return plain if plain and not _PLACES.fullmatch(plain) else f"{office}月报表"


def subject_words(text: str) -> str:
    """What a file, a folder or a title is named after, without time and the words of all forms; empty where nothing is left."""
    plain = _TEMPLATE.sub("", _NUMBER.sub("", without_time(text)))
    return plain if len(plain) >= _LEAST and not _PLACES.fullmatch(plain) and not plain.isdigit() else ""


def _bureau(names: Collection[str]) -> str:
    """What most of several names begin with, where it is called like a bureau; of what stands equally often the longest."""
    beginnings = Counter(beginning for name in names for beginning in _beginnings(_BLANKS.sub("", name_key(name))))
    if not beginnings:
        return ""
    most = max(beginnings.values())
    return max((beginning for beginning, times in beginnings.items() if times == most), key=lambda beginning: (len(beginning), beginning))


def _beginnings(name: str) -> Iterator[str]:
    """All beginnings of a name that are called like a bureau."""
    return (name[: match.end()] for match in _ENDING.finditer(name) if match.end() >= _PREFIX and match.end() <= _LONGEST)


def most_common(words: Iterable[str]) -> str:
    """The word that stands most often, of several the first; empty where there is none."""
    counted = Counter(word for word in words if word)
    return counted.most_common(1)[0][0] if counted else ""
