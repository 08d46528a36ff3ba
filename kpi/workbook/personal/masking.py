"""
Personal data in what is kept: put out of sight, and never so that two cases become one.

In texts it is found by its form, its check digits and the words around it, and a word stands in its place.  A code that is
somebody's number, or no code at all, is kept as a digest under the secret of the data folder: what it was cannot be read
from it, and two different ones stay two.
"""

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from kpi.workbook.naming import name_key, numbered
from kpi.workbook.personal.name_forms import hide_people, hide_signers
from kpi.workbook.personal.number_forms import hide_number, hide_numbers, is_identity_number, plain

__all__ = ["ROUNDED", "is_identity_number", "is_suspect", "mask", "mask_code", "mask_number", "mask_titles", "mask_with_signers"]

_SUSPECT = re.compile(
    r"[\d①-⑳]\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d|[①-⑨⓪]{5}|\d[OoIl\d \-]{4}"
    r"|[@＠:：号律员组社队幢栋室户住址人者主先女姐志名园苑村〇零一二三四五六七八九壹微信老长经]"
    r"|[Qq] ?[Qq]|[VWvw][Xxe]|扣[Qq扣]|企鹅|[Ww][Jj] ?[\u4e00-\u9fff]"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-Za-z]|[,，、 （(] ?[男女]|加[Vv]|抖音|旺旺|支付宝"
    r"|[\[(（【{<#*〔「 ][Aa][Tt][\])）】}>#*〕」 ]|[#＃][A-Za-z0-9\-]+[.。]"
)
_SHORTEST = 11  # signs of a mobile number
_NOBODYS = re.compile(
    r"[A-Za-z]{0,8}(?:\d{1,9}|(?=\d{10,14}$)(?:1[0-2]|[2-79]|00[0-79])\d+)", re.ASCII
)  # nearly every code: no telephone begins so, no card is so short
_DIGEST = 16  # signs of a digest: 64 bits, of which no two of a bureau's codes share all
_POWER = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.ASCII | re.IGNORECASE)
_EXACT = 15  # digits that a cell holding a number keeps
ROUNDED = "〔长号码〕"  # stands for a code of which a cell has kept the first digits only: two of them may be one or two
_WHAT = re.compile("〔([^〔〕·]+)〕")


def mask(text: str) -> str:
    """
    A text without the personal data that can be recognised; the same text where there is none.

    ``致电13800138000无人接听`` becomes ``致电〔电话〕无人接听``.
    """
    if not is_suspect(text):
        return text
    before = plain(text)
    masked = hide_people(hide_numbers(before))
    return masked if masked != before else text


def mask_numbers(text: str) -> str:
    """
    A text of a meeting without numbers that are somebody's: who promised what stays, for that is what it is about.

    ``李局长：联系13800138000`` becomes ``李局长:联系〔电话〕``.
    """
    if not is_suspect(text):
        return text
    before = plain(text)
    masked = hide_numbers(before)
    return masked if masked != before else text


def mask_with_signers(text: str) -> str:
    """A text that is kept beside a form, a finding or the name of its file, without what is personal, and without who signs."""
    return hide_signers(mask(text))


def is_suspect(text: str) -> bool:
    """Whether a text may hold personal data at all; most texts show at once that they do not."""
    return _SUSPECT.search(text) is not None


def mask_number(digits: str) -> str:
    """A cell that holds a number, out of sight when it is somebody's number rather than an amount."""
    return hide_number(digits) if len(digits) >= _SHORTEST - 1 else digits


def mask_code(text: str, secret: bytes, *, number: bool = False) -> str:
    """
    A code, as a digest when it says who somebody is: ``13800138000`` becomes ``〔电话·5b1c…〕``.

    Args:
        text: The cell.
        secret: The key of the digest; with another one the same code has another digest.
        number: The cell holds a number; of one with more digits than it keeps nothing is certain, nor of 2.02311E+17.

    """
    if _NOBODYS.fullmatch(text):
        return text
    if (number and len(text.partition(".")[0]) > _EXACT) or _POWER.fullmatch(text.strip()):
        return ROUNDED
    key, masked = name_key(text), mask_number(text) if number else mask(text)
    if masked != text:
        match = _WHAT.search(masked)
        what = match[1] if match else "号码"
    elif any(sign.isdigit() for sign in key) or not key.strip("-—/_.无空暂"):
        return text
    else:
        what = "文字"
    return f"〔{what}·{hmac.new(secret, key.upper().encode(), sha256).hexdigest()[:_DIGEST]}〕"


def mask_titles(titles: Iterable[str]) -> list[str]:
    """The titles of the sheets of a workbook, masked; those that would become one are numbered, so that each still is one."""
    return numbered(map(mask, titles))
