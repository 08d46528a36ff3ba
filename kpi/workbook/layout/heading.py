"""
What the words over a column, or before a row, say about the figures there.

A heading is taken apart into what it says of time (1—11月, 上年同期), of the figure (累计, 同比, 目标), of the unit
(（万元）), and a rest.  Only a heading without a rest is fully understood; the rest may be the name of a measure.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from kpi.persons import CHARGED, CONTACTS, SIGNERS
from kpi.workbook.layout.month_spans import Months, find_months
from kpi.workbook.layout.unit_words import is_unit, without_slash
from kpi.workbook.money import SEPARATORS, money_unit, without_unit
from kpi.workbook.naming import DASHES, name_key, unit_key
from kpi.workbook.report import Beside, Column


class Part(StrEnum):
    """The columns of a form beside its figures."""

    CODE = "code"
    NAME = "name"
    TOPIC = "topic"
    UNIT = "unit"
    AS_OF = "as_of"
    REMARK = "remark"
    PERIOD = "period"
    OFFICE = "office"
    OTHER = "other"  # known to hold no figures: 序号, 联系人


CHARGED_BODIES = tuple(f"{does}{body}" for does in ("责任", "牵头", "配合", "承办", "主办", "协办") for body in ("科室", "股室", "处室", "部门", "单位"))
"""Headings of columns that say who answers for a row, and not whose its figures are."""
_PARTS: dict[Part, tuple[str, ...]] = {
    Part.CODE: ("代码", "指标代码", "数据项代码", "编码", "指标编码"),
    Part.NAME: (
        "指标名称", "数据项", "数据项名称", "指标", "项目", "项目名称", "统计指标", "统计项目", "名称", "统计内容", "内容", "工作内容", "工作项目",
        "检查项目", "指标项", "统计项", "主要指标", "填报项目", "填报内容", "事项", "工作指标", "考核指标", "二级指标", "任务名称", "工作任务",
    ),
    Part.TOPIC: (
        "分组", "类别", "分类", "大类", "一级指标", "工作类别", "项目类别", "指标类别", "板块", "业务类别", "科目", "行业", "行业类别",
        "行业名称", "行业门类", "门类", "领域",
    ),
    Part.UNIT: ("计量单位", "单位", "数据单位", "计价单位"),
    Part.AS_OF: ("数据截止日", "数据截止日期", "截止日", "截止日期", "截止时间", "数据截止时间"),
    Part.REMARK: ("备注", "说明", "备注说明", "情况说明", "备注栏"),
    Part.PERIOD: (
        "月份", "月度", "期间", "报告期", "统计月份", "时间", "年月", "统计期", "所属月份", "日期", "统计时间", "年份",
        "年度", "年", "月", "季度", "所属期", "数据期", "报告月份", "报告时间", "统计年份", "统计年度",
    ),
    Part.OFFICE: (
        "填报单位", "填报科室", "报送单位", "科室", "单位名称", "所", "辖区", "监管所", "填报部门", "部门", "所别", "市场监管所",
        "股室", "处室", "填报股室", "填报处室",
    ),
    Part.OTHER: (
        "序号", "编号", "行号", "行次", "栏次", "排名", "位次", "名次", *SIGNERS, *CHARGED, *CONTACTS, *CHARGED_BODIES,
        "完成时限", "时限", "频次", "数据来源", "来源", "no", "指标解释", "计算方法", "口径", "是否达标",
        "权重", "分值", "得分", "状态", "趋势", "填报日期", "填报时间", "更新时间",
    ),
}  # fmt: skip
_MEANING = {word: part for part, words in _PARTS.items() for word in words}

_YEAR = re.compile(r"(?:19|20)\d\d年?度?", re.ASCII)
_PRIOR = r"(?:上一?年度?|去年)(?:同期|同月|当月|同时期)?|同期"
_FIGURES: tuple[tuple[Beside, re.Pattern[str]], ...] = (
    (Beside.YEAR_END, re.compile(r"(?:上一?年|去年|上年度)(?:年)?(?:末|底|年末|年底|期末)(?:数|值|余额)?|年初(?:数|值|余额)|^年初$")),
    (Beside.MOM, re.compile(r"(?:环比|(?:比|较)上月)(?:增减|增长|增加|变化|变动|增幅|升降|涨跌|\+-|±)?(?:率|幅度?|数|量|额)?%?")),
    (
        Beside.CHANGE,
        re.compile(r"(?:同比|(?:比|较|与)?(?:上年|去年)(?:同期)?(?:相?比)?)?(?:增减|增长|增加|净增|变化|变动)(?:数|量|额|值|个百分点|户数|件数)"),
    ),
    (
        Beside.YOY,
        re.compile(
            r"同比(?:增减|增长|增加|增|减|变化|变动|升降|\+-|±)?(?:率|幅度?|情况|速度?)?(?:\(?%\)?|百分比)?"
            r"|(?:比|较|与)(?:上年|去年)(?:同期)?(?:相?比)?(?:增减|增长|增加|增|减|变化|变动|升降|±)?(?:率|幅度?|情况)?%?"
            r"|(?:增长|增减|增|升降|涨跌)(?:率|幅度?|速度?|比例|百分比|%|\(%\))|增速|增幅|±%?|\+-%"
        ),
    ),
    (Beside.CHANGE, re.compile(r"增减$")),
    (
        Beside.PROGRESS,
        re.compile(
            r"(?:任务|目标|计划|年度|全年|预算|序时)*(?:(?:完成|执行)(?:率|进度|比例?|百分比|比率|\(?%\)?)|进度%?|达成率)|完成(?:年度|全年)?(?:目标|计划|任务)+的?(?:%|百分比|比例|率)|占(?:全年|年度)?(?:目标|计划|任务)(?:任务)?数?的?(?:比重|比例|比|%)"
        ),
    ),
    (
        Beside.TARGET,
        re.compile(
            r"(?:年度|全年|本年度?|年初|下达|考核|调整)*(?:目标|计划|任务|预算)(?:任务|目标|计划|指标)?(?:数|值|量|额|总数|完成数)?(?![率名内外执支收单])"
        ),
    ),
    (Beside.LAST_MONTH, re.compile(r"上个?月(?:末|底)?(?:数|累计|值|余额)?|(?<![比较])上期(?:数|末|余额)?|期初(?:数|余额|值)?")),
)
_SAME_MONTH = re.compile(r"同月|(?:上年|去年)(?:当月|本月|单月)")
_PRIOR_WORDS = re.compile(_PRIOR)
_YTD = re.compile(r"年初至今|自年初|年内|累计|期末(?:数|余额|值)?|执行值|填报率|年初以来")
_FROM_JANUARY = re.compile(rf"(?<!\d)0?1月?份?[{DASHES}]+(?=[本当该]月)")  # 1月—本月, 1至本月
_TO_DATE = re.compile(r"(?:至|到|截[至止]到?)[本当该]月份?(?:为?止|期?末|底)*|[本当该同]月份?(?:为?止|期?末|底)+")
_MONTH = re.compile(r"本月份?|当月|单月|该月|这个月")
_NEUTRAL = re.compile(  # no word of it is made of others: then a text can be taken apart in one way only, and quickly
    r"(?:的|绝对[量值数额]|余额|总值|数据|金额|数|值|量|额|率|实际|实绩|完成|发生|新增|情况|指标值|统计|填报|报送|上报|合计|总计|小计|总数|总量|个数|户数|"
    r"件数|批次|家数|次数|人数|台数|年度?|月|本|至|止|底|末|期|为|共|其|中|%|份|\(\)|[-_/.])*"
)
_AMOUNT = re.compile(r"数|值|余额|量|额|实际|实绩|完成|发生|情况|统计|合计|总计|小计|本期")
_GROWN = re.compile(r"增长|增减|增|升降")
_ADDED = re.compile(r"新增|净增|增加|增量|新设|新登记|新注册|新办|新建|新接入|减少|净减|减量|注销|吊销|退出|转入|转出|迁入|迁出|增减|变动|变化|发生")
_RELATIVE = ("%", "百分点", "个百分点", "‰")  # a change in one of them is a growth, not a difference
_TOTAL = re.compile(r"合计|总计|小计")
_BRACKET = re.compile(r"\(([^()]*)\)")
_OUTER = re.compile(r"\(([^()]*\([^()]*\)[^()]*)\)")
_WHOLE_YEAR = re.compile(r"全年(?=目标|任务|计划|完成|进度)")
_ENUMERATED = re.compile(r"[(（\[【]([^()（）\[\]【】]*[、,，/;；和及或][^()（）\[\]【】]*)[)）\]】]")
_SEPARATOR = re.compile(r"[、,，/;；和及或]")
SEVERAL = "、"  # between the units of a heading that names several
_APART = frozenset(SEPARATORS)
_BEFORE_MONEY = frozenset("计额数值期成")  # 本年累计 千元, whose blank no key has
_UNIT_LEAD = re.compile(r"^(?:计量)?单位[:：]?")

_OF_BODIES = frozenset("厂站院村镇所校班店")  # in the middle of a name they are no unit: 场(厂)内机动车
_SHARES_OF_ALL = ("占比", "占比%", "比重", "比重%", "构成", "构成%", "占总数比重", "所占比重", "所占比例", "占总量比重", "占全部比重", "占合计比重")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart."""

    text: str
    part: Part | None = None
    figure: Column | Beside | None = None
    of: Column | None = None  # for what stands beside a figure: whose
    prior: bool = False  # 上年同期, without a word of month or cumulative
    amount: bool = False  # some figure, with nothing said of month or cumulative
    total: bool = False
    whole: bool = False  # names another year, and nothing within it: 上年, 2022年
    months: Months = field(default_factory=lambda: Months(""))
    unit: str = ""
    rest: str = ""

    @property
    def understood(self) -> bool:
        """Whether all of it says which figure stands there."""
        return not self.rest and self.says_figure

    @property
    def whole_year(self) -> bool:
        """Whether it names a year and nothing else: 上年, 本年, 2022年."""
        return self.whole and self.understood

    @property
    def says_figure(self) -> bool:
        return self.figure is not None or self.prior or self.amount or self.months.last is not None or self.months.year is not None


def says_addition(text: str) -> bool:
    """Whether words speak of what came or went in a time: of a stock that is no level."""
    return bool(_ADDED.search(name_key(text)))


@lru_cache(maxsize=8_192)
def read_heading(*levels: str) -> Heading:
    """The heading whose words stand one above the other, the topmost first."""
    words = [*(level for level in levels[:-1] if name_key(level) not in _MEANING), *levels[-1:]]
    text = "".join(sorted(words, key=lambda level: not _YEAR.fullmatch(name_key(level))))  # 12月 over 2023年 is 2023年12月
    key = name_key(text)
    if _BRACKET.sub("", key) in _SHARES_OF_ALL:  # alone: 占比 under 女生 is a rate
        return Heading(text, part=Part.OTHER, unit=_unit(key)[0])
    for whole in (key, name_key(levels[-1]) if levels else ""):
        if part := _MEANING.get(whole) or _MEANING.get(_BRACKET.sub("", whole)):
            return Heading(text, part=part, unit=_unit(whole)[0])
    unit, key = _units(text) or _unit(_WHOLE_YEAR.sub("年度", key))
    return _heading_of_figure(text, key, unit)


def _heading_of_figure(text: str, key: str, unit: str) -> Heading:
    """The heading of a column of figures: its text, and the key of it without the unit that it names."""
    key = _FROM_JANUARY.sub("至", key)
    months = find_months(key, headed=True)
    beside, rest = _split_beside(months.rest)
    time = _read_time(months, rest)
    rest = _without_time(rest)
    if _NEUTRAL.fullmatch(rest):
        unit, rest = unit or "%" * ("%" in rest and beside is None), ""
    if beside is None and unit_key(unit) in _RELATIVE and _GROWN.fullmatch(rest):
        beside, rest = Beside.YOY, ""
    if beside is Beside.YOY and _is_difference(unit, key):
        beside = Beside.CHANGE
    named = Heading(text, total=time.total, months=months, unit=unit, rest=rest)
    if beside is None and time.prior:
        return _of_last_year(named, time)
    figure = beside or (None if time.month and time.ytd else time.of)
    amount = figure is None and (time.amount or bool(unit and not rest and not months.last))
    return replace(named, figure=figure, of=time.of, amount=amount, whole=time.whole_year and figure is None)


@dataclass(frozen=True, slots=True)
class _Time:
    """The words of a heading about time, besides the months it names."""

    ytd: bool
    month: bool
    same_month: bool  # 上年同月
    prior: bool  # last year
    whole_year: bool  # a year, and nothing within it
    amount: bool
    total: bool

    @property
    def of(self) -> Column | None:
        """Whose the figure is: the month's or the cumulative one."""
        return Column.MONTH if self.month and not self.ytd else Column.YTD if self.ytd else None


def _split_beside(words: str) -> tuple[Beside | None, str]:
    """Which growth, target or other comparison the words name, and the words without it."""
    for beside, pattern in _FIGURES:
        if match := pattern.search(words):
            return beside, words[: match.start()] + words[match.end() :]
    return None, words


def _read_time(months: Months, words: str) -> _Time:
    """The words about time: those beside the months that a heading names, without what `_split_beside` took away."""
    to_date = bool(_TO_DATE.search(months.rest))  # 本月末, 截至本月: what was done until then
    same_month = bool(_SAME_MONTH.search(_TO_DATE.sub("", months.rest)))
    prior = months.years_back == 1 or bool(_PRIOR_WORDS.search(words))
    return _Time(
        ytd=bool(_YTD.search(words)) or to_date or months.running,
        month=bool(_MONTH.search(_TO_DATE.sub("", words))) or same_month,
        same_month=same_month,
        prior=prior,
        whole_year=months.last is None and "同" not in words and (prior or months.year is not None or months.years_back is not None),
        amount=bool(_AMOUNT.search(words)) or months.years_back == 0,
        total=bool(_TOTAL.search(words)),
    )


def _without_time(words: str) -> str:
    for pattern in (_TO_DATE, _PRIOR_WORDS, _SAME_MONTH, _YTD, _MONTH):
        words = pattern.sub("", words)
    return words


def _is_difference(unit: str, key: str) -> bool:
    """Whether a change is in a unit of its own (增减（户）) and so no growth in %."""
    return bool(unit) and is_unit(unit) and unit_key(unit) not in _RELATIVE and "率" not in key and "幅" not in key


def _of_last_year(named: Heading, time: _Time) -> Heading:
    """The heading of a figure of last year: cumulative, of the same month, or of either where it does not say."""
    if time.of is Column.YTD and not time.same_month:
        return replace(named, figure=Column.PRIOR, of=time.of)
    if time.of is Column.MONTH:
        return replace(named, figure=Beside.PRIOR_MONTH, of=time.of)
    return replace(named, prior=True, whole=time.whole_year)


def _units(text: str) -> tuple[str, str] | None:
    """Several units that a text names in brackets, and the key of the text without them: 批次、万元."""
    for match in _ENUMERATED.finditer(text):
        units = [unit_key(_UNIT_LEAD.sub("", part)) for part in _SEPARATOR.split(match[1])]
        if not is_unit(match[1]) and all(map(is_unit, units)):
            return SEVERAL.join(dict.fromkeys(units)), name_key(text[: match.start()] + text[match.end() :])
    return None


def _unit(key: str) -> tuple[str, str]:
    """The unit a text names in brackets, or money behind a separator, and the text without it."""
    for match in (*_OUTER.finditer(key), *_BRACKET.finditer(key)):
        inner = _UNIT_LEAD.sub("", match[1])
        if is_unit(inner) and (match.end() == len(key) or inner not in _OF_BODIES):
            return inner, key[: match.start()] + key[match.end() :]
        if money := money_unit(inner):  # whose size 万 alone is, the figures under it must say
            return money, key[: match.start()] + key[match.end() :]
    name, unit = without_slash(key)
    if unit:
        return unit, name
    name, behind = without_unit(key)
    return (money_unit(behind), name) if behind and (behind[0] in _APART or name[-1] in _BEFORE_MONEY) else ("", key)
