"""A cell by itself: the day it runs to, the number it can be."""

from datetime import date

import pytest

from kpi.value import State
from tests.kpi.validation.sheets import Month, found, said, sheet


def test_a_sheet_in_order_has_no_findings() -> None:
    """Sums, shares and the typed rate all agree."""
    assert found(sheet(taken=54, tested=54, passed=44, failed=10, pass_rate="81.5")) == []


def test_a_future_month_is_refused() -> None:
    """November cannot be reported in October; one finding, about the sheet."""
    assert found(sheet(tested=1), today=date(2023, 10, 31)) == [("future-period", "block", "抽检")]


@pytest.mark.parametrize("day", [date(2023, 12, 1), date(2022, 11, 30)])
def test_a_figure_runs_to_a_day_of_its_year(day: date) -> None:
    """Neither beyond the month nor in another year."""
    assert found(sheet(tested=1, as_of=day)) == [("as-of-outside-period", "block", "抽检!F8")]


def test_a_wrong_day_is_said_once() -> None:
    """A date mistyped for the whole sheet is one mistake, not thirty."""
    assert said(sheet(taken=2, tested=1, as_of=date(2023, 12, 1))) == [
        ("抽检批次等 2 个数据项的数据截止日是 2023-12-01", "应在 2023-01-01 与 2023-11-30 之间，请改正数据截止日")
    ]


def test_a_figure_may_run_to_an_earlier_day() -> None:
    """A November sheet may carry figures as of 30 September."""
    assert found(sheet(tested=1, as_of=date(2023, 9, 30))) == []


@pytest.mark.parametrize(
    ("figures", "place"),
    [({"tested": "2.5"}, "抽检!F8"), ({"tested": -1}, "抽检!F8"), ({"pass_rate": 104}, "抽检!F11"), ({"pass_rate": -1}, "抽检!F11")],
)
def test_impossible_values_are_refused(figures: dict[str, object], place: str) -> None:
    """Half a lot, fewer than none, more than all."""
    assert found(sheet(**figures)) == [("impossible-value", "block", place)]


def test_impossible_values_are_refused_with_what_they_should_be() -> None:
    """A share within 0 to 100; a count whole and in its unit."""
    assert said(sheet(tested="2.5", pass_rate=978)) == [
        ("检验批次的本年累计是 2.5", "应为不小于 0 的整数（批次），请改正"),
        ("合格率的本年累计是 978", "比率应在 0 到 100 之间，请核对小数点和单位"),
    ]


def test_a_net_increase_may_be_negative() -> None:
    """净增长 and growth are signed."""
    assert found(sheet(net=-5, growth=-3)) == []


def test_nothing_is_checked_against_what_is_not_there() -> None:
    """未公开 is not 0: neither a sum nor a share is judged over it."""
    assert found(sheet(tested=54, passed=State.WITHHELD, failed=7)) == []


def test_the_first_month_of_a_bureau_has_nothing_to_be_held_against() -> None:
    """No history, no last year: only the sheet itself counts."""
    assert found(sheet(Month(2023, 1), tested=10, tested_month=10, visits=123456, shops=3), today=date(2023, 2, 1)) == []
