"""Chinese numerals as headings are numbered: 一, 十, 十一, 二十一."""

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """The numeral of a number from 1 to 99."""
    tens, units = divmod(number, 10)
    before = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return before + (_DIGITS[units] if units else "")
