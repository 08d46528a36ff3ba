"""Rates far from what is set for them, through the shipped catalogue's targets of 2023: 合格率 97.8 %, 高价值 30 %, 快检 18000 批次."""

from datetime import date
from decimal import Decimal

import pytest

from kpi.catalog import load
from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import NOTHING_KNOWN, Background, EarlierFigure
from kpi.validation.checks import check
from kpi.value import State, Value
from kpi.workbook.report import Column, Reading, Report

CATALOG = load.load(load.DEFAULT)
JANUARY = Month(2023, 1)
CODES = ("outcomes-swapped", "rate-far-off", "far-above-known")


def said(office: str, column: Column = Column.YTD, **figures: int) -> list[tuple[str, str, str]]:
    """Code, severity and words of what is said about figures of January, of which nothing is known before."""
    readings = tuple(
        Reading(code, column, Value.of(Decimal(number)), Place("表", f"D{row}"), str(number), JANUARY.last_day)
        for row, (code, number) in enumerate(figures.items(), start=2)
    )
    found = check(Report(office, JANUARY, readings, {}, ()), CATALOG, NOTHING_KNOWN, date(2023, 2, 5))
    return [(one.code, one.severity.value, one.seen) for one in found if one.code in CODES]


@pytest.mark.parametrize("column", [Column.MONTH, Column.YTD])
def test_results_the_wrong_way_round_are_asked_about(column: Column) -> None:
    """4 passed and 96 failed, where 97.8 % are to pass: swapped it is 96 %."""
    [(code, severity, seen)] = said("food_coordination", column, food_samples_tested=100, food_samples_passed=4, food_samples_failed=96)

    assert (code, severity) == ("outcomes-swapped", "check")
    assert seen == f"食品抽检合格批次{column.chinese} 4，食品抽检不合格批次 96，食品抽检合格率只有 4%，目标是 97.8%"


def test_a_bad_month_is_no_swap() -> None:
    """Half failed, or one of three: that is the news."""
    assert said("food_coordination", food_samples_tested=100, food_samples_passed=50, food_samples_failed=50) == []
    assert said("food_coordination", food_samples_tested=3, food_samples_passed=0, food_samples_failed=3) == []


def test_a_first_rate_a_tenth_of_what_is_set_for_it_is_hinted_at() -> None:
    """120 of 3500 is 3.43 %, of 350 it is 34.3 %; 30 % are to be reached."""
    [(code, severity, seen)] = said("ip", high_value_invention_patents_held=120, invention_patents_held=3500)

    assert (code, severity) == ("rate-far-off", "hint")
    assert seen == "高价值发明专利拥有量 120、发明专利拥有量 3500，高价值发明专利占比只有 3.43%，目标是 30%，约差 10 倍"
    assert said("ip", high_value_invention_patents_held=50, invention_patents_held=350) == []


def test_a_first_month_of_most_of_the_years_task_is_hinted_at() -> None:
    """15000 of 18000 in January."""
    assert [(code, severity) for code, severity, _ in said("food_coordination", food_rapid_tests=15000)] == [("far-above-known", "hint")]
    assert said("food_coordination", food_rapid_tests=8000) == []


def test_rows_that_change_places_in_a_later_month_are_seen_in_what_the_month_brought() -> None:
    """100 passed and 4 failed to January; 102 and 100 to February is a month of 2 and 96."""
    before = {
        code: EarlierFigure(Decimal(n), State.NUMBER, JANUARY.last_day, Decimal(n)) for code, n in (("food_samples_passed", 100), ("food_samples_failed", 4))
    }
    february = Month(2023, 2)
    figures = (("food_samples_passed", 102), ("food_samples_failed", 100))
    readings = tuple(
        Reading(code, Column.YTD, Value.of(Decimal(n)), Place("表", f"D{row}"), str(n), february.last_day) for row, (code, n) in enumerate(figures)
    )
    found = check(Report("food_coordination", february, readings, {}, ()), CATALOG, Background({}, before, {}), date(2023, 3, 5))

    [seen] = [one.seen for one in found if one.code == "outcomes-swapped"]
    assert seen.startswith("食品抽检合格批次按累计相减的本月数 2，食品抽检不合格批次 96，")


@pytest.mark.parametrize(("month", "severity"), [(9000, []), (9001, ["hint"]), (36000, ["hint"]), (36001, ["check"])])
def test_a_first_month_of_more_than_twice_the_years_task_must_be_answered(month: int, severity: list[str]) -> None:
    """18000 for the year: more than half of it in January is a hint, more than all of it twice is checked."""
    assert [one for _, one, _ in said("food_coordination", food_rapid_tests=month)] == severity
