"""
Which office a table is of, by what it says behind 填报单位, else by its title, else by the names of folders and file.

The name of the bureau before that of the office is taken off: it is what all of them begin with.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kpi.setup.surveyed_figure import SurveyedFigure
from kpi.workbook.forms.table_subject import stem_of
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.time_cells import file_month
from kpi.workbook.layout.time_shorthand import written_out

_TEMPLATE = re.compile(r"(?:工作)?(?:情况|数据|业务|主要指标)?(?:统计|汇总|一览)?(?:月报表?|季报表?|报表|统计表|情况表|汇总表|月度|月|表|台账)+$")
_OFFICE = re.compile(
    r"[\u3400-\u9fff]{1,14}?(?:办公室|管理所|管理站|科|室|股|大队|中队|支队|庭|中心|所|处|站|部|组|办)(?=$|[\u3400-\u9fff（(_-]*表|工作|业务|情况|统计|数据|月)"
)
_BUREAU = re.compile(r"([\u3400-\u9fff]{1,20}(?:局|委员会|法院|检察院|公司|集团|医院))")
_ENDING = re.compile(r"局|委员会|委|政府|法院|检察院|中心|公司|集团|学区|医院")
_LEAST = 2  # characters of the name of an office
_PREFIX = 3  # characters that a bureau's name has at least
_NUMBER = re.compile(r"\d+$")
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


class OfficeWords:
    """The offices of some tables, seen together."""

    def __init__(self, figures: Sequence[SurveyedFigure]) -> None:
        lines = {figure.title.office for figure in figures if figure.title.office}
        titles = {without_time(figure.title.words) for figure in figures}
        self.bureau = _bureau(lines) or _bureau(titles)
        self._folders = Counter(folder for folders in {figure.folders for figure in figures} for folder in folders[:1])
        self._known: dict[tuple[str, str, tuple[str, ...], str], NamedOffice] = {}

    def office(self, figure: SurveyedFigure) -> NamedOffice:
        """The office of the table that a figure stands in."""
        key = figure.title.office, figure.title.words, figure.folders, figure.file
        if key not in self._known:
            self._known[key] = self._office(figure)
        return self._known[key]

    def _office(self, figure: SurveyedFigure) -> NamedOffice:
        if line := self._own(figure.title.office):
            return NamedOffice(line, OfficeSource.LINE)
        for text in (figure.title.words, stem_of(figure.file)):
            if match := _OFFICE.search(self._own(without_time(text))):
                return NamedOffice(match[0], OfficeSource.TITLE if text == figure.title.words else OfficeSource.FILE)
        if len(self._folders) > 1 and figure.folders and (folder := subject_words(figure.folders[0])):
            return NamedOffice(folder, OfficeSource.FOLDER)
        name = subject_words(stem_of(figure.file)) or subject_words(figure.title.words) or stem_of(figure.file)
        return NamedOffice(name, OfficeSource.FILE)

    def _own(self, text: str) -> str:
        plain = _IDLE.sub("", text)
        return plain.removeprefix(self.bureau) if len(plain) - len(self.bureau) >= _LEAST else plain


def without_time(text: str) -> str:
    """A title or the name of a file without the months and years that it names."""
    return _IDLE.sub("", find_months(written_out(file_month(text))).rest)


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
    """What all of several names begin with, where it is called like a bureau."""
    plain = [_IDLE.sub("", name) for name in names]
    shared = _beginning(plain) if len(plain) > 1 else ""
    shared = shared if _ENDING.search(shared) else most_common(match[1] for name in sorted(plain) if (match := _BUREAU.match(name)))
    ends = [match.end() for match in _ENDING.finditer(shared)]
    return shared[: ends[-1]] if ends and ends[-1] >= _PREFIX else ""


def _beginning(texts: Sequence[str]) -> str:
    """What all of some texts begin with."""
    first, last = min(texts), max(texts)
    return next((first[:at] for at, sign in enumerate(first) if last[at : at + 1] != sign), first)


def most_common(words: Iterable[str]) -> str:
    """The word that stands most often, of several the first; empty where there is none."""
    counted = Counter(word for word in words if word)
    return counted.most_common(1)[0][0] if counted else ""
