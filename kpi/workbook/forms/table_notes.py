"""
What a note says its table is of: 注：本表为2022年12月数据, 数据截至2022年11月30日.

A note may name other years in passing, 较2022年增长 or 2022年起执行.  A clause counts only where it speaks of the table or its
data and says a time and nothing else.
"""

import re
from functools import lru_cache

from kpi.workbook.forms.table_subject import ESTIMATES, without_subjects
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.naming import name_key
from kpi.workbook.signs import clean

_BEGINNING = re.compile(
    r"[(\[【※*\s]*(?P<note>(?:备?注|(?:特别|填[表报])?说明|注意|提示)\d{0,2}\s*[:.、)\]】]\s*)?(?:\(?[\d一二三四五六七八九]{1,2}\s*[.、)](?!\d)\s*|[①-⑳]\s*)?"
)
_MARKED = re.compile(r"[(\[【※*\s]*(?:备?注|(?:特别|填[表报])?说明|注意|提示)\d{0,2}\s*[:.、)\]】]")
_CLAUSES = re.compile(r"[,，。;；\n]|(?<=\D)\d{1,2}[.、](?=\D)")
_SAYS = re.compile(
    r"(?P<subject>(?:[本此该上](?:月|统计|报)?(?:报表|表)(?:中|内)?|表[中内]|[左右](?:表|侧|边|列|栏|图)|下表|下列|以[上下]|上述|上列)?(?:所[列填有报]|填报)?的?(?:各项|全部|所有|有关|相关|统计|填报|业务)*"
    r"(?:数据|数字|指标|数值|数|情况|内容)?的?(?:时间|期间|时点|范围|口径|周期|日期)?(?:均|都|全部|一律)?)"
    r"(?P<verb>[为是系指]+|反映的?是?|取自|[:]|(?:统计|采集|更新|汇总|提取)(?:时间|日期)?(?:至|到|截至|截止)|(?=截[至止]))(?P<rest>.+)"
)
_FILLER = (
    r"(?:的|数据|数字|数|统计|情况|报表|月报|年报|表|累计|全年|份|为?止|当月|单月|[全本我]区|日?\d{1,2}[时点]|实际|完成|汇总|结果|[合总小]计|总和|之和"
    r"|[()])*"
)
_NOTHING_ELSE = re.compile(_FILLER)
_OTHERWISE = re.compile(
    rf"(?:上一?年度?|去年|前年|往年|上个?月|上一?期|上一?季度?|同期|明年|下个?月|目标|计划|任务|预算|{ESTIMATES}|样|示例|测试|模板)+{_FILLER}"
)
_OF_FIGURE = re.compile(r"^(?:备?注|说明)?[:.]?(?:[此该本这]?(?:数据?|数字|数值|项|行|格|栏|是)*(?:为|系|是|[:])*)")
_DAY = re.compile(r"(?:20\d\d)[年./-]\d{1,2}[月./-]\d{1,2}")


def is_marked(text: str) -> bool:
    """Whether a text is marked as a note: 注：…, 说明1：…; 注册 is none."""
    return _MARKED.match(clean(text)) is not None


def clauses(text: str) -> list[str]:
    """The clauses of a note, without its mark and their numbers."""
    plain = clean(text)
    beginning = _BEGINNING.match(plain)
    parts = (part.strip(" ()[]【】") for part in _CLAUSES.split(plain[beginning.end() if beginning else 0 :]))
    return [_BEGINNING.sub("", part, count=1) for part in parts if part]


def noted_time(text: str) -> str:
    """What a note says its table is of, as it says it: 2022年12月数据, 截至2022年11月30日, 上年数据; empty where it says nothing of the kind."""
    marked, parts = is_marked(text), clauses(text)
    for clause in parts:
        match = _SAYS.fullmatch(clause)
        if match and match["subject"]:
            rest = match["rest"].strip(" :")
            upto = "截至" if match["verb"][-1:] in "至到止" and match["verb"] else ""
        elif marked and len(parts) == 1:
            rest, upto = _OF_FIGURE.sub("", clause), ""
        else:
            continue
        if (time := f"{upto}{rest}") and _is_time(time):
            return f"截至{time}" if _DAY.match(time) else time
    return ""


def without_lead(clause: str) -> str:
    """A clause without the words that only point at the figure beside it: 此数为, 备注：."""
    return _OF_FIGURE.sub("", clause.strip(" ()[]【】"), count=1)


@lru_cache(maxsize=8_192)
def remarked_time(text: str) -> str:
    """What a remark beside a figure says the figure is of: 上年数据, 2022年, 计划; empty where it says something else or more."""
    for clause in _CLAUSES.split(clean(text)):
        plain = without_lead(clause)
        if time := noted_time(clause) or (plain if plain and _is_time(plain) else ""):
            return time
    return ""


@lru_cache(maxsize=8_192)
def is_of_time(text: str) -> bool:
    """Whether words name a time or another kind of figures and nothing else: 2022年, 11月情况, 2024年计划; no matter which."""
    plain = clean(text)
    rest = find_months(plain).rest
    return _is_time(plain) or (rest != plain and _OTHERWISE.fullmatch(rest) is not None)


def _is_time(text: str) -> bool:
    """Whether a text names a time, or another kind of figures, and nothing else."""
    rest = without_subjects(text)
    if _OTHERWISE.fullmatch(text) or (rest != name_key(text) and _NOTHING_ELSE.fullmatch(rest)):
        return True
    months = find_months(f"截至{text}" if _DAY.match(text) else text)
    named = months.year is not None or months.last is not None
    return named and _NOTHING_ELSE.fullmatch(months.rest.removeprefix("截至").removeprefix("截止")) is not None
