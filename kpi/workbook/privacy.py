"""
Personal data in free text: found by its form and its check digits, and put out of sight.

Names stand in columns of their own, which are never read; what people write into a kept text besides is telephone,
identity and card numbers and mail addresses.  张先生 and 李某 tell nobody and may stay.
"""

import re
import unicodedata
from datetime import date

HIDDEN = "〔"  # what stands for personal data begins with it
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_GAP = r"[ \-—–.·]?"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])([1-9]\d{{5}}){_GAP}((?:18|19|20)\d{{6}}){_GAP}(\d{{3}}[0-9Xx])(?![0-9A-Za-z])", re.ASCII)
_OLD_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(\d{2})(\d{2})(\d{2})\d{3}(?!\d)", re.ASCII)
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)", re.ASCII)
_LANDLINE = re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ \-—–]?[2-9]\d{6,7}(?!\d)", re.ASCII)
_CARD = re.compile(rf"(?<!\d)(?:\d{{4}}{_GAP}){{3,4}}\d{{1,4}}(?!\d)", re.ASCII)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+", re.ASCII)
_NAMED = re.compile(r"(姓名|投诉人|举报人|反映人|联系人|当事人|消费者|经办人)(\s*[:：]\s*)[\u4e00-\u9fff·]{2,4}(?!某|先生|女士)")
_SUSPECT = re.compile(r"\d{4}|@|[:：]")
_FEWEST_CARD_DIGITS = 16
_SHORTEST = 11  # signs of a mobile number


def mask(text: str) -> str:
    """
    A text without the personal data that can be told by its form; the same text where there is none.

    ``致电13800138000无人接听`` becomes ``致电〔电话〕无人接听``.
    """
    plain = unicodedata.normalize("NFKC", text)
    if not _SUSPECT.search(plain):
        return text
    masked = _IDENTITY.sub(lambda match: "〔身份证号〕" if _born(match[2]) else match[0], plain)
    masked = _CARD.sub(lambda match: "〔银行卡号〕" if _is_card(match[0]) else match[0], masked)
    masked = _OLD_IDENTITY.sub(lambda match: "〔身份证号〕" if _born(f"19{match[1]}{match[2]}{match[3]}") else match[0], masked)
    masked = _MOBILE.sub("〔电话〕", masked)
    masked = _LANDLINE.sub("〔电话〕", masked)
    masked = _MAIL.sub("〔邮箱〕", masked)
    masked = _NAMED.sub(r"\1\2〔姓名〕", masked)
    return masked if masked != plain else text


def mask_code(text: str) -> str:
    """A code, out of sight when it is an identity or a mobile number; other codes may well look like telephones or cards."""
    if text.isascii() and (len(text) < _SHORTEST or text[0].isalpha()):  # nearly every code
        return text
    plain = unicodedata.normalize("NFKC", text).strip()
    if is_identity_number(plain):
        return "〔身份证号〕"
    return "〔电话〕" if _MOBILE.fullmatch(plain) else text


def is_identity_number(text: str) -> bool:
    """Whether a text is the number of an identity card: a day of birth and the check digit of GB 11643."""
    match = _IDENTITY.fullmatch(text)
    if match is None or not _born(match[2]):
        return False
    digits = "".join(match.groups()).upper()
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11] == digits[-1]


def _born(day: str) -> bool:
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return True


def _is_card(text: str) -> bool:
    """Whether digits are those of a bank card: issued by somebody, and right by the check of Luhn."""
    digits = [int(sign) for sign in text if sign.isdecimal()]
    if len(digits) < _FEWEST_CARD_DIGITS or digits[0] not in (3, 4, 5, 6):
        return False
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
