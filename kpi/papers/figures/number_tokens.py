"""The numbers of a text: in digits, written out in Chinese where something is counted with them, or masked by a star."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpi.papers.figures.counting_units import TIME, unit_behind
from kpi.workbook.number import whole_number
from kpi.workbook.numerals import in_digits
from kpi.workbook.units import power_of

_DIGITS = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?)", re.ASCII)
_NUMERAL = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_WRITTEN_OUT = re.compile(rf"[{_NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?")
_MASKED = re.compile(r"\*+")
_SHARE = re.compile(r"百分之$")
_ONE_SIGN = re.compile(r"[一二两三四五六七八九十]")
_UNSURE = re.compile(r"[一二三四五六七八九](?:[二三四五六七八九]|[二两三])(?![十百千万])")  # 三五家, 两三户
# what is counted with one sign alone must be done or be there: 查处案件五件, but not 两个责任, 一件事
_DOING = re.compile(
    r"(?:查处|查办|立案|办结|结案|受理|检查|抽检|抽查|检测|新增|新设|新建|注销|吊销|移送|移交|召开|举办|组织|开展|培训|发放|张贴|发现|整改|约谈|责令|捣毁|取缔|关闭|配备|更换|购置|选派|聘用|招录"
    r"|建成|创建|认定|获批|授权|注册|登记|处理|调解|达成|发布|曝光|完成|共|计|达|有|为)了?[一-龥“”（）()]{0,12}$"
)
_TERM = re.compile(r"(?:法定|规定|承诺|由|从|(?:缩短|压缩|压减|延长)(?:至|到|为))的?$")  # 比法定三个月期限提前, but not 为期三个月
_COUNTED_BY_WORDS = (*"家户件起名次项份条台张宗例处套辆场人", "批次", "人次", "家次", "户次")
_PICKS = re.compile(r"(?:[每这那某第上下同任唯逐统另头之前后首其哪几]|为|分|唯一|其中|最后)$")  # 这两家, 前三名, 分三项
_ENDS = re.compile(r"\s*(?:[，。；、！？）)\n]|$|余|多)")


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A number of an even text: from where to where, and its value; None where it is masked."""

    start: int
    end: int
    value: Decimal | None
    decimals: int
    as_share: bool = False


def number_tokens(text: str, closed: list[bool], *, in_cell: bool = False) -> Iterator[NumberToken]:
    """
    The numbers of an even text, in its order.

    Args:
        text: The text.
        closed: Of each sign whether it is part of what is no figure, see ``not_figures``.
        in_cell: Whether the text is that of a cell, where a star needs no unit.

    """
    tokens = [*_in_digits(text, closed), *_in_words(text, closed), *_masked(text, closed, in_cell)]
    yield from sorted(tokens, key=lambda token: token.start)


def _in_digits(text: str, closed: list[bool]) -> Iterator[NumberToken]:
    for match in _DIGITS.finditer(text):
        if closed[match.start()] or closed[match.end() - 1] or len(match[0]) > 20:
            continue
        value = Decimal(match[0].replace(",", ""))
        yield NumberToken(match.start(), match.end(), value, len(match[0].partition(".")[2]))


def _in_words(text: str, closed: list[bool]) -> Iterator[NumberToken]:
    for match in _WRITTEN_OUT.finditer(text):
        if any(closed[match.start() : match.end()]) or _UNSURE.fullmatch(match[0]):
            continue
        if match.start() and (text[match.start() - 1].isdigit() or text[match.start() - 1] in ".第"):
            continue
        share = bool(_SHARE.search(text, 0, match.start()))
        value = Decimal(100) if share and match[0] == "百" else _value_of(match[0])
        if value is None or not (share or _counts(text, match)):
            continue
        decimals = len(match[0].partition("点")[2])
        yield NumberToken(match.start() - (3 if share else 0), match.end(), value, decimals, as_share=share)


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether something is counted with a number that is written out."""
    unit = unit_behind(text, match.end())
    if unit is None or "base" not in unit.groupdict():
        return False
    if len(match[0]) > 1 and any(sign in match[0] for sign in "十百千万亿拾佰仟") and not _ONE_SIGN.fullmatch(match[0]):
        return True
    before = text[max(0, match.start() - 20) : match.start()]
    if unit["base"] in TIME:
        return _TERM.search(before) is not None
    if unit["base"] not in _COUNTED_BY_WORDS or not _ENDS.match(text, unit.end()) or _PICKS.search(before):
        return False
    return (match[0] != "一" and bool(before)) or bool(_DOING.search(before))


def _value_of(written: str) -> Decimal | None:
    """The value of a number that is written out: 三万五千 is 35000; None for what is no orderly number."""
    digits = re.fullmatch(r"(\d+(?:\.\d+)?)([百千]?万?亿?|千|百)", in_digits(written), re.ASCII)
    if digits is None:
        return None
    value = Decimal(digits[1]).scaleb(power_of(digits[2]))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _masked(text: str, closed: list[bool], in_cell: bool) -> Iterator[NumberToken]:
    """Stars before a unit; two or more may stand for a name, so that behind the unit of theirs the clause must end."""
    if in_cell and (alone := re.fullmatch(rf"\s*({_MASKED.pattern})\s*", text)):
        yield NumberToken(alone.start(1), alone.end(1), None, 0)
        return
    for match in _MASKED.finditer(text):
        if closed[match.start()]:
            continue
        unit = unit_behind(text, match.end())
        if unit is not None and (len(match[0]) == 1 or _ENDS.match(text, unit.end())):
            yield NumberToken(match.start(), match.end(), None, 0)


def is_year(token: str) -> bool:
    """Whether a bare number looks like a year."""
    number = whole_number(token)
    return number is not None and 1949 <= number <= 2099
