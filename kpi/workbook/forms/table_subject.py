"""
What the words over a table say it is about, where that is not the result of the month it is sent for.

A sheet called 上年同期, a title 2022年度情况表, a table 目标任务分解表 or 填报样表 looks exactly like a report, and its figures
would be taken for those of the month.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.period import Month
from kpi.workbook.layout.labelled_lines import NOTES
from kpi.workbook.layout.month_spans import Months, find_months
from kpi.workbook.layout.time_cells import file_month
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.naming import DASHES, name_key

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?!\)?第?\d*号)")
_YEARS = re.compile(rf"(?<!\d)(20\d\d)年?度?[{DASHES}]+(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?:^|(?<=[(]))(2\d)年(?!以|内|来|期|限|的|多|龄)|(?<!\d)(2\d)年度")
_DAY = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)", re.ASCII)
_ALL = r"(?=[)]|$|数(?!据)|值|余额|存量|时点|情况|统计|汇总|报?表)"  # what stands before it is all that a title says of time
_PART_OF_MONTH = re.compile(
    rf"[上中下]旬|[上下]半月|旬报|周报(?!告)|第?\d+周|[本上]周|日报(?!告|社)|^[旬周日]{_ALL}|[昨今当每][日天]{_ALL}|每[周旬]{_ALL}|\d+小时{_ALL}"
    rf"|(?:元旦|春节|清明|五一|端午|中秋|国庆|双十一|双11|双节|两节|节日|节假日|假日)(?:期间|假期|小?长假){_ALL}|[春夏秋冬]季{_ALL}"
)
_BEGINNING = re.compile(rf"(?:年|月|季度?|(?<!周)期)初{_ALL}")
_POINTS = ((re.compile(rf"年中{_ALL}"), (6,)), (re.compile(rf"(?<![上去\d])年(?:末|底|终){_ALL}"), (12,)), (re.compile(rf"季度?[末底]{_ALL}"), (3, 6, 9, 12)))
_MANY_YEARS = re.compile(
    r"历年|(?:^|过去|最近|近)(?:[两二三四五六七八九十]|\d{1,2})年以?来|(?:过去|最近|近|滚动)(?:[一二两三四五六七八九十]{1,2}|\d{1,2})个月|近[两二三四五六七八九十\d]+年|十[一二三四五]五(?=期间|时期|以来|$)|建局以来"
)
_BESIDE = re.compile(r"本年|今年|当年|本期|对比|比较|相比|[比较与和及]|同比|增减|增长|增幅|增速")
_COMPARED = re.compile(r"对比|比较|相比|同比|环比")
_EARLIER = re.compile(r"上一?年|去年|前年|往年|往[期月]|同期|上一?个?月|上一?期|上一?季")
_LATER = re.compile(r"明年|来年|下一?年|次[年月]|下一?个?月|下一?季")
_PLAN = re.compile(r"目标|指标分解|分解表|任务(?:分解|书|表|清单|下达|分配|数)|^(?:年度|全年)?任务$|计划(?:表|书|数|任务|指标|$)|规划|预算|责任书|打算")
_DONE = re.compile(r"完成|执行|落实|进度|进展|实绩|实际|达成|推进")
_OURS = r"[全本](?:区|县|局|级|科|科室|单位|所|辖区|系统)|本级|局?机关|系统|区局(?:本级|机关)?"
_REGION = r"辖区内?|所辖|城区|市区|城乡|乡镇|街道|片区|各[省市区县所局地]|各(?:分局|科室|街道|乡镇|单位|区县|县区)"
_OWN_PLACE = re.compile(_OURS)
_PLACE = re.compile(rf"{_OURS}|(?:国家|[总省市县州旗分])局(?:本级|机关)?|[全本][省市州旗]|{_REGION}|\w{{2,6}}(?:(?<![场诊厕会究易务])所|分局|街道|乡|镇|局)")
_OF_PLACE = re.compile(r"(?<=..)的?(?:数据?|口径)$")
ESTIMATES = (
    r"(?<![预违签节集合履解特条制])约数|大约数?|大概数?|概数|近似[数值]|预计|预测|预估|预判|估计|估算|估报|估数|估测|匡算|匡计|推算|推测|测算|概算|试算|暂估"
)
_ALONE = r"(?=[)稿数表版]|$)"  # 待审核案件 are cases, 待审核 is a draft
_ESTIMATE = re.compile(f"{ESTIMATES}|(?<!险)预报|^估|拟(?:上报|报送|完成|填)|(?:模拟|假设){_ALONE}")
_SAMPLE = re.compile(
    r"样表|样例|样张|示例|范例|范本|模板|填报说明|填表说明|指标解释|测试|试填|演示|仅供参考|废表|废稿|勿用|勿报|不要报|不报送|旧版|旧表"
    r"|草稿|草表|草案|底稿|初稿|原稿|征求意见|讨论稿|送审稿|未定稿|(?:修改|更正|调整|修订|订正)前"
    rf"|(?:[未待](?:审核?|核[对实]?|确认|定)|作废){_ALONE}"
)


_NO_AMOUNT = re.compile(
    r"(?:所?占(?:比|比重|比例)?|比重|比例|百分比|同比|环比|(?:(?:同比|环比|比上年|较上年))?(?:增减|增长|增加|减少|下降|上升|升降|变化|变动)(?:率|幅度?|额|数|量|情况)?"
    r"|增[幅速]|完成率|完成进度|达成率|排[名位]|位次|名次|人均|[日月年]均|平均[数值]?)(?:\(?%\)?)?"
)
_INSIDE = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class TableSubject:
    """What a text says of a table, and whether the table can be left out where another is about the month: 上月 may just be an old name."""

    words: str
    of_time: bool  # another time, else no result at all
    certain: bool = True


def other_subject(text: str, month: Month, *, targets: bool) -> TableSubject | None:
    """
    What else a table is about than the results of a month.

    Args:
        text: A title, the name of a sheet or file.
        month: The month it is sent for.
        targets: Whether the table has a column of targets of its own, which is then what a title speaks of.

    Returns:
        None where the text says nothing of the kind.

    """
    text = written_out(text)
    plain = name_key(text)
    if plain.startswith(NOTES):
        return None
    years = years_in(plain)
    if years and month.year not in years:
        return TableSubject(f" {'、'.join(map(str, sorted(years)))} 年的", of_time=True)
    days = [date(int(match[1]), int(match[2]), 1) for match in _DAY.finditer(plain)]
    if days and max(days) < month.first_day:
        return TableSubject(f" {max(days).year} 年 {max(days).month} 月的", of_time=True)
    compares = _BESIDE.search(plain)
    if not compares and (match := _PART_OF_MONTH.search(plain) or _MANY_YEARS.search(plain)):
        return TableSubject(f"「{match[0]}」的", of_time=True, certain=False)
    if not compares and (
        match := _BEGINNING.search(plain) or next((at for point, months in _POINTS if month.month not in months and (at := point.search(plain))), None)
    ):
        return TableSubject(f"「{match[0]}」的", of_time=True, certain=False)
    if not compares and (match := _EARLIER.search(plain)):
        return TableSubject(f"「{match[0]}」的", of_time=True, certain=match[0].endswith(("年", "同期")))
    if not compares and (match := _LATER.search(plain)):
        return TableSubject(f"「{match[0]}」的", of_time=True)
    if (months := find_months(text)).some and not _COMPARED.search(plain):
        return TableSubject(f" {months.chinese}的", of_time=True, certain=month.month not in months)
    if not compares and (match := _ESTIMATE.search(plain)):
        return TableSubject(f"「{match[0]}」，不是实际完成的", of_time=False)
    if not targets and not _DONE.search(plain) and (match := _PLAN.search(plain)):
        return TableSubject(f"「{match[0]}」，不是实际完成的", of_time=False)
    if match := _SAMPLE.search(plain):
        return TableSubject(f"「{match[0]}」，不是要报送的", of_time=False)
    return None


def other_than(text: str, month: Month, *, targets: bool) -> TableSubject | None:
    """What else the words over some rows are about than the results of a month; another month of the year is one too."""
    if subject := other_subject(text, month, targets=targets):
        return subject
    named = months_in(text, month.year)
    return TableSubject(f" {named.chinese}的", of_time=True) if named and named != month else None


def is_place(text: str) -> bool:
    """Whether words name nothing but a place or a body whose figures may stand there: 市局, 全区, 城关所."""
    return _PLACE.fullmatch(_OF_PLACE.sub("", name_key(text))) is not None


def is_other_place(text: str, own: Iterable[str]) -> bool:
    """Whether words name a place or a body other than our own; ``own`` are the names of ours."""
    key = name_key(text)
    return is_place(text) and not _OWN_PLACE.fullmatch(_OF_PLACE.sub("", key)) and key not in map(name_key, own)


def is_no_amount(text: str) -> bool:
    """Whether words name a share, a growth or a rank and nothing else: what stands there is no count."""
    return _NO_AMOUNT.fullmatch(name_key(text)) is not None


def is_sample(text: str) -> bool:
    """Whether words say that a table is no form to be read: 作废, 样表, 征求意见稿."""
    return _SAMPLE.search(name_key(text)) is not None


def with_insides(text: str) -> tuple[str, ...]:
    """A text, and what stands in its brackets: 消费维权情况（市局）."""
    return (text, *_INSIDE.findall(name_key(text)))


def without_subjects(text: str) -> str:
    """A text without the words that say it is of another time, a plan or a draft."""
    plain = name_key(text)
    for pattern in (_ESTIMATE, _SAMPLE, _PART_OF_MONTH, _MANY_YEARS, _BEGINNING, _EARLIER, _LATER, _PLAN):
        plain = pattern.sub("", plain)
    return plain


def years_in(text: str) -> set[int]:
    """The years a text names, all those of a span; the year of a document's number is none."""
    text = written_out(text)
    plain = name_key(text)
    years = {int(match[1]) for match in _YEAR.finditer(plain) if not re.match(r"\)?第?\d+号|\)\d*号", plain[match.end() :])}
    for first, last in _YEARS.findall(plain):
        years |= set(range(int(first), int(last) + 1))
    if not years and (year := find_months(text).year):
        years = {year}
    if not years:
        years = {2000 + int(match[1] or match[2]) for match in _SHORT_YEAR.finditer(plain)}
    return years


def months_in(text: str, year: int | None) -> Month | None:
    """The one month a text is about: 11月, 1—11月, 上半年, 2023年半年度; None when it names none, or no year is known."""
    return month_of(find_months(written_out(text)), year, compares=bool(_BESIDE.search(name_key(text))))


def month_of(months: Months, year: int | None, *, compares: bool = False) -> Month | None:
    """The month that months end with; 去年11月 lies a year back, 11月较上年 does not."""
    written = months.year or (year and year - (1 if months.years_back == 1 and not compares else 0))
    return Month(written, months.last) if written and months.last and not months.some else None


@dataclass(frozen=True, slots=True)
class Hint:
    """What the names of a file and its folders say of time."""

    name: str  # the one that says it
    year: int | None
    month: int | None

    def differs(self, month: Month) -> bool:
        """Whether it is another time than a month."""
        return (self.year is not None and self.year != month.year) or (self.month is not None and self.month != month.month)

    @property
    def chinese(self) -> str:
        """The time as a sentence says it."""
        return f"{f'{self.year} 年' if self.year else ''}{' ' if self.year and self.month else ''}{f'{self.month} 月' if self.month else ''}"


def hinted(names: Sequence[str]) -> Hint | None:
    """The month in the name of a file, else of its folders, with the nearest year that one of them names; None when there is neither."""
    spoken = [(name, _spoken(name)) for name in names]
    months = next(((name, last) for name, (_, last) in spoken if last), None)
    years = next(((name, year) for name, (year, _) in spoken if year), None)
    if not months and not years:
        return None
    return Hint((months or years or ("",))[0], years[1] if years else None, months[1] if months else None)


def stem_of(name: str) -> str:
    """The name of a file without its ending, of a folder all of it: 22.12."""
    return re.sub(r"\.[a-z]\w{0,4}$", "", name, flags=re.IGNORECASE)


def _spoken(name: str) -> tuple[int | None, int | None]:
    """Year and month in one name; of a name with several years neither."""
    stem = file_month(stem_of(name))
    months = find_months(written_out(stem))
    if len(years_in(stem)) > 1:
        return None, None
    return months.year, None if months.some else months.last
