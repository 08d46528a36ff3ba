"""Chinese numerals as headings and lists are numbered: 一, 十, 十一, 一百零三."""

_MOST = 10_000  # from here on lists count in digits
_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number as a list counts in Chinese: 十, 十一, 二十, 一百零三; digits from ten thousand on."""
    if not 0 < number < _MOST:
        return str(number)
    words, zero = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + sign
            zero = False
        elif words:
            zero = True
    return words.removeprefix("一") if 10 <= number < 20 else words
