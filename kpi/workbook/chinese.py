"""Numbers written out in Chinese: 两千肆佰 is 2400."""

import re

_DIGITS = {sign: value for value, signs in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for sign in signs}
_D = f"[{''.join(sign for sign, value in _DIGITS.items() if value)}]"
_SECTION = f"(?:({_D})[千仟])?(零)?(?:({_D})[百佰])?(零)?(?:({_D})?([十拾]))?(零)?({_D})?"
_NUMBER = re.compile("(?:(?P<yi>[^亿億]+)[亿億])?(?:(?P<wan>[^万萬亿億]+)[万萬])?(?P<rest>[^万萬亿億]*)")
_SIGNS = "".join((*_DIGITS, *"十拾百佰千仟万萬亿億"))
_SPOKEN = re.compile(f"[{_SIGNS}]*[{''.join((*_DIGITS, '十拾'))}][{_SIGNS}]*")


def in_digits(text: str) -> str:
    """A text with the first number written out put into digits; unchanged when there is none, or when it has digits."""
    if any(sign.isdigit() for sign in text if sign.isascii()):
        return text
    match = _SPOKEN.search(text)
    number = _number(match[0]) if match else None
    return text if match is None or number is None else f"{text[: match.start()]}{number}{text[match.end() :]}"


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
