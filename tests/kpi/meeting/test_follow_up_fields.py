"""What is typed into the fields of a follow-up: steps with their days, the value that is promised."""

from datetime import date
from decimal import Decimal as D

import pytest

from kpi.errors import RequestError
from kpi.meeting.follow_up_fields import steps_of, value_of
from kpi.store.follow_up import Step


def test_a_step_is_a_line_and_a_day_at_its_end_is_its_day() -> None:
    """In any of the ways in which a day is written; a number elsewhere is part of the words."""
    text = "通报检验结果 2023-12-10\n\n  补检 40 批次，2023/12/20 前\n整改（2023年12月31日前）\n2 项逐项销号\n"
    assert steps_of(text) == (
        Step("通报检验结果", date(2023, 12, 10)),
        Step("补检 40 批次", date(2023, 12, 20)),
        Step("整改", date(2023, 12, 31)),
        Step("2 项逐项销号"),
    )
    assert steps_of(" \n") == ()


def test_a_day_that_is_in_no_calendar_is_refused() -> None:
    with pytest.raises(RequestError, match="第 2 步「补检 2023-11-31」的日期不对"):
        steps_of("通报\n补检 2023-11-31")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("98.0", "%", D("98.0")),
        (" 98.0% ", "%", D("98.0")),
        ("98％", "%", D(98)),
        ("1,200 批次", "批次", D(1200)),
        ("-3", "户", D(-3)),
        ("", "%", None),
    ],
)
def test_a_value_is_read_in_the_unit_of_the_indicator(text: str, unit: str, value: D | None) -> None:
    """Every digit of it; nothing typed is nothing promised."""
    assert value_of(text, unit) == value


def test_a_line_of_blanks_is_read_at_once() -> None:
    """Its length alone, not its square, is what it takes: a hundred thousand signs would hold everybody up for minutes."""
    line = f"补{' ' * 500_000}检"
    assert steps_of(f"{line} 2023-12-10\n{line}") == (Step(line, date(2023, 12, 10)), Step(line))


def test_a_value_of_many_digits_is_refused() -> None:
    """No page could round and print one of thousands."""
    assert value_of("1" * 18, "") == D("1" * 18)
    with pytest.raises(RequestError, match="太长；请写不超过 18 位的数"):
        value_of("1" * 5000, "")


@pytest.mark.parametrize(("text", "unit"), [("九十八", "%"), ("98 批次", "%"), ("98.0.0", "%"), ("约98", "")])
def test_what_is_no_number_of_the_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(RequestError, match=f"答应达到的数写的是「{text}」"):
        value_of(text, unit)
