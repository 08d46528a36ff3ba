"""
What a remark says against the figure beside it: 作废, 有误, 应为50, 约, 不含12月.

Such a figure is not, or not yet, the result of the month, and only who filled in the sheet knows what it is.
"""

import re
from datetime import date
from functools import lru_cache

from kpi.period import Month
from kpi.workbook.forms.table_notes import without_lead
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.signs import clean

_CLAUSES = re.compile(r"[,，。;；\n]")
_VOID = re.compile(
    r"(?:作废|无效|(?:已|拟|应)?(?:撤销|撤回|删除|删去|剔除|取消|停报|停用)|停止(?:统计|报送|填报)|暂?不(?:再)?(?:计入|纳入|统计|上报|报送|作数|算数)"
    r"|有?错误?|有误|有?疑问?|存疑|有?待(?:更正|改正|订正|修改|修正|补充|补报|核查|查|复核|审核|核实|核)|[未没](?:审核?|核实?|确认|定稿?)|初步|快报|重复|填错|报错|误报|错报|漏报"
    r"|历史累计|历年累计|(?:累计)?至?(?:上年|去年)末?(?:结转|累计)|累计至(?:上年|去年)末|(?:上年|上月|上期|往年|历年)?(?:结转|遗留|滚存)"
    r"|大?约|大概|左右|近似|上下|以上|以下|不低于|不少于|不足|不到|不超过|至少|最多|概)(?:的?(?:数据?|值|统计|汇总|结果|计算|上报|月|累计|合计))*"
)
_SHOULD = re.compile(r"(?:应该?|改|更正|订正|修正|实际|准确数?)[为是:]+\d")
_PARTLY = re.compile(r"(?:(?P<only>仅|只)(?:含|包括|统计|有|报|为|是)*|(?:不含|不包括|不包含|未含|未包括|缺|除)(?:去|开)?)(?P<time>.+)")


@lru_cache(maxsize=8_192)
def doubted(text: str, month: Month, until: date | None) -> bool:
    """
    Whether a remark says that a figure is none of a month, or not exactly.

    Args:
        text: The remark.
        month: The month of the report.
        until: The day the figures of the sheet run to, where it says so.

    """
    return any(_doubted(without_lead(clause), month, until) for clause in _CLAUSES.split(clean(text)))


def _doubted(clause: str, month: Month, until: date | None) -> bool:
    if _VOID.fullmatch(clause) or _SHOULD.match(clause):
        return True
    if partly := _PARTLY.fullmatch(clause):
        months = find_months(partly["time"])
        own = months.last == month.month and (months.first in (1, None) or months.single)
        return months.last is not None and not months.rest and months.year in (None, month.year) and not (partly["only"] and own)
    day = re.fullmatch(r"(?:截[至止])?(?:到)?(?:20\d\d[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?", clause)
    return day is not None and int(day[1]) == month.month and int(day[2]) not in (month.last_day.day, until.day if until else 0)
