"""However a number is written, it is read as itself or not at all."""

import unicodedata
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kpi.value import Value
from kpi.workbook.number import read_value

_DIGITS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")
_CF = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
_MARKS = ["①", "⑳", "¹", "²³", "*", "*1", "※", "（注1）", "❶", "⑴"]

numbers = st.decimals(Decimal(-(10**11)), Decimal(10**11), allow_nan=False, places=3)
wholes = st.integers(0, 10**12 - 1)
written = st.one_of(
    numbers.map(lambda number: f"{number:f}"),
    numbers.map(lambda number: f"{number:,f}"),
    wholes.map(lambda number: f"{number:,}".replace(",", " ")),
    wholes.map(lambda number: f"约{number}户"),
    wholes.map(lambda number: f"{number}余户"),
    wholes.map(lambda number: f"不超过{number}"),
    st.integers(1, 9999).map(lambda number: f"{number}万"),
    st.integers(1, 9999).map(lambda number: f"共{number}户"),
    wholes.map(lambda number: spoken(number)),
)


def spoken(number: int) -> str:
    """A number written out as one says it: 10500 is 一万零五百."""
    if not number:
        return "零"
    text = ""
    for size, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = number // size, number % size
        if not section:
            continue
        text += ("零" if text and section < 1000 and not text.endswith("零") else "") + _section(section) + word
        if word and 0 < number < size // 10 and not number // (size // 10000):
            text += "零" * (not text.endswith("零"))
    return text


def _section(number: int) -> str:
    text = ""
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = number // size, number % size
        if digit:
            text += _DIGITS[digit] + word
            if 0 < number < size // 10:
                text += "零"
    return text


def read(text: str, unit: str = "户") -> Value | None:
    try:
        return read_value(text, unit)
    except ValueError:
        return None


def number_of(text: str, unit: str = "户") -> Decimal | None:
    value = read(text, unit)
    return value.number if value else None


@given(numbers)
def test_thousands_widths_and_blanks_change_no_number(number: Decimal):
    """1,234.5 and １２３４．５ and 1 234.5 are one number."""
    plain, grouped = f"{number:f}", f"{number:,f}"
    whole, _, part = grouped.partition(".")
    for text in (plain, grouped, plain.translate(_WIDE), grouped.translate(_WIDE), *(f"{whole.replace(',', blank)}.{part}" for blank in " \u00a0\u202f\u2009")):
        assert number_of(text, "万元") == number


@given(st.integers(-(10**14), 10**14))
def test_words_of_size_and_units_of_another_size_change_no_number(number: int):
    """12.5万户 are 125000 户, 125000元 are 12.5 万元 and 0.00125亿元: the digits only move."""
    for power, word in ((4, "万"), (8, "亿")):
        moved = Decimal(number).scaleb(-power)
        assert number_of(f"{number}元", f"{word}元") == moved
        if -moved.as_tuple().exponent <= 8 and abs(number) < 10**15:
            assert number_of(f"{moved:f}{word}户") == number


@given(wholes)
def test_a_number_written_out_is_the_number(number: int):
    """一万零五百 is 10500."""
    assert number_of(spoken(number)) == number


@given(written, st.sampled_from(_CF), st.data())
def test_a_sign_that_cannot_be_seen_changes_no_number(text: str, sign: str, data: st.DataObject):
    """Wherever it stands, the cell says the same or is refused."""
    at = data.draw(st.integers(0, len(text)))
    before, after = read(text), read(text[:at] + sign + text[at:])
    assert before is not None
    assert after in (None, before)


@given(st.one_of(numbers.map(lambda number: f"{number:f}"), wholes.map(lambda number: f"{number}户")), st.sampled_from(_MARKS))
def test_a_mark_behind_a_number_changes_no_number(text: str, mark: str):
    """3① is 3, or it is refused; never 31."""
    assert read(f"{text}{mark}") in (None, read(text))


@given(written, st.characters(categories=("No", "Nl", "So", "Lm", "Sk", "Mn")), st.data())
def test_a_sign_that_is_no_digit_makes_no_other_number(text: str, sign: str, data: st.DataObject):
    """②, ½, ㎡ or Ⅳ anywhere in a cell: the same number or none."""
    at = data.draw(st.integers(0, len(text)))
    if sign not in "〇〸〹〺":
        assert number_of(text[:at] + sign + text[at:]) in (None, number_of(text))
