"""上年同期 as the office states it, against our own record."""

from datetime import date

import pytest

from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import Background, CellOnFile
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.years import moved_base
from kpi.workbook.report import Column
from tests.kpi.validation.sheets import CATALOG, TODAY, found, known, said, sheet, value

SAME_DAY, OTHER_DAY = date(2022, 11, 30), date(2022, 11, 20)


@pytest.mark.parametrize(
    ("stated", "recorded", "day", "differs"),
    [(41, 40, SAME_DAY, True), (40, 40, SAME_DAY, False), (41, 40, OTHER_DAY, False), ("约41", 40, SAME_DAY, False), (41, "≥40", SAME_DAY, False)],
)
def test_last_years_base_must_agree_with_our_record(stated: object, recorded: object, day: date, differs: bool) -> None:
    """To the same day and where both are exact; else they cannot be compared."""
    background = Background({}, {}, known(day, tested=recorded))

    assert found(sheet(tested_prior=stated), background) == ([("base-differs", "check", "抽检!G8")] if differs else [])


def test_a_base_that_differs_shows_both() -> None:
    """The office's figure and ours."""
    assert said(sheet(tested_prior=41), Background({}, {}, known(SAME_DAY, tested=40))) == [
        ("检验批次上年同期填 41，系统记录的 2022 年 11 月是 40", "口径有调整的请写明原因，同比按可比口径计算；填错的请改正")
    ]


@pytest.mark.parametrize(("was", "now", "moves"), [(11, 10, True), (10, 10, False), (None, 10, False), (10, None, False)])
def test_a_base_moves_where_there_was_one_and_is_another(was: int | None, now: int | None, moves: bool) -> None:
    """January 2024 has 12: a year before it was 11 and is 10; a base that comes or goes was no other number."""
    key, visits = ("visits", Column.YTD), CATALOG.measures["visits"]
    january, next_year = Month(2023, 1), Month(2024, 1)
    later = {next_year: CellOnFile(value(12), next_year.last_day, "f.xlsx", Place("表", "F6"))}
    before, after = (
        CheckedSheet(
            sheet(january),
            january,
            CATALOG,
            Background({}, {}, {}, filed={key: later | ({january: CellOnFile(value(base), january.last_day)} if base is not None else {})}),
            TODAY,
        )
        for base in (was, now)
    )

    words = "2024 年 1 月的报表（「f.xlsx」表!F6）已按原来的数作同比：走访户次由 11 变为 10"
    assert moved_base(before, after, [visits]) == ((visits, words) if moves else None)
