"""What people write into a number cell, and what it means."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.value import Qualifier, State, Value
from kpi.workbook.number import is_bare_number, read_value

EXACT, ABOUT, AT_LEAST, AT_MOST = Qualifier.EXACT, Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.AT_MOST


@pytest.mark.parametrize(
    ("text", "unit", "number", "qualifier"),
    [
        ("1763", "批次", "1763", EXACT),
        ("１，２３４", "户", "1234", EXACT),
        ("1,234.56", "万元", "1234.56", EXACT),
        ("  12 \u00a0", "户", "12", EXACT),
        ("\u200b12\ufeff", "户", "12", EXACT),
        ("0012", "户", "12", EXACT),
        ("97.8％", "%", "97.8", EXACT),
        ("97.80", "%", "97.80", EXACT),
        ("1763批次", "批次", "1763", EXACT),
        ("1763 批次", "批次", "1763", EXACT),
        ("37.7663万元", "万元", "37.7663", EXACT),
        ("2.9万", "万元", "2.9", EXACT),
        ("2.9万余", "万元", "2.9", AT_LEAST),
        ("2.9万余元", "万元", "2.9", AT_LEAST),
        ("1.2亿元", "万元", "12000", EXACT),
        ("12.5万", "户", "125000", EXACT),
        ("12.5万户", "户", "125000", EXACT),
        ("0.00001万", "户", "0.1", EXACT),
        ("3000余", "人次", "3000", AT_LEAST),
        ("3000余人次", "人（次）", "3000", AT_LEAST),
        ("3000多人（次）", "人次", "3000", AT_LEAST),
        ("100以上", "户", "100", AT_LEAST),
        ("超过3000", "户", "3000", AT_LEAST),
        ("至少3", "户", "3", AT_LEAST),
        (">95", "%", "95", AT_LEAST),
        ("＞95%", "%", "95", AT_LEAST),
        ("≥90%", "%", "90", AT_LEAST),
        ("不超过1", "工作日", "1", AT_MOST),
        ("不超过1个工作日", "工作日", "1", AT_MOST),
        ("≤5", "天", "5", AT_MOST),
        ("<5", "天", "5", AT_MOST),
        ("约100", "户", "100", ABOUT),
        ("近100户", "户", "100", ABOUT),
        ("100左右", "户", "100", ABOUT),
        ("-5.30", "万元", "-5.30", EXACT),
        ("\u22125", "户", "-5", EXACT),
        ("0", "户", "0", EXACT),
        ("5件/万人", "件/万人", "5", EXACT),
        ("两千肆佰余户", "户", "2400", AT_LEAST),
        ("约三万五千", "户", "35000", ABOUT),
        ("一亿二千万", "户", "120000000", EXACT),
        ("十二", "户", "12", EXACT),
        ("零", "户", "0", EXACT),
    ],
)
def test_reads_the_numbers_people_write(text: str, unit: str, number: str, qualifier: Qualifier):
    assert read_value(text, unit) == Value.of(number, qualifier)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *((word, State.UNREPORTED) for word in ("", "  ", "\u200b", "未报", "未 报")),
        *((word, State.WITHHELD) for word in ("*", "**", "＊", "未公开", "保密")),
        *((word, State.PENDING) for word in ("在检", "在办", "正在检测", "正在检验", "正在办理", "待检", "在检/在办")),
        *((word, State.NOT_STARTED) for word in ("未开展", "未开展此项工作")),
        *((word, State.NOT_APPLICABLE) for word in ("不适用", "/", "／", "—", "-", "――", "N/A")),
    ],
)
def test_reads_the_words_for_no_number(text: str, state: State):
    assert read_value(text, "户") == Value(state)


def test_an_empty_cell_is_not_reported():
    assert read_value(None, "户").state is State.UNREPORTED


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("无", "户", "数量为零请填 0"),
        ("97.8%", "户", "单位是「%」"),
        ("3户", "家", "单位是「户」"),
        ("约3000余", "户", "只保留一种"),
        ("56675(↑5.65%)", "户", "只填数字"),
        ("减少0.11个百分点", "%", "增减幅度"),
        ("三百二", "户", "只填数字"),
        ("1,23", "户", "只填数字"),
        ("1.2.3", "户", "只填数字"),
        ("12户34", "户", "只填数字"),
        ("见附件", "户", "只填数字"),
        ("9" * 30, "户", "只填数字"),
        ("9" * 16, "户", "超过 15 位"),
    ],
)
def test_refuses_what_would_have_to_be_guessed(text: str, unit: str, reason: str):
    with pytest.raises(ValueError, match=reason):
        read_value(text, unit)


def test_keeps_the_precision_as_written():
    assert read_value("97.80", "%").decimals == 2
    assert read_value(Decimal("37.7663"), "万元").decimals == 4
    assert read_value("12.53万", "户").decimals == 0


def test_knows_a_number_that_was_typed_as_text():
    assert is_bare_number("１,２３４")
    assert not is_bare_number("3000余")


@given(st.text(max_size=12))
def test_no_text_at_all_becomes_a_zero_unless_a_zero_stands_in_it(text: str):
    """A zero may be written out: 零 and 〇 are numbers too."""
    try:
        value = read_value(text, "户")
    except ValueError:
        return
    assert value.state is not State.ZERO or any(sign.isnumeric() for sign in text)


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4))
def test_a_number_is_read_back_exactly(number: Decimal):
    assert read_value(f"{number:,f}", "万元").number == number
