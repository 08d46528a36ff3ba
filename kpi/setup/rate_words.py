"""
What the name of a rate says of its parts: 合格率 is 合格批次 of 检验批次, and never 不合格批次 of 合格批次.

Words never make parts; they choose among those that the figures admit, and only where the choice is clear.
"""

import re
from collections.abc import Mapping

from kpi.setup.rate_search import PossibleParts
from kpi.workbook.naming import name_key

_CALLED = re.compile(r"(?:所?占比[重例]?|比[例重率]|百分比|率|覆盖面)$")
_IDLE = frozenset("数量个件户家次批人名台的总已应所占各类及和与按其中合计额率比")
_NEGATED = re.compile(r"[不未无没](?=[合达整检按登报办结满及])|隐患|流失|漏损|辍学|退货|逾期|违法|违规|产销差")
_RESULT = ("检验", "检测", "已检", "送检")
_WHOLE = re.compile(r"分母|应|计划|任务|总数|总量|全部")
_OUTCOME = 4  # characters at the end of a rate's name that tell what its numerator counts
_GROWTH = re.compile(r"增长|增速|增幅|同比|比上年|升降")


def rate_stem(name: str) -> str:
    """The name of a rate without 率 and 占比, as a key."""
    return _CALLED.sub("", re.sub(r"\([^()]*\)", "", name_key(name)))


def is_growth(name: str) -> bool:
    """Whether a rate is called a growth."""
    return bool(_GROWTH.search(name_key(name)))


def likeness(rate: str, parts: PossibleParts, names: Mapping[str, str]) -> float:
    """
    How well the words of parts fit the name of a rate.

    Args:
        rate: The name of the rate.
        parts: The parts.
        names: The names of the measures by their codes.

    Returns:
        About 0 to 1; below 0 where the words speak against it.

    """
    stem = rate_stem(rate)
    above = "".join(name_key(names[code]) for code in (parts.taken_off or parts.added))
    below = "".join(name_key(names[code]) for code in parts.below)
    negated = bool(_NEGATED.search(stem))
    if parts.last_year:
        return _share(stem, above)
    if parts.taken_off:  # what is left of the whole: the words are of the part that is taken off
        return (0.5 if negated else -0.2) + 0.4 * _share(stem, below) + 0.1 * _share(stem, above)
    outcome = stem[-_OUTCOME:]
    score = 0.4 * _share(outcome, above) + 0.3 * _share(stem, above) + 0.2 * _share(stem, below)
    score += 0.2 * (_share(outcome, above) > _share(outcome, below))
    if bool(_NEGATED.search(above)) != negated:
        score -= 0.5
    if "合格" in stem and any(word in below for word in _RESULT):
        score += 0.2
    if _WHOLE.search(below):
        score += 0.05
    return score - 0.1 * (len(parts.added) + len(parts.below) - 2)


def names_rest(rate: str, parts: PossibleParts, names: Mapping[str, str]) -> bool:
    """Whether what is no numerator has words of the rate's name too, or is called a whole: 检验批次 of 合格率, 应检台数, and not 立案 of 按期办结率."""
    stem = rate_stem(rate)
    rest = [name_key(names[code]) for code in parts.taken_off or parts.below if code not in parts.added or parts.taken_off]
    return all(_share(stem, name) > 0 or _WHOLE.search(name) or ("合格" in stem and any(word in name for word in _RESULT)) for name in rest)


def akin(rate: str, parts: PossibleParts, names: Mapping[str, str]) -> bool:
    """Whether each term of a sum has a word of the rate's name: 投诉 and 举报 of 投诉举报办结率, and not 咨询."""
    stem = rate_stem(rate)
    return all(_share(stem, name_key(names[code])) > 0 for code in parts.codes)


def _share(words: str, text: str) -> float:
    """How much of the telling characters of some words a text has."""
    telling = [sign for sign in dict.fromkeys(words) if sign not in _IDLE]
    return sum(sign in text for sign in telling) / len(telling) if telling else 0.0
