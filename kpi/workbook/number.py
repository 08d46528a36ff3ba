"""
From what stands in a cell to a figure.

People write ``3000余``, ``１，２３４``, ``97.8％`` and ``在检``; each is an honest statement and is kept as one.  What is
neither a number nor one of the agreed words is refused with a reason: guessing would turn a slip into a statistic.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import NoReturn

from kpi.value import UNREPORTED, Qualifier, State, Value
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.naming import unit_key
from kpi.workbook.numerals import in_digits
from kpi.workbook.signs import STRUCK, clean, has_item_number, unmarked, unseen
from kpi.workbook.units import is_money, power_between, power_of, scale_of

_WORDS = {
    State.UNREPORTED: ("未报", "未上报", "未填报", "缺报"),
    State.WITHHELD: ("未公开", "不公开", "保密", "涉密"),
    State.PENDING: ("在检", "在办", "在检/在办", "正在检测", "正在检验", "正在办理", "检测中", "检验中", "办理中", "待检"),
    State.NOT_STARTED: ("未开展", "未开展此项工作", "未开展该项工作", "没有开展"),
    State.NOT_APPLICABLE: ("不适用", "/", "N/A", "n/a"),
}
_STATES = {word: state for state, words in _WORDS.items() for word in words}
_STARS = re.compile(r"\*+")
_DASHES = re.compile(r"[-—―─]+")
_VAGUE = ("无", "没有", "暂无", "暂无数据", "空")

_BEFORE = {
    Qualifier.ABOUT: ("约", "大约", "约为", "大概", "近", "将近", "接近", "≈", "~"),
    Qualifier.AT_LEAST: (
        "超过", "超", "逾", "突破", "多于", "大于", "至少", "最少", "不少于", "不低于", "不小于", "大于等于", "大于或等于", "≥", "≧", ">=", ">",
    ),
    Qualifier.AT_MOST: (
        "不超过", "未超过", "不超", "不多于", "不高于", "不大于", "小于等于", "小于或等于", "至多", "最多", "少于", "低于", "小于",
        "不足", "不到", "不满", "未满", "≤", "≦", "<=", "<",
    ),
}  # fmt: skip
_BEHIND = {
    Qualifier.ABOUT: ("左右", "上下", "来"),
    Qualifier.AT_LEAST: ("余", "多", "以上", "(含)以上", "及以上", "+"),
    Qualifier.AT_MOST: ("以内", "以下", "(含)以内", "(含)以下", "及以下"),
}
QUALIFIERS = {word: qualifier for words in (_BEFORE, _BEHIND) for qualifier in words for word in words[qualifier]}
"""How a number is meant by a word before or behind it."""


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of some words, of two that begin alike the longer one."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


ANY_BEFORE = any_of(chain.from_iterable(_BEFORE.values()))
"""A pattern of the words before a number that qualify it: 约, 不少于."""
ANY_BEHIND = any_of(chain.from_iterable(_BEHIND.values()))
"""And of those behind it: 左右, 以上."""
_LEAD = re.compile(
    rf"\s*(?:(?P<qualifier>{ANY_BEFORE})|(?P<sum>总共|共计|合计|总计|共有|共|计|达到|达)"
    r"|(?P<money>人民币|RMB|CNY|¥)|(?P<sign>[+-]|负)|(?P<share>百分之|千分之))\s*"
)
_NUMBER = re.compile(r"(?P<whole>[1-9]\d{0,2}(?:(?:,\d{3}){1,5}|(?: \d{3}){1,5})|\d{1,18}|(?=\.\d))(?P<part>\.\d{1,8})?", re.ASCII)
_BEHIND_IT = re.compile(
    r"\s*(?P<early>余|多|来)?\s*(?P<scale>[十百千]?万?亿|[十百千]?万|千|百)?\s*(?P<middle>余|多|来)?\s*"
    rf"(?P<unit>[^\d,.]*?)\s*(?P<after>{ANY_BEHIND})?。?",
    re.ASCII,
)
_CHANGED = re.compile(r"(?:同比|环比|较|比)?[^\d]{0,8}(?:增长|增加|上升|提高|下降|减少|降低|持平|↑|↓)")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d{1,3}", re.ASCII)
_BRACKETED = re.compile(r"\([^()]*\d[^()]*\)")
_BARE = re.compile(r"[+-]?([1-9]\d{0,2}((,\d{3})+|( \d{3})+)|\d+)(\.\d+)?%?", re.ASCII)
_COUNTER = re.compile(r"^个(?=.)")  # 3个工作日 of a unit 工作日
_ENTIRE = re.compile(r"(?<=元)[整正]$")
_SHARES = {"百分之": "%", "千分之": "‰"}
_LONGEST = 80
_LARGEST = Decimal(10) ** 15  # beyond it Excel itself loses digits
_LEAST_IN_MONEY = 100  # so many 元 are worth writing where the row counts in 万元: ¥3.5 there is 3.5万元, ¥30000 may be 元
_NO_NUMBER = "请只填数字，或填 未报、*、在检、未开展、不适用；增减幅度和文字请写在备注里"
MAX_DECIMALS = 6  # as many as are kept; more come from a division, not from counting


def is_bare_number(text: str) -> bool:
    """Whether a text is nothing but a number, so that it could have been typed as one."""
    return _BARE.fullmatch(unmarked(clean(text))[0]) is not None


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, which may be kept as text."""
    return cell.kind is CellKind.NUMBER or is_bare_number(cell.text)


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, or a formula that failed to give one."""
    return cell.kind in (CellKind.UNCACHED, CellKind.ERROR) or is_number(cell)


def whole_number(text: str) -> int | None:
    """The number of a text of plain digits; None when it is anything else: ² and ① are digits to Python, but no numbers."""
    return int(text) if text.isascii() and text.isdecimal() else None


def read_value(cell: str | Decimal | None, unit: str) -> Value:
    """
    The figure a cell states.

    Args:
        cell: Its text, or its number, or None when nothing stands in it.
        unit: The unit of the measure; a unit written with the number must be the same or differ by a power of ten.

    Returns:
        A number with qualifier and precision as written, or the state the cell puts into words.  ``12.5万`` of a
        unit 户 is 125000 and of 万元 12.5; ``3000元`` of 万元 is 0.3; ``97.8%`` of a unit % is 97.8.  A footnote mark
        behind it is no part of it.

    Raises:
        ValueError: It is neither; the message says in Chinese what to write instead.

    """
    if cell is None:
        return UNREPORTED
    if isinstance(cell, Decimal):
        return bounded(cell)
    text, _ = unmarked(clean(cell))
    if state := _state(text):
        return Value(state)
    if text in _VAGUE:
        raise ValueError(f"「{text}」分不清是零还是没有开展：数量为零请填 0，没有开展请填 未开展")
    if STRUCK in text:
        raise ValueError("单元格里有划掉的字，分不清哪个数算数；请删去划掉的字后重新填写")
    if names := unseen(text):
        raise ValueError(f"单元格里有看不见的字符「{'」「'.join(names)}」；请清空后重新填写，不要粘贴")
    return _number(in_digits(text.replace("百分之百", "百分之100")), unit) if len(text) <= _LONGEST else _refused(text)


def bounded(number: Decimal, qualifier: Qualifier = Qualifier.EXACT) -> Value:
    """
    The figure of a number that Excel can hold.

    Raises:
        ValueError: It cannot.

    """
    if abs(number) >= _LARGEST:
        raise ValueError("这个数字超过 15 位，请核对是否填错；编号不是数字，请写在备注里")
    return Value.of(number, qualifier)


def _state(text: str) -> State | None:
    """The state a text puts into words; None when it is something else."""
    if not text:
        return State.UNREPORTED
    if _STARS.fullmatch(text):
        return State.WITHHELD
    if _DASHES.fullmatch(text):
        return State.NOT_APPLICABLE
    return _STATES.get("".join(text.split()))


def _number(text: str, unit: str) -> Value:
    """
    The figure of a text: words before the number, the number, words behind it.

    Raises:
        ValueError: It is not such a text.

    """
    lead_words: dict[str, str] = {}
    start = 0
    while lead := _LEAD.match(text, start):
        kind = str(lead.lastgroup)
        if kind in lead_words:
            _refused(text)
        lead_words[kind], start = lead[kind], lead.end()
    number = _NUMBER.match(text, start)
    behind = _BEHIND_IT.fullmatch(text, number.end()) if number else None
    if (
        number is None
        or behind is None
        or not (number["whole"] or number["part"])
        or ("share" in lead_words and behind["unit"])
        or has_item_number(behind["unit"])
    ):
        return _refused(text)
    written = Decimal(f"{'-' if lead_words.get('sign') in ('-', '负') else ''}{re.sub('[, ]', '', number['whole'])}{number['part'] or ''}")
    qualifier = _qualifier((lead_words.get("qualifier"), *behind.group("early", "middle", "after")))
    shift = _shift(behind["scale"] or "", behind["unit"] or _SHARES.get(lead_words.get("share", ""), ""), unit, abs(written) if "money" in lead_words else None)
    moved = written.scaleb(shift)
    if not shift or abs(moved) >= _LARGEST:
        return bounded(moved, qualifier)
    decimals = max(0, len(number["part"] or ".") - 1 - shift)
    return bounded(moved.quantize(Decimal(1).scaleb(-decimals)), qualifier)


def _refused(text: str) -> NoReturn:
    """
    The reason why a text is no figure.

    Raises:
        ValueError: Always.

    """
    if _BRACKETED.fullmatch(text):
        raise ValueError("括号里的数分不清是负数还是附注；负数请写成 -5 这样，不是负数请去掉括号")
    if _SCIENTIFIC.fullmatch(text):
        raise ValueError("请只填数字：这是科学计数法，可能只留了前几位；请把单元格格式改为数值，核对后填写全部数字")
    if _CHANGED.match(text):
        raise ValueError("这是增减幅度，不是数量本身；请填数量，增减幅度由系统计算")
    raise ValueError(_NO_NUMBER)


def _qualifier(words: Iterable[str | None]) -> Qualifier:
    """How the number is meant; two ways at once are refused."""
    meant = {QUALIFIERS[word] for word in words if word}
    if len(meant) > 1:
        raise ValueError("约数的写法前后不一致，请只保留一种，例如 约100 或 100余")
    return meant.pop() if meant else Qualifier.EXACT


def _shift(scale: str, written_unit: str, unit: str, money: Decimal | None) -> int:
    """
    The power of ten from the written number to the unit of the measure; ``money`` is the number where ¥ stands before it.

    Raises:
        ValueError: The unit with the number is another one, or it is open which one it is.

    """
    row, own = _plain(unit), _plain(written_unit)
    if money is not None and is_money(row) and not own:
        if not scale:
            if scale_of(row) and money >= _LEAST_IN_MONEY:
                raise ValueError(f"「¥」后面的数分不清是元还是{unit}，请写明单位，或按{unit}换算后只填数字")
            return 0
        own = "元"
    if scale + own in ("", row) and money is None:
        return 0
    if not own and money is None:
        power: int | None = power_of(scale) - scale_of(row)
        if power is not None and power < 0:
            raise ValueError(f"本行单位是「{unit}」，「{scale}」分不清是{scale}还是{scale}{unit}，请写明单位，或换算后只填数字")
        return power or 0
    power = power_between(scale + own, row) if money is None or is_money(own) else None
    if power is None and not any(sign.isalpha() or sign in "%‰" for sign in own):
        _refused(own)
    if power is None:
        raise ValueError(f"数字后面的单位是「{scale}{written_unit or own}」，本行单位是「{unit}」，请换算后只填数字")
    return power


def _plain(unit: str) -> str:
    """A unit without the measure word before it and the 整 behind it."""
    return _ENTIRE.sub("", _COUNTER.sub("", unit_key(unit)))
