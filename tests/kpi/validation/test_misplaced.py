"""Figures under the heading of another, which the whole sheet or last year shows."""

from kpi.finding import Finding
from kpi.store.earlier_figures import Background, CellOnFile
from kpi.workbook.report import Column
from tests.kpi.validation.sheets import Month, findings, past, sheet, value

FEBRUARY, MARCH, APRIL = Month(2023, 2), Month(2023, 3), Month(2023, 4)
CODES = ("months-under-cumulative", "cumulatives-under-month")
YEAR = {"tested": [17, 16, 15, 17, 18, 16, 15, 20, 17, 16, 15, 18], "passed": [15, 15, 14, 16, 17, 16, 14, 18, 16, 15, 14, 17]}


def misplaced(period: Month, background: Background, **figures: object) -> list[Finding]:
    return [one for one in findings(sheet(period, **figures), background) if one.code in CODES]


def filed(period: Month, column: Column, **figures: list[int]) -> Background:
    """The figures of this year as they were typed in one column, from January on."""
    cells = {
        (code, column): {Month(period.year, n): CellOnFile(value(number), Month(period.year, n).last_day) for n, number in enumerate(given, start=1)}
        for code, given in figures.items()
    }
    return Background({}, {}, {}, filed=cells)


def test_cumulatives_that_hardly_grow_in_all_rows_are_asked_about() -> None:
    """17, 40 and 30 in January, 18, 43 and 31 in February: nobody's work stops everywhere at once."""
    january = past(FEBRUARY, tested=[17], visits=[40], leaflets=[30])

    [finding] = misplaced(FEBRUARY, january, tested=18, visits=43, leaflets=31)
    assert (finding.severity.value, str(finding.place)) == ("check", "抽检!F8")
    assert finding.seen == "检验批次本年累计 18，与上月累计 17 相近，此前每月至少 17；检验批次等 3 个数据项都是这样"
    assert finding.remedy == "是否把本月数填在了本年累计一栏？本年累计应从 1 月 1 日算到本月末，只有单月数的请填在本月数一栏；数据属实的，请写明原因"


def test_cumulatives_that_hardly_grow_are_asked_about_later_in_the_year_too() -> None:
    """51, 120 and 90 to March, 53, 121 and 92 to April, where each month brought at least 17, 40 and 30."""
    march = filed(APRIL, Column.YTD, tested=[17, 34, 51], visits=[40, 80, 120], leaflets=[30, 60, 90])

    [finding] = misplaced(APRIL, march, tested=53, visits=121, leaflets=92)
    assert finding.severity.value == "check"
    assert finding.seen == "检验批次本年累计 53，与上月累计 51 相近，此前每月至少 17；检验批次等 3 个数据项都是这样"


def test_one_or_two_such_rows_are_hinted_at_where_they_are_all_there_is() -> None:
    """A single campaign may be over; beside rows that go on it is no column."""
    assert [f.severity.value for f in misplaced(FEBRUARY, past(FEBRUARY, tested=[17], visits=[40]), tested=18, visits=43)] == ["hint"]
    assert misplaced(FEBRUARY, past(FEBRUARY, tested=[17], visits=[40], leaflets=[30]), tested=18, visits=80, leaflets=60) == []
    assert misplaced(MARCH, filed(MARCH, Column.YTD, tested=[17, 18]), tested=19) == []  # 1 was explained last month


def test_a_small_office_whose_figures_stand_still_is_not_asked() -> None:
    """3 and 9 are few, 12 and 20 stand as they were, a cumulative that falls is asked about by itself."""
    still = past(FEBRUARY, tested=[12], visits=[20], leaflets=[9], recovered=[3])

    assert misplaced(FEBRUARY, still, tested=12, visits=20, leaflets=9, recovered=3) == []
    assert misplaced(FEBRUARY, still, tested=12, visits=21, leaflets=9, recovered=3) == []
    assert misplaced(FEBRUARY, past(FEBRUARY, tested=[47], visits=[40], leaflets=[30]), tested=45, visits=38, leaflets=29) == []


def test_a_cumulative_like_last_years_months_is_asked_about_without_any_month_of_this_year() -> None:
    """18 and 16 in June, where last year had 99 and 93 and 14 to 20 each month; of one row it is a hint."""
    june, before = Month(2023, 6), {code: [*year, *[None] * 5] for code, year in YEAR.items()}

    [finding] = misplaced(june, past(june, **before), tested=18, passed=16)
    assert finding.severity.value == "check"
    assert finding.seen == "检验批次本年累计 18，上年同期累计 99，上年各月 15 至 20；检验批次等 2 个数据项都是这样"
    assert [f.severity.value for f in misplaced(june, past(june, tested=before["tested"]), tested=18)] == ["hint"]
    assert misplaced(june, past(june, **before), tested=96, passed=16) == []


def test_months_that_grow_as_the_year_does_are_asked_about() -> None:
    """17, 34, 51 and all rows likewise: cumulatives; two months may well double, and one row is a hint."""
    grown = filed(MARCH, Column.MONTH, tested=[17, 34], visits=[40, 79], leaflets=[30, 62])

    [finding] = misplaced(MARCH, grown, tested_month=51, visits_month=121, leaflets_month=90)
    assert (finding.severity.value, str(finding.place)) == ("check", "抽检!E8")
    assert finding.seen == "检验批次的本月数 1—3 月依次是 17、34、51，逐月像累计那样增加；检验批次等 3 个数据项都是这样"
    assert [f.severity.value for f in misplaced(APRIL, filed(APRIL, Column.MONTH, tested=[17, 34, 51]), tested_month=68)] == ["hint"]
    assert misplaced(MARCH, grown, tested_month=51, visits_month=60, leaflets_month=55) == []
    assert (
        misplaced(FEBRUARY, filed(FEBRUARY, Column.MONTH, tested=[17], visits=[40], leaflets=[30]), tested_month=34, visits_month=80, leaflets_month=60) == []
    )


def test_a_month_like_last_years_cumulative_is_asked_about() -> None:
    """34 and 30 under 本月数 in February, where last year had 33 and 30 so far and at most 20 and 18 in a month."""
    [finding] = misplaced(FEBRUARY, past(FEBRUARY, tested=[*YEAR["tested"], 17], passed=[*YEAR["passed"], 15]), tested_month=34, passed_month=30)

    assert finding.severity.value == "check"
    assert finding.seen == "检验批次本月数 34，上年同期累计 33，上年各月 15 至 20；检验批次等 2 个数据项都是这样"


def test_a_sheet_that_states_both_columns_is_held_to_them_instead() -> None:
    """累计 = 上月累计 + 本月 says it more exactly."""
    january = past(FEBRUARY, tested=[17], visits=[40], leaflets=[30])

    assert misplaced(FEBRUARY, january, tested=18, tested_month=1, visits=43, visits_month=3, leaflets=31, leaflets_month=1) == []


def test_a_month_typed_in_both_columns_is_named_as_the_cause() -> None:
    """100 tested and 90 passed to March, then 30 and 28 in both columns of April: one question names the slip, and no months are computed from it."""
    before = past(APRIL, tested=[40, 30, 30], passed=[36, 27, 27])
    found = findings(sheet(APRIL, tested=30, tested_month=30, passed=28, passed_month=28), before)

    [finding] = [one for one in found if one.code == "columns-the-same"]
    assert (finding.severity.value, str(finding.place)) == ("check", "抽检!F8")
    assert finding.seen == "检验批次等 2 个数据项本年累计与本月数相同（2 行），此前各月却已有数"
    assert finding.remedy == "是否把本月数填进了本年累计？本年累计应从 1 月 1 日算到本月末；确属更正的，请写明原因"
    assert "part-exceeds-whole" not in [one.code for one in found]


def test_a_cumulative_typed_in_both_columns_is_named_as_the_cause() -> None:
    """1850 tested and 1810 passed in both columns of April after 1763 and 1724: the slip is named, no digit is doubted, no months are computed from it."""
    before = past(APRIL, tested=[588, 588, 587], passed=[575, 575, 574])
    found = findings(sheet(APRIL, tested=1850, tested_month=1850, passed=1810, passed_month=1810), before)

    [finding] = [one for one in found if one.code == "columns-the-same"]
    assert (finding.severity.value, finding.seen) == ("check", "检验批次等 2 个数据项本月数与本年累计相同（2 行），此前各月却已有数")
    assert finding.remedy == "是否把本年累计填进了本月数，或本年累计漏加了以前各月？本月数只是这一个月的；数据属实的，请写明原因"
    assert not {"part-exceeds-whole", "far-above-known", "unusual-value"} & {one.code for one in found}


def test_the_first_month_with_anything_is_the_year_so_far() -> None:
    """January, and a measure that had nothing in the months before: the month is the cumulative."""
    january = sheet(Month(2023, 1), tested=30, tested_month=30)
    nothing = findings(sheet(APRIL, tested=30, tested_month=30), past(APRIL, tested=[0, 0, 0]))

    assert "columns-the-same" not in {one.code for one in (*findings(january), *nothing)}
