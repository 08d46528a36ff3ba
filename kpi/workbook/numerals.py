"""Numbers written out in Chinese, wholly or between digits: 两千肆佰 is 2400, 1万2千 is 12000, 九十七点八 is 97.8."""

import re

_DIGITS = {sign: value for value, signs in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for sign in signs}
_D = f"[{''.join(sign for sign, value in _DIGITS.items() if value)}]"
_SECTION = f"(?:({_D})[千仟])?(零)?(?:({_D})[百佰])?(零)?(?:({_D})?([十拾]))?(零)?({_D})?"
_NUMBER = re.compile("(?:(?P<yi>[^亿億]+)[亿億])?(?:(?P<wan>[^万萬亿億]+)[万萬])?(?P<rest>[^万萬亿億]*)")
_SIGNS = "".join((*_DIGITS, *"十拾百佰千仟万萬亿億"))
_SPOKEN = re.compile(f"([{_SIGNS}]*[{''.join((*_DIGITS, '十拾'))}][{_SIGNS}]*)(?:点([{''.join(_DIGITS)}]+))?")
_SIZES = {"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "百": 2, "": 0}
_WORD = "(?:千万|百万|[亿万千百])(?![亿万千百])"
_MIXED = re.compile(rf"(?<![\d,.])\d{{1,4}}{_WORD}(?:零?\d{{1,4}}{_WORD})*(?:零?\d{{1,4}}(?![\d,.亿万千百]))?", re.ASCII)
_PART = re.compile(rf"(零?)(\d+)((?:{_WORD})?)", re.ASCII)


def in_digits(text: str) -> str:
    """
    A text with its first number put into digits; unchanged when there is none written out, or no orderly one.

    A number with a word of size keeps the word, for it may be meant apart from the unit of the row: 三万五千 becomes 3.5万.
    """
    if any(sign.isdigit() for sign in text if sign.isascii()):
        mixed = _MIXED.search(text)
        written = _joined(mixed[0]) if mixed else None
        return text if mixed is None or written is None else f"{text[: mixed.start()]}{written}{text[mixed.end() :]}"
    match = _SPOKEN.search(text)
    number = _number(match[1]) if match else None
    if match is None or number is None:
        return text
    places = "".join(str(_DIGITS[sign]) for sign in match[2] or "")
    written = f"{number}.{places}" if places else _in_words_of_size(number, _largest(number))
    return f"{text[: match.start()]}{written}{text[match.end() :]}"


def _largest(number: int) -> str:
    """The word of size of a number: 亿 or 万, else 千 or 百 where nothing stands behind it."""
    for word in ("亿", "万"):
        if number >= 10 ** _SIZES[word]:
            return word
    return next((word for word in ("千", "百") if number and not number % 10 ** _SIZES[word] and number < 10 ** (_SIZES[word] + 1)), "")


def _joined(mixed: str) -> str | None:
    """Digits with words of size between them as one number of the largest; None for what is not orderly: 1万2, 2千3万."""
    parts = _PART.findall(mixed)
    if len(parts) == 1:  # of 3千克 the word of size belongs to the unit
        return None
    total, before = 0, 16
    for zero, digits, word in parts:
        size = _SIZES[word]
        if size >= before or int(digits) >= 10 ** (before - size) or not (word or zero or len(digits) == before):
            return None
        total, before = total + int(digits) * 10**size, size
    return _in_words_of_size(total, parts[0][2])


def _in_words_of_size(number: int, word: str) -> str:
    """A number counted in a word of size: 12000 in 万 is 1.2万."""
    whole, rest = divmod(number, 10 ** _SIZES[word])
    return f"{whole}.{rest:0{_SIZES[word]}d}".rstrip("0").rstrip(".") + word if word else str(number)


def _number(spoken: str) -> int | None:
    """Its value, None for what is no orderly number: 三百二, 十十."""
    if spoken in ("零", "〇"):
        return 0
    match = _NUMBER.fullmatch(spoken.replace("〇", "零"))
    if match is None:
        return None
    total = 0
    for name, size in (("yi", 10**8), ("wan", 10**4), ("rest", 1)):
        if not match[name]:
            continue
        section = _section(match[name], first=not total)
        if section is None:
            return None
        total += section * size
    return total


def _section(spoken: str, *, first: bool) -> int | None:
    """The value of the part below ten thousand; a part that follows a larger one must fill its places or begin with 零."""
    match = re.fullmatch(_SECTION, spoken)
    if match is None:
        return None
    thousands, zero, hundreds, zero_too, tens, ten, nought, ones = match.groups()
    if ones and (thousands or hundreds) and not (ten or zero or zero_too or nought):
        return None  # 三百二 leaves open whether it is 302 or 320
    if not first and not thousands and not zero:
        return None
    if not any((thousands, hundreds, ten, ones)):
        return None
    value = [_DIGITS[sign] if sign else 0 for sign in (thousands, hundreds, tens, ones)]
    return value[0] * 1000 + value[1] * 100 + (value[2] or (1 if ten else 0)) * 10 + value[3]
