"""What a cell of a table of targets asks for: ≥95%, 不超过20件, 同比增长5%, 90%—95%; what is no number is asked about."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kpi.value import Qualifier, State
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.number import is_bare_number, read_value
from kpi.workbook.signs import clean
from kpi.workbook.units import is_share, power_between

_MARKS = frozenset("√✓✔●○★☆▲△■□◎/／—－-无") | {"——", "--", "不适用", "不设目标", "只监测"}
_LEAD = re.compile(r"^(?:全年|年内|年底前?|控制在|保持在|稳定在|维持在|力争|确保|完成|实现)(?=[^上市省区国])")
_GROWTH = re.compile(r"^(?:同比|[比较][上去]年(?:同期)?)?(?:增长率?|增加|增速|增幅)(?:达到|达)?(?P<rest>.*\d.*)$")
_AMOUNT = re.compile(r"[≥≤><＞＜≧≦\d]|不[低少超高]|同比增长|增长")
_PORTION = re.compile(r"(?:完成|达到?|不低于|≥)?(?:全年)?(?:目标|任务)?的?(\d+(?:\.\d+)?)[%％](?:以上)?")
_FRACTION = re.compile(r"(?:[≥≧>＞]=?|不[低少小]于|达到?|超过)?\s*(0?\.\d+|1(?:\.0+)?)(?:以上)?", re.ASCII)
_LONGEST = 16  # characters of an amount in words
_RANGE = re.compile(r"^(?P<low>\d+(?:\.\d+)?)(?:%|％)?\s*[-—–~～至到]+\s*(?P<high>\d+(?:\.\d+)?)(?P<unit>\D{0,8})$", re.ASCII)
_SENSES: dict[Qualifier, "TargetSense"]


class TargetSense(StrEnum):
    """How the number of a target is meant."""

    PLAIN = "plain"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    GROWTH = "growth"

    @property
    def chinese(self) -> str:
        return {"plain": "数", "at_least": "不低于", "at_most": "不超过", "between": "区间", "growth": "增速"}[self.value]


_SENSES = {Qualifier.EXACT: TargetSense.PLAIN, Qualifier.AT_LEAST: TargetSense.AT_LEAST, Qualifier.AT_MOST: TargetSense.AT_MOST}


@dataclass(frozen=True, slots=True)
class TargetAmount:
    """A number, in the unit of its indicator, and how it is meant."""

    sense: TargetSense
    value: Decimal
    upper: Decimal | None = None


def asks_nothing(cell: Cell) -> bool:
    """Whether a cell is empty or holds a mark that is no target: √ of an office in charge, / where none is set."""
    return cell.kind is CellKind.EMPTY or not (text := clean(cell.text).strip()) or text in _MARKS


def read_amount(cell: Cell, unit: str, given: str = "") -> TargetAmount:
    """
    The amount that a cell asks for.

    Args:
        cell: The cell, which asks for something.
        unit: The unit of the indicator.
        given: The unit that the sheet states for it; empty where it states none.

    Raises:
        ValueError: It is no number, or in another unit; the message says so in Chinese.

    """
    text = clean(cell.text).strip()
    power = power_between(given, unit) if given else 0
    if power is None and is_bare_number(text):
        raise ValueError(f"表上的单位是「{given}」，指标的单位是「{unit}」，不能换算")
    if power is None:  # the cell names its own
        given, power = "", 0
    if is_share(unit) and "%" not in text and "％" not in text and (small := _small(text)):
        raise ValueError(f"「{small}」分不清是 {small}% 还是 {(Decimal(small) * 100).normalize():f}%，请写明")
    while (shorter := _LEAD.sub("", text)) != text:
        text = shorter
    if match := _GROWTH.match(text):
        return TargetAmount(TargetSense.GROWTH, _single(match["rest"], "%", 0)[1])
    if match := _RANGE.match(text):
        if is_share(unit) and "%" not in text and "％" not in text and _small(match["low"]) and _small(match["high"]):
            raise ValueError(f"「{text}」分不清是 1% 以内还是 100% 以内的数，请写明")
        low, high = (_single(number + match["unit"], given or unit, power)[1] for number in (match["low"], match["high"]))
        return TargetAmount(TargetSense.BETWEEN, low, high)
    qualifier, value = _single(text, given or unit, power)
    if qualifier not in _SENSES:
        raise ValueError(f"「{text}」是约数，目标要写确定的数")
    return TargetAmount(_SENSES[qualifier], value)


def is_amount(text: str) -> bool:
    """Whether a text begins like an amount, and names no time: ≥95%, 16000批次, 不超过3; 3月 and 2024年目标 do not."""
    plain = clean(text).strip()
    if not plain:
        return False
    months = find_months(plain)
    return is_bare_number(plain) or bool(_AMOUNT.match(plain) and months.last is None and months.year is None)


def is_stated_amount(text: str) -> bool:
    """Whether a text, behind the name of an indicator, is an amount: 100户, 达到98%以上, 控制在5个以内."""
    plain = re.sub(r"^(?:[:：为]|应|要|需|达到?|超过|突破|至少|最多|约)+", "", _LEAD.sub("", text.strip()))
    return bool(text.strip()) and len(plain) <= _LONGEST and ((plain[:1].isascii() and plain[:1].isdigit()) or bool(_AMOUNT.match(plain))) and is_amount(plain)


def portion(cell: Cell, unit: str) -> Decimal | None:
    """The share of the year, in per cent, that a node asks for of an indicator that is counted: 完成25%; None where it asks for another thing."""
    match = _PORTION.fullmatch(clean(cell.text).strip())
    return Decimal(match[1]) if match and not is_share(unit) else None


def _small(text: str) -> str:
    """A number that is a fraction of one, as it is written, bare or to be reached (≥0.98); empty where it is none."""
    match = _FRACTION.fullmatch(text)
    return match[1] if match else ""


def _single(text: str, unit: str, power: int) -> tuple[Qualifier, Decimal]:
    """
    One number with its qualifier, moved into the unit of the indicator.

    Raises:
        ValueError: It is none.

    """
    try:
        value = read_value(text.strip(), unit)
    except ValueError as error:
        reason = str(error) if re.search(r"\d", text) else "不是一个数"
        raise ValueError(f"「{text}」：{reason}") from None
    if value.number is None or value.state not in (State.NUMBER, State.ZERO):
        raise ValueError(f"「{text}」不是一个数")
    return value.qualifier, _plain(value.number.scaleb(power))


def _plain(number: Decimal) -> Decimal:
    """A number without needless noughts behind its point, and without an exponent."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == number else number.normalize()
