"""How figures are printed: exact strings."""

from decimal import Decimal as D

import pytest

from kpi.errors import RequestError
from kpi.present import numbers
from kpi.present.numbers import Rounding
from kpi.value import UNREPORTED, Qualifier, State, Value

EVEN = Rounding.HALF_EVEN


@pytest.mark.parametrize(
    ("exact", "decimals", "printed"),
    [
        ("1.050", 1, "1.0"),  # 拟舍弃数字为 5 且其后无数，左边为偶数：舍
        ("0.35", 1, "0.4"),
        ("2500", -3, "2000"),
        ("3500", -3, "4000"),
        ("8.53459", 2, "8.53"),  # never through 8.535
        ("-1.050", 1, "-1.0"),
    ],
)
def test_gb_t_8170_rounds_a_half_to_the_even_digit(exact, decimals, printed):
    assert f"{numbers.rounded(D(exact), decimals, EVEN):f}" == printed


@pytest.mark.parametrize(("exact", "decimals", "printed"), [("1.050", 1, "1.1"), ("0.35", 1, "0.4"), ("2500", -3, "3000"), ("8.53459", 2, "8.53")])
def test_half_up_is_how_a_spreadsheet_prints(exact, decimals, printed):
    assert f"{numbers.rounded(D(exact), decimals, Rounding.HALF_UP):f}" == printed


def test_rounding_is_one_setting(monkeypatch):
    assert numbers.figure(D("2.5"), 0) == "3"
    monkeypatch.setenv("KPI_ROUNDING", "half-even")
    assert numbers.figure(D("2.5"), 0) == "2"
    monkeypatch.setenv("KPI_ROUNDING", "up")
    with pytest.raises(RequestError, match="KPI_ROUNDING 的值「up」无效；请写 half-up 或 half-even"):
        numbers.figure(D("2.5"), 0)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "printed"),
    [
        (D(1724) * 100 / D(1763), "%", 1, "97.8%"),
        (D("17017"), "批次", 0, "17,017 批次"),
        (D("37.7663"), "万元", 4, "37.7663 万元"),
        (D("1000"), "万元", 2, "1,000.00 万元"),
        (D("0"), "件", 0, "0 件"),
        (D("-0.04"), "个百分点", 1, "0.0 个百分点"),
        (D("-1234.5"), "", 1, "-1,234.5"),
        (D("12345678901234567890123456789012345.5"), "元", 1, "12,345,678,901,234,567,890,123,456,789,012,345.5 元"),
    ],
)
def test_a_figure_with_its_unit(value, unit, decimals, printed):
    assert numbers.amount(value, unit, decimals) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Value.of("0"), "0 人次"),
        (Value.of("97.80"), "97.80 人次"),
        (Value.of("3000", Qualifier.AT_LEAST), "≥3,000 人次"),
        (Value.of("1", Qualifier.AT_MOST), "≤1 人次"),
        (Value.of("100", Qualifier.ABOUT), "约 100 人次"),
        (Value(State.WITHHELD), "未公开"),
        (Value(State.PENDING), "在检/在办"),
        (Value(State.NOT_STARTED), "未开展"),
        (Value(State.NOT_APPLICABLE), "不适用"),
        (UNREPORTED, "未报"),
    ],
)
def test_each_of_the_seven_faces_keeps_its_own(value, printed):
    assert numbers.stated(value, "人次") == printed


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (D(16641) / D(11183) * 100 - 100, "%", "+48.81%"),
        (D("-0.11"), "个百分点", "-0.11 个百分点"),
        (D(0), "%", "持平"),
        (None, "%", "—"),
    ],
)
def test_a_change_carries_its_sign(value, unit, printed):
    assert numbers.change(value, unit) == printed


def test_digits_grow_until_two_figures_read_apart():
    assert numbers.apart(D("89.589"), D("89.591"), 1) == 3
    assert numbers.apart(D(5), D(5), 1) == 1
    assert numbers.apart(D("1e-30"), D(0), 1) == 12


@pytest.mark.parametrize(("stated", "printed"), [("90.00", "90%"), ("97.8", "97.8%"), ("300", "300%")])
def test_a_target_prints_as_its_document_states_it(stated, printed):
    assert numbers.stated_amount(D(stated), "%") == printed
