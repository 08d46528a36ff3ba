"""
How units of money are written: 千元, 仟圆, K元, 人民币万元, ¥, 角, 分, and sizes alone such as 亿.

The words are data, and `money_unit` is the one place that reads them: headings of forms and of ledgers, lines such as
单位：千元, cells and number formats all come here.  A text has gone through `name_key` before.  `stated_money` is the one
place that looks for them in whatever stands around figures: titles, lines, notes, the names of sheets and files.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kpi.workbook.currency import foreign_currency

COINS = {"元": 0, "角": -1, "分": -2}  # as powers of ten of 元
SEPARATORS = r"/|\\\-—–_·.~+*"  # between a name and its unit, beside those that a key has lost: 挽回经济损失/千元
_SIZES = str.maketrans({"拾": "十", "佰": "百", "仟": "千", "萬": "万", "億": "亿"})
_LETTERS = {"k": "千", "w": "万", "m": "百万"}
_BASES = {"毛": "角", "毛钱": "角", "分钱": "分"}  # all others are 元
_OURS = re.compile("人民币|rmb|cny|[¥￥]")
_LEAD = re.compile(r"^(?:(?:计量|金额|数据|货币|币种)?单位|币种|金额|折合|折算|均?[以按为])+")
_TAIL = re.compile(r"(?:为?(?:计量|金额|计价|货币)?单位|计[算量]?|统计|填[报写列]|核算|反映|列示)+$")
_IDLE = re.compile(rf"[\s()、,，:：;；{SEPARATORS}]+")
_LETTER = re.compile(r"[kwm](?=[元圆块角])")
_BASE = re.compile(r"(?<=[十百千万亿])(?:块钱?|毛)$|圆$|元[钱整]$|分钱$|^(?:块钱|毛钱)$")
_UNIT = re.compile(r"[十百千万亿]*[元角分]|[十百千万亿]+")
_UNSURE = re.compile(
    r"(?:[x×*]?1(?:,?0{3})+|1(?:,?000)*,?00?|10\^?[2346]|\W?0{3})[元圆]|[kwm](?:y|yuan|rmb|cny)?|[千万亿]+|[十百千万亿]*[园園]|thousand|mil(?:lion)?|\W0{3}"
)  # meant as a unit of money, and nobody can be sure of which
_OTHER_WORDS = re.compile(r"^(?:不?含税|税[前后]|合计|累计|现价)+|(?:,?(?:不?含税|税[前后]|累计|下同|及以上))+$")
_SHORT = 40  # longer, a text is no unit alone
_ONE = r"[^\s,;。;、()/]{1,10}"
_NAMED = re.compile(rf"(?<![填报送制出上])单位(?:均|都|统一)?\s*[:为是=→\-—]?\s*\(?(?P<list>{_ONE}(?:[,;、/]{_ONE}){{0,5}})")
_SAID = re.compile(
    rf"(?<![每起])(?:以|按照?|均用|使用)\s*(?P<by>{_ONE}?)(?:为(?:金额|计量|计价|货币)?单位|计算?|填[写报列]?|统计|核算|反映|列示)(?![额划])"
    rf"|(?:金额|数额|数据|款项?|损失|资金|收入|费用?|本表|表[内中])[^\s,;。;、()]{{0,6}}?(?:均|都|统一|全部|一律)[以按用]?[为是]?(?P<all>{_ONE})"
    rf"|(?:本表|表[内中])[^\s,;。;、()]{{0,6}}?(?:为|是|[:=])\s*(?P<here>{_ONE})"
    rf"|(?:金额|数额)\s*[:=]\s*(?P<of>{_ONE})"
)
_IN_BRACKETS = re.compile(r"\(([^()]{1,16})\)")
_ROUND = str.maketrans("[]{}【】〔〕《》〈〉「」『』<>", "()()()()()()()()()")
_BEHIND = re.compile(
    rf"(?P<name>.+?)(?P<apart>[{SEPARATORS}]*)(?P<unit>(?:(?:计量|金额|数据)?单位[为是]?)?(?:人民币|rmb|cny|¥)?[十拾百佰千仟万萬亿億kwm]*[元圆]|(?<=[{SEPARATORS}])[百千万亿]+)"
)


def money_unit(key: str) -> str:
    """The unit of money that a text names and nothing else: 千元 of 人民币(仟元), 万 of 万; empty where it is something else."""
    words = _LEAD.sub("", _IDLE.sub("", key))
    plain = _OURS.sub("", _TAIL.sub("", words))
    plain = _LETTER.sub(lambda match: _LETTERS[match[0]], plain.translate(_SIZES))
    plain = _BASE.sub(lambda match: _BASES.get(match[0], "元"), plain)
    return plain if _UNIT.fullmatch(plain) else ""


def without_unit(key: str) -> tuple[str, str]:
    """A name and the unit of money behind it without brackets, with what parts them: 挽回经济损失, /千元; no unit where it ends otherwise."""
    match = _BEHIND.fullmatch(key)
    return (match["name"], match["apart"] + match["unit"]) if match else (key, "")


def stated_money(text: str) -> tuple[str, ...]:
    """
    The units of money that a text beside figures names for them: 千元 of 注：金额单位为千元, of 台账（千元） or of 本表金额均为千元.

    What is meant as such a unit and is not understood is given as it is written, 1000元 or 美元: it is `is_unsure` or of
    another currency.
    """
    plain = unicodedata.normalize("NFKC", text.replace("³", "^3").replace("⁴", "^4")).translate(_ROUND).casefold()
    return tuple(dict.fromkeys(_stated(plain)))


def is_unsure(key: str) -> bool:
    """Whether a text is meant as a unit of money without saying which: 1000元, k, 千."""
    return _UNSURE.fullmatch(key) is not None


def _stated(plain: str) -> Iterator[str]:
    words = plain.strip(" ()")
    if len(words) <= _SHORT and (unit := _unit(words)):
        yield unit
        return
    for match in _NAMED.finditer(plain):
        for part in re.split("[,;、/]", match["list"]):
            if unit := next((unit for size in range(len(part), 0, -1) if (unit := _unit(part[:size], longer=size < len(part)))), ""):
                yield unit
    for match in _SAID.finditer(plain):
        unit = _unit(match["by"] or match["all"] or match["here"] or match["of"])
        if unit and (not unit[0].isdigit() or "000" in unit):  # 按100元计 is a price
            yield unit
    for inside in _IN_BRACKETS.findall(plain):
        if unit := _unit(inside):
            yield unit


@lru_cache(maxsize=4096)
def _unit(words: str, *, longer: bool = False) -> str:
    """The unit of money that some words are, as it is written where it is not understood; empty where they are something else."""
    key = _IDLE.sub("", _OTHER_WORDS.sub("", words.strip(" ,;")))
    unit = money_unit(key)
    if unit[-1:] in COINS:
        return "" if unit == "分" else unit
    if longer:
        return ""
    bare = _LEAD.sub("", key)
    sized, foreign = bare.translate(_SIZES), foreign_currency(bare)
    return bare if is_unsure(sized) or (foreign and sized.lstrip("十百千万亿") == foreign) else ""
