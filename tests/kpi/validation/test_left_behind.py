"""What a withdrawal leaves behind, from the cells before and after it."""

from datetime import date

from kpi.finding import Finding
from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import CellOnFile, CellsOnFile
from kpi.validation.left_behind import left_behind
from kpi.workbook.report import Column
from tests.kpi.validation.sheets import CATALOG, TODAY, value

JANUARY, FEBRUARY = Month(2023, 1), Month(2023, 2)


def cell(number: int, period: Month, where: str) -> CellOnFile:
    return CellOnFile(value(number), period.last_day, f"{period}.xlsx", Place("表", where))


def after_january(before: CellsOnFile, after: CellsOnFile) -> list[tuple[str, str]]:
    """Code and words of what is left behind where January's sheet of quality is withdrawn."""
    findings: tuple[Finding, ...] = left_behind(CATALOG, "quality", JANUARY, "bureau", before, after, TODAY)
    return [(finding.code, finding.seen) for finding in findings]


def test_what_no_longer_adds_up_is_said_at_its_own_cell() -> None:
    """5 and then 4 make 9; 3 counts again, which makes 7: said at 本年累计 of February, not at 本月数 beside it."""
    february = {("visits", Column.MONTH): {FEBRUARY: cell(4, FEBRUARY, "E6")}, ("visits", Column.YTD): {FEBRUARY: cell(9, FEBRUARY, "F6")}}
    month = ("visits", Column.MONTH)
    before, after = ({**february, month: {**february[month], JANUARY: cell(number, JANUARY, "E6")}} for number in (5, 3))

    assert after_january(before, after) == [
        ("cumulative-differs", "撤回后，2023 年 2 月的报表（「2023-02.xlsx」表!F6）：走访户次本年累计 9，应为上月累计 3 + 本月数 4 = 7")
    ]


def test_a_base_that_stays_is_not_said_to_move_and_one_that_moves_is() -> None:
    """January 2024 stands beside 10 of a year before, which was 11, or was 10 all along."""
    key = ("visits", Column.YTD)
    next_year = {Month(2024, 1): CellOnFile(value(12), date(2024, 1, 31), "2024-01.xlsx", Place("表", "F6"))}
    ten, eleven = ({key: {**next_year, JANUARY: cell(number, JANUARY, "F6")}} for number in (10, 11))

    assert after_january(ten, ten) == []
    assert after_january(eleven, ten) == [("base-moves", "撤回后，2024 年 1 月的报表（「2024-01.xlsx」表!F6）已按原来的数作同比：走访户次由 11 变为 10")]
