"""
The signs of a text one by one: which are only another width, which cannot be seen, and which mark a footnote.

Unicode's own folding makes 1 of ① and 2 of ², so that ``3①`` would become 31.  A sign is folded here only where it is
the same letter or digit in another width; what is no part of a number never becomes a part of it.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

_NAMES = {
    "\u00ad": "软连字符",
    "\u034f": "组合用字连接符",
    "\u061c": "阿拉伯字母标记",
    "\u180e": "蒙古文元音分隔符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u202a": "从左到右嵌入符",
    "\u202b": "从右到左嵌入符",
    "\u202c": "方向格式结束符",
    "\u202d": "从左到右强制符",
    "\u202e": "从右到左强制符",
    "\u2060": "词连接符",
    "\u2061": "不可见函数符",
    "\u2062": "不可见乘号",
    "\u2063": "不可见逗号",
    "\u2064": "不可见加号",
    "\u2066": "从左到右隔离符",
    "\u2067": "从右到左隔离符",
    "\u2068": "首字方向隔离符",
    "\u2069": "隔离结束符",
    "\ufeff": "零宽不换行空格",
}
IDLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u202a\u202c\u202d\u2060\u2066\u2068\u2069\ufeff"  # with or without them a number reads the same
_MEANT = dict.fromkeys(map(ord, IDLE)) | {ord("\u2212"): "-", ord("\u2013"): "-"}
LONGEST = 2_000  # signs of a text that are looked at: whatever names or dates a table is shorter, and some patterns take the square of the length
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # by their category they could be seen
_LINES = "\t\n\r"
_RADICALS = "⼀⼆⼋⼗"  # PDFs write numbers with them, and they look the same

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SCRIPTS = {"superscript": str.maketrans("0123456789", _RAISED), "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
STRUCK = "\u0336"  # behind each sign that is struck out

_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴⓵-⓾➀-➓⑴-⒇"
_MARKS = (
    f"[{_CIRCLED}]+",
    rf"\*?[\[(]?[{_RAISED}]+(?:[,、][{_RAISED}]+)*[\])⁾]?",
    r"\*{1,3}",
    r"\*1",  # should it be meant as times one, it is the same number
    "[※†‡]",
    rf"[\[(]注[\d{_RAISED}]{{0,2}}[\])]",
    rf"注[\d{_RAISED}]{{1,2}}",
)
_MARK = re.compile(rf"(?<=[\d%‰)\u3400-\u9fff])\s*({'|'.join(_MARKS)})$", re.ASCII)  # behind a letter it may be a unit: m²
_POWER_OF_TEN = re.compile(rf"(?<!\d)10[{_RAISED}]+$", re.ASCII)
_ORDINAL = re.compile(r"\(?(\d{1,2})\)?", re.ASCII)


@lru_cache(maxsize=8_192)
def clean(text: str) -> str:
    """A cell's text in half width, without outer blanks and without invisible signs that leave it as it is; of a very long one the beginning."""
    text = text[:LONGEST]
    folded = unicodedata.normalize("NFKC", text)
    if folded != text:
        folded = "".join("".join(signs) if kept else unicodedata.normalize("NFKC", "".join(signs)) for kept, signs in groupby(text, _is_of_its_own))
    return folded.translate(_MEANT).strip()


def unmarked(text: str) -> tuple[str, str]:
    """A clean text and the footnote mark behind it, empty where it is not certain that there is one."""
    match = _MARK.search(text)
    if match is None or _POWER_OF_TEN.search(text):
        return text, ""
    return text[: match.start()], match[1]


def ordinal(text: str) -> int | None:
    """The number of an item: 1, (1), ①; None when a text is something else."""
    plain = clean(text)
    if match := _ORDINAL.fullmatch(plain):
        return int(match[1])
    circled = unicodedata.numeric(plain, 0) if len(plain) == 1 and _is_of_its_own(plain) else 0
    return int(circled) if circled and circled == int(circled) else None


def has_item_number(text: str) -> bool:
    """Whether a sign such as ① or ㈩ stands in a text; the raised digits of m² and m³ are none."""
    return any(unicodedata.category(sign) == "No" and sign not in "²³" for sign in text)


def unseen(text: str) -> tuple[str, ...]:
    """The names of the invisible signs in a text, each once: U+202D 从左到右强制符."""
    return tuple(dict.fromkeys(_name(sign) for sign in text if _is_unseen(sign)))


def in_sight(text: str) -> str:
    """A text with the names of its invisible signs in their places."""
    return "".join(f"「{_name(sign)}」" if _is_unseen(sign) else sign for sign in text)


def raised(text: str, position: str) -> str:
    """A text whose digits are shown as superscript or subscript; the same for another position."""
    return text.translate(_SCRIPTS.get(position, {}))


def struck(text: str) -> str:
    """A text struck out sign by sign."""
    return "".join(sign if sign.isspace() else sign + STRUCK for sign in text)


def in_runs(runs: Iterable[tuple[str, str, bool]]) -> str:
    """
    A text as its runs look.

    Args:
        runs: Each a text, whether it is a superscript or subscript, and whether it is struck out.

    Returns:
        Raised digits as signs of their own, unless all of the text is raised alike; behind each sign that is struck out a
        sign that says so.

    """
    known = list(runs)
    alike = len({position for text, position, _ in known if text.strip()}) < 2
    shown = ((text if alike else raised(text, position), crossed) for text, position, crossed in known)
    return "".join(struck(text) if crossed else text for text, crossed in shown)


def _is_of_its_own(sign: str) -> bool:
    """Whether folding would make a digit of a sign that is more than a digit in another width: ①, ², ½, ㎡."""
    if sign.isascii():
        return False
    category = unicodedata.category(sign)
    if category in ("Nd", "Nl", "Lo") or sign in _RADICALS:
        return False
    return category == "No" or any(letter.isnumeric() for letter in unicodedata.normalize("NFKC", sign))


def _is_unseen(sign: str) -> bool:
    if sign.isascii() and sign >= " " and sign != "\x7f":
        return False
    if unicodedata.category(sign) in ("Cf", "Cc", "Zl", "Zp"):
        return sign not in _LINES
    return sign in _BLANK_LETTERS or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X} {_NAMES.get(sign, '不可见字符')}"
