"""
From what stands in a cell to a figure.

People write ``3000余``, ``１，２３４``, ``97.8％`` and ``在检``; each is an honest statement and is kept as one.  What is
neither a number nor one of the agreed words is refused with a reason: guessing would turn a slip into a statistic.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from kpi.value import UNREPORTED, Qualifier, State, Value
from kpi.workbook.chinese import in_digits
from kpi.workbook.naming import unit_key

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_MINUS = {ord("\u2212"): "-", ord("\u2013"): "-"}

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

_QUALIFIERS = {
    Qualifier.ABOUT: ("约", "大约", "约为", "近", "将近", "接近", "左右", "上下"),
    Qualifier.AT_LEAST: ("超过", "超", "逾", "多于", "大于", "至少", "不少于", "不低于", "不小于", "≥", ">=", ">", "余", "多", "以上"),
    Qualifier.AT_MOST: ("不超过", "不超", "不多于", "不高于", "不大于", "至多", "最多", "少于", "低于", "小于", "≤", "<=", "<", "以内", "以下"),
}
_MEANT = {word: qualifier for qualifier, words in _QUALIFIERS.items() for word in words}
_BEFORE = "|".join(re.escape(word) for word in sorted(_MEANT, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})?\s*"
    r"(?P<sign>[+-])?(?P<whole>\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?P<part>\.\d{1,8})?\s*"
    r"(?P<early>余|多)?\s*(?P<scale>万|亿)?\s*(?P<middle>余|多)?\s*"
    r"(?P<unit>[^\d,.]*?)\s*(?P<after>余|多|左右|上下|以上|以内|以下)?",
    re.ASCII,
)
_CHANGED = re.compile(r"(?:同比|环比|较|比)?[^\d]{0,8}(?:增长|增加|上升|提高|下降|减少|降低|持平|↑|↓)")
_SCALES = {"": 0, "万": 4, "亿": 8}
_BARE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?", re.ASCII)
_COUNTER = re.compile(r"^个(?=.)")  # 3个工作日 of a unit 工作日
_LONGEST = 80
_BOUND = Decimal(10) ** 15  # beyond it Excel itself loses digits
MAX_DECIMALS = 6  # as many as are kept; more come from a division, not from counting


@lru_cache(maxsize=8_192)
def clean(text: str) -> str:
    """A cell's text in half width, without invisible signs and outer blanks."""
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_MINUS).strip()


def is_bare_number(text: str) -> bool:
    """Whether a text is nothing but a number, so that it could have been typed as one."""
    return _BARE.fullmatch(clean(text)) is not None


def read_value(cell: str | Decimal | None, unit: str) -> Value:
    """
    The figure a cell states.

    Args:
        cell: Its text, or its number, or None when nothing stands in it.
        unit: The unit of the measure; a unit written behind the number must be the same.

    Returns:
        A number with qualifier and precision as written, or the state the cell puts into words.  ``12.5万`` of a
        unit 户 is 125000 and of 万元 12.5; ``97.8%`` of a unit % is 97.8.

    Raises:
        ValueError: It is neither; the message says in Chinese what to write instead.

    """
    if cell is None:
        return UNREPORTED
    if isinstance(cell, Decimal):
        return _bounded(cell, Qualifier.EXACT)
    text = clean(cell)
    if state := _state(text):
        return Value(state)
    if text in _VAGUE:
        raise ValueError(f"「{text}」分不清是零还是没有开展：数量为零请填 0，没有开展请填 未开展")
    text = in_digits(text) if len(text) <= _LONGEST else text
    match = _FIGURE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None and _CHANGED.match(text):
        raise ValueError("这是增减幅度，不是数量本身；请填数量，增减幅度由系统计算")
    if match is None:
        raise ValueError("请只填数字，或填 未报、*、在检、未开展、不适用；增减幅度和文字请写在备注里")
    shift = _shift(match["scale"] or "", match["unit"], unit)
    written = Decimal((match["sign"] or "") + match["whole"].replace(",", "") + (match["part"] or ""))
    decimals = max(0, len(match["part"] or ".") - 1 - shift)
    number = written.scaleb(shift).quantize(Decimal(1).scaleb(-decimals)) if shift else written
    return _bounded(number, _qualifier(match))


def _bounded(number: Decimal, qualifier: Qualifier) -> Value:
    """
    The figure of a number that Excel can hold.

    Raises:
        ValueError: It cannot.

    """
    if abs(number) >= _BOUND:
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


def _qualifier(match: re.Match[str]) -> Qualifier:
    """How the number is meant; two ways at once are refused."""
    meant = {_MEANT[word] for word in match.group("before", "early", "middle", "after") if word}
    if len(meant) > 1:
        raise ValueError("约数的写法前后不一致，请只保留一种，例如 约100 或 100余")
    return meant.pop() if meant else Qualifier.EXACT


def _shift(scale: str, written_unit: str, unit: str) -> int:
    """
    The power of ten from the written number to the unit of the measure.

    Raises:
        ValueError: The unit behind the number is another one.

    """
    row = unit_key(unit)
    written = _COUNTER.sub("", unit_key(written_unit))
    if scale + written in ("", row):
        return 0
    row_scale = row[0] if row[:1] in ("万", "亿") else ""
    if written in ("", row.removeprefix(row_scale)) and (scale or written == row):
        return _SCALES[scale] - _SCALES[row_scale]
    raise ValueError(f"数字后面的单位是「{scale}{written_unit}」，本行单位是「{unit}」，请换算后只填数字")
