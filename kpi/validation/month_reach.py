"""
A month that lies out of reach: so early, or so late, that it is more likely a slip of the pen than a sheet.

The months of the store are one row without a gap, so that one sheet of 1990 would put four hundred empty months before
all others; that is for whoever keeps the catalogue to want, not for a slip.
"""

from collections.abc import Iterator

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place

_YEARS = 20  # that an archive reaches back unless the catalogue says from when
_USUAL = 10  # that one begins with
_GAP = 36  # months that may be empty between a sheet and the earliest one on file


def earliest(catalog: Catalog, today: Month) -> Month:
    """The first month that can be reported about."""
    return catalog.first_month or Month(today.year - _YEARS, 1)


def out_of_reach(period: Month, catalog: Catalog, stored: tuple[Month, Month] | None, today: Month) -> Iterator[Finding]:
    """
    What is to be said of a month long before all others, or that nobody can report about.

    Args:
        period: The month of the sheet.
        catalog: The catalogue, which may say with which month the bureau's figures begin.
        stored: The first and the last month on file; None while there is none.
        today: The present month.

    """
    first = earliest(catalog, today)
    if not period.comparable:
        remedy = "请核对表上的月份，读错了的用「改选」另选月份"
        yield Finding("month-out-of-reach", Severity.BLOCK, Place(""), f"报表期间是 {period.chinese}，没有报表会是这个月份的", remedy)
        return
    if period < first:
        begun = f"指标目录写明数据从 {first.chinese}开始" if catalog.first_month else f"比今天早了 {_YEARS} 年以上"
        remedy = f'请核对表上的月份，读错了的用「改选」另选月份；确要补录，请管理员在指标目录 bureau.toml 写一行 first_month = "{period}" 再上传'
        yield Finding("month-out-of-reach", Severity.BLOCK, Place(""), f"报表期间是 {period.chinese}，{begun}", remedy)
        return
    begun_with = stored[0] if stored else Month(today.year - _USUAL, 1)
    if period.plus(0 if not stored else _GAP) < begun_with:
        seen = f"报表期间是 {period.chinese}，" + (
            f"系统内最早的数据是 {begun_with.chinese}，中间有 {_between(period, begun_with)} 个月没有报送" if stored else f"比今天早了 {_USUAL} 年以上"
        )
        remedy = "请核对表上的月份，读错了的用「改选」另选月份；确是补录的，写明说明后入库，看板从这个月开始排起"
        yield Finding("month-far-back", Severity.CHECK, Place(""), seen, remedy)


def _between(first: Month, last: Month) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - 1
