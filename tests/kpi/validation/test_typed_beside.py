"""What is typed beside a figure against what the figures give, worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi.place import Place
from kpi.store.earlier_figures import NOTHING_KNOWN, Background
from kpi.value import Value
from kpi.workbook.report import Beside, Column, Report, Typed
from tests.kpi.validation.sheets import found, known, said, sheet

SAME_DAY, OTHER_DAY = date(2022, 11, 30), date(2022, 11, 20)


def beside(report: Report, measure: str, kind: Beside, raw: str, column: Column = Column.YTD) -> Report:
    """The same sheet with something typed beside a figure, in H8."""
    typed = Typed(measure, kind, column, Value.of(Decimal(raw.rstrip("%"))), Place("抽检", "H8"), raw)
    return replace(report, typed=(*report.typed, typed))


def differs(report: Report, background: Background = NOTHING_KNOWN) -> bool:
    told = [finding for finding in found(report, background) if finding[0] == "typed-beside-differs"]
    assert told in ([], [("typed-beside-differs", "check", "抽检!H8")])
    return bool(told)


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [("48.81%", False), ("48.8%", False), ("48.81", False), ("0.4881", False), ("48.82%", True), ("-48.81%", True), ("32.80%", True)],
)
def test_growth_of_a_count_is_held_to_the_digits_typed(raw: str, wrong: bool) -> None:
    """16641 against 11183 is +48.807…%."""
    assert differs(beside(sheet(tested=16641, tested_prior=11183), "tested", Beside.YOY, raw)) is wrong


def test_a_rate_moves_in_points() -> None:
    """2.4 % against 2.5 % is −0.1 个百分点, not −4 %."""
    report = sheet(pass_rate="2.4", pass_rate_prior="2.5")
    assert not differs(beside(report, "pass_rate", Beside.YOY, "-0.1"))
    assert differs(beside(report, "pass_rate", Beside.YOY, "-4.0"))


@pytest.mark.parametrize(("day", "wrong"), [(SAME_DAY, True), (OTHER_DAY, False)])
def test_our_record_is_the_base_where_it_runs_to_the_same_day(day: date, wrong: bool) -> None:
    """60 against 40 is +50 %."""
    report = beside(sheet(tested=60), "tested", Beside.YOY, "25%")
    assert differs(report, Background({}, {}, known(day, tested=40))) is wrong
    assert not differs(beside(sheet(tested=60), "tested", Beside.YOY, "50%"), Background({}, {}, known(SAME_DAY, tested=40)))


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "column"),
    [
        (Beside.CHANGE, "20", "-20", Column.YTD),  # 60 − 40
        (Beside.MOM, "25%", "50%", Column.MONTH),  # 10 against 8
        (Beside.YOY, "100%", "50%", Column.MONTH),  # 10 against 5
        (Beside.LAST_MONTH, "8", "7", Column.MONTH),
        (Beside.PRIOR_MONTH, "5", "6", Column.MONTH),
    ],
)
def test_each_kind_has_its_own_base(kind: Beside, right: str, wrong: str, column: Column) -> None:
    """60 so far, 10 of them this month; 50 and 8 a month ago, 40 and 5 a year ago."""
    background = Background({}, known(date(2023, 10, 31), tested=(8, 50)), known(SAME_DAY, tested=(5, 40)))
    report = sheet(tested=60, tested_month=10)
    assert not differs(beside(report, "tested", kind, right, column), background)
    assert differs(beside(report, "tested", kind, wrong, column), background)


def test_completion_is_of_the_target_in_the_same_row() -> None:
    """60 of 80 are 75 %."""
    report = beside(sheet(tested=60), "tested", Beside.TARGET, "80")
    assert not differs(beside(report, "tested", Beside.PROGRESS, "75%"))
    assert differs(beside(report, "tested", Beside.PROGRESS, "80%"))


@pytest.mark.parametrize(
    "kind", [Beside.YOY, Beside.CHANGE, Beside.MOM, Beside.LAST_MONTH, Beside.PRIOR_MONTH, Beside.PROGRESS, Beside.TARGET, Beside.YEAR_END]
)
def test_what_cannot_be_computed_is_not_doubted(kind: Beside) -> None:
    """No base is known, no target set."""
    assert not differs(beside(sheet(tested=60), "tested", kind, "12"))


def test_a_cumulative_figure_has_no_change_on_the_month_before() -> None:
    """It would only say that the year goes on."""
    background = Background({}, known(date(2023, 10, 31), tested=(8, 50)), {})
    assert not differs(beside(sheet(tested=60), "tested", Beside.MOM, "99%"), background)


def test_both_figures_are_told() -> None:
    """As typed and as computed."""
    report = beside(sheet(tested=16641, tested_prior=11183), "tested", Beside.YOY, "↑48.9%".lstrip("↑"))
    assert ("检验批次的本年累计同比填 48.9%，按表内和系统记录的数应为 48.81%", "看板按各数重新计算，不用这一格；请核对这一格和它所依据的数") in said(report)
