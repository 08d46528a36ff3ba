"""Headings and titles that name the months of a sum, 1—11月 or 9—11月, where the year does not begin with January."""

import re
from collections.abc import Iterable, Iterator

from kpi.finding import Finding, Severity
from kpi.period import CALENDAR_YEAR, ReportingYear
from kpi.place import Place, cell_name
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.naming import DASHES

_RUN = rf"(?<!\d)(\d{{1,2}})\s*月?(?:份|1[日号])?\s*[{DASHES}]+\s*(?:20\d\d\s*年\s*)?(?!\1\s*月)\d{{1,2}}\s*月"
_FROM = re.compile(f"{_RUN}|上半年|下半年|前[二两三]个?季度|[一二三四1-4]季度", re.ASCII)


def sums_of_other_months(tables: Iterable[Table], year: ReportingYear) -> Iterator[Finding]:
    """
    The titles and headings by which a cumulative is read of other months than those of the year so far, or not at all; none of a calendar year.

    All words for months that run from January, 上半年 and 一季度 among them, are of the calendar, so that a sum from January would pass for 本年累计.
    """
    if year == CALENDAR_YEAR:
        return
    for table in tables:
        for number in range(table.above, table.bottom + 1):
            for column, cell in table.sheet.rows.get(number, {}).items():
                if match := _FROM.search(written_out(cell.text)):
                    begins = match[1] is not None and int(match[1]) == year.begins
                    words = "从年度的第一个月算起" if begins else "是公历的月份，不是从年度的第一个月算起"
                    yield Finding(
                        "months-of-other-year",
                        Severity.BLOCK,
                        Place(table.sheet.name, cell_name(number, column)),
                        f"「{cell.text.strip()}」{words}，本局的年度从 {year.begins} 月开始",
                        f"从 {year.begins} 月算起的累计，表头请写「本年累计」，单月的写「本月数」，标题写「2023年11月」一类的月份；其他的累计不能报",
                    )
