"""
A name that was typed over: 商品煤合格的批次数 still is 商品煤合格批次, 药品快检合格批次 is not 食品快检合格批次.

In Chinese one sign makes another word of it (选聘, 解聘; 在用, 停用), so likeness says nothing.  A label is the same name
only where all that differs is known to mean nothing: 的, 数, the unit, two signs that changed places, a known misspelling.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from kpi.workbook.naming import unit_key

_MISSPELLED = {
    "等级": "登记", "登计": "登记", "反映": "反应", "投述": "投诉", "检察": "检查", "检侧": "检测", "检脸": "检验", "抽捡": "抽检", "快捡": "快检",
    "合恪": "合格", "和格": "合格", "批此": "批次", "办接": "办结", "授理": "受理", "帐": "账", "其它": "其他", "件书": "件数", "户书": "户数",
    "批数": "批次",
}  # fmt: skip
_WRONGLY = re.compile("|".join(_MISSPELLED))
_TAILS = ("数量", "个数", "数", "情况")


def difference(label: str, names: Sequence[str], unit: str) -> str:
    """
    What a label has that a measure's names do not have, or lacks.

    Args:
        label: The key of the label, without punctuation.
        names: The keys of the names, without punctuation.
        unit: The unit of the measure, which a name may end with.

    Returns:
        In words, compared with the nearest of the names: 多了「上年」, 「选」成了「解」.  Empty where the label is one of
        them, or differs in what means nothing only.

    """
    own = _bare(label, unit)
    if any(_is_slip(own, _bare(name, unit)) for name in names):
        return ""
    nearest = min(names, key=lambda name: Levenshtein.distance(label, name), default="")
    return "、".join(_changes(nearest, label))


def _bare(key: str, unit: str) -> str:
    """A key as it is compared: without 的, 数 and the unit at its end, known misspellings put right."""
    plain = _WRONGLY.sub(lambda match: _MISSPELLED[match[0]], key).replace("的", "")
    counter = unit_key(unit)
    for tail in (*_TAILS, counter, *_TAILS):
        if len(plain) > len(tail) + 1:
            plain = plain.removesuffix(tail)
    return plain


def _is_slip(label: str, name: str) -> bool:
    """Whether two keys are the same but for two signs that changed places, or a sign that stands there twice."""
    if label == name:
        return True
    at = next((at for at, (sign, other) in enumerate(zip(name, label, strict=False)) if sign != other), len(name))
    if any(sign.isdigit() for sign in name[at : at + 2] + label[at : at + 1]):
        return False
    twice = at > 0 and label == f"{name[:at]}{name[at - 1]}{name[at:]}"
    return twice or label == f"{name[:at]}{name[at + 1 : at + 2]}{name[at : at + 1]}{name[at + 2 :]}"


def _changes(name: str, label: str) -> Iterator[str]:
    """What makes a label of a name."""
    for tag, start, end, first, last in SequenceMatcher(None, name, label, autojunk=False).get_opcodes():
        before, now = name[start:end], label[first:last]
        match tag:
            case "insert":
                yield f"多了「{now}」"
            case "delete":
                yield f"少了「{before}」"
            case "replace":
                yield f"「{before}」成了「{now}」"
