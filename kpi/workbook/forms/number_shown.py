"""
A number whose number format shows another one: 15000 as 1.5万元, 3.5 as 3.5亿元, 15000 as 15.

What people read and sign is what the screen shows.  It is taken where the words of the format leave no choice; where
number and screen differ by a power of ten that nothing explains, the number of the cell is taken and asked about.
"""

import re
from decimal import Decimal

from kpi.value import State, Value, plain
from kpi.workbook.currency import foreign_currency
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.number import bounded, read_value
from kpi.workbook.units import is_money, power_of, scale_of

_SHOWN = re.compile(r"(?P<before>[^\d-]*)(?P<number>-?\d+(?:\.\d+)?)(?P<after>\D*)", re.ASCII)
_SIZES = re.compile("[十百千万亿]+")
_LETTERS = {"k": "千", "m": "百万", "w": "万"}
_OF_SIZE = frozenset("百千万亿%‰")


def read_shown(stored: Decimal, shown: str, unit: str) -> tuple[Value, bool]:
    """
    The figure of a number that is shown as another one, or with words.

    Args:
        stored: The number of the cell.
        shown: All of its digits as the format shows them, with its words.
        unit: The unit of the figure.

    Returns:
        The figure, and whether it is certain; the number of the cell where it is not.

    Raises:
        ValueError: The format names a unit that the figure is not in, or a currency that is not ours.

    """
    if currency := foreign_currency(shown):
        raise ValueError(f"数字格式显示的是外币「{currency}」；请换算成人民币后填写，不是外币的，请把单元格格式改为常规")
    itself = bounded(stored)
    match = _SHOWN.fullmatch(shown)
    if match is None or (Decimal(match["number"]) == 0) != (stored == 0) or (match["before"].endswith(("(", "（")) and match["after"].endswith((")", "）"))):
        return itself, False
    number = Decimal(match["number"])
    power = stored.adjusted() - number.adjusted() if stored else 0  # the screen shows so many powers of ten less
    after = _LETTERS.get(match["after"].strip().casefold(), match["after"].strip())
    if number.scaleb(power) != stored:
        return itself, False
    if not (match["before"] + after).strip():
        certain = number == stored or power == scale_of(unit)
        return (bounded(number) if certain else itself), certain
    size = power_of(after) if _SIZES.fullmatch(after) else scale_of(after)
    if power not in (0, size):
        return itself, False
    try:
        factor = read_value(f"{match['before']}1{after}", unit)
    except ValueError:
        if is_unit(after) or is_money(after) or _OF_SIZE & set(after):
            raise
        return itself, False
    if factor.state is not State.NUMBER or factor.number is None or factor.number < 0:  # 负 before the number is a sign that it does not have
        return itself, False
    figure = number * factor.number
    return bounded(stored if figure == stored else Decimal(plain(figure)), factor.qualifier), True
