"""Currencies that are not ours: amounts in them are not read; apart from all else, so that the reading process starts fast."""

import re
import unicodedata

_FOREIGN = re.compile(
    r"[美欧日港韩台加澳]元|[港台]币|澳门[元币]|美金|英镑|法郎|卢布|(?<![A-Z])(?:USD|EUR|GBP|JPY|HKD|MOP|TWD|KRW|CHF|CAD|AUD|SGD|RUB|(?:US|HK|NT|A|C|S)?\$)",
    re.IGNORECASE,
)


def foreign_currency(text: str) -> str:
    """The currency in a text that is not ours: $, US$, 欧元; empty where there is none."""
    if match := _FOREIGN.search(text):
        return match[0]
    return next((sign for sign in text if unicodedata.category(sign) == "Sc" and sign not in "¥￥"), "")
