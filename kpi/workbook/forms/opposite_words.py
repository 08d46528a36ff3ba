"""
Words that turn the meaning of a name: 不合格 is not 合格, 逾期 not 按期, 举报 not 投诉, however alike the names are written.

合格批次 and 不合格批次 are as alike as a name and its misspelling: no measure of likeness tells them apart, so these
words are looked at before likeness is.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from rapidfuzz.fuzz import ratio

NEGATIONS = ("不", "未", "非", "无", "没")
_IDIOMS = re.compile(
    r"不良|不动产|不含|不包括|无理由|无障碍|无人机|无线|未成年|非公|非遗|没收|罚没|免费|是否|超市|超声|超级|同意|同步|同业|"
    r"应急|应用|反应|供应|适应|对应|响应|相应|升级|增值|减免|前三|先后|售后|今后"
)
"""Words in which the sign turns nothing: 不良反应, 超市, 应急."""

_TURNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("not", re.compile(f"[{''.join(NEGATIONS)}](.?)")),
    ("late", re.compile(r"逾期?|超[期时]?|延期|滞后|过期")),
    ("in time", re.compile(r"按期|按时|如期|及时|准时|期内|时限内")),
    ("year on year", re.compile(r"同比|[比较](?:上年|去年)|(?:上年|去年)?同期")),
    ("month on month", re.compile(r"环比|[比较]上月")),
    ("complaint", re.compile(r"投诉")),
    ("report", re.compile(r"举报")),
    ("consultation", re.compile(r"咨询")),
    ("received", re.compile(r"受理|接收|收到|接到")),
    ("opened", re.compile(r"立案")),
    ("closed", re.compile(r"办结|结案|办毕|处结")),
    ("withdrawn", re.compile(r"撤诉|撤回|撤案|撤销")),
    ("new", re.compile(r"新设立?|新登记|新增|新办|新注册|新开办|净增")),
    ("gone", re.compile(r"注销|吊销|歇业|退出")),
    ("standing", re.compile(r"在册|在业|存量|实有|现有|期末|拥有")),
)
"""Words that a name with the same meaning has too."""

_OPPOSITES = tuple(
    (re.compile(first), re.compile(second))
    for first, second in (
        ("本月|当月|单月", "累计|年初以来|本年|全年"),
        ("应", "已"),
        ("增|升|提高", "减|降"),
        ("前", "后"),
        ("线上", "线下"),
    )
)
"""Words of which a name with the same meaning may have neither, but not the other."""

OVERTURNING = frozenset({"not", "late", "gone", "withdrawn"})
"""Kinds of words that turn everything below them as well."""

Turn = tuple[str, str]  # what turns the meaning, and of 不 未 非 无 the sign behind: 不合格批次 is ("not", "合")


@lru_cache(maxsize=8_192)
def turns(key: str) -> frozenset[Turn]:
    """The words in the key of a name that turn its meaning."""
    plain = _IDIOMS.sub("", key)
    return frozenset((kind, match[1] if match.re.groups else "") for kind, word in _TURNS for match in word.finditer(plain))


def contradicts(label: str, name: str) -> bool:
    """
    Whether a label means something else than a name that it may resemble.

    Args:
        label: The key of what a sheet says.
        name: The key of the name of a measure.

    Returns:
        Whether one has a word that turns the meaning and the other has not.  A word that the label merely misspells (新等级
        for 新登记) is not missing: the label is then more like the name with the word than like the name without it.

    """
    if any(_opposed(label, name, *words) for words in _OPPOSITES):
        return True
    own, its = turns(label), turns(name)
    return bool(own - its) or (bool(its - own) and not _misspells(label, name, its - own))


def _opposed(label: str, name: str, first: re.Pattern[str], second: re.Pattern[str]) -> bool:
    """Whether one has the first of two words alone, and the other the second alone."""
    sides = [(bool(first.search(plain)), bool(second.search(plain))) for plain in (_IDIOMS.sub("", label), _IDIOMS.sub("", name))]
    return sorted(sides) == [(False, True), (True, False)]


def contradict_all(labels: Iterable[str], names: Iterable[str]) -> bool:
    """Whether every one of some labels contradicts every one of some names."""
    return all(contradicts(label, name) for label, name in product(labels, names))


def _misspells(label: str, name: str, missing: frozenset[Turn]) -> bool:
    """Whether the words of a name that a label lacks are in it after all, written wrongly."""
    kinds = {kind for kind, _ in missing}
    bare = name
    for kind, word in _TURNS:
        bare = word.sub("", bare) if kind in kinds else bare
    return "not" not in kinds and ratio(label, name) > ratio(label, bare)
