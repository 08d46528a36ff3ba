"""
How units of money are written: 千元, 仟圆, K元, 人民币万元, ¥, 角, 分, and sizes alone such as 亿.

The words are data, and `money_unit` is the one place that reads them: headings of forms and of ledgers, lines such as
单位：千元, cells and number formats all come here.  A text has gone through `name_key` before.
"""

import re

COINS = {"元": 0, "角": -1, "分": -2}  # as powers of ten of 元
SEPARATORS = r"/|\\\-—–_·.~+*"  # between a name and its unit, beside those that a key has lost: 挽回经济损失/千元
_SIZES = str.maketrans({"拾": "十", "佰": "百", "仟": "千", "萬": "万", "億": "亿"})
_LETTERS = {"k": "千", "w": "万", "m": "百万"}
_BASES = {"毛": "角", "毛钱": "角", "分钱": "分"}  # all others are 元
_OURS = re.compile("人民币|rmb|cny|[¥￥]")
_LEAD = re.compile(r"^(?:(?:计量|金额|数据|货币|币种)?单位|币种|金额|折合|折算|均?[以按为])+")
_TAIL = re.compile(r"(?:为?单位|计算?|统计|填报)+$")
_IDLE = re.compile(rf"[\s()、,，:：;；{SEPARATORS}]+")
_LETTER = re.compile(r"[kwm](?=[元圆块角])")
_BASE = re.compile(r"(?<=[十百千万亿])(?:块钱?|毛)$|圆$|元[钱整]$|分钱$|^(?:块钱|毛钱)$")
_UNIT = re.compile(r"[十百千万亿]*[元角分]|[十百千万亿]+")
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
