"""Stocks that break off from the levels next to them."""

import pytest

from tests.kpi.validation.sheets import Month, found, past, said, sheet


def test_a_level_that_falls_is_asked_about_by_what_stands_there() -> None:
    """2 after three months of 120 may be what the month added; 0 may be what did not change."""
    steady = past(shops=[120, 120, 120])

    assert said(sheet(shops=2), steady) == [("在册药店 2 家，其他月份约 120 家", "本项应填月末的总数，是否填成了本月新增？确实减少这么多的，请写明原因")]
    assert said(sheet(shops=0), steady) == [("在册药店 0 家，其他月份约 120 家", "本项应填月末的总数，没有变化的照填上月的数；确实减少这么多的，请写明原因")]


@pytest.mark.parametrize(("before", "now", "codes"), [(2, 20, ["level-breaks-off"]), (1, 19, []), (3, 29, []), (3, 30, ["level-breaks-off"])])
def test_a_small_level_is_noted_from_twenty_and_ten_times_on(before: int, now: int, codes: list[str]) -> None:
    """20 after 2 is both; 19 after 1 is under twenty; 29 after 3 is under ten times, 30 is not."""
    findings = found(sheet(shops=now), past(shops=[before]))

    assert [code for code, _, _ in findings] == codes
    assert {severity for _, severity, _ in findings} <= {"hint"}


def test_leaps_of_its_own_are_those_from_month_to_month_within_a_year() -> None:
    """Set anew from 20 to 200 each January, and slowly used up: 1000 in February is five times the level before, though Januaries leap tenfold."""
    year = [200, 150, 110, 80, 60, 45, 33, 30, 28, 26, 24, 20]
    february = Month(2023, 2)

    for gap in (year, [*year[:5], None, *year[6:]]):
        report, background = sheet(february, shops=1000), past(february, shops=[20, *gap, 200])
        assert [(code, severity) for code, severity, _ in found(report, background)] == [("level-breaks-off", "check")]
        assert said(report, background)[0][0] == "在册药店 1000 家，2023 年 1 月是 200 家"
