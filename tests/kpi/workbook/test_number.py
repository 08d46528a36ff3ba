"""What people write into a number cell, and what it means."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.validation.finding_words import number_words, shown
from kpi.value import Qualifier, State, Value
from kpi.value import plain as printed
from kpi.workbook.number import is_bare_number, read_value, whole_number
from kpi.workbook.signs import in_sight, ordinal

_STATES = {state.value: state for state in State}
_SIGN = re.compile(r"\\u([0-9a-f]{4})|\\([nt])")


def _spellings() -> list[tuple[str, str, str, str, str]]:
    lines = (Path(__file__).parent / "spellings.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(_SIGN.sub(_sign, text), unit, result, qualifier, more) for text, unit, result, qualifier, more in rows]


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else {"n": "\n", "t": "\t"}[match[2]]


@pytest.mark.parametrize("text", ["-0", "负0", "负零", "-0.0", "\u22120", "-0.00万", "约-0"])
def test_nought_has_no_sign(text: str):
    """-0 is 0, in the figure and wherever it is printed."""
    value = read_value(text, "户")

    assert (value.state, f"{value.number:f}"[:1]) == (State.ZERO, "0")


@pytest.mark.parametrize("number", ["-0", "-0.00", "-0E+3"])
def test_a_figure_made_of_a_signed_nought_has_none(number: str):
    """However it was computed: rounded, converted or read from the store."""
    assert str(Value.of(number).number).startswith("0")
    assert str(Value(State.ZERO, Decimal(number)).number).startswith("0")
    assert (printed(Decimal(number)), number_words(Decimal(number)), number_words(Decimal("-0.001"))) == ("0", "0", "0")
    assert shown(-0.00001) == "0"


@pytest.mark.parametrize(("text", "unit", "result", "qualifier", "more"), _spellings())
def test_each_spelling_becomes_what_the_table_says(text: str, unit: str, result: str, qualifier: str, more: str):
    """A spelling that is certain is read, one that would have to be guessed is refused with a reason; none becomes another number."""
    if result == "refused":
        with pytest.raises(ValueError, match=more):
            read_value(text, unit)
        return
    value = read_value(text, unit)
    if result in _STATES:
        assert value == Value(_STATES[result])
        return
    assert (value.number, value.qualifier) == (Decimal(result), Qualifier(qualifier))
    assert value.decimals == (int(more) if more else max(0, -int(Decimal(result).as_tuple().exponent)))


def test_the_table_of_spellings_is_long_and_says_nothing_twice():
    """Every text stands there once for each unit."""
    spellings = [(text, unit) for text, unit, *_ in _spellings()]
    assert len(spellings) >= 300
    assert len(set(spellings)) == len(spellings)


def test_an_empty_cell_is_not_reported():
    assert read_value(None, "户").state is State.UNREPORTED


def test_keeps_the_precision_as_written():
    assert read_value("97.80", "%").decimals == 2
    assert read_value(Decimal("37.7663"), "万元").decimals == 4
    assert read_value("12.53万", "户").decimals == 0


def test_knows_a_number_that_was_typed_as_text():
    assert is_bare_number("１,２３４")
    assert not is_bare_number("3000余")


@pytest.mark.parametrize("text", ["①", "²", "٣", "፩", "𐩀", "½", "", "-1", "1.0", "1_000", "１"])
def test_only_plain_digits_are_a_whole_number(text: str):
    """``isdigit`` is true for ① and ², which ``int`` refuses."""
    assert whole_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("(1)", 1), ("（2）", 2), ("①", 1), ("⑩", 10), ("⑿", 12), *((text, None) for text in ("甲", "½", "㎡", ""))]
)
def test_the_number_of_an_item_may_be_circled(text: str, number: int | None):
    assert ordinal(text) == number


def test_invisible_signs_are_shown_by_their_names():
    """What cannot be seen could not be removed otherwise."""
    assert in_sight("1\u202e2\n3") == "1「U+202E 从右到左强制符」2\n3"


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
